"""The light rule of a workspace: its own `lights.toml`, else `[lights]` in the settings, on top of a shipped preset.

A preset is a rule file like any other: `workbook_templates/lights/NAME.toml`.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.books.template.checks import Checker
from xlplan.errors import ContractError, XlplanError
from xlplan.files.disk import read_bytes, write_bytes
from xlplan.files.resources import resource
from xlplan.finding import Place, has_errors
from xlplan.model import Light
from xlplan.model.light import SIGNS, Sign
from xlplan.steps.light import CONDITIONS, Case, Lamp, LightRule
from xlplan.steps.light.rule import COUNT, FLAG, OFFICE_CONDITIONS
from xlplan.words import word

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from xlplan.books.template.checks import Path as Keys
    from xlplan.books.template.record import Phrase
    from xlplan.finding import Finding
    from xlplan.steps.light.rule import Condition

FILE = "lights.toml"
_SETTINGS = "xlplan.toml"
_TABLE = "lights"
_KEYS = frozenset(
    {"preset", "title", "source", "light", "words", "green", "yellow", "cases", "direct", "made_good", "year_end"}
)
_LAMP = frozenset({"color", "word", "counts_as", "when", "office"})
_BANDS = (("red", "yellow"), ("yellow", "green"))  # a light, and the key for what is still better than it
_COUNTED = [sign.light.value for sign in SIGNS]
_NEAREST = {Light.BLUE: Light.GREEN, Light.ORANGE: Light.YELLOW}
_PERCENTS, _COUNTS = (-1000, 1000), (1, 1000)
_CODES = {"T102": "W602", "T103": "W603", "T104": "W604"}


class _Checker(Checker):
    """Checks a rule file; what it has in common with templates is said of a rule."""

    def add(self, code: str, path: Keys, **facts: object) -> None:
        """A finding at the line of a path."""
        super().add(_CODES.get(code, code), path, **facts)


@dataclass(frozen=True)
class Preset:
    """A shipped rule: its name, what it is called, and where it was published."""

    name: str
    zh: str
    en: str
    source: str


def presets() -> tuple[Preset, ...]:
    """The shipped rules, our own first."""
    found = []
    for path in resource("workbook_templates", "lights").glob("*.toml"):
        table = tomllib.loads(path.read_text("utf-8"))[_TABLE]
        found.append(Preset(path.stem, table["title"]["zh"], table["title"]["en"], table.get("source", "")))
    return tuple(sorted(found, key=lambda one: (one.name != "default", one.name)))


def preset(name: str) -> LightRule:
    """A shipped rule."""
    rule, found = read_rule(_shipped(name), f"{name}.toml")
    if rule is None or found:
        raise ContractError(f"the shipped light rule {name} is wrong: {found}")
    return replace(rule, name=name)


def load_rule(root: Path) -> LightRule:
    """The rule of the workspace at a folder. XlplanError with the first mistake where it has one."""
    rule, found = check_rule(root)
    if rule is None or has_errors(found):
        raise XlplanError(found[0])
    return rule


def check_rule(root: Path) -> tuple[LightRule | None, list[Finding]]:
    """The rule of the workspace at a folder, and everything that is wrong with it."""
    path = rule_file(root) or root / _SETTINGS
    return read_rule(read_bytes(path).decode("utf-8-sig", errors="replace"), path.name)


def rule_file(root: Path) -> Path | None:
    """The file with the workspace's own rule; None where its settings have it."""
    path = root / FILE
    return path if path.is_file() else None


def copy_rule(root: Path, name: str) -> Path:
    """Copy a shipped rule into the workspace as its `lights.toml`; without a name, the one that is in force.

    XlplanError T111 when the workspace has one already, W604 when there is no such rule.
    """
    path = root / FILE
    known = [one.name for one in presets()]
    rule, _ = (None, []) if name else check_rule(root)
    name = name or (rule.name if rule else known[0])
    if name not in known:
        raise XlplanError(rules.find("W604", key="lights", name=name[:60], near="、".join(known)))
    if path.exists():
        raise XlplanError(rules.find("T111", path=path))
    write_bytes(path, _shipped(name).encode())
    return path


def _shipped(name: str) -> str:
    return resource("workbook_templates", "lights", f"{name}.toml").read_text("utf-8")


def read_rule(text: str, file: str) -> tuple[LightRule | None, list[Finding]]:
    """The rule that a TOML text's table `[lights]` states; None where it cannot be used. Other tables are not read."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = getattr(error, "lineno", 0) or 1
        return None, [rules.find("W601", Place(file, line=line), detail=error)]
    check = _Checker(text, file)
    table = check.table(raw, (_TABLE,))
    check.keys(table, _KEYS, (_TABLE,))
    rule = _Reader(check, table).read()
    return (None if has_errors(check.findings) else rule), check.findings


@dataclass(frozen=True)
class _Reader:
    """Reads the table `[lights]`."""

    check: Checker
    table: Mapping[str, object]

    def read(self) -> LightRule:
        """The rule: the preset, with what the table changes."""
        rule = self._base()
        if "light" in self.table:
            rule = replace(rule, lamps=self._lamps())
        rule = self._words(self._bands(rule))
        known = {sign.light for sign in rule.signs}
        if "direct" in self.table:
            rule = replace(rule, direct=self.check.flag(self.table["direct"], (_TABLE, "direct")))
        if "made_good" in self.table:
            rule = replace(rule, made_good=self._light(self.table["made_good"], (_TABLE, "made_good"), known))
        if "year_end" in self.table:
            rule = replace(rule, year_end=self._texts(self.table["year_end"], (_TABLE, "year_end")))
        return replace(rule, cases=self._cases(rule, known))

    def _base(self) -> LightRule:
        if "preset" not in self.table:
            return LightRule()
        name = self.table["preset"]
        known = sorted(path.stem for path in resource("workbook_templates", "lights").glob("*.toml"))
        return preset(str(name)) if self.check.known(name, known, (_TABLE, "preset")) else LightRule()

    def _lamps(self) -> tuple[Lamp, ...]:
        path = (_TABLE, "light")
        raw = self.table["light"]
        if not isinstance(raw, list) or not raw or not all(isinstance(one, dict) for one in raw):
            self.check.wrong(path, "[[lights.light]]")
            return LightRule().lamps
        lamps = [self._lamp(one, (*path, str(at))) for at, one in enumerate(raw)]
        for at, lamp in enumerate(lamps):
            if lamp.sign.light in {other.sign.light for other in lamps[:at]}:
                self.check.add("W605", (*path, str(at)), color=lamp.sign.light.value)
        if sum(not lamp.when and lamp.sign.light != self.table.get("made_good") for lamp in lamps) != 1:
            self.check.add("W606", path)
        return tuple(lamps)

    def _lamp(self, raw: Mapping[str, object], path: Keys) -> Lamp:
        check = self.check
        check.keys(raw, _LAMP, path)
        colors = [light.value for light in Light if light is not Light.NONE]
        light = Light(str(raw["color"])) if check.known(raw.get("color", ""), colors, (*path, "color")) else Light.GREEN
        counts = raw.get("counts_as", _NEAREST.get(light, light))
        known = check.known(counts, _COUNTED, (*path, "counts_as"))
        words = check.phrase(raw.get("word", {"zh": word(light), "en": word(light, "en")}), (*path, "word"))
        sign = Sign(light, words.zh, words.en, Light(str(counts)) if known else light)
        office = self._condition(raw["office"], (*path, "office"), OFFICE_CONDITIONS) if "office" in raw else None
        return Lamp(sign, self._when(raw.get("when", []), (*path, "when")), office)

    def _when(self, raw: object, path: Keys) -> tuple[Condition, ...]:
        """A condition, or several of which one must hold."""
        several = raw if isinstance(raw, list) else [raw]
        return tuple(self._condition(one, path, CONDITIONS) for one in several)

    def _condition(self, raw: object, path: Keys, known: Mapping[str, str]) -> Condition:
        if not isinstance(raw, dict) or not raw:
            self.check.wrong(path, f"{{ {next(iter(known))} = … }}")
            return ()
        self.check.keys(raw, known, path)
        return tuple((name, self._value(raw[name], (*path, name), known[name])) for name in raw if name in known)

    def _value(self, raw: object, path: Keys, sort: str) -> Decimal | bool:
        if sort == FLAG:
            return self.check.flag(raw, path)
        number = self.check.number(raw, path, _COUNTS if sort == COUNT else _PERCENTS)
        if sort == COUNT and number != int(number):
            self.check.wrong(path, "1, 2, 3 …")
        return Decimal(str(number))

    def _bands(self, rule: LightRule) -> LightRule:
        """With `green` and `yellow`: the points behind pace that are still green, and still yellow."""
        lamps = {lamp.sign.light: lamp for lamp in rule.lamps}
        for light, key in _BANDS:
            if key in self.table and Light(light) not in lamps:
                self.check.wrong((_TABLE, key), "[[lights.light]]")
            elif key in self.table:
                most = Decimal(str(self.check.number(self.table[key], (_TABLE, key), _PERCENTS)))
                lamps[Light(light)] = replace(lamps[Light(light)], when=((("behind_over", most),),))
        return replace(rule, lamps=tuple(lamps.values()))

    def _words(self, rule: LightRule) -> LightRule:
        """With `words`: other names for the lights."""
        words: Mapping[str, Phrase] = self.check.phrases(self.table, (_TABLE, "words"))
        self.check.keys(words, {lamp.sign.light.value for lamp in rule.lamps}, (_TABLE, "words"))
        lamps = [
            replace(lamp, sign=replace(lamp.sign, zh=words[lamp.sign.light].zh, en=words[lamp.sign.light].en))
            if lamp.sign.light in words
            else lamp
            for lamp in rule.lamps
        ]
        return replace(rule, lamps=tuple(lamps))

    def _cases(self, rule: LightRule, known: set[Light]) -> Mapping[Case, Light]:
        """The lights of cases. Every one of them must be one that the rule has."""
        table = self.check.table(self.table, (_TABLE, "cases"))
        self.check.keys(table, set(Case), (_TABLE, "cases"))
        cases = dict(rule.cases)
        for name, value in table.items():
            if name in set(Case):
                cases[Case(name)] = self._light(value, (_TABLE, "cases", name), known) or Light.NONE
        for case, light in cases.items():
            if light not in known and case not in table:
                self.check.add("W607", (_TABLE, "cases"), case=case.value, color=light.value)
        return MappingProxyType(cases)

    def _light(self, value: object, path: Keys, known: set[Light]) -> Light | None:
        names = sorted(light.value for light in known)
        return Light(str(value)) if self.check.known(value, names, path) else None

    def _texts(self, value: object, path: Keys) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(one, str) and one.strip() for one in value):
            return tuple(value)
        self.check.wrong(path, "[“…”, “…”]")
        return ()
