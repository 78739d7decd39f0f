# ruff: noqa: ANN401 - XlsxWriter ships no types
"""What the plain XlsxWriter loops share: a cell as a script writes it, and a look as XlsxWriter's options."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlplan.book import Link


def put(page: Any, at: tuple[int, int], value: Any, look: Any) -> None:
    """One cell, by its type."""
    if value is None or value == "":
        page.write_blank(*at, None, look)
    elif isinstance(value, str):
        page.write_string(*at, value, look)
    elif isinstance(value, datetime | date):
        page.write_datetime(*at, value, look)
    elif isinstance(value, int | float | Decimal):
        page.write_number(*at, float(value), look)
    elif isinstance(value, Link):
        page.write_url(*at, f"internal:'{value.sheet}'!{value.cell}", look, value.text)
    else:
        page.write_formula(*at, f"={value.text}", look, value.value)


def options_of(look: Any) -> dict[str, Any]:
    """A look as XlsxWriter's options."""
    options = {
        "font_name": look.font or "宋体",
        "font_size": look.size,
        "bold": look.bold,
        "align": look.align,
        "valign": look.valign,
        "text_wrap": look.wrap,
        "locked": look.locked,
        "border": int(look.border),
    }
    options |= {"font_color": f"#{look.color}"} if look.color else {}
    options |= {"bg_color": f"#{look.fill}"} if look.fill else {}
    options |= {"num_format": look.number} if look.number else {}
    options |= {"border_color": f"#{look.line}"} if look.line else {}
    return options
