"""What a sentence states, in the notation `comparator value unit` of the tests' tables."""

from xlplan.chinese.targets import read_targets
from xlplan.finding import Place
from xlplan.model import Comparator

YEAR = 2021


def read(text, year=YEAR):
    return read_targets(text, place=Place(), year=year)[0]


def only(text, year=YEAR):
    (target,) = read(text, year)
    return target


def told(text, year=YEAR):
    """The figures that are targets."""
    return [notation(target) for target in read(text, year) if target.value is not None]


def notation(target):
    if target.value_max is not None:
        return f"{target.value}-{target.value_max}{target.unit}"
    sign = "" if target.comparator is Comparator.AT_LEAST else target.comparator.value
    return f"{sign}{target.value}{target.unit}"
