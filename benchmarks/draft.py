"""How long drafting takes: 300 pages of plan text on one core, and how it grows when the text doubles.

Gives seconds (medians of interleaved runs) and the ratio of 600 pages to 300: compare that, not the seconds.
"""

from __future__ import annotations

import random
import statistics
import sys
import time

from measure import Line, keep

from xlplan.chinese.numerals import spell
from xlplan.finding import Place
from xlplan.model.document import Outline, Paragraph
from xlplan.steps.draft import draft

PAGE = 600  # characters of an official page
PAGES = 300
RUNS = 5
TEN = 10
VERBS = ("推进", "加强", "完善", "深化", "优化", "提升")
THINGS = ("平台建设", "人才队伍", "营商环境", "成果转化", "园区管理", "公共服务", "产业培育", "基层治理")
OWNERS = ("产业科", "人才科", "办公室", "规划科", "法规科", "农村科")
TARGETS = ("新增企业{}家", "完成投资{}亿元", "增长{}%以上", "培训{}人次", "建成项目{}个", "覆盖率达到{}%")


def plan_text(pages: int, seed: int = 7) -> list[str]:
    """Lines of a plan in parts, sections and numbered tasks with targets and owners, about `pages` pages long."""
    rng = random.Random(seed)
    lines = ["某市2024年重点工作要点", "为做好全年工作，制定本要点。"]
    size = task = 0
    while size < pages * PAGE:
        part, section, number = task // (TEN * TEN), task // TEN % TEN, task % TEN
        if section == number == 0:
            lines.append(f"第{spell(part + 1)}部分 {phrase(rng)}工作")
        if number == 0:
            lines.append(f"{spell(section + 1)}、{phrase(rng)}")
        body = ";".join(f"{phrase(rng)},{rng.choice(TARGETS).format(rng.randint(2, 90))}" for _ in range(6))
        owners = "、".join(rng.sample(OWNERS, 2))
        lines.append(f"{number + 1}.{phrase(rng)}。{body}。（责任单位：{owners}）")
        size += len(lines[-1])
        task += 1
    return lines


def phrase(rng: random.Random) -> str:
    """A thing to do."""
    return rng.choice(VERBS) + rng.choice(THINGS)


def seconds(lines: list[str]) -> float:
    """The time of one draft."""
    outline = Outline(tuple(Paragraph(line, Place("plan.txt", line=number)) for number, line in enumerate(lines, 1)))
    start = time.perf_counter()
    plan, _ = draft(outline)
    taken = time.perf_counter() - start
    if len(plan.tasks) < len(lines) // 2:
        sys.exit(f"only {len(plan.tasks)} tasks of {len(lines)} lines were found")
    return taken


def main() -> None:
    """Measure, print, keep."""
    single, double = plan_text(PAGES), plan_text(2 * PAGES)
    pairs = [(seconds(single), seconds(double)) for _ in range(RUNS)]
    once, twice = (statistics.median(side) for side in zip(*pairs, strict=True))
    growth = statistics.median(two / one for one, two in pairs)
    keep(
        "draft",
        [
            Line(f"{PAGES} pages", once, unit="s"),
            Line(f"{2 * PAGES} pages", twice, unit="s"),
            Line(f"{2 * PAGES} pages, to {PAGES}", growth, 2.2),
        ],
    )


if __name__ == "__main__":
    main()
