"""What stands around a document on a page: metadata, navigation, signature, footer. None of it is the plan."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xlplan.chinese.script import CJK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlplan.steps.draft.lines import Line

ISSUER_KEYS = (
    "发文单位",
    "发布机构",
    "发文机关",
    "制发机关",
    "公开机构",
    "发布单位",
    "发文机构",
    "公开责任部门",
    "制发单位",
    "发文部门",
)
NUMBER_KEYS = ("发文字号", "发布文号", "文件编号", "文件字号", "公文字号", "文号")
NAME_KEYS = ("信息名称", "文件名称", "文件标题", "名称", "标题")
_OTHER_KEYS = (
    "索引号",
    "主题分类",
    "组配分类",
    "信息分类",
    "公开分类",
    "体裁分类",
    "服务对象",
    "有效性",
    "信息来源",
    "文章来源",
    "来源",
    "关键词",
    "关键字",
    "主题词",
    "主题导航",
    "内容概述",
    "公开方式",
    "公开范围",
    "公开时限",
    "公开日期",
    "发布日期",
    "发布时间",
    "发文日期",
    "成文日期",
    "生成日期",
    "生效日期",
    "失效日期",
    "废止日期",
    "更新时间",
    "印发日期",
    "浏览量",
    "浏览次数",
    "点击数",
    "点击量",
    "访问量",
    "阅读量",
    "阅读次数",
    "字体",
    "字号",
    "作者",
    "编辑",
    "责任编辑",
    "审核",
    "编审",
    "信息有效性",
    "时效性",
    "语种",
    "载体形式",
)


def _spaced(words: Sequence[str]) -> str:
    return "|".join(r"\s*".join(word) for word in sorted(words, key=len, reverse=True))


_KEYS = re.compile(rf"(?<![{CJK}])({_spaced((*ISSUER_KEYS, *NUMBER_KEYS, *NAME_KEYS, *_OTHER_KEYS))})\s*[:|]\s*")
_EMPTY = {"", "无", "-", "--", "|"}

_PAGE = re.compile(
    r"您?(?:现在|当前)(?:所在)?的?位置|^首页|^今天是|无障碍|适老|长辈版|设为首页|加入收藏|返回顶部|网站地图|打印(?:本页|页面)?$"
    r"|关闭(?:窗口|本页)?$|^分享|视力保护|扫一扫|^上一[篇条]|^下一[篇条]|^相关(?:链接|文档|信息|文章|附件|解读|政策)|^责任编辑"
    r"|^(?:文章)?来源:|版权所有|技术支持|网站标识码|ICP备|公网?安备|^主办单位|^承办单位:|^联系我们|^字[体号]:|^\[?(?:大中小|字体)"
    r"|^浏览|^点击(?:数|量|下载)|^附件下载|^下载附件|^收藏$|^纠错"
)
_TAIL = re.compile(
    r"^附(?:件|表|录)?[\d一二三四五六七八九十]*(?::|$)|^附件[\d一二三四五六七八九十]+|^抄送|^抄报|^主题词|^联系(?:人|电话|方式)"
    r"|^\(?(?:此件|本文|信息公开)|^公开属性|\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|ceb)(?:\(.*\))?$|(?:印发|校对)$|^共印\d+份"
)
_CN_DATE = (
    r"[二一][〇零○OoO0][〇零○一二三四五六七八九十OoO0]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_DATE = re.compile(rf"^\(?(?:\d{{4}}[年.\-/]?\d{{1,2}}[月.\-/]?\d{{1,2}}日?|{_CN_DATE})(?:\d\d:\d\d(?::\d\d)?)?\)?$")
_APPENDIX = re.compile(r"^附(?:件|表|录)?[\d一二三四五六七八九十]*(?::|$)|^附件[\d一二三四五六七八九十]+")
_CALL = re.compile(
    r"(?:请|望)(?:各|你|认真|结合|有关)|特此(?:通知|报告)|以上(?:要点|意见|方案)|本(?:要点|方案|计划|意见)自"
)
_NOTE_LENGTH = 32
_LONGEST_METADATA = 400
_DUTY = re.compile(r"责任|牵头|配合|负责|时限|主办|承办|协办|分管")


def pairs(folded: str) -> list[tuple[str, str, tuple[int, int]]]:
    """The metadata of a line: key, value and where the value stands, such as 发文单位: 某市教育局."""
    found = list(_KEYS.finditer(folded))
    result = []
    for at, one in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(folded)
        value = folded[one.end() : end]
        start = one.end() + len(value) - len(value.lstrip(" |"))
        value = value.strip(" |")
        if value not in _EMPTY:
            result.append((re.sub(r"\s", "", one.group(1)), value, (start, start + len(value))))
    return result


def is_metadata(line: Line) -> bool:
    """Whether a line is metadata of the page: it begins with a key, or holds several."""
    return len(line.text) <= _LONGEST_METADATA and bool(_KEYS.match(line.folded))


def is_page(line: Line) -> bool:
    """Whether a line belongs to the web page around the document."""
    return len(line.plain) <= _NOTE_LENGTH * 3 and bool(_PAGE.search(line.plain))


def is_appendix(line: Line) -> bool:
    """Whether a line names an appendix or begins one."""
    return bool(_APPENDIX.match(line.plain)) and len(line.plain) <= _NOTE_LENGTH * 2


def is_date(line: Line) -> bool:
    """Whether a line is a date and nothing else."""
    return bool(_DATE.match(line.plain))


def is_tail(line: Line) -> bool:
    """Whether a line, standing after the last item, is a signature, a date, an attachment or page furniture."""
    if is_date(line) or is_metadata(line) or is_page(line) or _TAIL.search(line.plain) or _CALL.match(line.plain):
        return True
    return not (line.closed or line.mark or _DUTY.search(line.plain)) and len(line.plain) <= _NOTE_LENGTH


def is_letter(line: Line) -> bool:
    """Whether a line is addressed to offices, as at the head of a notice."""
    return line.folded.rstrip().endswith(":") and not line.mark
