"""Random plans for the property tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from xlplan.model import Assignment, Comparator, Kind, Office, Plan, Role, Section, Target, Task

OFFICES = (
    Office("K01", "办公室", ("局办",), (), "王局长", "小张", ("文秘", "保密")),
    Office("K02", "产业科", (), (), "李副局长"),
    Office("K03", "人才科"),
    Office("K04", "各科室", (), ("办公室", "产业科", "人才科")),
)
letters = st.characters(codec="utf-8", categories=("Lo", "Lu", "Ll", "Nd"), max_codepoint=0x9FFF)
words = st.text(letters, min_size=1, max_size=12).filter(lambda text: not text.isdigit())
numbers = st.decimals(0, 10**6, places=2).map(lambda value: value.normalize() + 0)


@st.composite
def targets(draw: st.DrawFn) -> Target:
    """A number target, as a plan workbook holds it whole."""
    comparator = draw(st.sampled_from(Comparator))
    value = draw(numbers)
    return Target(
        f"指标{draw(words)}若干",
        draw(words),
        draw(st.sampled_from([kind for kind in Kind if kind is not Kind.MILESTONE])),
        comparator,
        value,
        value + 5 if comparator is Comparator.RANGE else None,
        draw(st.sampled_from(["家", "%", "万元", "人次"])),
        baseline=draw(st.none() | numbers),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """An allocated plan: a few sections and tasks, rows with and without targets, offices alone and collective."""
    count = draw(st.integers(1, 3))
    sections = tuple(
        Section(f"{index:02d}", ("一", "(二)", "三")[index - 1], f"板块{index}") for index in range(1, count + 1)
    )
    tasks: list[Task] = []
    rows: list[Assignment] = []
    for section in sections:
        for _ in range(draw(st.integers(1, 3))):
            code = f"T{len(tasks) + 1:03d}"
            title = f"任务{len(tasks)}{draw(words)}"
            tasks.append(Task(code, f"{section.label}{len(tasks) + 1}", section.code, title, f"{title}。{draw(words)}"))
            rows += [draw(assignments(code, index)) for index in range(1, draw(st.integers(1, 3)) + 1)]
    head = ("某局2019年工作要点", "某局", "某局发〔2019〕1号", 2019)
    return Plan(*head, sections, tuple(tasks), (), OFFICES, tuple(rows))


@st.composite
def assignments(draw: st.DrawFn, task: str, index: int) -> Assignment:
    """One row of a task, for one office or a collective of them."""
    return Assignment(
        f"{task}-{index:02d}",
        task,
        draw(st.sampled_from([office.name for office in OFFICES])),
        draw(st.sampled_from(Role)),
        draw(st.none() | targets()),
        draw(st.none() | st.dates(date(2019, 1, 1), date(2019, 12, 31))),
        draw(st.sampled_from(["", "王局长"])),
        draw(st.sampled_from([(), (("备忘", "记一笔"),)])),
    )


def value_text(value: Decimal) -> str:
    """A number as an office types it."""
    return f"{value:f}"
