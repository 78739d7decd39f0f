"""Numbering marks: 一、 (一) 1. 1、 (1) ① 第一 一是 and their kin, in full and half width, firm or half lost.

A mark is only read here; whether it heads an item is decided by the sequence it stands in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from xlplan.chinese.script import CJK, fold

if TYPE_CHECKING:
    from collections.abc import Iterator


class Scheme(StrEnum):
    """A way of numbering. The order is the usual nesting, from the outside in; a document may use another."""

    PART = "第一部分"
    CHAPTER = "第一章"
    ARTICLE = "第一节"
    NAMED = "任务一"
    ORDINAL = "第一"
    CN = "一、"
    CN_DOT = "一."
    CN_PAREN = "(一)"
    ARABIC = "1、"
    ARABIC_DOT = "1."
    DECIMAL = "1.1"
    PAREN = "(1)"
    HALF_PAREN = "1)"
    CIRCLED = "①"
    LETTER = "A."
    YISHI = "一是"
    BULLET = "●"


INNER = frozenset({Scheme.CIRCLED, Scheme.YISHI, Scheme.BULLET, Scheme.LETTER})
"""Schemes that number points inside an item, not items."""


@dataclass(frozen=True)
class Mark:
    """A numbering mark: its scheme and value, the label to print, and where the text after it begins.

    A mark is firm when its delimiter is there, and weak when only the number is left ("17启动", "3 推进"). `prefix`
    holds the outer numbers of 1.1; `word` the noun of 任务一.
    """

    scheme: Scheme
    value: int
    label: str
    end: int
    firm: bool = True
    prefix: tuple[int, ...] = ()
    word: str = ""


_CN = "一二三四五六七八九十百零〇"
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0}
_TEXT = rf"[{CJK}A-Za-z“‘\"'《〈【\[(「『]"
_YEAR = r"(?:19|20)\d\d\s*[年-]"
_NOUNS = "(?:重点|主要|工作|专项)?(?:任务|行动|工程|项目|事项|举措)|措施|实事|目标|专题|要点"

_NAMED = (
    rf"[【\[(]?\s?(?P<label>(?P<word>{_NOUNS})\s?(?P<n>[{_CN}]{{1,3}}|\d{{1,3}}))"
    r"\s?(?:[】\])]\s*[:、.]?|[:、.]|\s)\s*"
)
_DECIMAL = r"(?P<label>(?P<prefix>\d{1,2}(?:\.\d{1,2}){0,2})\.(?P<n>\d{1,2}))"

_PATTERNS: tuple[tuple[Scheme, bool, re.Pattern[str]], ...] = tuple(
    (scheme, firm, re.compile(pattern))
    for scheme, firm, pattern in (
        (Scheme.PART, True, rf"(?P<label>第\s?(?P<n>[{_CN}]{{1,3}}|\d{{1,2}})\s?(?:部分|板块|篇章?|编))[、.,:\s]*"),
        (Scheme.CHAPTER, True, rf"(?P<label>第\s?(?P<n>[{_CN}]{{1,3}}|\d{{1,2}})\s?章)[、.,:\s]*"),
        (Scheme.ARTICLE, True, rf"(?P<label>第\s?(?P<n>[{_CN}]{{1,4}}|\d{{1,3}})\s?[节条项])[、.,:\s]+"),
        (Scheme.ORDINAL, True, rf"(?P<label>第(?P<n>[{_CN}]{{1,3}}|\d{{1,2}}))[、,.:]\s*(?!第)"),
        (Scheme.ORDINAL, True, rf"(?P<label>第(?P<n>[{_CN}]{{1,3}})件(?:大|好|实|民生)*事)[、,.:]\s*"),
        (
            Scheme.NAMED,
            True,
            _NAMED,
        ),
        (Scheme.CN_PAREN, True, rf"(?P<label>\(\s*(?P<n>[{_CN}]{{1,4}})\s*\))\s*[、.,:]?\s*"),
        (Scheme.CN_PAREN, True, rf"[〔【\[]\s*(?P<label>(?P<n>[{_CN}]{{1,4}}))\s*[〕】\]]\s*[、.,:]?\s*"),
        (Scheme.CN, True, rf"(?P<label>(?P<n>[{_CN}]{{1,4}}))\s*、\s*(?![{_CN}]+[、是])"),
        (Scheme.CN_DOT, True, rf"(?P<label>(?P<n>[{_CN}]{{1,4}}))\s*[.．:,]\s*(?![{_CN}]+[、.,])"),
        (Scheme.CN_PAREN, True, rf"(?P<label>(?P<n>[{_CN}]{{1,4}}))\)\s*[、.]?\s*"),
        (Scheme.YISHI, True, rf"(?P<label>其?(?P<n>[{_CN}]{{1,2}})(?:是|要|则))\s*[、,:]?\s*"),
        (Scheme.CN, False, rf"(?P<label>(?P<n>[{_CN}]{{1,3}}))\s+(?={_TEXT})"),
        (
            Scheme.DECIMAL,
            True,
            rf"{_DECIMAL}(?:\s*[、:]\s*|\.\s*(?!\d)|\s+(?={_TEXT}))",
        ),
        (Scheme.ARABIC, True, rf"(?P<label>(?P<n>\d{{1,3}}))\s*、\s*(?:(?!\d)|(?={_YEAR}))"),
        (Scheme.ARABIC_DOT, True, rf"(?P<label>(?P<n>\d{{1,3}}))\s*\.(?:\s*(?!\d|\s)|(?={_YEAR})|\s+(?=\d))"),
        (Scheme.ARABIC_DOT, False, rf"(?P<label>(?P<n>\d{{1,3}}))\s*[,:。;]\s*(?={_TEXT})"),
        (Scheme.PAREN, True, r"(?P<label>\(\s*(?P<n>\d{1,3})\s*\))\s*[、.,:]?\s*"),
        (Scheme.HALF_PAREN, True, r"(?P<label>(?P<n>\d{1,3})\))\s*[、.]?\s*"),
        (
            Scheme.DECIMAL,
            False,
            rf"{_DECIMAL}(?={_TEXT})",
        ),
        (Scheme.ARABIC_DOT, False, rf"(?P<label>(?P<n>\d{{1,3}}))\s*(?={_TEXT})"),
        (Scheme.LETTER, True, r"(?P<label>(?P<letter>[A-Za-z]))[.、)]\s*(?=[^A-Za-z.\d\s])"),
        (Scheme.BULLET, True, r"(?P<label>[●■◆★▲•○□◇☆※▪▶►➢✓√❖·])\s*"),
        (Scheme.BULLET, True, r"(?P<label>[-—–*])\s+"),
        (Scheme.BULLET, True, r"(?P<label>[—―─–-]{2})(?![—―─–-])\s*"),
    )
)
_SAMPLES = {
    "1": ("1.1加", "1.1 加", "1、加", "1.加", "1,加", "1)加", "1加", "1 加"),
    "一": ("一、加", "一.加", "一)加", "一是", "一 加"),
    "(": ("(一)加", "(1)加", "(任务一)加"),
    "第": ("第一部分", "第一章", "第一节 ", "第一,", "第一件事,"),
}
"""For each kind of first character, the marks that may begin with it: only their patterns are tried."""


def _tried(samples: tuple[str, ...]) -> tuple[tuple[Scheme, bool, re.Pattern[str]], ...]:
    return tuple(one for one in _PATTERNS if any(one[2].match(sample) for sample in samples))


_BY_FIRST = (
    dict.fromkeys("0123456789", _tried(_SAMPLES["1"]))
    | dict.fromkeys(_CN, _tried(_SAMPLES["一"]))
    | {"(": _tried(_SAMPLES["("]), "第": _tried(_SAMPLES["第"])}
)
_OTHERS = _PATTERNS
_FIRST = re.compile(
    rf"[第{_CN}\d(〔【\[其A-Za-z●■◆★▲•○□◇☆※▪▶►➢✓√❖·\-—–―─*任重主工专行项事举措实目要①-⒛㈠-㈩㉑-㉟㊱-㊿❶-➓⓪-⓿]"
)
_COUNTERS = re.compile(
    r"\s*(?:年|月|日|号|时(?!间)|点(?!亮|面)|个(?!体|人|性)|家(?!庭|校|长|电|居|政)|项(?!目)|次|亿|万|千|百|余|多(?!元|措|渠|方|部)|名(?!城|师|校)"
    r"|人(?!才|力|居|大|社|民|均|口|事)|所(?!有)|处(?!置|理)|场(?!所|馆)|件|套|台(?!账)|辆|篇|期|批|户(?!籍|厕)|亩|吨|元|米|倍|成(?!立|果)|位|座"
    r"|条|种(?!植|业)|类|组(?!建|织)|对(?!接|标|照|全|外)|度|岁|周(?!边)|天(?!然)|届|级|强(?!化|调)|只|支(?!持|部)|部(?!署|门)|册|章|页"
    r"|平方|公里|公顷|百分|分钟|小时|以上|以下|左右|%)"
)
_RANGES: tuple[tuple[range, Scheme, str, int], ...] = (
    (range(0x2460, 0x2474), Scheme.CIRCLED, "", 1),  # ①
    (range(0x2474, 0x2488), Scheme.PAREN, "({})", 1),  # ⑴
    (range(0x2488, 0x249C), Scheme.ARABIC_DOT, "{}", 1),  # ⒈
    (range(0x24F5, 0x24FF), Scheme.CIRCLED, "", 1),  # ⓵
    (range(0x2776, 0x2780), Scheme.CIRCLED, "", 1),  # ❶
    (range(0x2780, 0x278A), Scheme.CIRCLED, "", 1),  # ➀
    (range(0x3220, 0x322A), Scheme.CN_PAREN, "({})", 1),  # ㈠
    (range(0x3251, 0x3260), Scheme.CIRCLED, "", 21),  # ㉑
)
_REFERENCE = re.compile(r"\((?:全文|内容|详)?(?:见|see )\s*(?P<label>[^\s()]{1,20})\)\s*$")
_REACH = 40  # letters from the end of a cell in which it may refer to another
_AFTER = re.compile(r"\s*[、.]?\s*")


def read_mark(text: str, at: int = 0) -> Mark | None:
    """The mark that stands at a position of a folded text; None when there is none."""
    if not _FIRST.match(text, at):
        return None
    if special := _special(text, at):
        return special
    for scheme, firm, pattern in _BY_FIRST.get(text[at], _OTHERS):
        if (found := pattern.match(text, at)) and (mark := _made(found, scheme, firm=firm)):
            return mark
    return None


_MOST_INSIDE = 20_000
"""A document of 300 pages on one line has some 2,000."""
_MAYBE = re.compile(
    rf"\(\s?(?:[{_CN}]{{1,4}}|\d{{1,3}})\s?\)|(?<![{_CN}第])[{_CN}]{{1,4}}[、.]|(?<![\d.])\d{{1,3}}(?:[、.)]|\.\d{{1,2}}\s)"
    rf"|第[{_CN}]{{1,3}}(?:部分|章|[、,])|[㈠-㈩⑴-⒛]"
)


def marks_inside(text: str, start: int = 0) -> Iterator[tuple[int, Mark]]:
    """The firm marks that may begin items in the middle of a folded text, with their positions; not endlessly many."""
    for found in islice(_MAYBE.finditer(text, start), _MOST_INSIDE):
        mark = read_mark(text, found.start())
        if mark and mark.firm:
            yield found.start(), mark


def _made(found: re.Match[str], scheme: Scheme, *, firm: bool) -> Mark | None:
    groups = found.groupdict()
    if "letter" in groups:
        value: int | None = ord(groups["letter"].upper()) - ord("A") + 1
    else:
        value = ordinal(groups["n"]) if "n" in groups else 1
    padded = groups.get("n", "").startswith("0")  # 06 人均收入: nobody counts 06 people
    if not value or (not firm and not padded and _COUNTERS.match(found.string, found.end("n"))):
        return None
    label = re.sub(r"\s", "", groups["label"])
    prefix = tuple(int(part) for part in (groups.get("prefix") or "").split(".") if part)
    return Mark(scheme, value, label, found.end(), firm, prefix, groups.get("word") or "")


def _special(text: str, at: int) -> Mark | None:
    code = ord(text[at])
    for codes, scheme, form, first in _RANGES:
        if code in codes:
            value = code - codes.start + first
            number = _chinese(value) if scheme is Scheme.CN_PAREN else str(value)
            after = _AFTER.match(text, at + 1)
            return Mark(scheme, value, form.format(number) or text[at], after.end() if after else at + 1)
    return None


def ordinal(text: str) -> int | None:
    """The number that 12, 十二 or 一百零三 names, up to 999; None when the characters name none."""
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for char in text:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        elif digit:
            return None
        else:
            digit = _DIGITS[char]
    return total + digit or None


def _chinese(value: int) -> str:
    ones = "〇一二三四五六七八九"
    tens, one = divmod(value, 10)
    return (("" if tens == 1 else ones[tens]) + "十" if tens else "") + (ones[one] if one or not tens else "")


def referred(text: str) -> str:
    """The row label that a cell refers to for its full text: `主力军(全文见 T006-01)` gives `T006-01`; else empty."""
    found = _REFERENCE.search(fold(text[-_REACH:]))
    return found["label"] if found else ""
