"""The columns of plan.xlsx that its readers look for."""

from __future__ import annotations

from xlplan.headers import Field

ROW_FIELDS = (
    Field.CODE,
    Field.SERIAL,
    Field.SECTION,
    Field.TASK,
    Field.CONTENT,
    Field.TARGET,
    Field.INDICATOR,
    Field.KIND,
    Field.COMPARATOR,
    Field.VALUE,
    Field.VALUE_MAX,
    Field.UNIT,
    Field.BASELINE,
    Field.JUDGED,
    Field.OFFICE,
    Field.ROLE,
    Field.DEADLINE,
    Field.LEADER,
    Field.GUESS,
    Field.SOURCE,
)
"""The columns of the breakdown sheet."""

OFFICE_FIELDS = (
    Field.CODE,
    Field.NAME,
    Field.ALIASES,
    Field.MEMBERS,
    Field.LEADER,
    Field.CONTACT,
    Field.DUTIES,
)
"""The columns of the offices sheet and of a roster file."""

ABOUT_KEYS = {
    "title": ("名称", "Title"),
    "issuer": ("发文单位", "Issuer"),
    "number": ("文号", "Number"),
    "year": ("年度", "Year"),
    "language": ("语言", "Language"),
}
"""The keys of the about sheet, in Chinese and English."""
