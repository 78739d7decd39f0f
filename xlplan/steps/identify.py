"""Whose return a file is and for which period: by its stamp, else its head, its row codes, its name; all must agree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from xlplan import rules
from xlplan.chinese.owners.resolve import resolve_owner
from xlplan.finding import Place
from xlplan.headers import USUAL, Field
from xlplan.marks import code_of
from xlplan.period import Period, Span, find_period
from xlplan.steps.signs import named_in, other_signs
from xlplan.steps.stamp import is_genuine

if TYPE_CHECKING:
    from xlplan.finding import Finding
    from xlplan.model import Office, Returned, ReturnedSheet
    from xlplan.steps.desk import Desk


_WAYS = (("the office named in it", "the row codes", "the file's name"), ("填报单位", "编号", "文件名"))


@dataclass(frozen=True)
class Identity:
    """What a table turned out to be; `office` or `period` is None where it could not be told.

    `held`: so much speaks for another office that only a person can let it count.
    """

    office: Office | None
    period: Period | None
    edition: int = 0
    findings: tuple[Finding, ...] = ()
    held: bool = False


def identify(returned: Returned, sheet: ReturnedSheet, desk: Desk) -> Identity:
    """The office, period and edition of one table of a return."""
    return _Search(returned, sheet, desk).run()


@dataclass
class _Search:
    returned: Returned
    sheet: ReturnedSheet
    desk: Desk
    found: list[Finding] = field(default_factory=list)
    held: bool = False

    def run(self) -> Identity:
        stamp = self.returned.stamp
        written, named = self._written()
        if stamp and not is_genuine(stamp, self.desk.key):
            self.say("M105" if stamp.plan in self.desk.sent.plans else "M115")
            return Identity(None, None, 0, tuple(self.found))
        office = self._stamped()
        alone = self._is_alone()
        if stamp and office and alone and written not in {None, office} and self._by_codes() == written:
            self.say("M129", stamped=office.name, office=written.name)
            return self._by_signs(written, named)
        if stamp and office and (alone or (written or self._by_codes()) in {None, office}):
            self.held = self._is_contested(office, written, named)
            return self._by_stamp(office)
        return self._by_signs(written, named)

    def _is_alone(self) -> bool:
        """Whether the stamp can only mean this table: the file holds no other."""
        return len(self.returned.sheets) <= 1

    def _is_contested(self, office: Office, written: Office | None, named: str) -> bool:
        """Whether two signs agree on another office than the stamp; one that does is only said."""
        signs = [(how, one) for how, one in other_signs(self.returned, self.sheet, self.desk.plan) if one != office]
        for _, other in signs:
            ways = [how for how, one in signs if one == other]
            if len(ways) > 1:
                self.say("M140", office=office.name, written=other.name, signs="、".join(ways))
                return True
        if written and written != office:
            self.say("M104", written=named or written.name, office=office.name)
        else:
            self._say_misnamed(office)
        return False

    def _say_misnamed(self, office: Office) -> None:
        """Say so when the file's own name names another office."""
        named = named_in(self.returned.file.rpartition("/")[2], self.desk.plan)
        if named and named != office:
            self.say("M141", office=office.name, written=named.name)

    def _stamped(self) -> Office | None:
        stamp = self.returned.stamp
        return self.desk.plan.by_code(stamp.office) if stamp else None

    def _by_stamp(self, office: Office) -> Identity:
        stamp = self.returned.stamp
        period = Period.parse(stamp.period) if stamp else None
        edition = stamp.edition if stamp else 0
        latest = self._latest_edition(office, period)
        if edition < latest and not self._only_looks(office, period, (edition, latest)):
            self.say("M106", edition=edition, latest=latest)
        titled = find_period(self.sheet.heading)
        if titled and period and titled != period and titled.span is period.span is not Span.YEAR:
            if not self._is_alone():  # a sheet of an earlier period, kept beside the one that the stamp is for
                return self._done(office, titled, self._latest_edition(office, titled))
            self.say("M126", written=titled.code, period=period.code)
        return self._done(office, period, edition)

    def _latest_edition(self, office: Office | None, period: Period | None) -> int:
        """The newest edition that was sent, which a return that does not say is taken to be; 0 when none was."""
        return self.desk.sent.latest(office.code, period.code) if office and period else 0

    def _only_looks(self, office: Office, period: Period | None, editions: tuple[int, int]) -> bool:
        """Whether two editions ask for the same by the same day, under other headers."""
        sent = self.desk.sent
        layouts = [sent.layout(office.code, period.code if period else "", edition) for edition in editions]
        if len({sent.columns(layout) for layout in layouts}) == 1:
            return False
        one, other = (
            {code: [texts.get(name) for name in USUAL] for code, texts in sent.texts(layout).items()}
            for layout in layouts
        )
        return one == other

    def _by_signs(self, written: Office | None, named: str) -> Identity:
        offices = (written, self._by_codes(), self._in_text(self.returned.file))
        ways = tuple(zip(_WAYS[self.desk.plan.language == "zh"], offices, strict=True))
        how, office = next(((way, one) for way, one in ways if one), ("", None))
        period = self._period()
        if office is None:
            if named:
                self.say("M113", office=named, hint=self._hint(named))
            self.say("M101")
        elif period is None:
            self.say("M102")
        else:
            self.say("M103", how=how, office=office.name, period=period.code)
            self._say_misnamed(office)
            if period == self.desk.latest and not (self._written_period() or self.desk.period):
                self.say("M128", period=period.code)
        return self._done(office, period, self._latest_edition(office, period))

    def _done(self, office: Office | None, period: Period | None, edition: int) -> Identity:
        wanted = self.desk.period
        if office and period:
            if wanted and wanted != period:
                self.say("M107", period=period.code, wanted=wanted.code)
            if (office.code, period.code) not in self.desk.sent.editions:
                self.say("M116", period=period.code, office=office.name)
        return Identity(office, period, edition, tuple(self.found), self.held)

    def _period(self) -> Period | None:
        """What is written, else what was asked for, else where it was recorded before, else the newest period."""
        remembered = self.desk.remembered.get(self.returned.sha256)
        return self._written_period() or self.desk.period or remembered or self.desk.latest

    def _written_period(self) -> Period | None:
        """What the head, the sheet or the file name says; a bare year is the plan's, not the period's."""
        texts = (self.sheet.heading, self.sheet.sheet, self.returned.file)
        named = (period for text in texts if (period := find_period(text)))
        return next((period for period in named if period.span is not Span.YEAR), None)

    def _written(self) -> tuple[Office | None, str]:
        named = self.sheet.office.strip()
        office, _ = resolve_owner(named, self.desk.plan.offices) if named else (None, None)
        return office or self._in_text(self.sheet.heading) or self._in_text(self.sheet.sheet), named

    def _hint(self, named: str) -> str:
        _, near = resolve_owner(named, self.desk.plan.offices)
        if self.desk.plan.language == "zh":
            return f"是不是“{near}”？" if near else ""
        return f" Is it “{near}”?" if near else ""

    def _in_text(self, text: str) -> Office | None:
        """The one office whose name or alias stands in the text; the longest name wins, two offices cancel out."""
        hits = [(len(name), one) for name, one in self.desk.plan.offices_in(text)]
        best = max((length for length, _ in hits), default=0)
        offices = {one.code: one for length, one in hits if length == best}
        return next(iter(offices.values())) if len(offices) == 1 else None

    def _by_codes(self) -> Office | None:
        """The office that answers for every row code of the table, when only one does."""
        codes = {code_of(row.get(Field.CODE).text) for row in self.sheet.rows}
        owners = {self.desk.rows[code].office for code in codes if code in self.desk.rows}
        answering = [{one.code: one for one in self.desk.answering[name]} for name in owners]
        common = set.intersection(*map(set, answering)) if answering else set[str]()
        return self.desk.plan.by_code(next(iter(common))) if len(common) == 1 else None

    def say(self, code: str, **facts: object) -> None:
        self.found.append(rules.find(code, Place(self.returned.file, self.sheet.sheet), **facts))
