from __future__ import annotations

from xlplan.model import Office, Owner, Plan, Task
from xlplan.steps.propose import propose_owners

ROSTER = (
    Office("K01", "办公室", duties=("宣传", "保密", "信访")),
    Office("K02", "产业科", duties=("高新技术企业", "孵化器", "园区")),
    Office("K03", "人才科", duties=("人才", "引智")),
    Office("K04", "各科室", members=("办公室", "产业科"), duties=("人才",)),
)


def propose(*tasks: Task) -> tuple[list[list[str]], list[str]]:
    plan, found = propose_owners(Plan("计划", tasks=tasks), ROSTER)
    return [[one.name for one in task.owners] for task in plan.tasks], [one.code for one in found]


def task(title: str, text: str = "", *owners: Owner) -> Task:
    return Task("T001", "一", "01", title, text or title, owners=owners)


def test_the_office_whose_duties_fit_is_proposed_with_the_words() -> None:
    plan, found = propose_owners(Plan("计划", tasks=(task("培育高新技术企业", "建设孵化器3家。"),)), ROSTER)
    assert plan.tasks[0].owners == (Owner("产业科"),)
    assert plan.tasks[0].guess == ("owners",)
    assert found[0].fact("words") == "高新技术企业、孵化器"


def test_a_title_counts_more_than_the_text() -> None:
    assert propose(task("加强人才引育", "加强人才引育,办好园区招聘。"))[0] == [["人才科"]]


def test_traditional_text_matches_a_simplified_roster() -> None:
    assert propose(task("培育高新技術企業"))[0] == [["产业科"]]


def test_no_fit_and_no_clear_fit_stay_open() -> None:
    assert propose(task("整治环境"), task("宣传人才")) == ([[], []], [])


def test_what_the_document_names_is_never_touched() -> None:
    assert propose(task("加强人才引育", "", Owner("某局"))) == ([["某局"]], [])
