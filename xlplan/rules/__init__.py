"""The catalogue of findings: for each code a severity, and in Chinese and English a sentence, a cause and a remedy.

The catalogue is split by what a rule is about; a code's first letter names the part:
D drafting, P the plan workbook, T workbook templates, W the workspace and commands, F returned files, E entries,
M merging.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from xlplan.errors import ContractError
from xlplan.finding import Finding, Place, within
from xlplan.rules import (
    cells,
    claims,
    contents,
    draft,
    entry,
    files,
    ledger,
    lights,
    merge,
    plan,
    publish,
    relay,
    template,
    workspace,
)

if TYPE_CHECKING:
    from xlplan.rules.rule import Rule


_PASSWORD = re.compile(r"(://[^\s:/@]{0,100}:)\S{0,300}@")


@cache
def catalogue() -> dict[str, Rule]:
    """Every rule by its code, in code order."""
    parts = (
        draft,
        plan,
        template,
        workspace,
        ledger,
        lights,
        files,
        contents,
        entry,
        cells,
        merge,
        claims,
        relay,
        publish,
    )
    rules = [rule for part in parts for rule in part.RULES]
    by_code = {rule.code: rule for rule in rules}
    if len(by_code) != len(rules):
        raise ContractError("two rules share a code")
    return dict(sorted(by_code.items()))


def find(code: str, place: Place | None = None, /, **facts: object) -> Finding:
    """A finding of rule `code`. Every fact that the rule's words name must be given: a missing one is a defect.

    A password in an address is left out of the facts, wherever they come from.
    """
    rule = catalogue()[code]
    missing = rule.needs - facts.keys()
    if missing:
        raise ContractError(f"{code} lacks the facts {sorted(missing)}")
    kept = tuple(sorted((name, _without_password(str(value))) for name, value in facts.items()))
    return Finding(code, rule.severity, place or Place(), kept)


def _without_password(text: str) -> str:
    return _PASSWORD.sub(r"\1***@", text) if "://" in text else text


def message(finding: Finding, lang: str) -> str:
    """The finding's sentence in `zh` or `en`, without its place."""
    return _worded(finding, catalogue()[finding.code].words(lang).sentence)


def cause(finding: Finding, lang: str) -> str:
    """Why it came to the finding, in `zh` or `en`."""
    return _worded(finding, catalogue()[finding.code].words(lang).cause)


def remedy(finding: Finding, lang: str) -> str:
    """What to do about the finding, in `zh` or `en`."""
    return _worded(finding, catalogue()[finding.code].words(lang).remedy)


def _worded(finding: Finding, sentence: str) -> str:
    return sentence.format_map({name: within(fact) for name, fact in finding.facts})
