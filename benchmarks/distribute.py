"""`xlplan distribute` as a whole command, against a plain XlsxWriter loop that writes the same cells and formats.

The command reads plan.xlsx, composes and writes the forms, the manifest and the ledger. The loop is a script of one
process that is given the cells and has worked out the layout beforehand (see `forms.py`); only its writing is timed.
Two plans: a province's, whose 40 tasks are for every office, and one in which every office has 40 tasks of its own.

    python benchmarks/distribute.py [FORMS]
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import forms
import returns
from measure import Line, Ran, in_turns, keep, python, run

from xlplan.books.form.compose import compose
from xlplan.steps.split import Sending, split
from xlplan.workflow.plan import write_plan
from xlplan.workflow.templates import shipped_template
from xlplan.workflow.workspace import create_workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlplan.model import Plan

COUNT, REPEATS = 1000, 3
PLANS: dict[str, Callable[[int], Plan]] = {
    "the same rows for all": returns.a_plan,
    "rows of their own": lambda count: forms.a_plan(count)[0],
}


def loop(name: str, count: int, folder: Path) -> None:
    """Write the forms of a plan as a script would, and print the seconds that the writing took."""
    plan = PLANS[name](count)
    wanted = split(plan, Sending(returns.PERIOD, returns.DUE, b"key"))
    template = shipped_template("form")
    script = forms.Loop(compose(wanted[0], template, plan))
    seconds = 0.0
    for form in wanted:
        book = compose(form, template, plan)
        start = time.perf_counter()
        (folder / f"{form.office.name}.xlsx").write_bytes(script.write(book))
        seconds += time.perf_counter() - start
    print(seconds)


class Bureau:
    """A workspace with a plan, out of which the forms are sent again and again."""

    def __init__(self, name: str, count: int, folder: Path) -> None:
        self.name, self.count, self.root, self.out = name, count, folder / "bureau", folder / "loop"
        self.clean = folder / "clean"
        self.first_runs: list[Ran] = []
        self.clean.mkdir(parents=True)
        self.out.mkdir()
        workspace = create_workspace(self.clean)
        write_plan(workspace.plan, PLANS[name](count), {})
        workspace.ledger.close()

    def first(self) -> float:
        """Send the forms of a plan that was never read before."""
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(self.clean, self.root)
        self.first_runs.append(self._distribute())
        return self.first_runs[-1].seconds

    def again(self) -> float:
        """Send them once more, with nothing changed."""
        return self._distribute().seconds

    def script(self) -> float:
        """The plain loop."""
        words = [python(), __file__, "--loop", self.name, str(self.count), str(self.out)]
        return float(subprocess.run(words, check=True, capture_output=True, text=True).stdout)

    def _distribute(self) -> Ran:
        period = ("-p", returns.PERIOD.code, "--deadline", returns.DUE.isoformat())
        done = run(python(), "-m", "xlplan.cli.main", "-C", self.root, "distribute", *period)
        if done.code or len(list((self.root / "outbox").rglob("*.xlsx"))) < self.count:
            sys.exit(done.out)
        return done


def main() -> None:
    """Measure both plans."""
    if sys.argv[1:2] == ["--loop"]:
        loop(sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    lines = []
    for name in PLANS:
        with tempfile.TemporaryDirectory() as scratch:
            bureau = Bureau(name, count, Path(scratch))
            ways = {"first": bureau.first, "again": bureau.again, "script": bureau.script}
            took = in_turns(REPEATS if count >= COUNT else 1, ways)
        lines += [
            Line(f"{name}: distribute / plain loop", took["first"] / took["script"], 0.7),
            Line(f"{name}: distribute again / plain loop", took["again"] / took["script"], 0.15),
            Line(f"{name}: plain loop", took["script"], unit="s"),
            Line(f"{name}: peak memory", max(one.parent for one in bureau.first_runs), unit="MB"),
            Line(f"{name}: peak memory of a worker", max(one.worker for one in bureau.first_runs), unit="MB"),
        ]
    keep(f"distribute, {count:,} forms of {forms.ROWS} rows", lines)


if __name__ == "__main__":
    main()
