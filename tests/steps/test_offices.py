from __future__ import annotations

from xlplan.model import Office, Owner
from xlplan.steps.offices import Roster, check_roster, complete_roster, is_collective

ROSTER = (
    Office("K01", "办公室", ("局办",)),
    Office("K02", "产业科"),
    Office("K03", "促进中心"),
    Office("K04", "各科室", members=("局办", "产业科")),
    Office("K05", "各单位", members=("各科室", "促进中心")),
)


def names(offices: tuple[Office, ...]) -> list[str]:
    return [one.name for one in offices]


def test_a_collective_expands_through_aliases_and_other_collectives() -> None:
    assert names(Roster(ROSTER).expand("各科室")) == ["办公室", "产业科"]
    assert names(Roster(ROSTER).expand("各单位")) == ["办公室", "产业科", "促进中心"]
    assert names(Roster(ROSTER).expand("局办")) == ["办公室"]
    assert Roster(ROSTER).expand("别的科") == ()


def test_collectives_that_contain_each_other_come_to_an_end() -> None:
    loop = (
        Office("K01", "各甲", members=("各乙",)),
        Office("K02", "各乙", members=("各甲", "丙")),
        Office("K03", "丙"),
    )
    assert names(Roster(loop).expand("各甲")) == ["丙"]


def test_owners_not_on_the_roster_are_added_with_codes() -> None:
    roster, found = complete_roster(ROSTER[:2], [Owner("产业科"), Owner("新设科"), Owner("局办")])
    assert [(one.code, one.name) for one in roster[2:]] == [("K03", "新设科")]
    assert found == []


def test_members_of_a_collective_without_any_are_a_marked_guess() -> None:
    roster, found = complete_roster((), [Owner("办公室"), Owner("产业科"), Owner("促进中心"), Owner("各科室")])
    assert roster[3].members == ("办公室", "产业科")
    assert [one.code for one in found] == ["P215"]


def test_a_roster_that_leaves_a_collective_empty_is_taken_at_its_word() -> None:
    roster, found = complete_roster((Office("", "办公室"), Office("", "各科室")), [])
    assert [one.code for one in roster] == ["K01", "K02"]
    assert roster[1].members == ()
    assert found == []
    assert [one.code for one in check_roster(roster, ["各科室"])] == ["P212"]


def test_members_that_are_no_offices_are_found() -> None:
    roster = (Office("K01", "各科室", members=("没有的科",)),)
    assert [one.code for one in check_roster(roster, [])] == ["P216"]


def test_what_counts_as_collective() -> None:
    assert is_collective("各县(市、区)")
    assert is_collective("局属各单位")
    assert not is_collective("办公室")


def test_a_name_in_full_width_is_the_same_name() -> None:
    roster = (*ROSTER, Office("K06", "党委(人事)科"), Office("K07", "各党办", members=("党委\uff08人事\uff09科",)))
    wide = "党委\uff08人事\uff09科"
    assert names(Roster(roster).expand(wide)) == ["党委(人事)科"]
    assert names(Roster(roster).expand("各党办")) == ["党委(人事)科"]
    assert names(Roster(roster).expand(f"产业科\uff0c{wide}\u3000局办")) == ["办公室", "产业科", "党委(人事)科"]
    assert check_roster(roster, [wide]) == []
    assert complete_roster(roster, [Owner(wide)]) == (roster, [])
