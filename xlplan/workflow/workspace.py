"""A workspace: the folder with settings, plan workbook, forms sent, originals, ledger and reports."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.errors import XlplanError
from xlplan.files.limits import Limits
from xlplan.finding import Place
from xlplan.period import Period
from xlplan.workflow.clock import BEIJING, read_zone
from xlplan.workflow.limits import EXPLAINED, read_limits

if TYPE_CHECKING:
    from datetime import timezone

    from xlplan.ledger.address import Address
    from xlplan.ledger.archive import Archive
    from xlplan.ledger.store import Ledger
    from xlplan.steps.light import LightRule

SETTINGS = "xlplan.toml"
LEDGER = "ledger.db"
ARCHIVE = "archive"
PLAN = "plan.xlsx"
_DEFAULT = """# xlplan 设置 / settings

# 台账 / the ledger: 不写就是这个目录里的 ledger.db；几个人同时用，放在 PostgreSQL 里
# (a file here, or a database that several people share; the password is better kept in PGPASSFILE)
# ledger = "postgresql+psycopg://用户@服务器/数据库?schema=本单位2019"

# 原件 / the originals: 不写就是 archive 目录；也可以放在对象存储里 (a folder here, or an object store)
# archive = "s3://桶/本单位2019"

# 当地时间和世界时差多少，默认北京时间 / local time: its distance to UTC
# timezone = "+08:00"

# 亮灯规则 / light rule: xlplan light --presets 列出预设 / lists the presets
# green、yellow：落后序时进度多少个百分点以内算绿灯、黄灯 / points behind pace that are still green, still yellow
# 更多写法见 docs/lights.md / more: docs/lights.md
[lights]
preset = "default"
# green = 0
# yellow = 20
"""
_DEFAULT += EXPLAINED


_SLIPPED = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:(?!//)")  # an address with a slash too few; a drive has one letter


@dataclass(frozen=True)
class Settings:
    """What xlplan.toml says."""

    limits: Limits = field(default_factory=Limits)
    ledger: str = LEDGER
    archive: str = ARCHIVE
    zone: timezone = BEIJING


@dataclass(frozen=True)
class Workspace:
    """The places of one workspace, and its settings."""

    root: Path
    settings: Settings = field(default_factory=Settings)

    @property
    def plan(self) -> Path:
        """The plan of record."""
        return self.root / PLAN

    @cached_property
    def rule(self) -> LightRule:
        """The light rule. XlplanError, the first of what is wrong with it, where something is."""
        from xlplan.workflow.lights import load_rule

        return load_rule(self.root)

    @cached_property
    def archive(self) -> Archive:
        """The originals of everything that came back."""
        from xlplan.ledger.archive import Folder
        from xlplan.ledger.store_archive import Store

        place = self.settings.archive
        return Store(place) if "://" in place else Folder(self.root / place)

    @property
    def reports(self) -> Path:
        """What xlplan prints."""
        return self.root / "reports"

    @property
    def templates(self) -> Path:
        """The workspace's own workbook templates, where it has any."""
        return self.root / "templates"

    def own_template(self, name: str) -> Path | None:
        """The workspace's own template `name`; None where it has none."""
        path = self.templates / f"{name}.toml"
        return path if path.is_file() else None

    def outbox(self, period: Period) -> Path:
        """The forms of one period."""
        return self.root / "outbox" / period.code

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger, opened when it is first needed. XlplanError W124 when it is gone."""
        from xlplan.ledger.store import Ledger

        return Ledger.open(self.ledger_at)

    def close(self) -> None:
        """Let go of the ledger, if it was opened."""
        if "ledger" in self.__dict__:
            self.ledger.close()

    @property
    def written(self) -> float:
        """When the ledger file was last written to, as files tell time; infinite where there is no telling."""
        try:
            return (self.root / self.settings.ledger).stat().st_mtime
        except OSError:
            return inf

    @property
    def ledger_at(self) -> Address:
        """Where the ledger is."""
        from xlplan.ledger.address import Address

        return Address.parse(self.settings.ledger, self.root)


def open_workspace(root: Path) -> Workspace:
    """The workspace at a folder. XlplanError W102 when it is none, W105 when its settings are wrong."""
    path = root / SETTINGS
    if not path.is_file():
        raise XlplanError(rules.find("W102", path=root.absolute()))
    return Workspace(root, _settings(path))


def create_workspace(root: Path, ledger: str = LEDGER) -> Workspace:
    """A new, empty workspace. XlplanError W104 when there is one already, W712 when there is a ledger."""
    from xlplan.files.disk import write_bytes
    from xlplan.ledger.address import Address
    from xlplan.ledger.store import Ledger

    if (root / SETTINGS).exists():
        raise XlplanError(rules.find("W104", path=root))
    address = Address.parse(ledger, root)
    own = "" if ledger == LEDGER else f"ledger = {json.dumps(ledger, ensure_ascii=False)}\n\n"
    try:
        for name in ("outbox", "archive", "reports"):
            (root / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise XlplanError(rules.find("W106", path=root, detail=error.strerror or error)) from error
    Ledger.create(address).close()  # before the settings: a server may refuse, and then there is no workspace yet
    write_bytes(root / SETTINGS, (own + _DEFAULT).encode())
    return open_workspace(root)


def read_period(text: str) -> Period:
    """A period as a user writes it. XlplanError W103 when it is none."""
    period = Period.parse(text)
    if period is None:
        raise XlplanError(rules.find("W103", text=text))
    return period


def current_period(workspace: Workspace, wanted: Period | None) -> Period:
    """The period asked for, else the newest that forms were sent for. XlplanError W108 when there is none."""
    if wanted:
        return wanted
    periods = [period for code in workspace.ledger.periods() if (period := Period.parse(code))]
    if not periods:
        raise XlplanError(rules.find("W108"))
    return max(periods, key=lambda one: (one.end, one.start))


def _settings(path: Path) -> Settings:
    try:
        raw = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = getattr(error, "lineno", 0) or 1
        raise XlplanError(rules.find("W105", Place(path.name, line=line), line=line, detail=error)) from error
    except OSError as error:
        raise XlplanError(rules.find("W119", path=path, detail=error.strerror or error)) from error
    limits, wrong = read_limits(raw.get("limits", {}))
    if wrong:
        raise XlplanError(rules.find("W105", Place(path.name), line=_line_of(path, wrong), detail=wrong))
    places = {key: raw.get(key, usual) for key, usual in (("ledger", LEDGER), ("archive", ARCHIVE))}
    for key, place in places.items():
        if not isinstance(place, str) or not place or (key == "archive" and _SLIPPED.match(place)):
            raise XlplanError(rules.find("W105", Place(path.name), line=_line_of(path, key), detail=key))
    zone = read_zone(raw["timezone"]) if "timezone" in raw else BEIJING
    if zone is None:
        raise XlplanError(rules.find("W105", Place(path.name), line=_line_of(path, "timezone"), detail="timezone"))
    return Settings(limits, zone=zone, **places)


def unreachable(archive: Archive, error: OSError | str) -> XlplanError:
    """What to raise when originals cannot be kept or read: W106 for a folder, W801 for a store."""
    detail = error if isinstance(error, str) else error.strerror or str(error)
    if archive.is_here:
        return XlplanError(rules.find("W106", path=archive.where, detail=detail))
    return XlplanError(rules.find("W801", place=archive.where, detail=detail))


def _line_of(path: Path, wrong: str) -> int | str:
    """The line that sets what is wrong, as well as it can be told."""
    name = wrong.partition(" ")[0].rpartition(".")[2].strip(",")
    lines = enumerate(path.read_text("utf-8-sig").splitlines(), 1)
    return next((number for number, line in lines if line.strip().startswith(name)), "?")


def earlier_periods(workspace: Workspace, period: Period) -> list[Period]:
    """The periods of the same year that the ledger knows and that ended by this one's start, oldest first."""
    return [one for one in _periods(workspace, period.year) if one.end <= period.start]


def later_periods(workspace: Workspace, period: Period) -> list[Period]:
    """The periods of the same year that the ledger knows and that began when this one had ended, oldest first."""
    return [one for one in _periods(workspace, period.year) if one.start >= period.end]


def _periods(workspace: Workspace, year: int) -> list[Period]:
    periods = [one for code in workspace.ledger.periods() if (one := Period.parse(code)) and one.year == year]
    return sorted(periods, key=lambda one: (one.end, one.start))
