"""Owners read out of a task's words: who leads (|) who supports."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlplan.chinese.owners.reading import read_owners
from xlplan.finding import Place
from xlplan.model import Role

YEAR = 2023
BODY = "抓好各项任务落实。"


def read(text):
    return read_owners(text, place=Place(), year=YEAR)


def named(text):
    owners = read(text).owners
    lead = [owner.name for owner in owners if owner.role is Role.LEAD]
    support = [owner.name for owner in owners if owner.role is Role.SUPPORT]
    return " ".join(lead) + (" | " + " ".join(support) if support else "")


CLAUSES = [
    ("(责任单位:全体局领导、各科室)", "全体局领导 各科室"),
    ("(责任单位:办公室)", "办公室"),
    ("(责任科室:办公室、人事科,机关党委)", "办公室 人事科 机关党委"),
    ("〔责任单位:市教育局、市财政局〕", "市教育局 市财政局"),
    ("【责任单位:市教育局;市财政局】", "市教育局 市财政局"),
    ("[责任部门:市教育局 市财政局]", "市教育局 市财政局"),
    ("(责任单位:市教育局/市财政局)", "市教育局 市财政局"),
    ("(责任单位:市教育局和市财政局)", "市教育局 市财政局"),
    ("(责任单位:市发展和改革委员会、市住房和城乡建设局)", "市发展和改革委员会 市住房和城乡建设局"),
    ("(责任单位:数字经济与信息化推进科、质量监督与对外合作交流科)", "数字经济与信息化推进科 质量监督与对外合作交流科"),
    ("(责任单位:质量监督与对外\n合作交流科、办公室)", "质量监督与对外合作交流科 办公室"),
    ("(责任单位:局项目工作专班、机关妇委会、驻村帮扶工作队)", "局项目工作专班 机关妇委会 驻村帮扶工作队"),
    ("(责任单位:各县(市、区)人民政府,市直各部门)", "各县(市、区)人民政府 市直各部门"),
    ("(责任单位:高新园(双桥镇)、市水利局)", "高新园(双桥镇) 市水利局"),
    ("(牵头单位:市科技局;责任单位:市财政局,各县市区人民政府)", "市科技局 | 市财政局 各县市区人民政府"),
    ("(牵头单位:市科技局 配合单位:市财政局、市人社局)", "市科技局 | 市财政局 市人社局"),
    ("(牵头科室:基教科;配合科室:各科室,局属各单位)", "基教科 | 各科室 局属各单位"),
    ("(主办单位:市农业农村局;协办单位:市林业局、市水利局)", "市农业农村局 | 市林业局 市水利局"),
    ("(牵头部门:市商务局,协同部门:市税务局)", "市商务局 | 市税务局"),
    ("〔牵头市发改委,责任市教育局、市财政局〕", "市发改委 | 市教育局 市财政局"),
    ("(市教育局牵头,市财政局、市人社局配合)", "市教育局 | 市财政局 市人社局"),
    ("(市教育局牵头、市财政局配合)", "市教育局 | 市财政局"),
    ("(市教育局、市体育局牵头,市财政局参与)", "市教育局 市体育局 | 市财政局"),
    ("(市教育局牵头负责,市财政局、市人社局协助)", "市教育局 | 市财政局 市人社局"),
    ("(市教育局牵头会同市财政局、市人社局负责)", "市教育局 | 市财政局 市人社局"),
    ("(市教育局会同市财政局负责)", "市教育局 | 市财政局"),
    ("(由市教育局牵头,市财政局配合)", "市教育局 | 市财政局"),
    ("(市府办〔市大数据局〕牵头,市发改局、市财政局配合)", "市府办〔市大数据局〕 | 市发改局 市财政局"),
    ("(市教育局负责)", "市教育局"),
    ("(市教育局、市财政局按职责分工负责)", "市教育局 市财政局"),
    ("(市教育局、市财政局分别负责)", "市教育局 市财政局"),
    ("(公安部牵头,中央网信办、工业和信息化部等按职责分工负责)", "公安部 | 中央网信办 工业和信息化部"),
    ("(市教育局牵头,市财政局、各县(市、区)政府按职责分工负责)", "市教育局 | 市财政局 各县(市、区)政府"),
    ("(办公室牵头,各科室配合)", "办公室 | 各科室"),
    ("(责任单位:办公室牵头,各科室配合)", "办公室 | 各科室"),
    ("(责任领导:张三;责任科室:人事科;完成时限:6月底)", "人事科"),
    ("(分管领导:王局长 责任单位:规财科、办公室)", "规财科 办公室"),
    ("(责任人:李四,责任单位:办公室)", "办公室"),
    ("(市教育局)", "市教育局"),
    ("(市委宣传部、市文旅局,各县〔市、区〕政府)", "市委宣传部 市文旅局 各县〔市、区〕政府"),
    ("(国网某县供电公司、县税务局、人行某县支行)", "国网某县供电公司 县税务局 人行某县支行"),
    ("(责任单位:办公室、", "办公室"),
    ("(责任单位:办公室;长期坚持)", "办公室"),
    ("(责任单位:市教育局等有关单位)", "市教育局"),
    ("(责任单位:市教育局、各有关部门)", "市教育局"),
    ("(牵头单位:市教育局;责任单位:市直有关部门)", "市教育局"),
    ("(责任单位:市教育局、市教育局)", "市教育局"),
    ("(责任单位:市残联、团市委、市妇联、市总工会、市科协)", "市残联 团市委 市妇联 市总工会 市科协"),
    ("(责任单位:县委组织部、县委编办、县法院、县检察院)", "县委组织部 县委编办 县法院 县检察院"),
    ("(责任单位:党政办、各村(社区))", "党政办 各村(社区)"),
    ("\n责任单位:办公室、人事科", "办公室 人事科"),
    ("\n责任单位:办公室、人事科。", "办公室 人事科"),
    ("\n责任单位:办公室、\n人事科", "办公室 人事科"),
    ("\n责任单位:\n办公室\n人事科", "办公室 人事科"),
    ("\n牵头单位:市教育局\n配合单位:市财政局、市人社局\n完成时限:2023年12月底", "市教育局 | 市财政局 市人社局"),
    ("\n牵头领导:张三\n牵头单位:市教育局\n责任单位:市财政局", "市教育局 | 市财政局"),
    ("责任单位:办公室。", "办公室"),
    ("责任单位:办公室;配合单位:人事科。", "办公室 | 人事科"),
    ("责 任 单 位:办公室、人事科", "办公室 人事科"),
    ("【责任单位】办公室、人事科", "办公室 人事科"),
    ("〔牵头单位〕市教育局 〔配合单位〕市财政局", "市教育局 | 市财政局"),
    ("[责任单位]:市教育局、市财政局", "市教育局 市财政局"),
    ("——责任单位:办公室", "办公室"),
    ("由办公室牵头,人事科、财务科配合。", "办公室 | 人事科 财务科"),
    ("办公室牵头,各科室配合。", "办公室 | 各科室"),
    ("(责任单位:办公室)。", "办公室"),
    ("(责任單位:辦公室、規劃財務科)", "辦公室 規劃財務科"),
    ("(牵头单位:市教育局,配合单位:市财政局,完成时限:2023年6月底前)", "市教育局 | 市财政局"),
    ("(牵头单位:市教育局,完成时限:6月底前,配合单位:市财政局)", "市教育局 | 市财政局"),
    ("(责任单位:市教育局,2023年10月底前完成)", "市教育局"),
    ("(市教育局,10月底前)", "市教育局"),
    ("(责任处室:规划处、财务处;责任单位:局属各单位)", "规划处 财务处 局属各单位"),
    ("(主要责任单位:市教育局;协同责任单位:市财政局)", "市教育局 | 市财政局"),
    ("(牵头责任单位:市教育局;配合责任单位:市财政局)", "市教育局 | 市财政局"),
    ("(责任股室:办公室、行政审批股)", "办公室 行政审批股"),
    ("(落实单位:办公室、各股室)", "办公室 各股室"),
    ("(承办单位:办公室)", "办公室"),
    ("(主体责任单位:各镇(街道);监管责任单位:区教育局)", "各镇(街道) | 区教育局"),
    ("(责任单位:市发展改革委(牵头)、市财政局、各区政府)", "市发展改革委 | 市财政局 各区政府"),
    ("(责任单位:市教育局(牵头),市财政局(配合))", "市教育局 | 市财政局"),
    ("(牵头:市教育局;配合:市财政局)", "市教育局 | 市财政局"),
    ("(牵头单位:办公室、人事科及各科室)", "办公室 人事科 各科室"),
    ("(责任单位:局领导班子、全体干部职工)", "局领导班子 全体干部职工"),
    ("(牵头领导:张三 副县长;牵头单位:县教育局;配合单位:县财政局)", "县教育局 | 县财政局"),
    ("(市教育局会同有关部门)", "市教育局"),
    ("〔责任单位:市场监管局〔牵头〕、卫生健康委〕", "市场监管局 | 卫生健康委"),
]


@pytest.mark.parametrize(("clause", "expected"), CLAUSES)
def test_who_is_named(clause, expected):
    assert named(BODY + clause) == expected


@pytest.mark.parametrize("clause", [clause for clause, _ in CLAUSES])
def test_the_rest_is_the_text_without_the_clause(clause):
    assert read(BODY + clause).rest == BODY


PROSE = [
    "推进县(市、区)建设,支持孵化器(众创空间)发展。",
    "指导各县(市、区)教育局(含开发区)做好工作(详见附件)。",
    "落实责任单位和牵头单位责任,明确责任人。",
    "牵头实施全市创新工程,配合做好验收工作。",
    "按照《办法》(某政办发〔2020〕17号)执行。",
    "各科室要认真负责,积极配合,按职责分工抓好落实。",
    "支持高校(科研院所)与企业(园区)合作。",
    "深入开展督查(检查)活动(一季度1次)。",
    "推行“一把手”负责制(第一责任人制度)。",
    "加强与市财政局(国资委)沟通。",
    "组织申报国家级平台(实验室)、省级平台(中心)各1个。",
    "完善由党委领导、政府负责的体制。",
    "建设开发区(高新区)创新平台。",
]


@pytest.mark.parametrize("text", PROSE)
def test_prose_names_no_owner(text):
    reading = read(text)
    assert reading.owners == ()
    assert reading.rest == text


def test_leaders_are_persons_not_offices():
    reading = read(BODY + "(责任领导:张三、李四;责任科室:人事科)")
    assert (reading.leader, [owner.name for owner in reading.owners]) == ("张三、李四", ["人事科"])


def test_a_leaders_post_stays_with_the_name():
    assert read(BODY + "(牵头领导:张三 副县长;牵头单位:县教育局)").leader == "张三 副县长"


@pytest.mark.parametrize(
    ("clause", "day"),
    [
        ("(责任单位:办公室;完成时限:6月底)", date(2023, 6, 30)),
        ("(责任单位:办公室;时限:2024年3月)", date(2024, 3, 31)),
        ("(办公室牵头,9月底前完成)", date(2023, 9, 30)),
        ("\n责任单位:办公室\n完成时间:2023年10月20日", date(2023, 10, 20)),
        ("(责任单位:办公室;完成时限:长期坚持)", None),
        ("(责任单位:办公室;完成时限:2023年11月31日)", None),
    ],
)
def test_deadlines_beside_owners(clause, day):
    assert read(BODY + clause).deadline == day


@pytest.mark.parametrize(
    ("clause", "codes"),
    [
        ("(责任单位:办公室)", []),
        ("(责任单位:市教育局等有关单位)", ["D401"]),
        ("(市教育局、市财政局按职责分工负责)", ["D401"]),
        ("(责任单位:市教育局、各相关部门)", ["D401"]),
        ("(责任单位:做好相关工作的同时加快推进)", ["D402"]),
        ("(办公室、人事科)", ["D403"]),
        ("(责任单位:办公室;完成时限:2月30日)", ["D404"]),
    ],
)
def test_what_is_said_about_owner_clauses(clause, codes):
    assert [finding.code for finding in read(BODY + clause).findings] == codes


def test_clauses_of_several_items_are_joined():
    text = "一是抓学习。(责任单位:办公室)二是抓培训。(责任单位:人事科、办公室)"
    reading = read(text)
    assert [owner.name for owner in reading.owners] == ["办公室", "人事科"]
    assert reading.rest == "一是抓学习。二是抓培训。"


OFFICES = st.lists(
    st.sampled_from(
        [
            "办公室",
            "人事科",
            "规划财务科",
            "市教育局",
            "市住房和城乡建设局",
            "各县(市、区)政府",
            "机关党委",
            "局属各单位",
            "市大数据中心",
            "高新区管委会",
        ]
    ),
    min_size=2,
    max_size=6,
    unique=True,
)
BRACKETS = st.sampled_from(["()", "()", "〔〕", "【】", "[]"])
SEPARATORS = st.sampled_from(["、", ",", ",", ";", ";"])
FORMS = st.sampled_from(
    [
        ("牵头单位:{lead};配合单位:{support}", "、"),
        ("牵头科室:{lead},责任科室:{support}", "、"),
        ("{lead}牵头,{support}配合", "、"),
        ("{lead}牵头负责,{support}协助落实", "、"),
        ("主办:{lead} 协办:{support}", "、"),
    ]
)


@given(OFFICES, BRACKETS, FORMS)
def test_rendered_roles_read_back(offices, bracket, form):
    lead, *support = offices
    clause = form[0].format(lead=lead, support=form[1].join(support))
    assert named(BODY + bracket[0] + clause + bracket[1]) == f"{lead} | {' '.join(support)}"


@given(OFFICES, BRACKETS, SEPARATORS)
def test_rendered_lists_read_back(offices, bracket, separator):
    clause = f"{bracket[0]}责任单位:{separator.join(offices)}{bracket[1]}"
    reading = read(BODY + clause)
    assert [owner.name for owner in reading.owners] == offices
    assert reading.rest == BODY


@given(st.text(alphabet="责任单位牵头配合办公室科局、,;:()〔〕【】 \n。等各有关6月底", max_size=100))
def test_any_text_is_read(text):
    reading = read(text)
    assert all(owner.name for owner in reading.owners)
    assert len(reading.rest) <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 100_000,
        "责任单位:" * 20_000,
        "市教育局和" * 20_000,
        "(市教育局、" * 20_000,
        "局 局\n" * 20_000,
        "按职责分工" * 20_000,
        "责任市" * 30_000,
        "抓落实" * 30_000,
    ],
)
def test_hostile_text_comes_to_an_end(text):
    assert len(read(text).rest) <= len(text)
