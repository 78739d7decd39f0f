"""What goes wrong on the command line: one clear message, the right exit code, no traceback, nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Bureau, Shell


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("init", "w", "--from", "none.txt"), "W101"),
        (("draft", "none.docx"), "W101"),
        (("-C", "nowhere", "status"), "W102"),
        (("status",), "W102"),
        (("rules", "Z999"), "W117"),
        (("check", "none.xlsx"), "W101"),
        (("--today", "tomorrow", "status"), "W110"),
    ],
)
def test_without_a_workspace(xlplan: Shell, words: tuple[str, ...], code: str, lang: str) -> None:
    ran = xlplan(*words, lang=lang).expect(2)
    assert code in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("distribute", "--period", "2019-13"), "W103"),
        (("distribute", "--period", "2019-Q3", "--deadline", "31.6."), "W110"),
        (("collect", "none"), "W101"),
        (("history", "T999-01"), "W111"),
        (("init", "."), "W104"),
    ],
)
def test_in_a_workspace(bureau: Bureau, words: tuple[str, ...], code: str) -> None:
    assert code in bureau(*words).expect(2).err


@pytest.mark.parametrize("words", [("stats",), ("status", "--nothing"), ("distribute",), ("collect",)])
def test_usage_errors_are_short_and_point_to_the_help(xlplan: Shell, words: tuple[str, ...]) -> None:
    ran = xlplan(*words).expect(2)
    assert "--help" in ran.err


def test_checked_files_of_one_name_are_told_apart_and_each_kind_has_its_remedy(bureau: Bureau) -> None:
    paths = [bureau.root / name / "表.xlsx" for name in ("甲", "乙")]
    for path in paths:
        path.parent.mkdir()
        path.write_bytes(b"")
    files = bureau("check", *paths, "--json").expect(1).json["files"]
    assert [one["path"] for one in files] == [path.as_posix() for path in paths]
    assert [one["findings"][0]["code"] for one in files] == ["F104", "F104"]
    assert "→ 请报送单位重新发送原文件" in bureau("check", *paths).expect(1).out


def test_an_empty_inbox(bureau: Bureau) -> None:
    bureau.inbox.mkdir()
    ran = bureau("collect", bureau.inbox).expect(0)
    assert "W109" in ran.out


def test_an_unreadable_plan_stops_everything_and_harms_nothing(bureau: Bureau) -> None:
    ledger = (bureau.root / "ledger.db").read_bytes()
    plan = bureau.root / "plan.xlsx"
    plan.write_bytes(plan.read_bytes()[:2000])
    for words in (("distribute", "--period", "2019-Q3"), ("collect", "."), ("status",), ("consolidate",)):
        assert "W107" in bureau(*words).expect(2).err
    assert (bureau.root / "ledger.db").read_bytes() == ledger


@pytest.mark.parametrize(("text", "code"), [("", "D101"), ("今天天气很好。\n大家都很高兴。\n", "D102")])
def test_a_document_that_gives_no_plan_makes_no_workspace(xlplan: Shell, text: str, code: str) -> None:
    (xlplan.home / "a.txt").write_text(text, "utf-8")
    assert code in xlplan("init", "w", "--from", "a.txt").expect(2).err
    assert not (xlplan.home / "w").exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[lights\n", "W105"),
        ('archive = "s3:/桶/原件"\n', "W105"),  # no folder of that name is made
        ("lights = 3\n", "W603"),
        ("[lights]\npreset = ['a']\n", "W604"),
        ("[lights]\ngreen = 'x'\n", "W603"),
    ],
)
def test_settings_that_are_wrong(bureau: Bureau, text: str, code: str) -> None:
    (bureau.root / "xlplan.toml").write_text(text, "utf-8")
    assert code in bureau("status").expect(2).err


def test_a_broken_ledger(bureau: Bureau) -> None:
    (bureau.root / "ledger.db").write_bytes(b"x" * 5000)
    assert "W114" in bureau("status").expect(2).err


def test_drafting_never_overwrites(xlplan: Shell, bureau: Bureau) -> None:
    source = bureau.root.parent / "plan.txt"
    source.write_text("一、抓好培训。(责任单位:办公室)\n二、抓好宣传。(责任单位:办公室)\n", "utf-8")
    before = (bureau.root / "plan.xlsx").read_bytes()
    assert "W120" in xlplan("draft", source, "-o", bureau.root / "plan.xlsx").expect(2).err
    assert (bureau.root / "plan.xlsx").read_bytes() == before


def loaded(*words: object) -> set[str]:
    """The modules that a command of its own process has loaded at its end."""
    import subprocess
    import sys

    script = "import sys\nfrom xlplan.cli.main import main\ntry: main()\nexcept SystemExit: pass\nprint(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script, *map(str, words)], capture_output=True, text=True, check=True)
    return set(run.stdout.splitlines()[-1].split())


HEAVY = {"pandas", "numpy", "openpyxl", "xlsxwriter", "lxml", "python_calamine", "alembic", "docx", "jinja2", "psycopg"}


def test_help_loads_no_heavy_library() -> None:
    assert not loaded("--help") & {*HEAVY, "sqlalchemy"}


def test_status_loads_nothing_that_reads_workbooks_while_the_plan_is_unchanged(bureau: Bureau) -> None:
    bureau("status")
    mine = loaded("-C", bureau.root, "status")
    assert "xlplan.workflow.view" in mine
    assert not mine & {*HEAVY, "xlplan.workflow.plan_reading", "xlplan.files.workbook", "xlplan.files.xlsx_writer"}
