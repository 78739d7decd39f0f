"""Charts for XlsxWriter: native, labelled, told apart by pattern as well as colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlplan.files.xlsx_cells import clean, sure

if TYPE_CHECKING:
    from xlplan.book import Area
    from xlplan.book.parts import Chart, Series

_LINE = {"color": "#404040", "width": 0.75}
_GRID = {"visible": True, "line": {"color": "#D9D9D9", "width": 0.5}}
_ROUND = ("pie", "doughnut")


def insert_chart(workbook: Any, page: Any, chart: Chart) -> None:  # noqa: ANN401 - XlsxWriter ships no types
    """Draw a chart on a sheet."""
    kind = {"type": chart.kind} | ({"subtype": chart.subtype} if chart.subtype else {})
    drawn = workbook.add_chart(kind)
    if drawn is None:
        sure(-1, f"a chart of kind {chart.kind}")
    font: dict[str, object] = {"size": 9}
    font |= {"name": chart.font} if chart.font else {}
    for series in chart.series:
        sure(drawn.add_series(_series(chart, series, font)), f"series {series.name}")
    drawn.set_title({"name": _plain(chart.title), "name_font": font | {"size": 11, "bold": True}, "overlay": False})
    drawn.set_legend({"position": "bottom", "font": font} if chart.legend else {"none": True})
    if chart.kind not in _ROUND:
        _axes(drawn, chart, font)
    drawn.set_size({"width": chart.width, "height": chart.height})
    drawn.set_chartarea({"border": {"color": "#A6A6A6", "width": 0.75}})
    options = {"object_position": 1, "description": clean(chart.title)}
    sure(page.insert_chart(chart.row, chart.column, drawn, options), f"chart {chart.title}")


def _axes(drawn: Any, chart: Chart, font: dict[str, object]) -> None:  # noqa: ANN401
    along: dict[str, object] = {"num_font": font, "line": _LINE, "major_tick_mark": "none"}
    up: dict[str, object] = {"num_font": font, "major_gridlines": _GRID, "line": {"none": True}, "min": 0}
    if chart.kind == "bar":
        along["reverse"] = True  # the first category on top, as in the table
    up["num_format"] = chart.value_format or "0"
    if chart.labels:  # the labels say it better
        up |= {"visible": False, "major_gridlines": {"visible": False}}
    if chart.maximum is not None:
        up["max"] = chart.maximum
    flat = chart.kind == "bar"  # XlsxWriter calls the upright axis y whatever stands on it
    drawn.set_x_axis(up if flat else along)
    drawn.set_y_axis(along if flat else up)


def _series(chart: Chart, series: Series, font: dict[str, object]) -> dict[str, object]:
    options: dict[str, object] = {
        "name": _plain(series.name),
        "categories": [series.sheet, *_corners(series.categories)],
        "values": [series.sheet, *_corners(series.values)],
    }
    if chart.kind == "line":
        options["line"] = {"color": f"#{series.color or '404040'}", "width": 2}
        options["marker"] = {"type": "automatic"}
    elif series.points:
        options["points"] = [{"border": _LINE} | _paint(color, pattern) for color, pattern in series.points]
    else:
        options |= {"border": _LINE} | _paint(series.color, series.pattern)
    if chart.kind not in (*_ROUND, "line"):
        options["gap"] = 60
        options |= {"overlap": 100} if chart.subtype else {}
    if chart.labels:
        options["data_labels"] = _labels(chart, font)
    return options


def _labels(chart: Chart, font: dict[str, object]) -> dict[str, object]:
    labels: dict[str, object] = {"value": True, "font": font}
    if chart.kind in _ROUND:
        labels |= {"category": True, "separator": "\n", "leader_lines": True}
    if chart.kind == "pie":
        labels["position"] = "outside_end"
    if chart.subtype:
        labels["font"] = font | {"bold": True}
    labels["num_format"] = chart.value_format or "#,##0;;"  # nothing where there is nothing to count
    return labels


def _paint(color: str, pattern: str) -> dict[str, object]:
    if pattern:
        return {"pattern": {"pattern": pattern, "fg_color": f"#{_darker(color)}", "bg_color": f"#{color or 'FFFFFF'}"}}
    return {"fill": {"color": f"#{color}"}} if color else {}


def _darker(color: str) -> str:
    """A colour's own darker shade, for the strokes of its pattern."""
    parts = (int((color or "808080")[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{part * 5 // 8:02X}" for part in parts)


def _corners(area: Area) -> tuple[int, int, int, int]:
    return area.top, area.left, area.bottom, area.right


def _plain(text: str) -> str:
    """A name that XlsxWriter cannot take for a formula."""
    return clean(text).lstrip("=")
