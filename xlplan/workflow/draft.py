"""From a document on disk to a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xlplan.files.documents import read_document
from xlplan.steps.draft import draft, in_simplified

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from xlplan.finding import Finding
    from xlplan.model import Office, Plan


def draft_document(
    path: Path, offices: Sequence[Office] = (), *, simplify: bool = False
) -> tuple[Plan | None, list[Finding]]:
    """The plan that the document holds, with findings; no plan when the document cannot be read.

    `simplify` puts the text into simplified characters; otherwise it stays as issued.
    """
    outline, found = read_document(path)
    if outline is None:
        return None, found
    if simplify:
        outline = in_simplified(outline)
    plan, noted = draft(outline, offices)
    return plan, [*found, *noted]
