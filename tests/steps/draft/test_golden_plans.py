"""Drafting documents of every make: how many tasks, owners and targets of the annotations come back."""

from __future__ import annotations

import importlib.util
import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import opencc
import pytest

from xlplan.files.documents import read_document
from xlplan.model import Plan, Role, Target
from xlplan.model.document import Grid, Outline
from xlplan.workflow.draft import draft_document

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
SETS = ("plans", "plans2")
LEAST = {"tasks": 0.97, "owners": 0.95, "targets": 0.93}
LEAST_EACH = {"tasks": 0.9, "owners": 0.85, "targets": 0.8}  # of one document: a total can hide a disaster

SIMPLIFIED = opencc.OpenCC("t2s")
READINGS = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,8}\)")  # pinyin that a copier put behind a character
NUMBER = re.compile(
    r"^\s*(?:\(\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*\)|第?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[、.](?!\d)|[①-⑳])\s*"
)
SCALES = {"亿": Decimal(10**8), "万": Decimal(10**4)}
ALIKE = {"名": "人", "个百分点": "百分点"}
SHORTEST_HEADING = 4


def norm(text: str | None) -> str:
    """Letters and figures only, simplified, half width."""
    plain = READINGS.sub("", unicodedata.normalize("NFKC", text or ""))
    return "".join(c for c in SIMPLIFIED.convert(plain).lower() if unicodedata.category(c)[0] in "LN")


def heading(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    while shorter := NUMBER.sub("", text, count=1):
        if shorter == text:
            break
        text = shorter
    return norm(text)


def same_heading(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return bool(short) and (short == long or (len(short) >= SHORTEST_HEADING and long.startswith(short)))


Amount = tuple[Decimal | None, Decimal | None, str]


def amount(value: Any, value_max: Any, unit: str | None) -> Amount:
    """The value and its unit, with 万 and 亿 multiplied out."""
    low, high = (None if v is None else Decimal(str(v)) for v in (value, value_max))
    bare = re.sub(r"\(.*?\)", "", SIMPLIFIED.convert(unicodedata.normalize("NFKC", unit or ""))).strip().lower()
    while bare and bare[0] in SCALES:
        low, high = (None if v is None else v * SCALES[bare[0]] for v in (low, high))
        bare = bare[1:]
    return low, None if high == low else high, ALIKE.get(bare, bare)


def drafted_amounts(targets: tuple[Target, ...]) -> list[Amount]:
    return [amount(t.value, t.value_max, t.unit) for t in targets if t.value is not None]


def accepted(target: dict[str, Any]) -> list[Amount]:
    return [amount(t["value"], t["value_max"], t["unit"]) for t in [target, *target.get("accept", [])]]


@dataclass
class Score:
    """Hits, misses and extras by what was looked for."""

    hit: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    extra: Counter[str] = field(default_factory=Counter)

    def f1(self, what: str) -> float:
        all_of_it = 2 * self.hit[what] + self.missed[what] + self.extra[what]
        return 2 * self.hit[what] / all_of_it if all_of_it else 1.0

    def below(self, least: dict[str, float]) -> dict[str, float]:
        return {what: round(self.f1(what), 3) for what, bound in least.items() if self.f1(what) < bound}

    def count(self, what: str, hit: int, missed: int, extra: int) -> None:
        self.hit[what] += hit
        self.missed[what] += missed
        self.extra[what] += extra

    def targets(self, drafted: list[Amount], wanted: list[dict[str, Any]]) -> None:
        """A target counts when its value and unit are there; one that is arguable counts neither way."""
        left, hit, missed = list(drafted), 0, 0
        for target in sorted(wanted, key=lambda t: bool(t.get("optional"))):
            found = next((one for one in left if one in accepted(target)), None)
            if found is not None:
                left.remove(found)
            if not target.get("optional"):
                hit += found is not None
                missed += found is None
        self.count("targets", hit, missed, len(left))

    def owners(self, drafted: list[tuple[str, Role]], wanted: dict[str, Any]) -> None:
        """An owner counts when its name is there; its role is counted apart."""
        gold = {norm(name): Role.LEAD for name in wanted["owners"]}
        gold |= {norm(name): Role.SUPPORT for name in wanted["support_owners"]}
        generic = {norm(name) for name in wanted.get("generic_owners", [])}
        found = {re.sub("等(有关|相关)?(部门|单位)?$", "", norm(name)): role for name, role in drafted}
        same = gold.keys() & found.keys()
        self.count("owners", len(same), len(gold.keys() - same), len(found.keys() - same - generic))
        right = sum(gold[name] is found[name] for name in same)
        self.count("roles", right, len(same) - right, 0)

    def plan(self, plan: Plan, gold: dict[str, Any]) -> None:
        """Everything of one document."""
        drafted, wanted = [heading(t.title) for t in plan.tasks], [heading(t["heading"]) for t in gold["tasks"]]
        pairs = align(wanted, drafted)
        optional = [heading(text) for text in gold.get("optional_tasks", [])]
        loose = [one for at, one in enumerate(drafted) if at not in pairs.values()]
        extra = [one for one in loose if not any(same_heading(one, other) for other in optional)]
        self.count("tasks", len(pairs), len(wanted) - len(pairs), len(extra))
        for at, task in enumerate(gold["tasks"]):
            if at in pairs:
                one = plan.tasks[pairs[at]]
                self.owners([(owner.name, owner.role) for owner in one.owners], task)
                self.targets(drafted_amounts(one.targets), task["targets"])
        self.targets(drafted_amounts(plan.targets), gold["overall_targets"])


def align(wanted: list[str], drafted: list[str]) -> dict[int, int]:
    """The longest alignment that keeps the order: index wanted to index drafted."""
    best = [[0] * (len(drafted) + 1) for _ in range(len(wanted) + 1)]
    for i in reversed(range(len(wanted))):
        for j in reversed(range(len(drafted))):
            taken = 1 + best[i + 1][j + 1] if same_heading(wanted[i], drafted[j]) else 0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], taken)
    pairs, i, j = {}, 0, 0
    while i < len(wanted) and j < len(drafted):
        if same_heading(wanted[i], drafted[j]) and best[i][j] == 1 + best[i + 1][j + 1]:
            pairs[i] = j
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def annotated() -> list[dict[str, Any]]:
    paths = [path for name in SETS for path in sorted((GOLDEN / name).glob("*.json"))]
    return [json.loads(path.read_text(encoding="utf-8")) for path in paths]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every golden document by its name; the Word and Excel ones are made now."""
    paths: list[Path] = []
    for name in SETS:
        paths += made(GOLDEN / name, tmp_path_factory.mktemp(name))
        paths += [path for path in (GOLDEN / name).iterdir() if path.suffix in {".txt", ".md", ".html"}]
    return {path.name: path for path in paths}


def made(golden: Path, folder: Path) -> list[Path]:
    """The Word and Excel files of one set, made by its own script."""
    spec = importlib.util.spec_from_file_location(f"golden_{golden.name}_make", golden / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return list(module.make(folder))


def words(outline: Outline) -> str:
    parts: list[str] = []
    for block in outline.blocks:
        if isinstance(block, Grid):
            parts.extend(cell for row in block.rows for cell in row)
        else:
            parts.append(block.text)
    return norm("".join(parts))


def test_every_document_has_its_annotations(documents: dict[str, Path]) -> None:
    assert sorted(documents) == sorted(gold["file"] for gold in annotated())


def test_what_the_annotations_say_stands_in_the_documents(documents: dict[str, Path]) -> None:
    for gold in annotated():
        outline, _ = read_document(documents[gold["file"]])
        assert outline is not None, gold["file"]
        text = words(outline)
        said = [t["text"] for task in gold["tasks"] for t in task["targets"]]
        said += [task["heading"] for task in gold["tasks"]] + [t["text"] for t in gold["overall_targets"]]
        assert [one for one in said if norm(one) not in text] == [], gold["file"]


def test_titles_and_years(documents: dict[str, Path]) -> None:
    wrong = []
    for gold in annotated():
        plan, _ = draft_document(documents[gold["file"]])
        assert plan is not None, gold["file"]
        if (norm(plan.title), plan.year) != (norm(gold["title"]), gold["year"]):
            wrong.append((gold["file"], plan.title, plan.year))
    assert wrong == []


def test_tasks_owners_and_targets_come_back(documents: dict[str, Path]) -> None:
    total, low = Score(), {}
    for gold in annotated():
        plan, _ = draft_document(documents[gold["file"]])
        assert plan is not None, gold["file"]
        one = Score()
        one.plan(plan, gold)
        total.plan(plan, gold)
        if one.below(LEAST_EACH):
            low[gold["file"]] = one.below(LEAST_EACH)
    assert total.below(LEAST) == {}
    assert total.f1("roles") >= LEAST["owners"]
    assert low == {}
