"""The list of all files of a large collect, for Excel: what became of each, and what was found in it."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from xlplan.files.disk import writing
from xlplan.files.tables import plain_text
from xlplan.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlplan.workflow.account import Line
    from xlplan.workflow.workspace import Workspace

_HEADERS = {"zh": ("结果", "单位", "文件", "提示"), "en": ("State", "Office", "File", "Findings")}


def write_listing(workspace: Workspace, run: int, files: Iterable[Line], lang: str) -> Path:
    """Write `reports/collect-N.csv`, file by file; a dry run is number 0."""
    path = workspace.reports / f"collect-{run}.csv"
    with writing(path) as stream:
        out = csv.writer(stream, lineterminator="\r\n")
        out.writerow(_HEADERS[lang])
        for one in files:
            out.writerow((word(one.state, lang), "、".join(one.offices), plain_text(one.path), " ".join(one.codes)))
    return path
