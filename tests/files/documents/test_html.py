"""Web pages: the document, not the page around it."""

from __future__ import annotations

from pathlib import Path

from xlplan.files.documents import read_document
from xlplan.model.document import Grid, Paragraph

BODY = "".join(
    f"<p>{line}</p>"
    for line in ("某市水务局2024年工作要点", "一、抓好防汛。修订预案20个,开展演练12次。", "二、抓好供水。新建水厂3座。")
)
LINKS = "".join(f'<li><a href="/{at}">{at}年全市工作要点</a></li>' for at in range(2015, 2024))


def page(folder: Path, html: str, encoding: str = "utf-8") -> tuple[Paragraph | Grid, ...]:
    (folder / "plan.html").write_bytes(html.encode(encoding))
    outline, found = read_document(folder / "plan.html")
    assert outline is not None, found
    return outline.blocks


def texts(found: tuple[Paragraph | Grid, ...]) -> list[str]:
    return [block.text for block in found if isinstance(block, Paragraph)]


def test_navigation_lists_scripts_and_footers_are_not_the_document(tmp_path: Path) -> None:
    html = f"""<html><head><title>x</title><script>var a = "<p>三、脚本</p>"</script></head><body>
    <ul class="nav">{LINKS}</ul><div class="main"><div id="zoom">{BODY}</div></div>
    <div class="related"><ul>{LINKS}</ul></div><div style="display:none">三、看不见</div>
    <div class="footer">主办单位:某市人民政府办公室 地址:某路1号</div></body></html>"""
    shown = texts(page(tmp_path, html))
    assert [text for text in shown if text != "x"] == [
        "某市水务局2024年工作要点",
        "一、抓好防汛。修订预案20个,开展演练12次。",
        "二、抓好供水。新建水厂3座。",
    ]


def test_a_page_in_a_chinese_encoding(tmp_path: Path) -> None:
    html = f'<html><head><meta charset="gb2312"></head><body><div>{BODY}</div></body></html>'
    assert "二、抓好供水。新建水厂3座。" in texts(page(tmp_path, html, "gb18030"))


def test_list_numbers_and_bold_beginnings(tmp_path: Path) -> None:
    items = "<ol start='3'><li><b>抓好防汛。</b>修订预案,<br>开展演练。</li><li>抓好供水。</li></ol>"
    found = page(tmp_path, f"<html><body><div><h2>一、重点工作任务安排</h2>{items}</div></body></html>")
    told = [(one.text.strip(), one.number, one.bold, one.level) for one in found if isinstance(one, Paragraph)]
    assert told == [
        ("一、重点工作任务安排", "", False, 2),
        ("抓好防汛。", "3.", True, 0),
        ("修订预案,", "", False, 0),
        ("开展演练。", "", False, 0),
        ("抓好供水。", "4.", False, 0),
    ]


def test_table_cells_are_filled_across_their_spans(tmp_path: Path) -> None:
    table = (
        "<table><tr><th>序号</th><th colspan=2>任务</th></tr>"
        "<tr><td rowspan=2>1</td><td>甲</td><td>乙<br>丙</td></tr><tr><td>丁</td><td>戊</td></tr></table>"
    )
    found = page(tmp_path, f"<html><body><div>{BODY}{table}</div></body></html>")
    grids = [block for block in found if isinstance(block, Grid)]
    assert grids[0].rows == (("序号", "任务", "任务"), ("1", "甲", "乙\n丙"), ("1", "丁", "戊"))


def test_a_table_that_lays_out_the_page_is_text(tmp_path: Path) -> None:
    long = "".join(f"<p>{at}.{'加强管理,' * 12}落到实处。</p>" for at in range(1, 8))
    found = page(tmp_path, f"<html><body><table><tr><td>左</td><td>{long}</td></tr></table></body></html>")
    assert not any(isinstance(block, Grid) for block in found)
    assert sum(text.endswith("落到实处。") for text in texts(found)) == 7


def test_broken_markup_is_read(tmp_path: Path) -> None:
    found = page(tmp_path, "<html><body><div><p>一、甲项工作。<p>二、乙项工作。<table><tr><td>x" + "<div>" * 3000)
    assert "一、甲项工作。" in texts(found)


def test_preformatted_lines_are_paragraphs(tmp_path: Path) -> None:
    lines = "某市水务局2024年工作要点\n\n一、抓好<b>防汛</b>。\n二、抓好供水。\n"
    shown = texts(page(tmp_path, f"<html><body><pre>{lines}</pre></body></html>"))
    assert [text.replace(" ", "") for text in shown][:1] == ["某市水务局2024年工作要点"]
    assert "二、抓好供水。" in shown
