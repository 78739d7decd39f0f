"""Plans invented for tests, and their rendering in the numbering, title, owner and line habits of real documents."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from xlplan.files.documents.numbering import chinese

VERBS = (
    "加强",
    "推进",
    "深化",
    "提升",
    "优化",
    "完善",
    "健全",
    "规范",
    "强化",
    "促进",
    "扩大",
    "落实",
    "做好",
    "抓好",
    "夯实",
    "推动",
    "加快",
    "拓展",
    "巩固",
    "实施",
    "严格",
    "稳妥推进",
    "扎实开展",
    "大力发展",
    "持续改善",
)
OBJECTS = (
    "学前教育普惠发展",
    "义务教育均衡发展",
    "教师队伍建设",
    "校园安全管理",
    "职业教育产教融合",
    "公立医院改革",
    "基层医疗服务能力",
    "疾病预防控制体系",
    "老年健康服务",
    "保障性住房建设",
    "老旧小区改造",
    "城市供水管网更新",
    "物业服务监管",
    "农村危房改造",
    "乡村产业振兴",
    "高标准农田建设",
    "粮食安全责任",
    "农产品质量监管",
    "人居环境整治",
    "市场主体培育",
    "营商环境建设",
    "政务服务标准化",
    "重点项目建设",
    "招商引资工作",
    "节能降碳工作",
    "水污染防治",
    "森林资源保护",
    "文化遗产保护",
    "公共体育设施",
    "旅游品牌打造",
    "就业服务保障",
    "社会保险扩面",
    "劳动关系协调",
    "社会救助工作",
    "养老服务体系",
    "退役军人服务",
    "安全生产监管",
    "应急救援能力",
    "法治宣传教育",
    "机关党的建设",
    "信访积案化解",
)
HEADINGS = (
    "聚焦民生改善,兜牢保障底线",
    "着力稳增长促发展",
    "坚持改革创新",
    "突出项目带动,增强发展后劲",
    "全面加强党的领导",
    "守牢安全底线",
    "推进城乡融合,补齐短板弱项",
    "提升治理效能",
    "夯实工作基础",
    "优化公共服务供给",
)
CLAUSES = (
    "围绕群众关心的突出问题,分类制定工作方案",
    "建立部门会商机制,定期通报工作情况",
    "加大督导检查力度,确保各项措施落到实处",
    "组织开展业务培训,提高工作人员能力",
    "完善配套政策,落实经费保障",
    "依托信息平台,推动数据共享和业务协同",
    "严格执行有关规定,强化全过程监督",
    "总结推广先进经验,发挥示范带动作用",
    "动员社会力量广泛参与,形成工作合力",
    "健全长效机制,巩固已有成果",
    "抓好重点环节,压实工作责任",
    "深入基层调研,听取意见建议",
)
FIGURES = (
    "新建改造学校12所",
    "培训人员300人次以上",
    "完成投资5亿元",
    "办结率达到95%以上",
    "新增床位200张",
    "整治隐患80处",
)
OFFICES = (
    "办公室",
    "人事科",
    "规划财务科",
    "政策法规科",
    "基础教育科",
    "医政医管科",
    "住房保障科",
    "市场监管股",
    "农业农村科",
    "督查室",
    "信息中心",
    "安全监管科",
    "项目管理科",
)
PLACES = (
    "青山县",
    "临江市",
    "白沙区",
    "东平县",
    "云岭市",
)
BUREAUS = (
    "教育局",
    "卫生健康局",
    "住房和城乡建设局",
    "农业农村局",
    "人力资源和社会保障局",
    "民政局",
    "文化和旅游局",
    "应急管理局",
)
CN = tuple(chinese(value) for value in range(1, 61))


@dataclass
class Item:
    """An item of the invented plan; a leaf is a task."""

    title: str
    body: list[str] = field(default_factory=list)
    owners: list[str] = field(default_factory=list)
    children: list[Item] = field(default_factory=list)
    label: str = ""
    text: str = ""

    @property
    def leaves(self) -> list[Item]:
        return [self] if not self.children else [leaf for child in self.children for leaf in child.leaves]

    def text_as_printed(self, *, wide: bool) -> str:
        return _wide(self.text) if wide else self.text


@dataclass(frozen=True)
class Style:
    """The habits of one document."""

    schemes: tuple[str, ...]
    through: bool = False
    title: str = "stop"
    owners: str = "bracket"
    lines: str = "plain"
    width: int = 34
    full: bool = False
    head: str = "title"
    around: bool = True
    past: bool = False
    goals: str = "none"
    tail: bool = True
    inner: str = ""


NESTINGS = (
    ("一、",),
    ("1.",),
    ("(一)",),
    ("第一,",),
    ("1、",),
    ("一、", "(一)"),
    ("一、", "1."),
    ("一、", "1、"),
    ("(一)", "1."),
    ("(一)", "1、"),
    ("1.", "(1)"),
    ("1、", "(1)"),
    ("一、", "(1)"),
    ("第一部分", "一、"),
    ("第一章", "一、"),
    ("一、", "1)"),
    ("1.", "(一)"),
    ("1.", "1.1"),
    ("一.", "1."),
    ("一、", "(一)", "1."),
    ("一、", "(一)", "1、"),
    ("第一部分", "一、", "(一)"),
    ("一、", "1.", "(1)"),
    ("一、", "1、", "(1)"),
    ("(一)", "1、", "(1)"),
    ("一、", "(一)", "1.", "(1)"),
    ("第一部分", "一、", "(一)", "1."),
)


def random_style(dice: random.Random) -> Style:
    schemes = dice.choice(NESTINGS)
    leaf_is_arabic = schemes[-1] in {"1.", "1、"} and len(schemes) > 1
    return Style(
        schemes,
        through=leaf_is_arabic and dice.random() < 0.5,
        title=dice.choice(["stop", "stop", "line", "colon", "space", "sentence"]),
        owners=dice.choice(["none", "bracket", "bracket", "line", "heading", "section", "square"]),
        lines=dice.choice(["plain", "plain", "blank", "indent", "wrapped", "broken", "together"]),
        width=dice.choice([28, 34, 40]),
        full=dice.random() < 0.3,
        head=dice.choice(["title", "title", "page", "notice", "two"]),
        around=dice.random() < 0.6,
        past=dice.random() < 0.25,
        goals=dice.choice(["none", "section", "inline"]),
        tail=dice.random() < 0.6,
        inner=dice.choice(["", "", "一是", "①"]),
    )


def random_items(dice: random.Random, depth: int) -> list[Item]:
    """Items nested to a depth; now and then a heading stays without items and is a task itself."""
    pool = dice.sample([f"{dice.choice(VERBS)}{thing}" for thing in OBJECTS], len(OBJECTS))
    headings = dice.sample(HEADINGS, len(HEADINGS))
    count = [3, 9] if depth == 1 else [2, 5]

    def made(level: int) -> list[Item]:
        items = []
        for _ in range(dice.randint(*count)):
            if not pool:
                break
            nested = level < depth and (dice.random() < 0.9 or not items)
            if nested:
                name = headings.pop() if headings else pool.pop()
                items.append(Item(name, children=made(level + 1)))
                if not items[-1].children:
                    items.pop()
            else:
                items.append(random_task(dice, pool.pop()))
        return items

    return made(1)


def random_task(dice: random.Random, title: str) -> Item:
    body = dice.sample(CLAUSES, dice.randint(1, 4))
    if dice.random() < 0.4:
        body.insert(dice.randint(0, len(body)), dice.choice(FIGURES))
    return Item(title, body, dice.sample(OFFICES, dice.randint(1, 4)))


# --- numbers ----------------------------------------------------------------------------------------------------------


def mark(scheme: str, value: int, outer: int) -> tuple[str, str]:
    """The printed mark and the label that it gives."""
    chinese = CN[value - 1]
    return {
        "一、": (f"{chinese}、", chinese),
        "一.": (f"{chinese}.", chinese),
        "(一)": (f"({chinese})", f"({chinese})"),
        "第一,": (f"第{chinese},", f"第{chinese}"),
        "第一部分": (f"第{chinese}部分 ", f"第{chinese}部分"),
        "第一章": (f"第{chinese}章 ", f"第{chinese}章"),
        "1.": (f"{value}.", f"{value}"),
        "1、": (f"{value}、", f"{value}"),
        "1.1": (f"{outer}.{value} ", f"{outer}.{value}"),
        "(1)": (f"({value})", f"({value})"),
        "1)": (f"{value})", f"{value})"),
    }[scheme]


# --- rendering --------------------------------------------------------------------------------------------------------


@dataclass
class Rendering:
    """The text of a plan in a style; sets the label and text of every task on the way."""

    style: Style
    dice: random.Random
    title: str
    issuer: str
    year: int
    items: list[Item]
    paragraphs: list[str] = field(default_factory=list)
    running: int = 0

    def text(self) -> str:
        self._head()
        offset = self._around()
        self._items(self.items, 0, "", offset, [])
        self._tail()
        paragraphs = [_wide(one) for one in self.paragraphs] if self.style.full else self.paragraphs
        return _laid_out(paragraphs, self.style, self.dice)

    def _say(self, text: str) -> None:
        self.paragraphs.append(text)

    def _head(self) -> None:
        if self.style.head == "page":
            self._say(f"索引号: 0113-2024-00{self.year} 发布机构: {self.issuer}")
            self._say(f"发布日期: {self.year}-03-05 有效性: 有效")
        if self.style.head == "notice":
            self._say(f"{self.issuer}关于印发《{self.title}》的通知")
            self._say("各乡镇中心站,局属各单位、机关各科室:")
            self._say(f"现将《{self.title}》印发给你们,请结合实际认真贯彻执行。")
            self._say(self.issuer)
            self._say(f"{self.year}年3月5日")
        self._say(self.title)
        if self.style.head == "two":
            self._say(f"({self.year}年3月)")
        self._say(
            f"{self.year}年全局工作的总体要求是:深入贯彻上级决策部署,坚持稳中求进,突出重点、狠抓落实,推动各项工作再上新台阶。现制定要点如下:"
        )

    def _around(self) -> int:
        """Parts that hold no tasks, numbered in the outermost scheme; how many of its numbers they used."""
        scheme, used = self.style.schemes[0], 0
        if len(self.style.schemes) == 1:
            return 0
        parts: list[tuple[str, list[str]]] = []
        if self.style.past:
            parts.append((f"{self.year - 1}年工作回顾", ["去年新建校舍20所,培训教师450人次,群众满意度达到92%。"]))
        if self.style.around:
            parts.append(("总体思路", ["坚持以人民为中心的发展思想,统筹发展和安全,奋力开创工作新局面。"]))
        if self.style.goals == "section":
            parts.append(("主要目标", ["完成固定资产投资30亿元以上,新增就业5000人,群众满意度达到95%以上。"]))
        for name, body in parts:
            used += 1
            self._say(mark(scheme, used, 0)[0] + name)
            for one in body:
                self._say(one)
        return used

    def _items(self, items: list[Item], level: int, path: str, offset: int, owners: list[str]) -> None:
        style, scheme = self.style, self.style.schemes[min(level, len(self.style.schemes) - 1)]
        for at, item in enumerate(items, 1 + offset):
            value = at
            if style.through and level == len(style.schemes) - 1:
                self.running += 1
                value = self.running
            printed, label = mark(scheme, value, int(path.rpartition("、")[2] or 0) if path.isdigit() else _last(path))
            item.label = label if scheme == "1.1" else path + label
            if item.children:
                self._heading(item, printed, level, owners)
            else:
                self._task(item, printed, owners)

    def _heading(self, item: Item, printed: str, level: int, owners: list[str]) -> None:
        mine = owners
        if self.style.owners == "section" and level == 0:
            mine = item.children[0].leaves[0].owners
            self._say(f"{printed}{item.title}(责任单位:{'、'.join(mine)})")
        else:
            self._say(printed + item.title)
        self._items(item.children, level + 1, item.label, 0, mine)

    def _task(self, item: Item, printed: str, owners: list[str]) -> None:
        style = self.style
        if style.owners == "none":
            item.owners = []
        elif style.owners == "section":
            item.owners = list(owners)
        named = bool(item.owners) and style.owners != "section"
        clause = (
            f"(责任单位:{'、'.join(item.owners)})"
            if style.owners != "square"
            else f"〔责任单位:{','.join(item.owners)}〕"
        )
        body = "。".join(item.body) + "。"
        if style.inner == "一是" and len(item.body) > 1:
            body = "".join(f"{CN[at]}是{one}。" for at, one in enumerate(item.body))
        elif style.inner == "①" and len(item.body) > 1:
            body = ";".join(f"{chr(0x2460 + at)}{one}" for at, one in enumerate(item.body)) + "。"
        joint = {"stop": "。", "line": "\n", "colon": ":", "space": "  ", "sentence": ","}[style.title]
        head = clause if named and style.owners == "heading" else ""
        foot = clause if named and style.owners in {"bracket", "square"} else ""
        item.text = f"{item.title}{joint}{body}"
        for line in f"{printed}{item.title}{head}{joint}{body}{foot}".split("\n"):
            self._say(line)
        if named and style.owners == "line":
            self._say(clause[1:-1])

    def _tail(self) -> None:
        if self.style.tail:
            self._say(f"附件:{self.year}年重点工作任务一览表.doc")
            self._say(self.issuer)
            self._say(f"{self.year}年3月5日")


def _last(path: str) -> int:
    digits = ""
    for char in reversed(path):
        if not char.isdigit():
            break
        digits = char + digits
    return int(digits or 0)


def _wide(text: str) -> str:
    """The punctuation and brackets in full width, as most documents have them."""
    return text.translate({ord(mark): ord(mark) + 0xFEE0 for mark in ",:;()"})


def _laid_out(paragraphs: list[str], style: Style, dice: random.Random) -> str:
    if style.lines == "blank":
        return "\n\n".join(paragraphs)
    if style.lines == "indent":
        return "\n".join("  " + one for one in paragraphs)
    if style.lines == "wrapped":
        return "\n".join(line for one in paragraphs for line in _wrapped(one, style.width))
    if style.lines == "together":
        return "\n".join(_together(paragraphs, dice))
    if style.lines == "broken":
        return "\n".join(line for one in paragraphs for line in _broken(one, dice))
    return "\n".join(paragraphs)


def _wrapped(text: str, width: int) -> list[str]:
    """Broken at a fixed width, the first line indented, no end mark at a line's beginning."""
    lines, line = [], "  "
    for char in text:
        if len(line) >= width and char not in "。,、;:)〕》”,;:)":
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]


def _together(paragraphs: list[str], dice: random.Random) -> list[str]:
    """Now and then two items run together on one line."""
    lines: list[str] = []
    for one in paragraphs:
        both = lines and lines[-1].endswith(("。", ")", ")", "〕")) and one[:1] in "(一二三四五六七八九十0123456789("
        if both and len(lines) > 4 and dice.random() < 0.25:
            lines[-1] += dice.choice(["", " "]) + one
        else:
            lines.append(one)
    return lines


def _broken(text: str, dice: random.Random) -> list[str]:
    """Broken around figures, as copies from web pages are."""
    if not text.endswith("。") or len(text) < 60:
        return [text]
    at = dice.randint(30, len(text) - 10)
    while at < len(text) - 5 and (
        text[at - 1] in "。;:!?" or text[at] in "。,、;:!?)一二三四五①②③④" or text[at].isdigit()
    ):
        at += 1
    return [text[:at], text[at:]] if at < len(text) - 5 else [text]


def invent(seed: int, style: Style | None = None) -> Rendering:
    """A plan and its style, drawn from a seed."""
    dice = random.Random(seed)  # noqa: S311 - a test's dice, seeded on purpose
    style = style or random_style(dice)
    place, year = dice.choice(PLACES), dice.randint(2017, 2025)
    issuer = place + dice.choice(BUREAUS)
    return Rendering(style, dice, f"{issuer}{year}年工作要点", issuer, year, random_items(dice, len(style.schemes)))
