"""The exceptions of xlplan.

They are for what stops a command; everything that can be reported and passed over is a `Finding` instead.

    XlplanError                a command cannot go on; carries the finding that says why
    └── ContractError          a caller broke a rule of the library itself: a defect, not a user's mistake
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlplan.finding import Finding


class XlplanError(Exception):
    """A command cannot go on. `finding` says why, where and what to do; the command line prints it and exits 2."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


class ContractError(Exception):
    """A defect in the calling code, such as a finding without one of its facts."""
