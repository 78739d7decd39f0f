"""The golden plans that are Word and Excel files: made here, so that no binary file has to be kept.

``make(folder)`` writes them all and returns their paths; their annotations stand beside this file as NAME.json.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

# ------------------------------------------------------------------ Word: a plan whose numbers Word itself counts
LEVELS = (("chineseCounting", "%1、"), ("chineseCounting", "(%2)"), ("decimal", "%3."))
# fmt: off
JUSTICE = (
    (None, "临溪区司法局2023年工作要点"),
    (None, "2023年,全区司法行政工作坚持稳字当头,2022年办理法律援助案件612件。为做好今年工作,制定本要点。"),
    (0, "统筹推进法治建设"),
    (1, "健全依法行政制度。审查行政规范性文件20件,行政复议案件法定期限内办结率100%。(责任科室:法治调研科、行政复议科)"),
    (1, "开展示范创建。争创省级法治政府建设示范区,培育法治示范项目3个。(责任科室:法治督察科)"),
    (0, "优化公共法律服务"),
    (1, "做实法律援助。办理法律援助案件650件以上,群众满意率达98%。(责任科室:区法律援助中心)"),
    (1, "规范公证律师管理。开展“减证便民”,每个村(社区)配备1名法律顾问。(责任科室:律师公证科;配合单位:各司法所)"),
    (1, "推进普法依法治理。落实“八五”普法规划,新增民主法治示范村4个,培育法律明白人1200人。(责任科室:普法科)"),
    (0, "维护社会和谐稳定"),
    (1, "加强人民调解。矛盾纠纷调解成功率不低于98%。(责任科室:人民参与和促进法治科、各司法所)"),
    (1, "抓好社区矫正。在册社区矫正对象312人,再犯罪率控制在0.2%以内。(责任科室:社区矫正管理局)"),
    (0, "锻造过硬队伍"),
    (1, "深化政治建设。巩固政法队伍教育整顿成果,开展集中培训5次。(责任科室:政治处)"),
)
# fmt: on


def numbering(document: Docx) -> int:
    """Add a numbering of three levels, as Word stores it, and return its number."""
    part = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "90")
    for at, (form, text) in enumerate(LEVELS):
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), str(at))
        for tag, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            level.append(child)
        abstract.append(level)
    part.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "90")
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), "90")
    number.append(link)
    part.append(number)
    return 90


def numbered(paragraph: Paragraph, number: int, level: int) -> None:
    """Make a paragraph one of a numbered list."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - python-docx has no public way to number a paragraph
    holder = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", level), ("w:numId", number)):
        child = OxmlElement(tag)
        child.set(qn("w:val"), str(value))
        holder.append(child)
    properties.append(holder)


def justice(path: Path) -> None:
    """A plan with automatic numbers: the text of the paragraphs has none."""
    document = Document()
    number = numbering(document)
    for level, text in JUSTICE:
        paragraph = document.add_paragraph(text)
        if level is not None:
            numbered(paragraph, number, level)
    document.save(str(path))


# ------------------------------------------------------------------ Word: a breakdown table with merged cells
WATER_HEAD = ("序号", "重点任务", "具体内容及目标", "牵头科室", "配合科室(单位)", "完成时限")
# fmt: off
WATER = (
    ("一、水旱灾害防御",),
    ("1", "强化防汛备汛", "完成12座水库除险加固;修订预案60个", "水旱灾害防御科", "市水文中心、各县(市、区)水利局",
     "4月底前"),
    ("2", "推进防洪工程建设", "治理中小河流85公里,新建堤防30公里", "建设与运行管理科", "规划计划科", "12月底前"),
    ("二、水资源管理",),
    ("3", "落实最严格水资源管理制度", "全市用水总量控制在18.6亿立方米以内", "水资源科", "各县(市、区)水利局", "全年"),
    ("", "", "万元GDP用水量较上年下降4%", "", "", ""),
    ("", "", "创建节水型载体25个", "", "", ""),
    ("4", "发展农村供水", "新建改造规模化水厂9座,农村自来水普及率达到93%", "农村水利水电科", "市水务集团", "11月底前"),
    ("三、河湖生态保护",),
    ("5", "深化河湖长制", "全市1265名河湖长履职尽责,清理“四乱”问题120个,建设幸福河湖6条",
     "河长办", "水资源科、水政支队", "全年"),
    ("6", "治理水土流失", "综合治理水土流失面积15万亩,水土保持率达到92.5%", "水土保持科", "", "12月底前"),
    ("四、行业能力建设",),
    ("7", "争取水利投资", "完成水利投资26亿元,争取中央和省级资金9亿元以上", "规划计划科", "财务科", "12月底前"),
    ("8", "加强水行政执法", "查处案件不少于40起", "水政支队", "政策法规科", "全年"),
)
# fmt: on


def water(path: Path) -> None:
    """A table whose bands are one merged cell, and with a task that spans three rows."""
    document = Document()
    document.add_paragraph("附件1")
    document.add_paragraph("2022年全市水利重点工作任务分解表").runs[0].font.size = Pt(22)
    table = document.add_table(rows=0, cols=len(WATER_HEAD))
    table.style = "Table Grid"
    task = 0
    for at, row in enumerate((WATER_HEAD, *WATER)):
        cells = table.add_row().cells
        if len(row) == 1:
            cells[0].merge(cells[-1]).text = row[0]
        elif row[0]:
            task = at
            for cell, text in zip(cells, row, strict=True):
                cell.text = text
        else:
            for column, text in enumerate(row):
                if text:
                    cells[column].text = text
                else:
                    table.cell(task, column).merge(cells[column])
    document.add_paragraph("联系人:李明  电话:6210088")
    document.save(str(path))


# ------------------------------------------------------------------ Word: a notice with headings in Word's own styles
# fmt: off
VETERINARY = (
    ("Normal", "云渡县畜牧兽医中心文件"),
    ("Normal", "云牧〔2024〕3号"),
    ("Title", "云渡县畜牧兽医中心2024年工作要点"),
    ("Normal", "各乡镇畜牧兽医站,中心各股室:"),
    ("Normal", "2023年全县生猪出栏31.5万头,肉类总产量2.9万吨。现将2024年工作要点印发给你们,请遵照执行。"),
    ("Heading 1", "一、稳定生产供给"),
    ("Heading 2", "(一)稳定生猪产能"),
    ("Normal", "能繁母猪保有量稳定在1.5万头,生猪出栏32万头左右。"),
    ("Normal", "责任股室:畜牧股;配合单位:各乡镇畜牧兽医站"),
    ("Heading 2", "(二)发展特色养殖"),
    ("Normal", "扶持肉牛规模场5家、蜂蜜合作社3家,肉牛存栏增长5%以上。"),
    ("Normal", "责任股室:畜牧股、产业股"),
    ("Heading 1", "二、强化疫病防控"),
    ("Heading 2", "(三)落实强制免疫"),
    ("Normal", "口蹄疫、禽流感等强制免疫病种应免畜禽免疫密度达到100%,抗体合格率常年保持在70%以上。"),
    ("Normal", "责任股室:疫控股;配合单位:各乡镇畜牧兽医站"),
    ("Heading 2", "(四)抓好非洲猪瘟防控"),
    ("Normal", "常态化开展监测排查,检测样品不少于2400份。"),
    ("Normal", "责任股室:疫控股、检验检测室"),
    ("Heading 1", "三、推进绿色发展"),
    ("Heading 2", "(五)利用畜禽粪污"),
    ("Normal", "畜禽粪污综合利用率达到94%,规模场设施装备配套率100%。"),
    ("Normal", "责任股室:环保股"),
    ("Heading 2", "(六)规范无害化处理"),
    ("Normal", "病死猪集中无害化处理率不低于95%。"),
    ("Normal", "责任股室:环保股、执法队"),
    ("Heading 1", "四、提升服务能力"),
    ("Heading 2", "(七)加强检疫监管"),
    ("Normal", "产地检疫申报受理率100%,使用GB 16548标准。"),
    ("Normal", "责任股室:检疫股"),
    ("Heading 2", "(八)开展技术培训"),
    ("Normal", "培训养殖户6期600人次。"),
    ("Normal", "责任股室:产业股"),
    ("Normal", "云渡县畜牧兽医中心"),
    ("Normal", "2024年2月20日"),
)
# fmt: on


def veterinary(path: Path) -> None:
    """A notice: headings in heading styles, the owners in a paragraph of their own."""
    document = Document()
    for style, text in VETERINARY:
        document.add_paragraph(text, style=style)
    document.save(str(path))


# ------------------------------------------------------------------ Excel
def fill(sheet: Worksheet, rows: Sequence[Sequence[object]], merges: Sequence[str]) -> None:
    """Write the rows and merge the ranges."""
    for row in rows:
        sheet.append(list(row))
    for area in merges:
        sheet.merge_cells(area)


# fmt: off
LIVELIHOOD = (
    ("附件2",),
    ("云渡县2023年重点民生项目任务分解表",),
    ("填报单位:县政府督查室", None, None, None, None, "单位:个、万元"),
    ("序号", "任务名称", "工作目标", "责任单位", "配合单位", "完成时限"),
    ("一、就业增收(2项)",),
    (1, "开展技能培训", "培训劳动力3000人次,新增技能人才400人", "县人社局", "县农业农村局\n县工信局", "11月底"),
    (2, "开发公益性岗位", "安置就业困难人员150人", "县人社局", "各乡镇(街道)", "12月底"),
    ("二、教育文化(3项)",),
    (3, "建设县第三实验小学", "新增学位1620个", "县教育局", "县住建局", "8月底"),
    (4, "建设乡镇文体广场", "建成文体广场6个", "县文体旅局", "有关乡镇", "10月底"),
    (5, "送戏下乡", "演出100场", "县文体旅局", None, "12月底"),
    ("三、卫生健康(2项)",),
    (6, "开展“两癌”免费筛查", "筛查适龄妇女1.2万人", "县卫健局", "县妇联", "10月底"),
    (7, "改造村卫生室", "改造提升28个,每个面积不低于60平方米", "县卫健局", "各乡镇(街道)", "9月底"),
    ("四、基础设施(3项)",),
    (8, "实施农村饮水安全工程", "受益人口2.1万人", "县水利局", "县卫健局", "12月底"),
    (9, "改造老旧小区", "改造小区11个,惠及居民2300户", "县住建局", "城关街道", "11月底"),
    (10, "建设充电设施", "新建充电桩80个", "县工信局、县交通局", "国网云渡供电公司", "12月底"),
    ("合计", "10项"),
)
# fmt: on


def livelihood(path: Path) -> None:
    """Title rows, band rows and a total row around the tasks."""
    book = Workbook()
    sheet = book.active
    sheet.title = "分解表"
    fill(sheet, LIVELIHOOD, ("A2:F2", "A5:F5", "A8:F8", "A12:F12", "A15:F15"))
    book.save(path)


# fmt: off
PROJECTS = (
    ("青岚市2025年开放型经济重点任务分解表",),
    ("类别", "序号", "重点任务", "年度目标", None, None, "责任分工", None, "完成时限"),
    (None, None, None, "指标名称", "目标值", "单位", "牵头单位", "配合单位", None),
    ("稳外贸", 1, "稳定外贸规模", "货物进出口总额", 860, "亿元", "市商务局", "青岚海关、市税务局", "12月底"),
    (None, None, None, "进出口增速", 5, "%", None, None, None),
    (None, None, None, "新增实绩企业", 120, "家", None, None, None),
    (None, 2, "发展跨境电商", "跨境电商进出口额", "95", "亿元", "市商务局", "青岚海关", "12月底"),
    (None, None, None, "海外仓数量", "不少于15", "个", None, None, None),
    ("稳外资", 3, "扩大利用外资", "实际使用外资", 3.5, "亿美元", "市投资促进局", "市商务局", "12月底"),
    (None, 4, "优化投资环境", "外资企业投诉办结率", None, None, "市投资促进局", "市市场监管局", "全年"),
    ("促消费", 5, "提振大宗消费", "限上汽车零售额增速", 6, "%", "市商务局", "市公安局", "12月底"),
    (None, None, None, "家电以旧换新", 20, "万台", None, None, None),
    (None, 6, "建设县域商业", "改造乡镇商贸中心", 18, "个", "市商务局", "各县(市、区)人民政府", "10月底"),
    ("备注:指标数据以统计部门最终核定为准。",),
)
# fmt: on
PROJECT_MERGES = (
    "A1:I1",
    "A2:A3",
    "B2:B3",
    "C2:C3",
    "D2:F2",
    "G2:H2",
    "I2:I3",
    "A4:A8",
    "B4:B6",
    "C4:C6",
    "G4:G6",
    "H4:H6",
    "I4:I6",
    "B7:B8",
    "C7:C8",
    "G7:G8",
    "H7:H8",
    "I7:I8",
    "A9:A10",
    "A11:A13",
    "B11:B12",
    "C11:C12",
    "G11:G12",
    "H11:H12",
    "I11:I12",
    "A14:I14",
)  # fmt: skip


def indicators(path: Path) -> None:
    """A header of two levels, and tasks that span the rows of their indicators."""
    book = Workbook()
    sheet = book.active
    fill(sheet, PROJECTS, PROJECT_MERGES)
    book.save(path)


# ---------------------------------------------------------- Word: months, with several numbered items in one cell
# fmt: off
MONTHS = (
    ("月份", "工作内容", "责任科室", "备注"),
    ("一季度", "1.召开全市档案工作会议", "办公室", ""),
    ("", "2.完成2022年度归档文件接收,接收档案1.2万卷(件)", "接收征集科", ""),
    ("二季度", "3.举办“6·9国际档案日”活动,展出展板40块", "编研利用科", "联合市直机关"),
    ("", "4.开展执法检查,检查单位30家", "法规科", ""),
    ("三季度", "5.推进馆藏数字化,完成扫描200万页,数字化率达到85%", "信息技术科", ""),
    ("", "6.编纂《临溪年鉴(2023)》", "编研利用科、办公室", "9月底前"),
    ("四季度", "7.征集名人档案,征集不少于5人次", "接收征集科", ""),
    ("", "8.开展安全大检查", "各科室", ""),
)
# fmt: on


def monthly(path: Path) -> None:
    """A plan by quarters: the quarter spans its rows and no column holds a number."""
    document = Document()
    document.add_heading("临溪市档案馆2023年工作计划表", 0)
    table = document.add_table(rows=0, cols=4)
    quarter = 0
    for at, row in enumerate(MONTHS):
        cells = table.add_row().cells
        for column, text in enumerate(row):
            cells[column].text = text
        if row[0]:
            quarter = at
        else:
            table.cell(quarter, 0).merge(cells[0])
    document.save(str(path))


# ---------------------------------------------------------- Excel: both roles in one cell, a sheet of notes before
# fmt: off
CLEAN = (
    ("附件1", None, None, None, None),
    ("临溪区2024年城乡环境整治工作任务清单", None, None, None, None),
    ("序 号", "工 作 任 务", "工作要求及目标值", "责 任 单 位", "时限要求"),
    (1, "整治背街小巷", "整治背街小巷45条", "牵头:区城管局\n配合:区住建局、各街道", "6月底前"),
    (2, "治理建筑垃圾", "建设消纳场2处,资源化利用率达到50%", "牵头:区城管局\n配合:区交通局、交警大队", "9月底前"),
    (3, "清理“三线”乱拉", "下地改造30公里", "牵头:区工信局\n配合:各通信运营企业", "12月底前"),
    (4, "提升农贸市场", "改造农贸市场6个", "牵头:区市场监管局", "10月底前"),
    (5, "整治铁路沿线环境", "全线58公里清理到位", "牵头:区交通局\n配合:沿线各镇", "5月底前"),
    (6, "建设美丽庭院", "创建美丽庭院2000户,每镇不少于3个示范片", "牵头:区妇联\n配合:各镇(街道)", "11月底前"),
    (None, "合计", "6项任务", None, None),
    ("填报人:张敏", None, None, "审核人:王强", "2024年2月28日"),
)
# fmt: on


def roles_in_cell(path: Path) -> None:
    """A first sheet of notes, letter-spaced headers, lead and support in one cell."""
    book = Workbook()
    notes = book.active
    notes.title = "填表说明"
    fill(notes, (("填表说明",), ("1.请各单位对照任务清单抓好落实。",), ("2.每月25日前报送进展。",)), ())
    fill(book.create_sheet("任务清单"), CLEAN, ("A2:E2",))
    book.save(path)


MAKERS: dict[str, Callable[[Path], None]] = {
    "justice.docx": justice,
    "water.docx": water,
    "veterinary.docx": veterinary,
    "livelihood.xlsx": livelihood,
    "indicators.xlsx": indicators,
    "monthly.docx": monthly,
    "roles-in-cell.xlsx": roles_in_cell,
}


def make(folder: Path) -> list[Path]:
    """Write every Word and Excel document into the folder."""
    for name, maker in MAKERS.items():
        maker(folder / name)
    return [folder / name for name in MAKERS]
