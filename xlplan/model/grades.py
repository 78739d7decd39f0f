"""The marks that progress gets: the grade of an answer, its light, how it turned, and what a person must settle."""

from __future__ import annotations

from enum import StrEnum


class Light(StrEnum):
    """亮灯: the colour of a row's progress. What it means, and its name, is the rule's to say: see `Sign`."""

    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"
    NONE = "none"


class Grade(StrEnum):
    """Whether a slot was answered, and what kind of gap it is when not. The values are the words on the lists."""

    OK = "ok"
    NOT_REPORTED = "未报"
    ROW_ABSENT = "漏报"
    BLANK = "空报"
    STALE = "陈报"
    CONTRADICTION = "矛盾"
    PENDING = "待数"
    NOT_APPLICABLE = "不适用"


class Turn(StrEnum):
    """How a slot stands otherwise than it did a period ago, in the order in which turns are listed."""

    RED = "newly red"
    YELLOW = "newly yellow"
    FALLEN = "fallen"
    SILENT = "silent"
    SAME = "same text"
    RECOVERED = "recovered"
    COMPLETED = "completed"
    HEARD = "heard"


class Doubt(StrEnum):
    """Why answers wait for a person."""

    NUMBERS = "differing numbers"
    TIE = "tie"
    UNCLAIMED = "unclaimed"
