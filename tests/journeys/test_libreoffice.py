"""Forms saved again by LibreOffice, in each of its formats: the stamp, the rows and the values survive."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from xlplan.headers import Field

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Bureau

LEAD = "高新技术发展与产业化科"


def convert(path: Path, ending: str, profile: Path) -> Path:
    out = path.parent / ending
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            ending,
            "--outdir",
            str(out),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return out / f"{path.stem}.{ending}"


@pytest.mark.needs("soffice")
@pytest.mark.parametrize("ending", ["xlsx", "xls", "ods"])
def test_a_form_saved_by_libreoffice_is_read_like_the_original(bureau: Bureau, tmp_path: Path, ending: str) -> None:
    paper = bureau.paper(LEAD).fill(lambda code: {Field.STATUS: "推进中", Field.PROGRESS: f"{code} 已部署\n第二行"})
    paper.cell("T006-01", Field.DONE).value = 50
    paper.cell("T006-02", Field.DONE).value = "10%"
    saved = convert(paper.save(tmp_path / "form.xlsx"), ending, tmp_path / "profile")
    bureau("collect", saved).expect(0)
    (file,) = bureau.files().values()
    assert file["office"] == LEAD
    assert {one["code"] for one in file["findings"]} <= {"E202"}
    entries = bureau.entries()
    for code in paper.rows:
        assert entries[code, LEAD]["progress"] == f"{code} 已部署\n第二行"
        assert entries[code, LEAD]["source"]["cells"]["进展情况"] == paper.cell(code, Field.PROGRESS).coordinate
    assert entries["T006-01", LEAD]["value"] == "50"
    assert entries["T006-02", LEAD]["value"] == "10"
