"""A province's round, made up: a plan, thousands of offices, the forms they were sent, and what they sent back.

The form is a real one, composed, signed and recorded as `xlplan distribute` does it. The returns are what spreadsheet
programs would have saved after people filled it: numbers in many notations, words for the status, prose, blanks; rows
sorted and deleted, plan text edited, codes and stamps lost, a column of one's own, second returns, copies, lock files
and broken files. Everything comes from one seed.

    python benchmarks/returns.py FOLDER [RETURNS]
"""

from __future__ import annotations

import random
import re
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache, partial
from html import escape
from io import BytesIO
from pathlib import Path

from xlplan.books.form.compose import compose
from xlplan.books.form.layout import STAMP_KEYS, PlanColumns, stamp_properties
from xlplan.books.table import text_of
from xlplan.files.xlsx_writer import write_book
from xlplan.headers import Field
from xlplan.model import Assignment, Form, Issued, Kind, Office, Plan, Role, Section, Stamp, Target, Task
from xlplan.period import Period
from xlplan.steps.counter import WATCHED
from xlplan.steps.split import Sending, split
from xlplan.workflow.blanks import blanks
from xlplan.workflow.plan import record_plan, write_plan
from xlplan.workflow.templates import shipped_template
from xlplan.workflow.workspace import create_workspace

ROWS, GROUP = 40, 100
PERIOD = Period.parse("2019-Q2") or Period(2019)
SENT, DUE = datetime(2019, 6, 10, 9, tzinfo=UTC), date(2019, 6, 25)
EVERYBODY = "各单位"
VERBS = ("推进", "加强", "完善", "深化", "优化", "提升", "落实", "组织", "开展", "督促")
THINGS = ("平台建设", "人才队伍", "营商环境", "成果转化", "园区管理", "公共服务", "产业培育", "基层治理", "安全生产")
ENDS = ("已印发方案", "按月调度", "完成前期工作", "正在征求意见", "召开专题会议研究", "进展顺利", "有待加快")
LACKS = ("人手不足", "资金未到位", "企业意愿不强", "审批环节较多", "")
STATUSES = {"推进中": 700, "已完成": 200, "未启动": 30, "进行中": 30, "完成": 15, "": 20, "正常推进": 3, "已完成80%": 2}
TARGETS = (
    (Kind.INCREMENT, "新增高新技术企业{}家", "家"),
    (Kind.LEVEL, "完成投资{}亿元", "亿元"),
    (Kind.RATIO, "按期办结率达到{}%", "%"),
    (Kind.INCREMENT, "培训干部群众{}人次", "人次"),
    (Kind.INCREMENT, "实施重点项目{}个", "个"),
)
_STATUSES, _WEIGHTS = tuple(STATUSES), tuple(STATUSES.values())
SPOILS = (
    ("plain", 78),
    ("sorted", 5),
    ("short", 3),
    ("edited", 4),
    ("pasted", 3),
    ("column", 2),
    ("codeless", 1),
    ("again", 2),
    ("copied", 1),
    ("broken", 1),
)
"""What happens to returns, and to how many of a hundred. Lock files come beside, one for each hundred."""


def phrase(luck: random.Random) -> str:
    """A thing to do."""
    return luck.choice(VERBS) + luck.choice(THINGS)


def a_plan(offices: int, seed: int = 7) -> Plan:
    """A plan of 40 tasks for everybody; two thirds have a figure, some only ask for support."""
    luck = random.Random(seed)
    tasks, rows = [], []
    for number in range(1, ROWS + 1):
        code = f"T{number:03d}"
        text = ";".join(phrase(luck) for _ in range(luck.randint(4, 16)))
        target = None
        if number % 3:
            kind, wording, unit = TARGETS[number % len(TARGETS)]
            goal = luck.randint(60, 98) if kind is Kind.RATIO else luck.randint(5, 400)
            target = Target(wording.format(goal), wording[2:6], kind, value=Decimal(goal), unit=unit)
        role = Role.SUPPORT if number % 9 == 0 else Role.LEAD
        tasks.append(Task(code, str(number), "01", f"{phrase(luck)}({number})", text))
        rows.append(Assignment(f"{code}-01", code, EVERYBODY, role, target, date(2019, 12, 31)))
    # a cell holds 32,767 characters: so many members stand in groups
    names = [f"第{at // GROUP + 1}县{at % GROUP + 1:02d}局" for at in range(offices)]
    groups = [f"第{at + 1}县" for at in range(-(-offices // GROUP))]
    roster = [Office(f"K{at + 1:05d}", name) for at, name in enumerate(names)]
    count = len(roster)
    for at, group in enumerate(groups):
        members = tuple(names[at * GROUP : (at + 1) * GROUP])
        roster.append(Office(f"K{count + at + 1:05d}", group, members=members))
    roster.append(Office(f"K{count + len(groups) + 1:05d}", EVERYBODY, members=tuple(groups)))
    section = Section("01", "一", "重点工作")
    return Plan("全省2019年重点工作", "省政府", "", 2019, (section,), tuple(tasks), (), tuple(roster), tuple(rows))


@dataclass(frozen=True)
class Blank:
    """A form before it is filled, in pieces: its other parts, its strings, and the sheet before, in and behind rows.

    `rows` hold for each row its source with `§` for the row's number and `¤` where the filled cells go, and the styles
    of these; `stamp` are the numbers of the strings that an office's own stamp replaces.
    """

    parts: dict[str, bytes]
    strings: tuple[str, ...]
    head: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    tail: str
    kinds: tuple[Target | None, ...]
    first: int
    stamps: dict[str, Stamp] = field(default_factory=dict, compare=False)


_ROW = re.compile(r'<row r="(\d+)"[^>]*>.*?</row>', re.DOTALL)
_CELL = re.compile(r'<c r="([A-Z]+)\d+"([^>]*?)(?:/>|>.*?</c>)', re.DOTALL)
_STRING = re.compile(r"<si><t[^>]*>(.*?)</t></si>", re.DOTALL)
_SHEET, _STRINGS, _CUSTOM = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/custom.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="http://schemas.openxmlformats.org/'
    'officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
)


def blank_of(form: Form, plan: Plan) -> Blank:
    """The pieces of one form, from which every other with the same rows can be made."""
    book = compose(form, shipped_template("form"), plan)
    header = next(row for (row, _), cell in sorted(book.sheets[0].cells.items()) if cell.value == "编号")
    data, _ = write_book(book)
    with zipfile.ZipFile(BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = parts.pop(_SHEET).decode()
    head, _, rest = sheet.partition("<sheetData>")
    body, _, tail = rest.partition("</sheetData>")
    rows = [(int(found[1]), found[0]) for found in _ROW.finditer(body)]
    top = "".join(source for number, source in rows if number <= header + 1)
    strings = tuple(_STRING.findall(parts.pop(_STRINGS).decode()))
    parts.pop(_CUSTOM)
    mine = tuple(_row_of(number, source) for number, source in rows if number > header + 1)
    kinds = tuple(row.target for row in form.rows)
    return Blank(parts, strings, f"{head}<sheetData>{top}", mine, f"</sheetData>{tail}", kinds, header + 2)


def _row_of(number: int, source: str) -> tuple[str, tuple[str, ...]]:
    """A row with marks for its number and its four cells to fill, and their styles."""
    styles = []
    for letters, attributes in _CELL.findall(source):
        if letters in "IJKL":
            styles.append(re.sub(r' t="\w+"', "", attributes))
            source = re.sub(rf'<c r="{letters}\d+"[^>]*?(?:/>|>.*?</c>)', "¤" if letters == "I" else "", source)
    return re.sub(rf'r="([A-Z]*){number}"', r'r="\1§"', source), tuple(styles)


def amount(luck: random.Random, target: Target) -> str | float | int:
    """A figure as people write it: mostly a number, else one of the many ways beside."""
    goal = target.value or Decimal(10)
    value = (goal * luck.randint(20, 110) / 100).quantize(Decimal("0.1") if target.unit in "%亿元" else Decimal(1))
    plain = float(value) if value % 1 else int(value)
    words = (
        f"{value}{target.unit}",
        f"约{value}",
        f"已完成{value}{target.unit}",
        "数据上报中",
        "过半",
        f"{value} ",
        "无",
    )
    return luck.choices((plain, "", luck.choice(words)), (91, 3, 6))[0]


def prose(luck: random.Random) -> str:
    """What was done, in one to four sentences."""
    return "".join(f"{phrase(luck)},{luck.choice(ENDS)}。" for _ in range(luck.randint(1, 4)))


class Filling:
    """One office's return being made."""

    def __init__(self, blank: Blank, stamp: Stamp, office: str, luck: random.Random) -> None:
        self.blank, self.stamp, self.luck = blank, stamp, luck
        facts = dict(zip(STAMP_KEYS, (stamp.plan, stamp.office, stamp.period, "", "", stamp.signature), strict=True))
        old = {"@CODE@": facts["office"], "@OFFICE@": office, "s" * 64: facts["signature"]}
        self.strings = [old.get(one, one) for one in blank.strings]
        self.known = {one: at for at, one in enumerate(self.strings)}

    def string(self, text: str) -> int:
        """The number of a shared string."""
        text = escape(text, quote=False)
        if text not in self.known:
            self.known[text] = len(self.strings)
            self.strings.append(text)
        return self.known[text]

    def cell(self, letter: str, style: str, value: str | float) -> str:
        """A cell as spreadsheet programs save it."""
        if value == "":
            return f'<c r="{letter}§"{style}/>'
        if isinstance(value, str):
            return f'<c r="{letter}§"{style} t="s"><v>{self.string(value)}</v></c>'
        return f'<c r="{letter}§"{style}><v>{value!r}</v></c>'

    def row(self, source: str, styles: tuple[str, ...], target: Target | None) -> str:
        """A row as an office fills it."""
        luck = self.luck
        status = luck.choices(_STATUSES, _WEIGHTS)[0]
        values = (amount(luck, target) if target else "", status, prose(luck) if status else "", luck.choice(LACKS))
        cells = zip("IJKL", styles, values, strict=True)
        return source.replace("¤", "".join(self.cell(letter, style, value) for letter, style, value in cells))

    def save(self, spoil: str) -> bytes:
        """The whole return."""
        blank, luck = self.blank, self.luck
        rows = [self.row(*row, kind) for row, kind in zip(blank.rows, blank.kinds, strict=True)]
        if spoil == "sorted":
            luck.shuffle(rows)
        elif spoil == "short":
            del rows[luck.randrange(ROWS) :: luck.randint(5, 20)]
        elif spoil == "edited":
            for at in luck.sample(range(len(self.strings)), 6):
                self.strings[at] = self.strings[at].replace("推进", "全力推进").replace("加强", "持续加强")
        elif spoil == "codeless":
            rows = [re.sub(r'<c r="A§"[^>]*?>.*?</c>', "", row, count=1) for row in rows]
        elif spoil == "column":
            rows = [row.replace("</row>", f"{self.cell('N', '', phrase(luck))}</row>") for row in rows]
        body = "".join(row.replace("§", str(number)) for number, row in enumerate(rows, blank.first))
        head = blank.head
        if spoil == "column":
            own = self.cell("N", "", "备注").replace("§", str(blank.first - 1))
            head = f"{head.removesuffix('</row>')}{own}</row>"
        return self._packed(f"{head}{body}{blank.tail}".encode(), pasted=spoil == "pasted")

    def _packed(self, sheet: bytes, *, pasted: bool) -> bytes:
        properties = {} if pasted else stamp_properties(self.stamp)
        listed = "".join(
            f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{at}" name="{name}">'
            f"<vt:lpwstr>{escape(value, quote=False)}</vt:lpwstr></property>"
            for at, (name, value) in enumerate(properties.items(), 2)
        )
        strings = "".join(f'<si><t xml:space="preserve">{one}</t></si>' for one in self.strings)
        parts = {
            **self.blank.parts,
            _SHEET: sheet,
            _STRINGS: f"{_HEAD}{strings}</sst>".encode(),
            _CUSTOM: f"{_PROPERTIES}{listed}</Properties>".encode(),
        }
        if pasted:
            parts["xl/worksheets/sheet2.xml"] = re.sub(
                rb"<sheetData>.*</sheetData>", b"<sheetData/>", parts["xl/worksheets/sheet2.xml"]
            )
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
            for name, content in parts.items():
                package.writestr(zipfile.ZipInfo(name, (2019, 6, 20, 9, 0, 0)), content, zipfile.ZIP_DEFLATED)
        return out.getvalue()


def write_returns(inbox: Path, blank: Blank, part: tuple[int, list[tuple[str, Stamp]]]) -> int:
    """Write the returns of some offices, of which the first is the `part[0]`th; how many files these are."""
    names, weights = zip(*SPOILS, strict=True)
    written = 0
    for at, (office, stamp) in enumerate(part[1], part[0]):
        luck = random.Random(at)
        spoil = luck.choices(names, weights)[0]
        folder = inbox / f"{at // GROUP + 1:03d}"
        for name, data in _files(Filling(blank, stamp, office, luck), spoil, office):
            (folder / name).write_bytes(data)
            written += 1
        if at % GROUP == 0:
            (folder / f"~${office}.xlsx").write_bytes(b"\x05clerk")
            written += 1
    return written


def _files(filling: Filling, spoil: str, office: str) -> Iterator[tuple[str, bytes]]:
    data = filling.save(spoil)
    if spoil == "broken":
        yield f"{office}.xlsx", data[: len(data) // 2]
        return
    yield f"{office}.xlsx", data
    if spoil == "copied":
        yield f"{office} - 副本.xlsx", data
    if spoil == "again":
        yield f"{office}(更正).xlsx", Filling(filling.blank, filling.stamp, office, filling.luck).save("plain")


@dataclass(frozen=True)
class Round:
    """A workspace whose forms are out, and the folder with what came back."""

    root: Path
    inbox: Path
    files: int


def make_round(root: Path, returns: int) -> Round:
    """A workspace at `root`/work with forms for so many offices, and their returns in `root`/inbox."""
    workspace = create_workspace(root / "work")
    write_plan(workspace.plan, a_plan(returns), {})
    plan, _ = record_plan(workspace, SENT)
    forms = split(plan, Sending(PERIOD, DUE, workspace.ledger.key))
    with workspace.ledger.run("distribute", PERIOD.code, SENT) as run:
        run.issue(_issued(form, plan) for form in forms)
    blanks(workspace, plan)  # as `distribute` leaves it
    workspace.ledger.close()
    office, stamp = Office("@CODE@", "@OFFICE@"), forms[0].stamp
    marked = Stamp(stamp.plan, office.code, stamp.period, stamp.edition, stamp.rows, "s" * 64)
    blank = blank_of(Form(office, PERIOD, forms[0].rows, marked, DUE), plan)
    stamps = [(form.office.name, form.stamp) for form in forms]
    inbox = root / "inbox"
    for at in range(-(-returns // GROUP)):
        (inbox / f"{at + 1:03d}").mkdir(parents=True, exist_ok=True)
    parts = [(start, stamps[start : start + GROUP]) for start in range(0, returns, GROUP)]
    with ProcessPoolExecutor() as pool:
        files = sum(pool.map(partial(write_returns, inbox, blank), parts))
    return Round(workspace.root, inbox, files)


def _issued(form: Form, plan: Plan) -> Issued:
    """The record of a form that was sent."""
    columns = PlanColumns(form, plan, _page())
    shown = {row.code: columns.of(row) for row in form.rows}
    texts = tuple(
        (code, tuple((name, text_of(values[name])) for name in (Field.SERIAL, *WATCHED)))
        for code, values in shown.items()
    )
    return Issued(form.stamp, f"outbox/{form.office.code}.xlsx", form.stamp.signature, form.deadline, form.rows, texts)


@cache
def _page() -> object:
    return shipped_template("form").dress("zh").pages["form"]


def main() -> None:
    """Make a round to try things on."""
    made = make_round(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 2000)  # noqa: PLR2004 - one argument
    print(f"{made.files} files in {made.inbox}, the workspace is {made.root}")


if __name__ == "__main__":
    main()
