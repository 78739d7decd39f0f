"""What is shown or written in Chinese has the marks of Chinese print, everywhere."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from xlplan import rules
from xlplan.reasons import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "workbook_templates").rglob("*.toml"))
COMMANDS = sorted((ROOT / "xlplan" / "cli").glob("*.py"))
NARROW = re.compile(r"[\u4e00-\u9fff\u3002-\u301b\u201d}][,;:!?()]|[,;()!?][\u4e00-\u9fff\u3008-\u301b\u201c]")
ADDRESS = re.compile(r"[a-z+]+://[^\uff0c\uff1b\s]*")
SLOT = re.compile(r"\{[^{}]*\}")


def narrow(text: str) -> list[str]:
    """Half-width marks beside Chinese words, with what stands around them."""
    plain = SLOT.sub("{}", ADDRESS.sub("", text))
    return [plain[max(0, one.start() - 9) : one.end() + 9] for one in NARROW.finditer(plain)]


def chinese(value: object) -> Iterator[str]:
    """Every Chinese text of a template."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from [inner] if key == "zh" and isinstance(inner, str) else chinese(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from chinese(inner)


def said(path: Path) -> Iterator[str]:
    """The Chinese texts of a command: what is first in a call of `t`."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "t":
            yield from (one.value for one in ast.walk(call.args[0]) if isinstance(one, ast.Constant))  # type: ignore[misc]


def test_the_gate_sees_a_narrow_mark() -> None:
    assert all(map(narrow, ("已完成,请核对", "甲科(乙)", "{office}:没有报", "完成120家(50%)")))
    assert not any(map(narrow, ("已完成，请核对（1,200家）；8:30", "如 ledger.db", "{value:plain}家")))


@pytest.mark.parametrize("code", rules.catalogue())
def test_findings(code: str) -> None:
    words = rules.catalogue()[code].zh
    assert [one for text in (words.sentence, words.cause, words.remedy) for one in narrow(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_templates(path: Path) -> None:
    texts = list(chinese(tomllib.loads(path.read_text("utf-8"))))
    assert texts
    assert [one for text in texts for one in narrow(text) if "sans-serif" not in text] == []


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: path.stem)
def test_commands(path: Path) -> None:
    assert [one for text in said(path) if isinstance(text, str) for one in narrow(text)] == []


def test_reasons() -> None:
    assert [one for zh, _ in SENTENCES.values() for one in narrow(zh)] == []
