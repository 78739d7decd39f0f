"""The bureau of the simulation: its plan, what each office would truthfully say, and the forms that were sent."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from xlplan.model import Assignment, Comparator, Kind, Office, Plan, Role, Section, Target, Task
from xlplan.period import Period
from xlplan.workflow.distribute import distribute
from xlplan.workflow.plan import write_plan
from xlplan.workflow.workspace import Workspace, create_workspace, open_workspace

AT = datetime(2019, 6, 10, 9, tzinfo=UTC)
TODAY = date(2019, 7, 1)
PERIOD = Period.parse("2019-Q2") or Period(2019)
BEFORE = Period.parse("2019-Q1") or Period(2019)
_FIRST = (
    "综合",
    "督查",
    "保障",
    "规划",
    "财务",
    "人事",
    "法规",
    "审计",
    "安全",
    "信息",
    "科普",
    "外事",
    "产业",
    "市场",
    "农村",
    "合作",
)
_SECOND = ["一科", "二科", "三科", "四科", "五科", "六科", "七科"]
OFFICES = tuple(first + second for first in _FIRST for second in _SECOND)

_COUNT = Target("新增高新技术企业40家", "高新技术企业", Kind.INCREMENT, value=Decimal(40), unit="家")
_SHARE = Target("按期办结率达到90%", "按期办结率", Kind.RATIO, value=Decimal(90), unit="%")
_MONEY = Target("完成投资2000万元", "完成投资", Kind.LEVEL, value=Decimal(2000), unit="万元")
_DUE = Target("6月底前出台办法", "办法", Kind.MILESTONE, Comparator.AT_LEAST, due=date(2019, 6, 30))
WORK = {
    "count": ("培育高新技术企业", _COUNT),
    "share": ("提高群众诉求办理质量", _SHARE),
    "money": ("推进创新平台建设", _MONEY),
    "text": ("修订内部管理制度汇编", None),
    "support": ("协助举办科技活动周", None),
    "due": ("出台科技成果转化办法", _DUE),
}
"""The rows of every office: what they are for, and the target."""

VALUES = {"count": "25", "share": "88", "money": "1200"}


@dataclass(frozen=True)
class Answer:
    """What should stand in the export for one row: the values, and the grade."""

    value: str | None
    status: str | None
    progress: str | None
    problem: str | None
    grade: str = "ok"


REMARK = "备注"
"""A column of the plan's own."""


def plan_of(offices: tuple[str, ...], title: str = "市科技局2019年工作要点") -> Plan:
    """A plan in which every office has one row of each kind."""
    tasks: list[Task] = []
    rows: list[Assignment] = []
    for office in offices:
        for name, (what, target) in WORK.items():
            code = f"T{len(tasks) + 1:03d}"
            text = f"{what}({office})"
            tasks.append(Task(code, str(len(tasks) + 1), "01", text, text))
            role = Role.SUPPORT if name == "support" else Role.LEAD
            extra = ((REMARK, f"第{len(tasks)}项"),)
            rows.append(Assignment(f"{code}-01", code, office, role, target, date(2019, 12, 31), extra=extra))
    roster = tuple(Office(f"K{number:02d}", name) for number, name in enumerate(offices, 1))
    sections = (Section("01", "一", "重点工作"),)
    return Plan(title, "市科技局", "", 2019, sections, tuple(tasks), (), roster, tuple(rows))


def workspace_at(root: Path, plan: Plan, form: str = "") -> Workspace:
    """A new workspace with this plan, and a template of its own for forms."""
    create_workspace(root)
    if form:
        (root / "templates").mkdir(exist_ok=True)
        (root / "templates" / "form.toml").write_text(form, "utf-8")
    write_plan(root / "plan.xlsx", plan, {})
    return open_workspace(root)


@dataclass
class Town:
    """A workspace whose forms are out: for the period before, in a first edition, and in the one that is due."""

    root: Path
    offices: tuple[str, ...]
    form: str = ""
    workspace: Workspace = field(init=False)
    codes: dict[str, dict[str, str]] = field(init=False)
    earlier: dict[str, bytes] = field(init=False)
    first: dict[str, bytes] = field(init=False)
    forms: dict[str, bytes] = field(init=False)
    foreign: bytes = b""

    def __post_init__(self) -> None:
        plan = plan_of(self.offices)
        self.workspace = workspace_at(self.root / "town", plan, self.form)
        names = list(WORK)
        self.codes = {office: {} for office in self.offices}
        for index, row in enumerate(plan.rows):
            self.codes[row.office][names[index % len(names)]] = row.code
        self.earlier = self._send(self.workspace, BEFORE, date(2019, 3, 25))
        self.first = self._send(self.workspace, PERIOD, date(2019, 6, 20))
        self.forms = self._send(self.workspace, PERIOD, date(2019, 6, 25))
        other = workspace_at(self.root / "other", replace(plan_of(self.offices[:1]), title="市教育局2019年工作要点"))
        (self.foreign,) = self._send(other, PERIOD, date(2019, 6, 25)).values()

    @staticmethod
    def _send(workspace: Workspace, period: Period, due: date) -> dict[str, bytes]:
        sent = distribute(workspace, period, AT, due)
        return {form.office: (workspace.root / form.path).read_bytes() for form in sent.forms}

    def truth(self, office: str) -> dict[str, Answer]:
        """What the office would say, by the row's kind."""
        return {
            name: Answer(VALUES.get(name), "推进中", f"{office}{name}已印发方案并按月调度", f"{office}{name}人手不足")
            for name in WORK
        }
