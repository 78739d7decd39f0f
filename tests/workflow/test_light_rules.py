"""Light rules as people write them: what they change, and what is said of their mistakes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.errors import XlplanError
from xlplan.model import Light
from xlplan.steps.light import Case
from xlplan.workflow.lights import check_rule, copy_rule, load_rule, preset, presets, read_rule


def rule_of(text: str):
    rule, found = read_rule(text, "lights.toml")
    assert found == []
    assert rule
    return rule


def test_without_anything_the_default_rule_holds() -> None:
    assert rule_of("").lamps == preset("default").lamps


def test_thresholds_of_ones_own() -> None:
    rule = rule_of("[lights]\ngreen = 5\nyellow = 12.5\n")
    assert [lamp.when for lamp in rule.lamps] == [
        ((("behind_over", Decimal("12.5")),),), ((("behind_over", Decimal(5)),),), (),
    ]  # fmt: skip


def test_words_and_cases_on_top_of_a_preset() -> None:
    rule = rule_of(
        '[lights]\npreset = "sanya"\n[lights.words]\nred = { zh = "红旗", en = "red flag" }\nyellow = "慢"\n'
        '[lights.cases]\nchange = "none"\n'
    )
    assert [sign.zh for sign in rule.signs] == ["绿牌", "慢", "红旗", "未亮灯"]
    assert rule.cases[Case.CHANGE] is Light.NONE
    assert rule.has_offices


def test_lights_of_ones_own() -> None:
    rule = rule_of(
        """[lights]
year_end = ["研发投入"]
[[lights.light]]
color = "orange"
word = { zh = "警示", en = "alert" }
counts_as = "red"
when = [{ of_due_below = 70 }, { overdue = true }]
[[lights.light]]
color = "green"
[lights.cases]
not_started_late = "orange"
change = "orange"
overdue = "orange"
stage_unseen = "orange"
unmet = "orange"
unmet_at_end = "orange"
"""
    )
    assert [(sign.light, sign.counts_as) for sign in rule.signs[:-1]] == [
        (Light.GREEN, Light.GREEN), (Light.ORANGE, Light.RED),
    ]  # fmt: skip
    assert (rule.otherwise, rule.year_end, rule.uses) == (Light.GREEN, ("研发投入",), {"of_due_below", "overdue"})


LAMP = '[[lights.light]]\ncolor = "green"\n'


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("[lights]\nyellow == 3\n", "W601", 1),
        ("[lights]\npresets = 'sanya'\n", "W602", 2),
        ("[lights]\npreset = 'sania'\n", "W604", 2),
        ("[lights]\n\ngreen = 'x'\n", "W603", 3),
        ("[lights]\ndirect = 1\n", "W603", 2),
        ("[lights]\nmade_good = 'blue'\n", "W604", 2),
        ("[lights]\nyear_end = 'x'\n", "W603", 2),
        ("[lights.cases]\ndone = 'purple'\n", "W604", 2),
        ("[lights.cases]\nfinished = 'green'\n", "W602", 2),
        ("[lights.words]\nblue = '蓝'\n", "W602", 2),
        (LAMP + LAMP + "[lights.cases]\n", "W605", 3),
        (LAMP + '[[lights.light]]\ncolor = "yellow"\n', "W606", 1),
        (LAMP, "W607", 1),
        (LAMP + '[[lights.light]]\ncolor = "pink"\n', "W604", 4),
        (LAMP + '[[lights.light]]\ncolor = "red"\nwhen = { behind = 3 }\n', "W602", 5),
        (LAMP + '[[lights.light]]\ncolor = "red"\nwhen = { last = 1.5 }\n', "W603", 5),
        (LAMP + '[[lights.light]]\ncolor = "red"\nwhen = 3\n', "W603", 5),
        (LAMP + '[[lights.light]]\ncolor = "red"\nwhen = { overdue = 1 }\n', "W603", 5),
        (LAMP + '[[lights.light]]\ncolor = "red"\noffice = { last = 1 }\n', "W602", 5),
        (LAMP + '[[lights.light]]\ncolor = ["blue"]\n', "W604", 4),
        ("lights = 3\n", "W603", 1),
        ("[lights]\nlight = 3\n", "W603", 2),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, code: str, line: int) -> None:
    rule, found = read_rule(text, "lights.toml")
    assert rule is None
    assert (code, line) in {(one.code, one.place.line) for one in found}
    assert all(one.place.file == "lights.toml" for one in found)


@given(st.text(max_size=200) | st.sampled_from(["[lights]\nlight=[{}]", "[lights]\nlight=[{when=[{}]}]", "lights=[]"]))
def test_any_text_is_a_rule_or_has_findings(text: str) -> None:
    rule, found = read_rule(text, "lights.toml")
    assert (rule is None) == bool(found)


def test_a_file_of_its_own_counts_before_the_settings(tmp_path: Path) -> None:
    (tmp_path / "xlplan.toml").write_text('[lights]\npreset = "sanya"\n', "utf-8")
    assert load_rule(tmp_path).name == "sanya"
    path = copy_rule(tmp_path, "")
    assert "三亚" in path.read_text("utf-8")
    with pytest.raises(XlplanError, match="T111"):
        copy_rule(tmp_path, "dazu")
    path.write_text('[lights]\npreset = "dazu"\nx = 1\n', "utf-8")
    with pytest.raises(XlplanError, match="W602"):
        load_rule(tmp_path)
    assert [(one.code, one.place.file, one.place.line) for one in check_rule(tmp_path)[1]] == [
        ("W602", "lights.toml", 3)
    ]


def test_a_preset_that_is_copied_means_the_same(tmp_path: Path) -> None:
    for one in presets():
        path = copy_rule(tmp_path, one.name)
        copied, mine = load_rule(tmp_path), preset(one.name)
        assert (copied.lamps, copied.direct, copied.made_good) == (mine.lamps, mine.direct, mine.made_good)
        assert dict(copied.cases) == dict(mine.cases)
        path.unlink()
    with pytest.raises(XlplanError, match="W604"):
        copy_rule(tmp_path, "../x")
