"""Open XML workbooks: values, marks and what stands beside the cells, in every way of writing them."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, time, timedelta

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from museum import makers
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty

from xlplan.book import Area, Book, Mark, Sheet, Visibility, column_name
from xlplan.errors import XlplanError
from xlplan.files.limits import Limits
from xlplan.files.sheets import sheetxml
from xlplan.files.sheets.cells import Irregular, Workbook
from xlplan.files.sheets.grid import Grid
from xlplan.files.sheets.shapes import Shape
from xlplan.files.workbook import read_book


def good(data: bytes, limits: Limits | None = None) -> Book:
    book, findings = read_book(data, "甲科.xlsx", limits)
    assert book is not None, findings
    return book


def codes(data: bytes, limits: Limits | None = None) -> list[str]:
    return [one.code for one in read_book(data, "甲科.xlsx", limits)[1]]


def rows_of(source: str, **how: object) -> list[list[object]]:
    return good(makers.one_sheet(source, **how)).sheets[0].rows


def by_openpyxl() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "填报表"
    sheet.append(["标题", None, 3, 0.8, True, -7.5, "第一行\n第二行", "<&>\"'"])
    sheet["D1"].number_format = "0%"
    sheet["A3"], sheet["B3"] = date(2019, 6, 30), datetime(2019, 6, 30, 12, 30)  # noqa: DTZ001 - cells have no zone
    sheet["C3"], sheet["D3"] = time(8, 30), timedelta(hours=30)
    sheet["D3"].number_format = "[h]:mm:ss"
    sheet["A5"] = "=1+1"
    sheet["B5"].comment = Comment("请核对", "审核")
    sheet.merge_cells("F3:H4")
    book.create_sheet("隐藏").sheet_state = "hidden"
    book.create_sheet("深藏").sheet_state = "veryHidden"
    book.properties.title, book.properties.subject = "标题", "主题"
    book.properties.modified = datetime(2019, 6, 28, 8, 0)  # noqa: DTZ001 - openpyxl wants it so
    book.custom_doc_props.append(StringProperty(name="stamp", value="印记"))
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_values_have_their_types_and_addresses():
    # openpyxl stamps the time of saving, so the file's own time is put in afterwards
    rows = good(saved(by_openpyxl())).sheets[0].rows
    assert rows[0] == ["标题", None, 3, 0.8, True, -7.5, "第一行\n第二行", "<&>\"'"]
    assert type(rows[0][2]) is int
    assert rows[1] == []
    assert rows[2][:4] == [
        date(2019, 6, 30),
        datetime(2019, 6, 30, 12, 30),  # noqa: DTZ001 - cells have no zone
        time(8, 30),
        timedelta(hours=30),
    ]
    assert type(rows[2][0]) is date


def test_what_stands_beside_the_cells():
    book = good(saved(by_openpyxl()))
    sheet = book.sheets[0]
    assert sheet.marks[0, 3] == {Mark.PERCENT}
    assert sheet.marks[4, 0] == {Mark.FORMULA, Mark.NO_CACHE}
    assert sheet.marks[4, 1] == {Mark.COMMENT}
    assert sheet.comments[4, 1] == "请核对"
    assert sheet.merges == [Area(2, 5, 3, 7)]
    assert [one.visibility for one in book.sheets] == [Visibility.VISIBLE, Visibility.HIDDEN, Visibility.VERY_HIDDEN]
    assert book.properties == {"stamp": "印记"}
    assert (book.title, book.subject) == ("标题", "主题")
    assert book.modified is not None
    assert book.modified.tzinfo is not None


def test_time_of_saving_is_the_documents_own():
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:modified>2019-06-28T08:00:00Z</dcterms:modified>'
        "</cp:coreProperties>"
    )
    links = makers.relations(("officeDocument", "xl/workbook.xml"), ("metadata/core-properties", "docProps/core.xml"))
    data = makers.one_sheet("<row r='1'/>", extra={"docProps/core.xml": core, "_rels/.rels": links})
    assert good(data).modified == datetime(2019, 6, 28, 8, tzinfo=UTC)


def test_error_cells_are_errors_and_not_blanks():
    source = '<row r="2"><c r="B2" t="e"><f>A1/0</f><v>#DIV/0!</v></c><c r="C2" t="e"><v>#REF!</v></c></row>'
    book, findings = read_book(makers.one_sheet(source), "甲科.xlsx")
    assert book is not None
    sheet = book.sheets[0]
    assert sheet.rows[1] == [None, "#DIV/0!", "#REF!"]
    assert Mark.ERROR in sheet.marks[1, 1]
    assert [(one.code, one.place.cell, one.fact("count")) for one in findings] == [("F201", "B2", "2")]


def test_the_0_of_a_formula_that_was_left_to_be_computed_is_no_value():
    """XlsxWriter writes 0 for every formula, and asks whoever opens the file to compute."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_formula("A1", "=12+13")
    sheet.write_formula("B1", "=12+13", value=25)
    sheet.write_number("C1", 0)
    book.close()
    read = good(out.getvalue()).sheets[0]
    assert read.rows[0] == [None, 25, 0]
    assert read.marks[0, 0] == {Mark.FORMULA, Mark.NO_CACHE}
    assert read.marks[0, 1] == {Mark.FORMULA}


def test_formulas_with_and_without_their_value():
    source = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>1+1</f><v/></c>'
        '<c r="D1" t="str"><f>A9&amp;""</f><v></v></c><c r="E1"><f t="shared" si="0"/><v>5</v></c></row>'
    )
    sheet = good(makers.one_sheet(source)).sheets[0]
    assert sheet.rows[0] == [2, None, None, "", 5]
    assert [Mark.NO_CACHE in sheet.marks[0, column] for column in range(5)] == [False, True, True, False, False]
    assert all(Mark.FORMULA in sheet.marks[0, column] for column in range(5))
    assert codes(makers.one_sheet(source)) == ["F202"]


@pytest.mark.parametrize(
    "cell", ['<f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v>', '<v>=DISPIMG("ID_1",1)</v>']
)
def test_pictures_in_cells_as_wps_writes_them(cell):
    data = makers.one_sheet(f'<row r="1"><c r="A1" t="str">{cell}</c></row>')
    assert Mark.PICTURE in good(data).sheets[0].marks[0, 0]
    assert good(data).sheets[0].value(0, 0) is None
    assert codes(data) == ["F203"]


def test_pictures_in_cells_as_excel_writes_them():
    source = '<row r="1"><c r="A1" t="e" vm="1"><v>#VALUE!</v></c></row>'
    marks = good(makers.one_sheet(source, extra={"xl/richData/richValueRel.xml": "<a/>"})).sheets[0].marks
    assert marks[0, 0] == {Mark.PICTURE}
    assert good(makers.one_sheet(source)).sheets[0].marks[0, 0] == {Mark.ERROR}


def test_pictures_over_cells(tmp_path):
    picture = tmp_path / "图.png"
    picture.write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
            "1f15c4890000000d49444154789c6360f8cf500f0003030101b5a4d8a50000000049454e44ae426082"
        )
    )
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        book.add_worksheet("表").insert_image(4, 2, str(picture))
    assert good(target.getvalue()).sheets[0].marks == {(4, 2): frozenset({Mark.PICTURE})}


def test_dates_count_from_1904_where_the_workbook_says_so():
    data = makers.one_sheet(
        '<row r="1"><c r="A1" s="1"><v>42184</v></c></row>', formats=[(14, "")], properties='<workbookPr date1904="1"/>'
    )
    assert good(data).sheets[0].rows == [[date(2019, 6, 30)]]


def test_numbers_in_cells_for_dates_that_are_no_dates_stay_numbers():
    data = makers.one_sheet('<row r="1"><c r="A1" s="1"><v>-5</v></c></row>', formats=[(14, "")])
    assert good(data).sheets[0].rows == [[-5]]
    assert codes(data) == ["F207"]


@pytest.mark.parametrize("text", ["1_000", "١٢٣", "NaN", "INF", "1e999"])
def test_numbers_that_are_none_are_kept_as_text_and_named(text):
    data = makers.one_sheet(f'<row r="1"><c r="A1"><v>{text}</v></c></row>')
    assert good(data).sheets[0].rows == [[text]]
    assert codes(data) == ["F206"]


def test_shared_strings_rich_with_phonetics_and_escapes():
    strings = [
        "<si><t>甲</t></si>",
        '<si><t xml:space="preserve"> 乙 </t><phoneticPr fontId="1" type="noConversion"/></si>',
        "<si><r><rPr><b/></rPr><t>丙</t></r><r><t>丁</t></r></si>",
        "<si><t>a_x000D_b&lt;&#x4E2D;</t></si>",
        "<si><t/></si>",
        "<si><r><rPr><strike/></rPr><t>删</t></r></si>",
    ]
    cells = "".join(f'<c r="{column_name(at)}1" t="s"><v>{at}</v></c>' for at in range(7))
    data = makers.one_sheet(f'<row r="1">{cells}</row>', strings=strings)
    assert good(data).sheets[0].rows == [["甲", " 乙 ", "丙丁", "a\rb<中", "", "删", "6"]]
    assert codes(data) == ["F206"]


def test_phonetic_guides_are_no_text():
    strings = ["<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh></si>"]
    assert rows_of('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings=strings) == [["東京"]]


def test_cells_far_outside_are_left_out_and_named():
    source = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>9</v></c></row>'
    data = makers.one_sheet(source)
    assert good(data).sheets[0].rows == [[1]]
    [finding] = read_book(data, "")[1]
    assert (finding.code, finding.fact("cells")) == ("F204", "XFD1048576")


def test_styled_cells_far_outside_cost_nothing():
    source = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048574"><c r="A1048574" s="1"/></row>'
    assert good(makers.one_sheet(source)).sheets[0].rows == [[1]]
    assert codes(makers.one_sheet(source)) == []


def test_a_cell_that_stands_twice_is_named_when_it_differs():
    source = '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>{}</v></c></row>'
    assert codes(makers.one_sheet(source.format(1))) == []
    assert codes(makers.one_sheet(source.format(2))) == ["F205"]
    assert rows_of(source.format(2)) == [[1]]


def test_rows_out_of_order_are_all_read():
    source = '<row r="3"><c r="B3"><v>3</v></c><c r="A3"><v>2</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
    assert rows_of(source) == [[1], [], [2, 3]]


def test_long_texts_are_cut_and_named():
    data = makers.one_sheet(f'<row r="1"><c r="A1" t="str"><v>{"长" * 40_000}</v></c></row>')
    assert good(data).sheets[0].rows == [["长" * 32_767]]
    assert codes(data) == ["F208"]


PLAIN = (
    '<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="inlineStr"><is><t>甲</t></is></c></row>'
    '<row r="3"><c r="A3"><v>3</v></c></row>'
)
PREFIXED = PLAIN.replace("</", "</x:").replace("<r", "<x:r").replace("<c", "<x:c").replace("<v", "<x:v")
PREFIXED = PREFIXED.replace("<is", "<x:is").replace("<t", "<x:t")


@pytest.mark.parametrize(
    "part",
    [
        makers.sheet(PLAIN),
        makers.sheet(PLAIN, namespace=makers.STRICT),
        f'<x:worksheet xmlns:x="{makers.MAIN}"><x:sheetData>{PREFIXED}</x:sheetData></x:worksheet>',
        makers.sheet(PLAIN).replace("UTF-8", "UTF-16").encode("utf-16"),
        b"\xfe\xff" + makers.sheet(PLAIN).replace("UTF-8", "UTF-16").encode("utf-16-be"),
        makers.sheet(PLAIN).replace("<sheetData>", "<!-- <sheetData/> --><sheetData>"),
        makers.sheet(PLAIN.replace(' r="A1"', "").replace(' r="B1"', "").replace(' r="A3"', "")),
        makers.sheet(PLAIN.replace("<v>1</v>", "<v><![CDATA[1]]></v>")),
        makers.sheet(PLAIN.replace("><", ">\n  <")),
        makers.sheet(PLAIN).replace("?>", "?>\r\n"),
        makers.sheet(PLAIN.replace('"', "'")),
    ],
    ids=[
        "plain",
        "strict",
        "prefixed",
        "utf-16",
        "utf-16-be",
        "comment",
        "no addresses",
        "cdata",
        "pretty",
        "crlf",
        "quotes",
    ],
)
def test_every_way_of_writing_a_sheet_gives_the_same(part):
    assert good(makers.open_xml({"表": part})).sheets[0].rows == [[1, "甲"], [], [3]]


def test_a_root_of_another_kind_is_a_damaged_sheet_and_not_an_empty_one():
    data = makers.open_xml(
        {"好": makers.sheet(PLAIN), "坏": '<worksheet xmlns="http://example.org/"><sheetData/></worksheet>'}
    )
    book, findings = read_book(data, "甲科.xlsx")
    assert book is not None
    assert book.sheets[0].rows[0] == [1, "甲"]
    assert [(one.code, one.place.sheet) for one in findings] == [("F137", "坏")]


def test_a_sheet_that_the_workbook_does_not_list_is_named():
    parts = makers.unpacked(makers.open_xml({"甲": makers.sheet(PLAIN), "乙": makers.sheet(PLAIN)}))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        '<sheet name="乙" sheetId="2" r:id="rId2"/>'.encode(), b""
    )
    assert codes(makers.package(parts)) == ["F137"]


def test_macros_are_named():
    assert codes(makers.one_sheet(PLAIN, extra={"xl/vbaProject.bin": b"x"})) == ["F138"]


def test_links_to_the_outside_are_not_followed():
    links = makers.relations(("worksheet", "worksheets/sheet1.xml")).replace("/>", ' TargetMode="External"/>')
    data = makers.one_sheet(PLAIN, extra={})
    parts = makers.unpacked(data) | {"xl/_rels/workbook.xml.rels": links.encode()}
    assert codes(makers.package(parts)) == ["F137"]


def test_large_sheets_are_read_in_pieces():
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}" t="str"><v>{"文" * 20}</v></c></row>'
        for row in range(1, 60_001)
    )
    found = rows_of(rows)
    assert len(found) == 60_000
    assert found[59_999] == [60_000, "文" * 20]


def test_irregular_large_sheets_are_read_too():
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c>\n<!-- x --></row>' for row in range(1, 60_001))
    found = rows_of(rows)
    assert len(found) == 60_000
    assert found[-1] == [60_000]


# --- two ways of reading ----------------------------------------------------------------------------------------------

_SCRAPS = [
    '<c r="A1">', "</c>", "<v>", "</v>", "/>", '<row r="2">', "</row>", "&lt;", "&#65;", "&#0;", "<!-- x -->",
    "<v>1</v>", "<![CDATA[x]]>", "\r\n", '"', "<f>1</f>", "<f/>", "<is><t>q</t></is>", "<v/>", "<c/>", '<c r="C9"/>',
    ' t="s"', ' s="1"',
    ' t="str"', "<is><r><t>a</t></r><r><t>b</t></r></is>", "<", ">", "-1", "\x01", '<c r="B2" t="e"><v>#REF!</v></c>',
]  # fmt: skip
_SOURCE = makers.sheet(
    '<row r="1" spans="1:5"><c r="A1" t="inlineStr"><is><t>a&amp;b</t></is></c>'
    '<c r="B1" t="str"><f>1&lt;2</f><v>x</v></c>'
    '<c r="C1"><v>3.50</v></c><c r="D1" t="b"><v>1</v></c><c r="E1" s="1"/></row><row r="2"/>'
    '<row r="3"><c r="A3" s="1"><v>0.8</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" s="2"><v>43646</v></c></row>',
    '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>',
)


def read_with(way, part: bytes) -> object:
    shared = Workbook(Limits(), strings=["甲", "乙"], shapes=[Shape.NUMBER, Shape.PERCENT, Shape.DATE])
    grid = Grid(shared, Sheet("表"))
    way([part], grid)
    return grid.sheet.rows, grid.sheet.marks, grid.sheet.merges, dict(grid.remarks)


@given(st.lists(st.tuples(st.integers(0, len(_SOURCE)), st.integers(0, 6), st.sampled_from(_SCRAPS)), max_size=4))
def test_scanning_never_differs_from_parsing(changes):
    part = _SOURCE
    for at, cut, scrap in changes:
        part = part[:at] + scrap + part[at + cut :]
    try:
        scanned = read_with(sheetxml.scan, part.encode())
    except Irregular:
        return
    try:
        parsed = read_with(lambda chunks, grid: sheetxml.parse_sheet(chunks, "表", grid), part.encode())
    except XlplanError:
        return
    assert scanned == parsed


def test_the_common_way_is_scanned():
    assert read_with(sheetxml.scan, _SOURCE.encode())


# --- a second opinion -------------------------------------------------------------------------------------------------

_CELLS = st.one_of(
    st.none(),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9).map(lambda value: round(value, 6)),
    st.booleans(),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
        lambda text: text[0] != "="
    ),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
)


@given(st.lists(st.lists(_CELLS, max_size=6), max_size=8), st.sampled_from(["openpyxl", "xlsxwriter", "inline"]))
def test_openpyxl_sees_the_same_values(rows, writer):
    data = written(rows, writer)
    theirs = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
    ours = good(data).sheets[0]
    for row in range(len(rows)):
        for column in range(6):
            assert same(ours.value(row, column), theirs.cell(row + 1, column + 1).value)


def same(ours: object, theirs: object) -> bool:
    if isinstance(theirs, datetime) and type(ours) is date:
        theirs = theirs.date()
    if isinstance(theirs, str) and isinstance(ours, str):
        # openpyxl does not read the escapes of strings
        return theirs == ours or "_x" in theirs
    return ours == theirs


def written(rows: list[list[object]], writer: str) -> bytes:
    target = io.BytesIO()
    if writer == "openpyxl":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(target)
        return target.getvalue()
    how = {"constant_memory": writer == "inline", "default_date_format": "yyyy-mm-dd", "in_memory": True}
    with xlsxwriter.Workbook(target, how | {"strings_to_urls": False, "strings_to_formulas": False}) as made:
        sheet = made.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return target.getvalue()
