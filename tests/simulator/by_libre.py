"""Ways that LibreOffice has a part in: forms saved in its formats."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from simulator.case import Case, libre
from xlplan.headers import Field

FILTERS = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "xls": "xls:MS Excel 97",
    "ods": "ods",
    "csv": "csv:Text - txt - csv (StarCalc):44,34,76",
}


def saved(files: dict[str, bytes], kind: str, folder: Path) -> dict[str, bytes]:
    """The workbooks, opened and saved by LibreOffice in one go, by name."""
    source, target = folder / f"in-{kind}", folder / f"out-{kind}"
    source.mkdir(parents=True)
    for name, data in files.items():
        (source / f"{name}.xlsx").write_bytes(data)
    program = shutil.which("soffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = [str(program), profile, "--headless", "--convert-to", FILTERS[kind], "--outdir", str(target)]
    subprocess.run([*words, *map(str, sorted(source.iterdir()))], check=True, capture_output=True, timeout=300)
    return {name: (target / f"{name}.{kind}").read_bytes() for name in files}


@libre
def saved_as_xlsx(case: Case) -> None:
    case.send()


@libre
def saved_as_xls(case: Case) -> None:
    case.send(name=f"{case.office}.xls")


@libre
def saved_as_ods(case: Case) -> None:
    case.send(name=f"{case.office}.ods")


@libre
def saved_as_csv(case: Case) -> None:
    case.send(name=f"{case.office}.csv")


@libre
def with_a_formula_as_xlsx(case: Case) -> None:
    case.paper.at("count", Field.DONE).value = "=20+5"
    case.send()


@libre
def with_a_formula_as_xls(case: Case) -> None:
    case.paper.at("count", Field.DONE).value = "=20+5"
    case.paper.at("share", Field.DONE).value = "=1/0"
    case.send(None, "E204", name=f"{case.office}.xls", state="partial")
    case.amend("share", "E308", value=None, grade="空报")


@libre
def a_percentage_as_ods(case: Case) -> None:
    case.paper.at("share", Field.DONE).value = 0.88
    case.paper.at("share", Field.DONE).number_format = "0.00%"
    case.send(name=f"{case.office}.ods")
