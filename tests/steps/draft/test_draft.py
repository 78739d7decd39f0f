"""What drafting makes of documents with habits of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xlplan.finding import Finding, Place
from xlplan.model import Plan
from xlplan.model.document import Outline, Paragraph
from xlplan.render.plan_json import plan_json
from xlplan.steps.draft import draft, in_simplified
from xlplan.steps.draft.titles import cut_title
from xlplan.workflow.draft import draft_document


def read(*lines: str) -> tuple[Plan, list[Finding]]:
    blocks = tuple(Paragraph(line, Place("plan.txt", line=at)) for at, line in enumerate(lines, 1) if line)
    return draft(Outline(blocks, "plan.txt"))


def labels(plan: Plan) -> list[str]:
    return [task.label for task in plan.tasks]


def test_the_real_documents(real_documents: list[Path]) -> None:
    drafted = [draft_document(path)[0] for path in real_documents]
    assert [len(plan.tasks) if plan else None for plan in drafted] == [15, 12, 18, 35, 26]


def test_a_notice_before_the_plan_is_not_the_plan() -> None:
    plan, _ = read(
        "某县教育局关于印发2023年教育工作要点的通知",
        "各学校:",
        "现就有关事项通知如下:",
        "一、提高认识。高度重视。",
        "二、加强领导。成立专班。",
        "附件:1.某县教育局2023年教育工作要点",
        "2.重点任务清单",
        "某县教育局",
        "2023年2月20日",
        "附件1",
        "某县教育局2023年教育工作要点",
        "一、办好学前教育。新建园3所。",
        "二、办好义务教育。改造学校5所。",
        "三、办好高中教育。创建示范高中。",
    )
    assert [task.title for task in plan.tasks] == ["办好学前教育", "办好义务教育", "办好高中教育"]
    assert (plan.title, plan.issuer, plan.year) == ("某县教育局2023年教育工作要点", "某县教育局", 2023)


def test_thoughts_last_year_and_closing_requirements_are_no_tasks_and_said_to_be_left_out() -> None:
    plan, found = read(
        "某市卫健委2024年工作安排",
        "一、2023年工作回顾",
        "(一)深化医改。新增床位500张。",
        "二、总体要求",
        "坚持稳中求进。主要目标是:签约率达到45%。",
        "三、重点任务",
        "(一)推进医改。建成医共体3个。",
        "(二)提升能力。新增专科5个。",
        "四、工作要求",
        "(一)加强领导。",
    )
    assert labels(plan) == ["三(一)", "三(二)"]
    assert [target.value for target in plan.targets] == [45]
    assert [one.fact("heading") for one in found if one.code == "D203"] == ["2023年工作回顾", "工作要求"]


def test_owners_of_a_heading_are_inherited_and_own_ones_kept() -> None:
    plan, found = read(
        "某局2024年工作要点",
        "一、强化保障(责任单位:办公室)",
        "(一)抓好会务。周密组织。",
        "(二)抓好档案。规范整理。(责任单位:档案科)",
        "二、强化业务",
        "(一)抓好统计。按时报送。",
    )
    assert [[owner.name for owner in task.owners] for task in plan.tasks] == [["办公室"], ["档案科"], []]
    assert [one.place.line for one in found if one.code == "D201"] == [6]


def test_a_lost_delimiter_in_the_sequence_is_a_mark() -> None:
    plan, _ = read("某局2024年要点", "1.抓好会务。组织。", "2组建专班。运行。", "3.抓好档案。整理。", "2家单位参加。")
    assert labels(plan) == ["1", "2", "3"]


def test_points_inside_stay_in_their_task() -> None:
    plan, _ = read(
        "某局2024年要点", "一、抓好会务。", "一是组织。", "二是保障。", "①车辆;②场地。", "二、抓好档案。整理。"
    )
    assert labels(plan) == ["一", "二"]
    assert plan.tasks[0].text == "抓好会务。\n一是组织。\n二是保障。\n①车辆;②场地。"


def test_where_there_is_nothing_else_points_are_tasks() -> None:
    plan, _ = read("某局2024年要点", "一要抓好会务。周密组织。", "二要抓好档案。规范整理。")
    assert labels(plan) == ["一要", "二要"]


def test_a_run_on_title_is_cut_and_marked_as_a_guess() -> None:
    plan, _ = read(
        "某局2024年要点",
        "1.加强人才队伍建设围绕重点产业发展需要,制定引才计划,落实待遇保障,帮助解决子女入学问题。",
        "2.抓好档案。整理。",
    )
    assert [(task.title, task.guess) for task in plan.tasks] == [("加强人才队伍建设", ("title",)), ("抓好档案", ())]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("加强党建。落实责任。", "加强党建"),
        ("加强党建:落实责任。", "加强党建"),
        ("加强党建——落实责任。", "加强党建"),
        ("【加强党建】落实责任。", "加强党建"),
        ("加强党建  落实责任。", "加强党建"),
        ("打造“一县。一品”品牌。抓好申报。", "打造“一县。一品”品牌"),
        ("建设国(境)外人才基地。引进人才。", "建设国(境)外人才基地"),
    ],
)
def test_titles_end_where_the_document_ends_them(text: str, title: str) -> None:
    cut = cut_title(text)
    assert not cut.guessed
    assert text[: cut.end].lstrip("【") == title


def test_a_document_without_tasks_says_so() -> None:
    plan, found = read("今天天气很好,适合散步。")
    assert plan.tasks == ()
    assert [one.code for one in found] == ["D102"]


def test_the_json_of_a_draft() -> None:
    plan, found = read(
        "某县民政局2024年工作要点",
        "一、社会救助",
        "(一)保障低保。新增对象1200人以上。(牵头单位:救助科;配合单位:财务科)",
    )
    made = plan_json(plan, found, "en")
    assert json.loads(json.dumps(made)) == made
    assert (made["title"], made["issuer"], made["number"], made["year"]) == (plan.title, "某县民政局", None, 2024)
    (task,) = made["tasks"]
    assert (task["code"], task["label"], task["section"], task["title"]) == ("T001", "一(一)", "01", "保障低保")
    assert task["owners"] == [{"name": "救助科", "role": "lead"}, {"name": "财务科", "role": "support"}]
    assert (task["leader"], task["deadline"], task["guess"]) == (None, None, [])
    assert {key: task["targets"][0][key] for key in ("value", "value_max", "unit", "comparator")} == {
        "value": "1200",
        "value_max": None,
        "unit": "人",
        "comparator": ">=",
    }


def test_traditional_text_stays_as_issued_or_is_simplified() -> None:
    lines = ("宣城市科技局2024年科技創(chuàng)新工作要點", "一、優(yōu)化生態(tài)。落實責任。")
    outline = Outline(tuple(Paragraph(line, Place("plan.txt", line=at)) for at, line in enumerate(lines, 1)))
    assert draft(outline)[0].tasks[0].text == "優化生態。落實責任。"
    plan = draft(in_simplified(outline))[0]
    assert (plan.title, plan.tasks[0].text) == ("宣城市科技局2024年科技创新工作要点", "优化生态。落实责任。")


HOSTILE = ("一、" * 3000, "1." * 3000, "(" * 9000, "(一)" * 3000, "一、(一)1.(1)" * 900, "9" * 9000, "(责任单位:" * 900)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:6])
def test_hostile_text_ends_in_a_plan(text: str) -> None:
    plan, _ = read(text)
    assert isinstance(plan, Plan)


@pytest.mark.parametrize(
    "text",
    [
        "1.完善面向全市规模以上工业企业和专精特新中小企业以及科技型初创企业的全链条公共技术服务体系并新增服务平台12家。",
        "1. Increase the spending of all large and small enterprises on research by 8% and reach 240 enterprises.",
    ],
)
def test_a_long_phrase_that_the_title_ends_in_is_not_broken_there(text: str) -> None:
    (task,) = read("2026年工作要点", "", text)[0].tasks
    assert not task.text.startswith(f"{task.title}。")
    assert task.targets
    assert all(target.text.replace(" ", "") in task.text.replace(" ", "") for target in task.targets)
    assert len(task.title) < len(task.text) - 1
    assert not task.title[-1:].isascii() or task.text[len(task.title)] == " "
