"""Templates: the built-in ones are right, and every mistake in a copy is named with its line and key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from xlplan import rules
from xlplan.books import breakdown, consolidated
from xlplan.books.claim import compose as claim
from xlplan.books.form import compose as form
from xlplan.books.template import parse
from xlplan.books.template.fields import WORKBOOKS
from xlplan.books.template.locate import locate
from xlplan.files.xlsx_writer import write_book
from xlplan.model import Assignment, Form, Grade, Light, Office, Plan, Role, Section, Stamp, Target, Task
from xlplan.model.light import SIGNS, Sign
from xlplan.model.progress import Context, Progress, Return, Tally
from xlplan.period import Period

FOLDER = Path(__file__).parents[2] / "workbook_templates"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))
FORM = (FOLDER / "form.toml").read_text(encoding="utf-8")


def built_in(name: str):
    template, found = parse((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")
    assert found == []
    return template


def facts(text: str) -> list[tuple[str, str]]:
    """The codes and keys of what is wrong with a copy of the form's template."""
    template, found = parse(text, "templates/form.toml", built_in("form"))
    assert template is None
    assert all(one.place.file == "templates/form.toml" and one.place.line > 0 for one in found)
    assert all(rules.message(one, lang) for one in found for lang in ("zh", "en"))
    return [(one.code, one.fact("key")) for one in found]


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_built_in_templates_are_right_in_both_languages(name, lang):
    dress = built_in(name).dress(lang)
    assert set(dress.pages) == set(WORKBOOKS[name])
    names = [page.name for page in dress.pages.values()]
    assert len(set(names)) == len(names)
    for page in dress.pages.values():
        headers = [column.header for column in page.columns]
        assert len(set(headers)) == len(headers)
        assert all(headers)


def test_the_built_in_template_is_its_own_valid_copy():
    assert parse(FORM, "form.toml", built_in("form"))[1] == []


def test_what_a_copy_leaves_out_is_as_in_the_built_in_one():
    base = built_in("form")
    template, found = parse('workbook = "form"\n[colors]\nentry = "EAF4FF"\n', "form.toml", base)
    assert found == []
    dress = template.dress("zh")
    assert dress.look("entry").fill == "EAF4FF"
    assert dress.pages["form"].columns[0].header == base.dress("zh").pages["form"].columns[0].header


def test_a_column_of_the_users_own_is_kept():
    added = (
        FORM
        + '\n[[sheets.form.columns]]\nfield = "extra"\nheader = "佐证材料"\nwidth = 12\nlook = "entry"\nfill = true\n'
    )
    template, found = parse(added, "form.toml", built_in("form"))
    assert found == []
    last = template.dress("en").pages["form"].columns[-1]
    assert (last.field, last.header, last.fill, last.look.locked) == ("extra", "佐证材料", True, False)


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ('field = "status"', 'field = "statsu"', "T104", "sheets.form.columns.9.field"),
        ('field = "status"', 'field = "done"', "T106", "sheets.form.columns.9"),
        (
            'header = { zh = "状态", en = "Status" }',
            'header = { zh = "序 号", en = "Status" }',
            "T106",
            "sheets.form.columns.9",
        ),
        (
            'width = 8.5\nlook = "entry_short"',
            'width = "wide"\nlook = "entry_short"',
            "T103",
            "sheets.form.columns.9.width",
        ),
        (
            'width = 8.5\nlook = "entry_short"',
            'width = 900\nlook = "entry_short"',
            "T103",
            "sheets.form.columns.9.width",
        ),
        ('width = 8.5\nlook = "entry_short"', 'width = 8\nlook = "entryshort"', "T104", "sheets.form.columns.9.look"),
        ('paper = "A4"', 'paper = "B5"', "T103", "sheets.form.print.paper"),
        ("landscape = true", 'landscape = "yes"', "T103", "sheets.form.print.landscape"),
        ("margins = [0.4, 0.4, 0.5, 0.6]", "margins = [1, 2]", "T103", "sheets.form.print.margins"),
        ('due = "FFF0C2"', 'due = "yellow"', "T103", "colors.due"),
        ('fill = "entry"\nlocked', 'fill = "entri"\nlocked', "T103", "looks.entry.fill"),
        ('like = "short"\nsize = 9', 'like = "shrot"\nsize = 9', "T104", "looks.code.like"),
        ('like = "short"\nsize = 9', 'like = "short"\nsize = "big"', "T103", "looks.code.size"),
        ('like = "short"\nsize = 9', 'like = "short"\nsizes = 9', "T102", "looks.code.sizes"),
        ('font = "title"\nsize', 'font = "titel"\nsize', "T104", "looks.title.font"),
        ('workbook = "form"', 'workbook = "plan"', "T103", "workbook"),
        ('workbook = "form"', 'workbook = "form"\ncolours = 1', "T102", "colours"),
        ('complete = { zh = "已全部填好"', 'compleet = { zh = "已全部填好"', "T102", "sheets.form.texts.compleet"),
        ("还有 {count} 项未填", "还有 {number} 项未填", "T108", "sheets.form.texts.due"),
        ("还有 {count} 项未填", "还有 {count 项未填", "T108", "sheets.form.texts.due"),
        ("还有 {count} 项未填", "还有 {count!r} 项未填", "T108", "sheets.form.texts.due"),
        ('name = { zh = "填报表", en = "Report" }', 'name = "a/b"', "T109", "sheets.form.name"),
        ('name = { zh = "填报表", en = "Report" }', "name = 5", "T103", "sheets.form.name"),
        ("[sheets.form.print]", "[sheets.from.print]", "T102", "sheets.from"),
        ("lowest_row = 42", 'lowest_row = "42"', "T103", "sheets.form.numbers.lowest_row"),
    ],
)
def test_a_mistake_is_named_with_its_key(old, new, code, key):
    assert FORM.count(old) >= 1
    found = facts(FORM.replace(old, new, 1))
    assert (code, key) in found


def test_a_mistake_is_named_with_its_line():
    text = FORM.replace('field = "status"', 'field = "statsu"')
    _, found = parse(text, "form.toml", built_in("form"))
    assert [one.place.line for one in found if one.code == "T104"] == [line_of(text, "statsu")]


def test_a_missing_required_column_is_named():
    start = FORM.index('[[sheets.form.columns]]\nfield = "progress"')
    end = FORM.index("[[sheets.form.columns]]", start + 5)
    assert facts(FORM[:start] + FORM[end:]) == [("T107", "sheets.form.columns")]


@pytest.mark.parametrize("text", ["workbook = ", "[a\n", 'a = "b\n', "a = 1\na = 2", "\x00", "= 3"])
def test_what_is_no_toml_is_one_finding_with_a_line(text):
    template, found = parse(text, "form.toml", built_in("form"))
    assert template is None
    assert [one.code for one in found] == ["T101"]
    assert found[0].place.line >= 1


@pytest.mark.parametrize(
    "text", ["", "[sheets]\nform = 3", "sheets = []", 'looks = "x"', "[looks]\ntext = 5", "fonts.title = 3"]
)
def test_odd_shapes_never_raise(text):
    for base in (None, built_in("form")):
        template, found = parse(text, "form.toml", base)
        assert template or found


def test_lines_are_found_through_arrays_and_long_values():
    text = 'a = [\n 1,\n "]",\n]\n[t]\nb = """\nc = 1\n"""\nd = 1\n[[t.e]]\nf = 1\n[[t.e]]\nf = 2\n[t.e.g]\nh = 3\n'
    lines = locate(text)
    paths = [("a",), ("t", "b"), ("t", "d"), ("t", "e", "0", "f"), ("t", "e", "1", "f"), ("t", "e", "1", "g", "h")]
    assert [lines.line(path) for path in paths] == [1, 6, 9, 11, 13, 15]
    assert ("t", "c") not in lines.by_path


@pytest.mark.parametrize(
    "text", ["[" * 10**6, "a" * 10**6, '"' * 10**6, "a." * 500_000, " " * 10**6, "a = [\n" * 10**5]
)
def test_hostile_text_is_located_in_no_time(text):
    assert locate(text).line(("a",)) >= 1


def all_columns(workbook: str) -> str:
    """A copy of a template whose sheets have every column that they can have."""
    text = f'workbook = "{workbook}"\n'
    for sheet, columns in WORKBOOKS[workbook].items():
        if sheet in {"breakdown", "summary", "detail"}:
            text += f"[sheets.{sheet}.numbers]\ndrop_empty = 0\n"
        if sheet == "guide":
            text += "[sheets.guide]\nshow = true\n"
        for field in sorted(columns.known):
            text += f'[[sheets.{sheet}.columns]]\nfield = "{field}"\nheader = "H {field}"\nwidth = 9\nlook = "text"\n'
    return text


def _split(template):
    """The template with a limit that makes the detail several sheets with a directory."""
    detail = template.pages["detail"]
    detail = replace(detail, numbers={**detail.numbers, "most_rows": 1})
    return replace(template, pages={**template.pages, "detail": detail})


def test_every_column_that_a_template_can_have_is_written():
    target = Target("达到240家", value=Decimal(240), unit="家")
    task = Task("T001", "1", "01", "培育企业", "培育企业。", leader="张三", deadline=date(2019, 12, 31))
    row = Assignment("T001-01", "T001", "甲科", Role.LEAD, target, task.deadline, "张三", (("H extra", "我的列"),))
    office = Office("O1", "甲科")
    plan = Plan("要点", "某局", "", 2019, (Section("01", "一", "创新"),), (task,), (), (office,), (row,))
    period = Period.parse("2019-Q2")
    stamp = Stamp("p", "O1", period.code, 1, ("T001-01",))
    context = Context(date(2019, 7, 1), returns=(Return(office),))
    signs = (*SIGNS[:-1], *(Sign(one, f"H {one}", f"H {one}", one) for one in (Light.BLUE, Light.ORANGE)), SIGNS[-1])
    lines = tuple(Progress(row, name, None, Grade.NOT_REPORTED) for name in ("甲科", "乙科"))
    tally = Tally(plan, period, lines, (), signs)
    makers = {
        "breakdown": lambda template: breakdown.compose(plan, template, "zh"),
        "claim": lambda template: claim.compose(claim.ClaimForm(office, (task,), stamp), template, plan),
        "form": lambda template: form.compose(Form(office, period, (row,), stamp), template, plan),
        "consolidated": lambda template: consolidated.compose(tally, context, _split(template), "zh", leaders=True),
    }
    for workbook, make in makers.items():
        template, found = parse(all_columns(workbook), "t.toml", built_in(workbook))
        assert found == []
        book = make(template)
        assert write_book(book)[1] == []
        texts = {cell.value for sheet in book.sheets for cell in sheet.cells.values()}
        shown = {f"H {field}" for columns in WORKBOOKS[workbook].values() for field in columns.known}
        assert shown <= texts
        assert workbook == "breakdown" or "我的列" in texts


def test_entry_columns_are_to_fill_and_plan_columns_are_not():
    columns = built_in("form").dress("zh").pages["form"].columns
    assert [one.field for one in columns if one.fill] == ["done", "status", "progress", "problem"]
    assert facts(FORM.replace('look = "date"\n\n[[', 'look = "date"\nfill = true\n\n[[')) == [
        ("T103", "sheets.form.columns.6.fill")
    ]
    assert facts(
        FORM.replace('width = 8\nlook = "entry_short"\nfill = true', 'width = 8\nlook = "code"\nfill = false')
    ) == [("T103", "sheets.form.columns.8.fill")]


OWN = """
workbook = "form"
[own]
file = "form.xlsx"
sheet = "Sheet1"
header = 4
[own.cells]
A1 = "{period}进展"
[[sheets.form.columns]]
field = "code"
header = "编号"
look = "code"
at = "A"
[[sheets.form.columns]]
field = "task"
header = "任务"
look = "text"
at = "C"
"""


def test_a_form_in_a_workbook_of_the_bureau_needs_no_status_but_places():
    template, found = parse(OWN, "form.toml", built_in("form"))
    assert found == []
    assert (template.own.file, template.own.header) == ("form.xlsx", 3)
    assert [one.at for one in template.pages["form"].columns] == [0, 2]


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ('at = "C"', 'at = "A"', "T103", "sheets.form.columns.1.at"),
        ('at = "C"', "", "T103", "sheets.form.columns.1.at"),
        ('at = "C"', 'at = "XFE"', "T103", "sheets.form.columns.1.at"),
        ('sheet = "Sheet1"', "", "T107", "own"),
        ("A1 =", "A0 =", "T104", "own.cells.A0"),
        ("{period}", "{perriod}", "T108", "own.cells.A1"),
        ("header = 4", "header = 0", "T103", "own.header"),
        ('field = "task"', 'field = "target"', "T107", "sheets.form.columns"),
    ],
)
def test_a_mistake_about_the_own_workbook_is_named(old, new, code, key):
    assert (code, key) in facts(OWN.replace(old, new))


def mistakes(name: str) -> list[tuple[str, str, str, str]]:
    """A copy of each template with one mistake: its text, the code, the key, and words of the line to be named."""
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    sheet, columns = next((key, one) for key, one in WORKBOOKS[name].items() if one.required)
    mark = f"[[sheets.{sheet}.columns]]\n"
    first = text.index(mark)
    block = text[first : text.index("\n\n", first) + 2]
    count = text.count(mark)
    behind = (
        text.rindex(mark) + text[text.rindex(mark) :].find("\n\n") + 2 if "\n\n" in text[text.rindex(mark) :] else -1
    )
    doubled = f"{text[:behind]}{block}{text[behind:]}" if behind > 0 else f"{text}\n{block}"
    needed = min(columns.required)
    start = text.index(f'{mark}field = "{needed}"')
    end = text.find("\n\n", start)
    path = f"sheets.{sheet}.columns"
    return [
        (
            text[:first] + block.replace('field = "', 'field = "zz', 1) + text[first + len(block) :],
            "T104",
            f"{path}.0.field",
            'field = "zz',
        ),
        (doubled, "T106", f"{path}.{count}", ""),
        (text[:start] + (text[end + 2 :] if end > 0 else ""), "T107", path, ""),
        (
            text[:first] + block.replace("width = ", "width = true # ", 1) + text[first + len(block) :],
            "T103",
            f"{path}.0.width",
            "width = true",
        ),
        (
            text[:first] + block.replace("width = ", "wdith = ", 1) + text[first + len(block) :],
            "T102",
            f"{path}.0.wdith",
            "wdith",
        ),
        (text + "\n[sheets.nosuch]\nshow = true\n", "T102", "sheets.nosuch", "[sheets.nosuch]"),
        (text.replace("[fonts]", "[fnots]", 1), "T102", "fnots", "[fnots]"),
    ]


WITH_COLUMNS = sorted(name for name, sheets in WORKBOOKS.items() if any(one.required for one in sheets.values()))


@pytest.mark.parametrize("name", WITH_COLUMNS)
def test_every_template_names_file_line_and_key_of_a_mistake(name):
    for text, code, key, words in mistakes(name):
        template, found = parse(text, f"templates/{name}.toml", built_in(name))
        assert template is None, (code, key)
        places = {(one.code, one.fact("key")): one.place for one in found}
        assert (code, key) in places, (code, key, list(places))
        place = places[code, key]
        assert place.file == f"templates/{name}.toml"
        assert place.line == line_of(text, words) if words else place.line > 1


GUIDE = '[sheets.guide]\nname = { zh = "填写说明"'


def test_a_column_takes_what_it_leaves_out_from_the_built_in_one():
    fields = ("code", "task", "status", "progress")
    own = '[[sheets.form.columns]]\nfield = "extra"\nheader = "备注"\nfill = true\n'
    text = "".join(f'[[sheets.form.columns]]\nfield = "{field}"\n' for field in fields) + own
    template, found = parse(text, "templates/form.toml", built_in("form"))
    assert not found
    *columns, extra = template.pages["form"].columns
    shipped = {one.field: one for one in built_in("form").pages["form"].columns}
    assert columns == [shipped[field] for field in fields]
    assert (extra.look, extra.fill) == ("entry", True)


def test_a_column_of_ones_own_without_a_header_is_named():
    text = FORM.replace(GUIDE, '[[sheets.form.columns]]\nfield = "extra"\n' + GUIDE)
    assert facts(text) == [("T103", "sheets.form.columns.12.header")]


@pytest.mark.parametrize("name", ["_xlplan", "History", "填报表"])
def test_a_name_that_the_workbook_has_already_is_none_for_a_sheet(name):
    assert ("T109", "sheets.guide.name") in facts(FORM.replace(GUIDE, GUIDE.replace("填写说明", name)))


@pytest.mark.parametrize("height", ["1e9", "-1", "410"])
def test_no_row_is_higher_than_a_sheet_has_it(height):
    assert facts(FORM.replace("lowest_row = 42", f"lowest_row = {height}")) == [
        ("T103", "sheets.form.numbers.lowest_row")
    ]


def test_what_is_nested_too_deeply_is_no_template():
    assert [code for code, _ in facts("a=" + "[" * 5000 + "]" * 5000)] == ["T101"]
