"""The golden plans that are Word and Excel files, made when a test asks for them."""

from __future__ import annotations

import sys
from pathlib import Path

from docx import Document
from openpyxl import Workbook

CIVIL: list[list[object]] = [
    ["宁安县民政局2025年重点工作任务分解表"],
    ["填报单位:县民政局", "", "", "", "", "2025年2月"],
    ["序号", "重点工作", "工作内容及目标", "时限要求", "责任股室", "协办单位"],
    ["一、社会救助"],
    [
        1,
        "提高低保标准",
        "城市低保标准提高到每人每月760元,农村低保标准提高到每人每年6200元",
        "7月底",
        "社会救助股",
        "县财政局",
    ],
    [
        2,
        "加强动态监测",
        "入户核查率100%,临时救助1500人次,发放资金300万元",
        "全年",
        "社会救助股",
        "各乡镇民政办",
    ],
    ["二、养老服务"],
    [3, "建设养老设施", "新建乡镇综合养老服务中心3个,护理型床位占比达到60%以上", "11月底", "养老服务股", ""],
    [4, "发展老年助餐", "老年食堂总数达到25家", "10月底", "养老服务股", "县市场监管局\n各社区"],
    ["三、社会事务"],
    [5, "深化殡葬改革", "建成城乡公益性公墓2处,火化率稳定在100%", "12月底", "社会事务股", "县殡仪馆"],
    [6, "规范婚姻登记", "登记合格率100%,婚俗改革试点村(社区)4个", "全年", "婚姻登记处", ""],
    [7, "关爱未成年人", "儿童主任培训2期、240人次,乡镇未保站建成率100%", "6月底", "儿童福利股", "县教育局、团县委"],
    ["四、社会组织"],
    [8, "整治“僵尸型”社会组织", "注销撤销10家,年检率不低于90%", "9月底", "社会组织股", ""],
]

HOSPITAL_TABLE = [
    ["维度", "指标名称", "单位", "2023年目标值", "责任科室"],
    ["医疗质量", "出院患者手术占比", "%", "≥32", "医务科"],
    ["医疗质量", "抗菌药物使用强度", "DDDs", "≤40", "药剂科"],
    ["医疗质量", "Ⅰ类切口手术部位感染率", "%", "<0.5", "院感科"],
    ["运营效率", "平均住院日", "天", "≤7.8", "医务科"],
    ["运营效率", "医疗收入", "亿元", "3.6", "财务科"],
    ["持续发展", "招聘硕士及以上人才", "人", "15", "人事科"],
    ["满意度", "门诊患者满意度", "分", "90以上", "客服部、门诊部"],
]

LAND: list[tuple[int, str]] = [
    (0, "2024年自然资源和规划工作要点"),
    (9, "河口县自然资源和规划局"),
    (9, "2024年全县自然资源系统要坚持节约优先,严守资源安全底线。"),
    (1, "一、耕地保护"),
    (2, "(一)严守耕地红线"),
    (9, "耕地保有量不低于58.6万亩,永久基本农田保护面积不少于49.2万亩,完成恢复耕地3000亩。(责任单位:耕保股)"),
    (2, "(二)落实占补平衡"),
    (9, "新增耕地指标1200亩,开发补充耕地项目6个。(责任单位:耕保股、土地整理中心)"),
    (1, "二、要素保障"),
    (2, "(三)强化用地报批"),
    (9, "组卷报批建设用地2500亩,供应土地3000亩,土地出让收入12亿元。(责任单位:用途管制股、利用股)"),
    (2, "(四)处置批而未供和闲置土地"),
    (9, "批而未供土地处置率15%以上,闲置土地处置率不低于20%。(责任单位:利用股;配合单位:执法大队)"),
    (1, "三、国土空间规划"),
    (2, "(五)推进村庄规划编制"),
    (9, "编制“多规合一”实用性村庄规划40个,详细规划覆盖率达到70%。(责任单位:规划股)"),
    (1, "四、登记服务与生态修复"),
    (2, "(六)提升不动产登记效能"),
    (9, "一般登记3个工作日内办结,抵押登记1个工作日办结,化解历史遗留办证1.1万套。(责任单位:不动产登记中心)"),
    (2, "(七)开展矿山生态修复"),
    (9, "修复废弃矿山图斑23个、面积860亩,绿色矿山达标率80%。(责任单位:矿管股、修复股)"),
    (2, "(八)防治地质灾害"),
    (9, "治理地质灾害隐患点12处,避险搬迁75户,汛期巡查每周不少于2次。(责任单位:地环股)"),
]

LOGISTICS: list[tuple[int, str]] = [
    (9, "机关事务管理局2023年工作计划"),
    (9, "2023年,局机关将围绕“保障、管理、服务”职能,着力抓好以下工作。"),
    (9, "一、节约能源资源"),
    (9, "1、推进节能降碳。人均综合能耗下降1.2%,单位建筑面积能耗下降1%,人均用水量下降1.1%。责任科室:节能科。"),
    (
        9,
        "2、创建节约型机关。县级及以上党政机关创建比例达到90%,新建光伏装机容量500千瓦。责任科室:节能科、各单位后勤科。",
    ),
    (9, "二、资产与房产管理"),
    (9, "3、盘活闲置资产。处置闲置办公用房5000平方米,租金收入增长5%。责任科室:资产科。"),
    (9, "4、推进权属统一登记。登记率达到98%。责任科室:资产科;协助科室:法规科。"),
    (9, "三、公务用车管理"),
    (9, "5、更新新能源公务用车20辆,新能源车占比达到30%以上。责任科室:车管科。"),
    (9, "6、运行费用压减8%,平台派车满足率95%。责任科室:车管科。"),
    (9, "四、后勤服务"),
    (9, "7、提升餐饮服务水平,职工满意度达到95分以上,人均餐厨垃圾量控制在80克以内。责任科室:服务中心。"),
    (9, "8、完成大院管网改造1.5公里,会议保障零差错。责任科室:基建科、服务中心。"),
]


def save_workbook(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    width = max(len(row) for row in rows)
    for at, row in enumerate(rows, start=1):
        if len(row) == 1:
            sheet.merge_cells(start_row=at, end_row=at, start_column=1, end_column=width)
    book.save(path)
    return path


def save_document(path: Path, paragraphs: list[tuple[int, str]], table: list[list[str]] | None = None) -> Path:
    """Level 0 is the title, 9 the body."""
    document = Document()
    for level, text in paragraphs:
        if level == 9:
            document.add_paragraph(text)
        else:
            document.add_heading(text, level=level)
    if table is not None:
        drawn = document.add_table(rows=0, cols=len(table[0]))
        for row in table:
            cells = drawn.add_row().cells
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
    document.save(str(path))
    return path


def make(folder: Path) -> list[Path]:
    """Every made document, written into `folder`."""
    hospital = [(9, "第三人民医院2023年度运营目标责任分解表"), (9, "(2023年1月10日院长办公会通过)")]
    return [
        save_workbook(folder / "civil-bands.xlsx", CIVIL),
        save_document(folder / "hospital-metrics.docx", hospital, HOSPITAL_TABLE),
        save_document(folder / "land-styles.docx", LAND),
        save_document(folder / "logistics-plain.docx", LOGISTICS),
    ]


if __name__ == "__main__":
    make(Path(sys.argv[1]))
