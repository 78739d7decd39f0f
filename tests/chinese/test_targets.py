"""Targets as records: kind, indicator, hedge, scope, day, baseline; and figures that were lost."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told import YEAR, only, read

from xlplan.chinese.numerals import spell
from xlplan.chinese.targets import propose_baseline, propose_lost, read_baselines, read_targets
from xlplan.finding import Place
from xlplan.model import Comparator, Kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("规上工业企业总数达到230家。", Kind.LEVEL),
        ("新增高新技术企业30家。", Kind.INCREMENT),
        ("提升改造乡村道路25公里。", Kind.INCREMENT),
        ("实现工业总产值300亿元。", Kind.LEVEL),
        ("工业总产值增长9%。", Kind.GROWTH),
        ("研发投入占比达到2.5%。", Kind.RATIO),
        ("公办园占比提高3个百分点。", Kind.GROWTH),
        ("排名进入全省前8位。", Kind.RANK),
        ("失业率控制在4.5%以内。", Kind.CEILING),
        ("办理时限压缩至3天以内。", Kind.CEILING),
        ("6月底前出台人才新政。", Kind.MILESTONE),
    ],
)
def test_kinds(text, kind):
    assert only(text).kind is kind


def test_what_leads_in_is_told_apart_from_the_indicator():
    target = only("力争全年新增规上工业企业20家以上。")
    assert (target.hedge, target.scope, target.indicator, target.text) == (
        "力争",
        "全年",
        "新增规上工业企业",
        "新增规上工业企业20家以上",
    )


def test_striving_is_a_hedge_only_before_another_verb():
    assert only("争取引进高层次人才5名。").hedge == "争取"
    assert only("争取专项资金800万元以上。").indicator == "争取专项资金"


def test_a_figure_without_a_name_belongs_to_the_one_before():
    first, second = read("数字产业增加值360亿元,增幅12%以上。")
    assert first.indicator == "数字产业增加值"
    assert second.indicator == "数字产业增加值增幅"


def test_a_change_keeps_where_it_starts_as_the_baseline():
    target = only("森林覆盖率由58%提高到60%。")
    assert (target.value, target.baseline, target.indicator) == (Decimal(60), Decimal(58), "森林覆盖率")
    assert only("高企数量从12百家增加到1500家。").baseline == Decimal(1200)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("6月底前出台管理办法。", date(2021, 6, 30)),
        ("年内建成通车。", date(2021, 12, 31)),
        ("三季度完成主体工程。", date(2021, 9, 30)),
        ("2022年6月底前建成投用。", date(2022, 6, 30)),
        ("10月20日前完成验收。", date(2021, 10, 20)),
    ],
)
def test_milestones_have_a_day_and_no_value(text, due):
    target = only(text)
    assert (target.kind, target.value, target.due) == (Kind.MILESTONE, None, due)


@pytest.mark.parametrize(
    "text",
    [
        "每月10日前上报进展。",
        "自3月1日起施行。",
        "去年6月底建成投用。",
        "按时序进度推进建设。",
        "2021年开展调研。",
        "2月30日前建成。",
    ],
)
def test_dates_that_are_no_milestones(text):
    assert read(text) == ()


def test_a_figure_takes_the_day_that_stands_before_it():
    assert only("12月底前新建泊位500个。").due == date(2021, 12, 31)


def test_without_a_year_the_calendar_stays_open():
    (target,) = read("6月底前出台管理办法,2019年新增10家。", None)[:1]
    assert target.value == Decimal(10)


LOST = [
    ("新增高新技术企业 家;", ["新增高新技术企业 家"]),
    ("研发经费达到 亿元,增长 %以上。", ["研发经费达到 亿元", "增长 %以上"]),
    ("新建众创空间\n家以上、星创天地\n家以上。", ["新建众创空间 家以上", "星创天地 家以上"]),
    ("培训人员达到人次以上,产值达到亿元。", ["培训人员达到 人次以上", "产值达到 亿元"]),
    ("引进人才人以上。", ["引进人才 人以上"]),
    ("培育龙头企业 5 家,专精特新企业 家。", ["专精特新企业 家"]),
]


@pytest.mark.parametrize(("text", "phrases"), LOST)
def test_lost_figures_are_found(text, phrases):
    found = read_targets(text, place=Place(), year=YEAR)[1]
    assert [finding.code for finding in found] == ["D202"] * len(phrases)
    assert [finding.fact("text") for finding in found] == phrases


@pytest.mark.parametrize(
    "text",
    [
        "建设 5 个示范点,新增 30 家。",
        "邀请 专家、企业家 参加。",
        "责 任 人,联 系 人。",
        "省级以上平台申报县级以上项目。",
        "规模以上工业企业增长 8%。",
        "支持亿元以上项目。",
        "各项工作 事项,培育独角兽企业。",
        "引进亿元项目。",
    ],
)
def test_nothing_is_lost_where_no_number_is_missing(text):
    assert read_targets(text, place=Place(), year=YEAR)[1] == []


def test_a_lost_figure_is_proposed_from_the_same_document():
    _, found = read_targets("新增高新技术企业 家,新增瞪羚企业 家。", place=Place(), year=YEAR)
    (known,) = read("2021年新增高新技术企业12家。")
    proposed, open_still = propose_lost(found, [known])
    assert proposed.fact("proposal") == "新增高新技术企业12家"
    assert open_still.fact("proposal") == ""


def test_last_years_results_propose_baselines():
    results = read_baselines("全市规上工业企业达到186家,净增52家。技术合同成交额1.5亿元。")
    level, money, other = read("规上工业企业总数达到230家。技术合同成交额达到20000万元。医院达到30家。")
    assert propose_baseline(level, results) == Decimal(186)
    assert propose_baseline(money, results) == Decimal(15000)
    assert propose_baseline(other, results) is None


def test_in_running_text_only_what_is_over_is_a_result():
    text = "去年全市高企达到186家。今年达到240家。"
    assert [result.value for result in read_baselines(text, year=YEAR, summary=False)] == [Decimal(186)]


COUNTERS = st.sampled_from(
    [
        "家",
        "个",
        "项",
        "件",
        "篇",
        "期",
        "场",
        "人次",
        "名",
        "户",
        "亩",
        "公里",
        "台",
        "套",
        "所",
        "座",
        "万元",
        "亿元",
        "万人次",
        "%",
    ]
)
NOUNS = st.sampled_from(["科技型中小企业", "示范基地", "农村公路", "惠民演出", "发明专利授权", "技术改造投资"])


@given(NOUNS, st.integers(min_value=1, max_value=99999), COUNTERS)
def test_a_rendered_figure_reads_back(noun, value, unit):
    target = only(f"全市{noun}达到{value}{unit}以上。")
    assert (target.value, target.unit, target.indicator, target.scope) == (value, unit, noun, "全市")


@given(NOUNS, st.integers(min_value=21, max_value=9999), st.sampled_from("家个项件名户".strip()))
def test_a_figure_in_characters_reads_back(noun, value, unit):
    assert only(f"新增{noun}{spell(value)}{unit}。").value == value


@given(st.text(alphabet="新增企业达到家个项亿元万%0123456789.,、。;(“”《》-至一二三十百年月底前 \n", max_size=120))
def test_any_text_is_read_and_every_target_stands_in_it(text):
    targets, _ = read_targets(text, place=Place(), year=YEAR)
    plain = "".join(text.split())
    for target in targets:
        assert target.value is None or target.value.is_finite()
        assert "".join(target.text.split()) in plain


HOSTILE = [
    "(" * 100_000,
    "1" * 100_000,
    "一、" * 50_000,
    "达到1家" * 20_000,
    "“" * 100_000,
    "《(〔" * 30_000,
    "1-" * 50_000,
    "百分之" * 30_000,
    "新增 家 " * 20_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_to_an_end(text):
    targets, found = read_targets(text, place=Place(), year=YEAR)
    assert len(targets) + len(found) <= len(text)


SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the real documents are not beside this repository")
@pytest.mark.parametrize("number", range(5))
def test_real_documents_give_no_target_without_an_indicator(number):
    text = sorted(SEEDS.glob("*.txt"))[number].read_text("utf-8")
    targets, _ = read_targets(text, place=Place(), year=None)
    assert targets
    assert all(target.indicator for target in targets)


def test_comparators_of_ranks_and_ranges():
    assert [target.comparator for target in read("进入全省前3位,举办2-3场讲座。")] == [
        Comparator.AT_MOST,
        Comparator.RANGE,
    ]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("推进总投资50亿元的项目建设。", ["D301"]),
        ("抓好5个方面工作。", ["D301"]),
        ("2月30日前建成通车。", ["D302"]),
        ("引进10亿元以上项目3个。", []),
        ("去年完成投资20亿元。", []),
        ("增强四个意识。", []),
    ],
)
def test_what_is_said_about_figures_that_were_passed_over(text, codes):
    assert [finding.code for finding in read_targets(text, place=Place(), year=YEAR)[1]] == codes
