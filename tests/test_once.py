"""A property that is worked out once."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlplan.once import once


@dataclass(frozen=True)
class Thing:
    size: int
    asked: list[int] = field(default_factory=list)

    @once
    def double(self) -> int:
        """Twice the size."""
        self.asked.append(1)
        return self.size * 2


def test_it_is_worked_out_once_for_each_thing():
    things = [Thing(2), Thing(5)]
    assert [one.double for one in (*things, *things)] == [4, 10, 4, 10]
    assert [one.asked for one in things] == [[1], [1]]


def test_a_class_has_the_property_with_its_words():
    assert Thing.double.__doc__ == "Twice the size."
