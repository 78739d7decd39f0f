"""What guides whoever fills a workbook that somebody else made: validations and conditional formats, by openpyxl."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlplan.book import column_name
from xlplan.files.xlsx_cells import clean, shorten

if TYPE_CHECKING:
    from xlplan.book import Sheet
    from xlplan.book.parts import Choice

_CHECKS: dict[str, Any] = {"list": "list", "number": "decimal", "length": "textLength"}
_TITLE, _MESSAGE = 32, 255  # the longest title and message of a validation in Excel


def offer(sheet: Any, values: Sheet) -> None:  # noqa: ANN401 - an openpyxl sheet
    """Add drop-downs and other validations, where the form has none of its own."""
    from openpyxl.worksheet.datavalidation import DataValidation

    own = list(sheet.data_validations.dataValidation)
    for choice in values.choices:
        areas = (choice.area, *choice.also)
        if any(f"{column_name(one.left)}{one.top + 1}" in known.sqref for one in areas for known in own):
            continue
        offered = DataValidation(_CHECKS[choice.kind], allow_blank=True, **_limits(choice))
        offered.errorStyle = "stop" if choice.strict else "information"
        offered.showErrorMessage = True
        offered.errorTitle, offered.error = (
            shorten(clean(choice.title), _TITLE),
            shorten(clean(choice.message), _MESSAGE),
        )
        if choice.prompt:
            offered.showInputMessage = True
            offered.promptTitle, offered.prompt = offered.errorTitle, shorten(clean(choice.prompt), _MESSAGE)
        for area in areas:
            offered.add(str(area))
        sheet.add_data_validation(offered)


def _limits(choice: Choice) -> dict[str, Any]:
    if choice.kind == "list":
        return {"formula1": f'"{",".join(choice.options)}"'}
    if choice.minimum is None:
        return {"operator": "lessThanOrEqual", "formula1": str(choice.maximum)}
    if choice.maximum is None:
        return {"operator": "greaterThanOrEqual", "formula1": str(choice.minimum)}
    return {"operator": "between", "formula1": str(choice.minimum), "formula2": str(choice.maximum)}


def highlight(sheet: Any, values: Sheet) -> None:  # noqa: ANN401 - an openpyxl sheet
    """Mark cells by conditional formats; the form's own come first."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill

    for one in values.highlights:
        rule: Any = FormulaRule([one.formula], fill=PatternFill(bgColor=one.fill, fill_type="solid"))  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add(" ".join(str(area) for area in (one.area, *one.also)), rule)
