"""The page: one file, readable on a phone and without scripts; filters and counts agree; hostile text stays text."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import expect
from reports import LIGHTS, OFFICES, SIX, WORDS, item, look, report_of, usual_items

from xlplan.render.charts import columns, pieces
from xlplan.render.page import render_page

chromium = pytest.mark.needs("chromium")
HOSTILE = (
    '=HYPERLINK("http://x","y")',
    "<script>document.title='x'</script><img src=x onerror=alert(1)>",
    "\"'>{{ 7*7 }}{% raw %}&amp;&#60;",
    "表情👩‍👩‍👧",
    "\u202eeman elif\u202d \u2067\u061cשלום\u200f",
    "长" * 32_767,
    "]]></style></script><!--",
)

CONTRAST = """() => {
  const number = (color) => {
    const parts = color.match(/[\\d.]+/g).map(Number);
    return { rgb: parts.slice(0, 3), alpha: parts.length > 3 ? parts[3] : 1 };
  };
  const light = (rgb) => rgb.map((one) => one / 255)
    .map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
    .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const back = number(getComputedStyle(at).backgroundColor);
      if (back.alpha === 1) return back.rgb;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    const style = getComputedStyle(node);
    if (!walker.currentNode.data.trim() || node.closest("script,style,[hidden],.unseen")) continue;
    const drawn = node instanceof SVGElement;
    const ink = number(drawn ? style.fill : style.color).rgb;
    const back = drawn && style.stroke !== "none" ? number(style.stroke).rgb : behind(node);
    const [low, high] = [light(ink), light(back)].sort((a, b) => a - b);
    found.push([walker.currentNode.data.trim().slice(0, 20), (high + 0.05) / (low + 0.05)]);
  }
  return found;
}"""


def tree(**facts: Any) -> html.HtmlElement:
    return html.fromstring(render_page(report_of(**facts), look()).decode())


def test_without_scripts_everything_is_there_and_every_value_names_its_cell():
    root = tree()
    rows = root.xpath("//table[@id='items']/tbody/tr")
    for row, one in zip(rows, usual_items(), strict=True):
        words = row.text_content()
        assert {WORDS[one.light], LIGHTS[one.light]} <= set(words.split())
        assert all(part in words for part in (one.code, one.task, one.target, one.office, one.reason, one.progress))
        assert all(name in words and cell in words for name, cell in one.cells)
        assert (one.file or "没有收到填报") in words
    assert root.get("lang") == "zh-CN"
    assert root.xpath("//p[@class='value']/text()") == ["66.7%", "85.7%", "50.0%", "3", "1", "2", "1"]


def test_nothing_is_loaded_and_only_our_own_script_and_style_may_run():
    text = render_page(report_of(), look()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy
    rules = dict(part.strip().split(" ", 1) for part in unescape(policy[1]).split(";"))
    assert rules["default-src"] == "'none'"
    assert all(re.fullmatch(r"'sha256-[\w+/=]{44}'", rules[name]) for name in ("style-src", "script-src"))
    assert not re.search(r'(?:src|href)="(?!#)|url\((?!#)|@import|style="', text)


def test_the_same_report_gives_the_same_bytes():
    assert render_page(report_of(), look()) == render_page(report_of(), look())


def test_an_empty_period_and_one_without_sections_leaders_or_offices_look_right_too():
    empty = report_of((), sections=(), offices=(), missing=(), late=(), trend=report_of(()).trend[1:])
    text = render_page(empty, look()).decode()
    assert "本期没有应填的事项" in text
    assert "没有滞后事项" in text
    assert "应报单位都已按时报送" in text
    bare = tuple(replace(one, section="", leader="", turns=(), rate=None, was="") for one in usual_items())
    root = html.fromstring(render_page(report_of(bare, turns=()), look()).decode())
    assert [one.get("name") for one in root.xpath("//select")] == ["office"]


def test_the_picture_has_the_summary_and_neither_list_nor_script():
    root = html.fromstring(render_page(report_of(), look(), picture=True).decode())
    assert root.xpath("//h1")
    assert not root.xpath("//script | //form | //table[@id='items'] | //button")


@pytest.mark.parametrize("counts", [(1, 0, 0, 0), (3, 5, 7, 11), (0, 0, 0, 2)])
def test_the_pieces_of_a_bar_fill_it_and_carry_their_counts(counts: tuple[int, ...]) -> None:
    report = report_of()
    bar = replace(report.sections[0], counts=counts)
    made = pieces(report, bar)
    assert [one.count for one in made] == [count for count in counts if count]
    assert made[0].at == 0
    assert made[-1].at + made[-1].size == pytest.approx(100, abs=0.01)
    ((_, column, parts),) = columns(replace(report, trend=(bar,)))
    assert sum(one.size for one in parts) == pytest.approx(160, abs=0.1)
    assert column.top < min(one.at for one in parts)


@chromium
def test_filters_show_what_fits_and_the_counts_follow(opened: Any) -> None:
    show = opened()
    page, every = show.page, [one.code for one in usual_items()]
    assert show.shown() == every
    assert show.counts() == [3, 1, 2, 1]
    page.locator("select[name=office]").select_option(label="甲科")
    assert show.shown() == ["T001-01", "T002-01", "T007-01"]
    assert show.counts() == [2, 0, 1, 0]
    page.locator(".chip.red").click()
    assert show.shown() == ["T002-01"]
    assert show.counts() == [2, 0, 1, 0]
    assert page.locator("#shown").text_content() == "显示1项，共7项"
    page.locator("#clear").click()
    assert show.shown() == every
    page.locator("select[name=leader]").select_option(label="张副局长")
    page.locator("select[name=section]").select_option(label="二、创新平台")
    assert show.shown() == ["T001-01", "T003-01", "T007-01"]
    page.locator("#clear").click()
    page.locator("select[name=turn]").select_option(label="fallen")
    assert show.shown() == ["T006-01"]
    page.locator("#clear").click()
    page.locator("input[type=search]").fill("iso 乙科")
    assert show.shown() == ["T003-01"]
    assert show.counts() == [0, 1, 0, 0]
    page.locator("input[type=search]").fill("没有这样的话")
    assert show.shown() == []
    assert page.locator("#nothing").is_visible()


@chromium
def test_it_works_from_the_keyboard_alone(opened: Any) -> None:
    show = opened()
    page = show.page
    names = []
    for _ in range(14):
        page.keyboard.press("Tab")
        outline = "one => [one.closest('.chip')?.className || one.name || one.id || one.className || one.tagName, "
        outline += "getComputedStyle(one.matches('.chip input') ? one.nextElementSibling : one).outlineStyle]"
        name, line = page.evaluate(f"({outline})(document.activeElement)")
        assert line != "none", name
        names.append(name)
    wanted = ["skip", "scheme", "chip green", "chip yellow", "chip red", "chip none", "text"]
    assert names[:7] == wanted
    assert names[7:11] == ["office", "section", "leader", "turn"]
    assert names[12:] == ["SUMMARY", "SUMMARY"]
    assert page.evaluate("document.activeElement.parentElement.open") is False
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open") is True
    page.locator(".chip.yellow input").focus()
    page.keyboard.press("Space")
    expect(page.locator("#shown")).to_have_text("显示1项，共7项")
    assert show.shown() == ["T003-01"]


@chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_in_both_schemes(opened: Any, scheme: str) -> None:
    six = tuple(item(at, "乙科", light, was="red") for at, light in enumerate(SIX))
    show = opened(report_of((*usual_items(), *six)), color_scheme=scheme)
    show.page.locator(".chip.orange").click()
    show.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = show.page.evaluate(CONTRAST)
    assert len(found) > 100
    assert [one for one in found if one[1] < 4.5] == []
    before = show.page.evaluate("getComputedStyle(document.body).color")
    show.page.locator(".chip.orange").click()
    show.page.locator("#scheme").click()
    assert show.page.evaluate("getComputedStyle(document.body).color") != before
    assert [one for one in show.page.evaluate(CONTRAST) if one[1] < 4.5] == []


@chromium
@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_nothing_has_to_be_scrolled_sideways(opened: Any, width: int) -> None:
    words = {"task": "Donaudampfschifffahrt" * 9, "office": "X" * 90, "file": "y" * 200, "reason": "r" * 90}
    long = item(1, "甲科", "green", words, cells=(("z" * 90, "A1"),))
    facts = {**report_of().facts, "plan": "w" * 150, "issuer": "v" * 120}
    blue = item(8, "乙科", "blue")  # a rule with six lights
    report = report_of((long, blue, *usual_items()), facts=facts)
    report = replace(report, sections=(replace(report.sections[0], name="u" * 120), *report.sections))
    show = opened(report, viewport={"width": width, "height": 800})
    show.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert show.page.evaluate("document.documentElement.scrollWidth") <= width


@chromium
def test_what_an_office_wrote_is_shown_as_text(opened: Any) -> None:
    fields = ("task", "target", "office", "leader", "section", "reason", "done", "progress", "problem", "file", "sheet")
    items = tuple(
        item(at, "甲科", "red", dict.fromkeys(fields, text), cells=((text[:50], "A1"),))
        for at, text in enumerate(HOSTILE)
    )
    show = opened(report_of(items))
    page = show.page
    assert page.evaluate("document.scripts.length") == 1
    assert page.evaluate("document.images.length") == 0
    assert page.title() == "云岭市科技局2019年第二季度重点工作进展"
    rows = page.locator("#items tbody tr")
    for at, text in enumerate(HOSTILE):
        parts = rows.nth(at).locator(".c-task bdi, dd.prose").all_text_contents()
        assert parts[-4:] == [text] * 4
    page.locator("input[type=search]").fill("{{ 7*7 }}")
    assert show.shown() == ["T002-01"]
    isolated = "[...document.querySelectorAll('#items td *')].filter(one => one.matches('bdi,dd,b'))"
    modes = page.evaluate(f"{isolated}.map(one => getComputedStyle(one).unicodeBidi)")
    assert set(modes) <= {"isolate", "plaintext", "isolate-override"}


@chromium
def test_on_paper_every_row_that_is_shown_is_told_in_full_and_the_filters_are_gone(opened: Any) -> None:
    show = opened()
    show.page.locator(".chip.red").click()
    show.page.emulate_media(media="print")
    show.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not show.page.locator("#filters").is_visible()
    assert show.page.locator("dd.prose").filter(visible=True).count() == 4
    show.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert show.page.locator("details[open]").count() == 0


@chromium
def test_thousands_of_rows_are_all_filtered(opened: Any) -> None:
    names = list(OFFICES)
    many = tuple(item(at, names[at % 3], list(LIGHTS)[at % 4], rate=Decimal(1)) for at in range(3000))
    show = opened(report_of(many))
    assert show.counts() == [750] * 4
    show.page.locator("input[type=search]").fill("第2999批")
    expect(show.page.locator("#shown")).to_have_text("显示1项，共3000项")
    assert show.shown() == ["T2999-01"]
    assert show.counts() == [0, 0, 0, 1]


@chromium
def test_in_english(opened: Any) -> None:
    show = opened(replace(report_of(), lang="en"), lang="en")
    assert show.page.evaluate("document.documentElement.lang") == "en"
    assert show.page.locator("#shown").text_content() == "7 of 7 rows"
