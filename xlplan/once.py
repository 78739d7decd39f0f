"""Properties of things that there are many thousands of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

Value = TypeVar("Value")


class once(Generic[Value]):  # noqa: N801 - used like `property`
    """A property that is worked out once: `functools.cached_property` without the lock it takes before Python 3.12."""

    def __init__(self, work: Callable[[Any], Value]) -> None:
        self.work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, one: None, owner: type | None = None) -> once[Value]: ...

    @overload
    def __get__(self, one: object, owner: type | None = None) -> Value: ...

    def __get__(self, one: Any, owner: type | None = None) -> Any:
        """The property itself of a class, its value of an object."""
        if one is None:
            return self
        value = one.__dict__[self.name] = self.work(one)
        return value
