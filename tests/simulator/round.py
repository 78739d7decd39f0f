"""A whole round: offices send, the bureau collects, and everything is compared with the truth."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from simulator.case import Case, Way
from simulator.town import PERIOD, TODAY, Town
from xlplan.workflow.account import Collected
from xlplan.workflow.collect import Handed, collect
from xlplan.workflow.export import export_period

SENT = datetime(2019, 6, 24, 9, tzinfo=UTC).timestamp()
LATER = datetime(2019, 6, 28, 9, tzinfo=UTC)


@dataclass
class Round:
    """The cases of a round and what came of them."""

    town: Town
    cases: dict[str, Case] = field(default_factory=dict)
    collected: Collected | None = None
    export: dict[str, Any] = field(default_factory=dict)

    @property
    def inbox(self) -> Path:
        return self.town.root / "inbox"

    def spoil(self, ways: dict[str, Way]) -> None:
        """Let one office after the other send in one of the ways each; the rest send plainly."""
        for office, (name, way) in zip(self.town.offices, ways.items(), strict=False):
            case = self.cases[name] = Case(self.town, office, name)
            way(case)
        for office in self.town.offices[len(ways) :]:
            case = self.cases[office] = Case(self.town, office, office)
            case.send()

    def deliver(self) -> None:
        """Put what everybody sends into folders of the inbox, one for each case."""
        for name, case in self.cases.items():
            folder = self.inbox / name
            folder.mkdir(parents=True, exist_ok=True)
            for path, data in case.files.items():
                (folder / path).write_bytes(data)
                os.utime(folder / path, (SENT, SENT))
            for path, target in case.links.items():
                (folder / path).symlink_to(folder / target)

    def run(self, paths: Iterable[Path] = ()) -> Round:
        """Collect everything."""
        self.collected = collect(self.town.workspace, Handed(tuple(paths) or (self.inbox,), PERIOD), LATER)
        self.export = export_period(self.town.workspace, PERIOD, TODAY, "zh", full=True)
        return self

    def entries(self, case: Case) -> dict[str, dict[str, Any]]:
        """The exported entries of a case by kind of row."""
        kinds = {code: kind for kind, code in self.town.codes[case.office].items()}
        return {kinds[one["row"]]: one for one in self.export["entries"] if one["office"] == case.office}

    def wrong_rows(self, case: Case) -> dict[str, Any]:
        """The rows that are not what they should be."""
        wrong: dict[str, Any] = {}
        for kind, one in self.entries(case).items():
            want = case.truth[kind]
            keys = [key for key in ("value", "status", "progress", "problem", "grade") if getattr(want, key) != "?"]
            got = {key: one[key] for key in keys}
            if got != {key: getattr(want, key) for key in keys}:
                wrong[kind] = {
                    key: (value, getattr(want, key)) for key, value in got.items() if value != getattr(want, key)
                }
        return wrong

    def wrong_files(self, case: Case) -> dict[str, Any]:
        """The files that did not end as they should, or of which other things are said."""
        files = {one.path: one for one in (*self.collected.files, *self.collected.known)} if self.collected else {}
        start = f"{self.inbox.name}/{case.way}/"
        got = {
            path.removeprefix(start): (
                one.state.value,
                {found.code for found in one.findings if found.severity != "note"},
            )
            for path, one in files.items()
            if path.startswith(start)
        }
        want = {path: (fate.state, set(fate.codes)) for path, fate in case.fates.items()}
        return {path: (got.get(path), want.get(path)) for path in got | want if got.get(path) != want.get(path)}

    def noticed(self, case: Case) -> set[str]:
        """The codes of what the tally says of an office or its rows."""
        marks = (case.office, *self.town.codes[case.office].values())
        return {
            one["code"]
            for one in self.export["findings"]
            if any(mark in f"{one['message']} {one['place']}" for mark in marks)
        }

    def unplaced(self, case: Case) -> int:
        return sum(one["office"] == case.office for one in self.export["unplaced"])
