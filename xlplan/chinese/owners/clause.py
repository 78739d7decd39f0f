"""One owner clause taken apart: labels, roles, leaders and the deadline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from xlplan.chinese import dates
from xlplan.chinese.owners import names, words
from xlplan.chinese.owners.words import Label
from xlplan.model import Owner, Role

_DATE_REST = re.compile(
    r"(?:前|底前|之前|以前|完成|前完成|底|取得|取得阶段性成效|并|持续|推进|长期|坚持|全年|办结|启动|到位|实施)*$"
)
_LONGEST = 40
_SHORT_NAMES = frozenset("所队站室股办科处")  # 各股室、所、队
_POSTS = ("领导", "负责人", "责任人", "同志", "班子", "长", "书记", "主任", "人员")
_PERSONS = re.compile(r"[、,;\n]")


@dataclass
class Reading:
    """What the clauses read so far say.

    `tails`: words such as 等有关单位; `doubtful`: names unlike an office's; `unsaid`: lists in brackets without a word
    that says what they are; `spelled`: how the document writes a name.
    """

    found: list[tuple[str, Role | None]] = field(default_factory=list)
    leaders: list[str] = field(default_factory=list)
    deadline: date | None = None
    tails: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    bad_dates: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)
    spelled: dict[str, str] = field(default_factory=dict)

    def spell(self, read: Iterable[str], folded: str, written: str) -> None:
        """Remember how the document writes the names that were read in the folded text."""
        kept = [index for index, char in enumerate(folded) if not char.isspace()]
        compact = "".join(folded[index] for index in kept)
        for name in read:
            at = compact.find(name)
            if at >= 0:
                self.spelled[name] = "".join(written[index] for index in kept[at : at + len(name)])

    def add(self, name: str, role: Role | None) -> None:
        """A name in its role; None is 责任单位, whose role depends on whether somebody leads."""
        name = names.tidy(name)
        tail = words.TAIL.search(name)
        if tail:
            self.tails.append(name)
            name = name[: tail.start()]
        if words.GENERIC.fullmatch(name):
            self.tails.append(name)
            return
        if not name:
            return
        if words.POST_AND_NAME.search(name) and not names.is_office(name):
            self.leaders.append(name)  # 牵头:党委副书记张三
            return
        if name not in _SHORT_NAMES and not names.is_office(name):
            self.doubtful.append(name)
        if len(name) > 1 or (self.found and name in _SHORT_NAMES):
            self.found.append((name, role))

    def owners(self) -> tuple[Owner, ...]:
        """The owners in order, each once. 责任单位 beside 牵头单位 are the supporting side."""
        led = any(role is Role.LEAD for _, role in self.found)
        beside = Role.SUPPORT if led else Role.LEAD
        roles: dict[str, Role] = {}
        for name, role in self.found:
            roles.setdefault(name, role or beside)
        return tuple(Owner(self.spelled.get(name, name), role) for name, role in roles.items())


def read_labelled(text: str, into: Reading, year: int | None) -> None:
    """Read a clause that may hold labels: 牵头单位:A;责任单位:B;完成时限:6月底."""
    labels = list(words.LABEL.finditer(text))
    read_listed(text[: labels[0].start()] if labels else text, None, into, year)
    for index, label in enumerate(labels):
        end = labels[index + 1].start() if index + 1 < len(labels) else len(text)
        _read_content(Label(str(label.lastgroup)), text[label.end() : end], into, year)


_ROLES: dict[Label, Role | None] = {Label.LEAD: Role.LEAD, Label.SUPPORT: Role.SUPPORT, Label.OWNER: None}


def _read_content(label: Label, content: str, into: Reading, year: int | None) -> None:
    if label is Label.PERSON and not _names_offices(content):
        into.leaders += [piece for part in _PERSONS.split(content) if (piece := " ".join(part.split()).strip("。. "))]
    elif label is Label.DEADLINE:
        _read_deadline(content, into, year)
    elif label is not Label.OTHER:
        offices, *persons = words.PERSON_INSIDE.split(content)
        read_listed(offices, _ROLES.get(label), into, year)
        for person in persons:
            _read_content(Label.PERSON, person, into, year)


def _names_offices(content: str) -> bool:
    """Whether what stands after 负责人 are offices, as schools and companies write it: 负责人:教务处、各年级组."""
    listed = [piece.strip("。. ") for piece in _PERSONS.split(content) if piece.strip("。. ")]
    offices = [one for one in listed if names.is_surely_office(one) and not one.endswith(_POSTS)]
    return bool(offices) and all(one in offices or one.startswith("各") for one in listed)


def _read_deadline(content: str, into: Reading, year: int | None) -> bool:
    reading = dates.read_date(content, year)
    if reading.day is not None:
        into.deadline = max(reading.day, into.deadline or reading.day)
    elif reading.doubt is dates.Doubt.IMPOSSIBLE:
        into.bad_dates.append(names.tidy(content))
    return reading.doubt is not dates.Doubt.NO_DATE


def read_listed(text: str, role: Role | None, into: Reading, year: int | None) -> None:
    """Read a list whose names may carry their roles: A牵头,B、C配合."""
    waiting: list[str] = []
    led = any(known is Role.LEAD for _, known in into.found)
    for piece in _role_pieces(text):
        if _is_deadline(piece, into, year):
            continue
        prefix = words.PREFIX_ROLE.match(piece)
        if prefix and Label(str(prefix.lastgroup)) in _ROLES and len(prefix.group()) >= 2:  # noqa: PLR2004 (牵头)
            _flush(waiting, role if role or not led else Role.SUPPORT, into)
            role = _ROLES[Label(str(prefix.lastgroup))]
        name, own = _role_of(piece[prefix.end() :].lstrip(":") if prefix else piece, into, led=led)
        waiting.append(name)
        if own is not _UNSAID:
            _flush(waiting, own, into)
            led = led or own is Role.LEAD
    _flush(waiting, role if role or not led else Role.SUPPORT, into)


_UNSAID = object()


def _flush(waiting: list[str], role: object, into: Reading) -> None:
    for name in waiting:
        into.add(name, role if isinstance(role, Role) else None)
    waiting.clear()


def _role_pieces(text: str) -> list[str]:
    found = []
    for piece, _ in names.pieces(text):
        for part in words.SPLIT_AFTER_ROLE.split(piece):
            first, *others = words.TOGETHER.split(part)
            leads = others and first and not words.LEAD_ENDING.search(first)
            found += [first + "牵头" if leads else first, *others]
    return [part for part in found if part]


def _role_of(piece: str, into: Reading, *, led: bool) -> tuple[str, object]:
    piece = piece.strip("由 ")
    if bracketed := words.BRACKETED_ROLE.search(piece):
        return piece[: bracketed.start()], Role.LEAD if bracketed["lead"] else Role.SUPPORT
    if shared := words.SHARED_ENDING.search(piece):
        into.tails.append(names.tidy(piece[shared.start() :]))
        return piece[: shared.start()], Role.SUPPORT if led else None
    if ending := words.LEAD_ENDING.search(piece):
        return piece[: ending.start()], Role.LEAD
    if ending := words.SUPPORT_ENDING.search(piece):
        return piece[: ending.start()], Role.SUPPORT
    if ending := words.OWNER_ENDING.search(piece):
        return piece[: ending.start()], Role.SUPPORT if led else None
    return piece, _UNSAID


def _is_deadline(piece: str, into: Reading, year: int | None) -> bool:
    if words.ONGOING.fullmatch(piece):
        return True
    reading = dates.find_date(piece, year)
    if reading is None or reading.span[0] > 1 or not _DATE_REST.fullmatch(piece, reading.span[1]):
        return False
    return _read_deadline(piece, into, year)
