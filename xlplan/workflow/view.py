"""One period as it stands: the plan, what was returned and what was not, the tally, the earlier periods."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.finding import Severity
from xlplan.model import State
from xlplan.model.progress import Context, Return
from xlplan.steps.compare import compare
from xlplan.steps.light import made_good
from xlplan.steps.merge import Folded, fold, latest_per_office
from xlplan.steps.settle import disputes
from xlplan.steps.split import slots
from xlplan.steps.tally import Basis, tally
from xlplan.workflow.clock import recorded_at, saved_at
from xlplan.workflow.plan import load_plan
from xlplan.workflow.workspace import current_period, earlier_periods, later_periods

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from xlplan.finding import Finding
    from xlplan.model import Plan, Submission
    from xlplan.model.light import Ruling
    from xlplan.model.progress import Tally
    from xlplan.period import Period
    from xlplan.workflow.workspace import Workspace


@dataclass(frozen=True)
class View:
    """A period's tally with everything around it; `findings` are grave or about the period."""

    plan: Plan
    period: Period
    folded: Folded
    tally: Tally
    context: Context
    findings: tuple[Finding, ...]


def view_period(workspace: Workspace, wanted: Period | None, today: date) -> View:
    """The period asked for, else the newest. XlplanError W108 when there is none, W107 when the plan cannot be read."""
    period = current_period(workspace, wanted)
    plan, found = load_plan(workspace)
    periods = [*earlier_periods(workspace, period), period]
    if workspace.rule.made_good:
        periods += later_periods(workspace, period)
    folds, tallies = _tallied(workspace, plan, periods)
    at = periods.index(period)
    folded, now, earlier = folds[at], tallies[at], tallies[:at]
    deadlines = workspace.ledger.deadlines()
    owed = [_returns(plan, folds[i], deadlines.get(periods[i].code), today) for i in range(at + 1)]
    context = Context(
        today,
        deadlines.get(period.code),
        owed[-1],
        folded.files,
        earlier,
        compare(now, earlier[-1] if earlier else None),
        disputes(now, folded),
        Counter(one.office.name for returns in owed for one in returns if one.late),
    )
    grave = tuple(one for one in found if one.severity is Severity.ERROR)
    if period.code not in workspace.ledger.periods():
        grave += (rules.find("W112", period=period.code),)
    return View(plan, period, folded, now, context, grave)


def fold_period(workspace: Workspace, period: str, unsaved: Iterable[Submission] = ()) -> Folded:
    """What counts now in one period, by everything in the ledger and files not yet in it."""
    zone = workspace.settings.zone
    submissions = [*workspace.ledger.submissions(period), *unsaved]
    told = [replace(one, when=saved_at(one.when, zone)) for one in submissions]
    return fold(told, workspace.ledger.preferred())


def _names_now(workspace: Workspace, plan: Plan, known: Iterable[str]) -> dict[str, str]:
    """The name that each office has now, by the one that it had."""
    codes = workspace.ledger.office_codes()
    names = {office.code: office.name for office in plan.offices}
    return {
        name: office.name if office else names.get(codes.get(name, ""), name)
        for name in known
        for office in (plan.office(name),)
    }


def _rulings(workspace: Workspace, plan: Plan, period: Period) -> list[Ruling]:
    """What people decided about a period's lights, with every office under the name that it has now."""
    zone = workspace.settings.zone
    found = [replace(one, at=recorded_at(one.at, zone)) for one in workspace.ledger.rulings(period.code)]
    now = _names_now(workspace, plan, {one.office for one in found if one.office}) if found else {}
    return [replace(one, office=now.get(one.office, "")) for one in found]


def _renamed(workspace: Workspace, plan: Plan, folded: Folded) -> Folded:
    """The period with every office under the name that it has now."""
    known = {name for _, name in folded.entries} | {one.office for one in folded.unplaced}
    known |= {name for one in folded.files for name in one.offices}
    now = _names_now(workspace, plan, known)
    if all(old == new for old, new in now.items()):
        return folded
    entries = {(row, now[name]): one._replace(office=now[name]) for (row, name), one in folded.entries.items()}
    files = tuple(replace(one, offices=tuple(now[name] for name in one.offices)) for one in folded.files)
    ties = {
        (row, now[name]): tuple(one._replace(office=now[name]) for one in answers)
        for (row, name), answers in folded.ties.items()
    }
    unplaced = tuple(one._replace(office=now[one.office]) for one in folded.unplaced)
    return replace(folded, entries=entries, files=files, ties=ties, unplaced=unplaced)


def _tallied(workspace: Workspace, plan: Plan, periods: Iterable[Period]) -> tuple[list[Folded], tuple[Tally, ...]]:
    """Periods that follow each other, as folded and as tallied; what a later one made good shows in the earlier."""
    folds: list[Folded] = []
    tallies: list[Tally] = []
    for one in periods:
        before = folds[-1].entries if folds else {}
        folds.append(_renamed(workspace, plan, fold_period(workspace, one.code)))
        rulings = _rulings(workspace, plan, one)
        tallies.append(tally(plan, Basis(one, folds[-1], before, workspace.rule, tuple(tallies), rulings)))
    return folds, made_good(tallies, workspace.rule)


def _returns(plan: Plan, folded: Folded, deadline: date | None, today: date) -> tuple[Return, ...]:
    owing = {office.code for _, office in slots(plan)}
    latest = latest_per_office(folded.files)
    counts: dict[str, int] = {}
    for one in folded.files:
        for name in one.offices if one.state is not State.DUPLICATE else ():
            counts[name] = counts.get(name, 0) + 1
    returns = []
    for office in plan.offices:
        if office.code in owing:
            submission = latest.get(office.name)
            received = submission.when if submission else None
            late = days_late(submission, deadline, today)
            returns.append(Return(office, submission, received, late, counts.get(office.name, 0)))
    return tuple(returns)


def days_late(submission: Submission | None, deadline: date | None, today: date) -> int:
    """Days past the deadline: to the day the return was made, or to today when none came.

    A day to come, from a computer whose clock is wrong, is nobody's delay.
    """
    if deadline is None:
        return 0
    day = today if submission is None else submission.when.date() if submission.when else deadline
    return max(0, (min(day, today) - deadline).days)
