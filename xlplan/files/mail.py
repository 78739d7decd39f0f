"""Attachments of a mail (.eml), read with bounds: header lines can be made to cost the square of their length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message
from email.utils import parsedate_to_datetime

from xlplan.errors import XlplanError
from xlplan.files import names
from xlplan.files.limits import Limits
from xlplan.files.preflight import damaged
from xlplan.rules import find

_BARE_NAME = re.compile(rb'name="?([^";\r\n]{1,500})')
_LONGEST_HEADER = 8000
_MOST_PARTS = 1000
_DEEPEST = 50
_NAMING = frozenset({"content-disposition", "content-type"})


@dataclass(frozen=True)
class Mail:
    """What a mail brings: when it was sent, aware, and the names and contents of its attachments."""

    sent: datetime | None
    attached: tuple[tuple[str, bytes], ...]


def read_mail(data: bytes, limits: Limits) -> Mail:
    """Read a mail. Raises with the finding when it is broken or over a limit."""
    parts = data.count(b"\n--")
    most = min(_MOST_PARTS, limits.members)
    if parts > most or data.count(b"boundary=") > _DEEPEST:
        raise XlplanError(find("F112", found=parts, limit=most))
    try:
        message = message_from_bytes(data, policy=policy.default)
        return Mail(_sent(message), tuple(_attachments(message)))
    except Exception as error:  # noqa: BLE001 - the mail parser fails in many ways on broken mail
        raise damaged(f"mail: {type(error).__name__}") from None


def _raw(part: Message, wanted: frozenset[str]) -> list[bytes]:
    """The header lines of these names as they stand in the mail."""
    found = ((key.lower(), str(value)) for key, value in part.raw_items())
    return [value.encode("utf-8", errors="surrogateescape") for key, value in found if key in wanted]


def _sent(message: Message) -> datetime | None:
    dates = _raw(message, frozenset({"date"}))
    if not dates or len(dates[0]) > _LONGEST_HEADER:
        return None
    try:
        found = parsedate_to_datetime(dates[0].decode("ascii", errors="replace"))
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _attachments(message: Message) -> Iterator[tuple[str, bytes]]:
    for number, part in enumerate(message.walk()):
        headers = _raw(part, _NAMING)
        if part.is_multipart():
            continue
        too_long = any(len(one) > _LONGEST_HEADER for one in headers)
        name = f"附件{number}" if too_long else _name(part, headers)
        content = part.get_payload(decode=True) if name else None
        if isinstance(content, bytes):
            yield name, content


def _name(part: Message, headers: list[bytes]) -> str:
    """The file name of an attachment, also where a mail program put it into the header as bare bytes."""
    name = part.get_filename() or ""
    if "\ufffd" in name:
        bare = (_BARE_NAME.search(one) for one in headers)
        name = next((names.decoded(one[1]) for one in bare if one), name)
    return name.replace("\\", "/").rpartition("/")[2]
