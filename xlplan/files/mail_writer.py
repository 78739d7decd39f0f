"""Writing a mail to be sent by hand: a draft in .eml that mail programs open ready to send. Nothing is ever sent."""

from __future__ import annotations

import hashlib
import mimetypes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from xlplan.files.xlsx_cells import clean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LONGEST = 200  # letters of a subject
_UNKNOWN = "application/octet-stream"


def write_mail(subject: str, to: Sequence[str], text: str, attached: Mapping[str, bytes]) -> bytes:
    """The draft; `to` are addresses, `attached` the files by name. The same content gives the same bytes.

    It carries no date, no sender and no message id: the mail program gives these when it is sent.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _line(subject)[:_LONGEST]
    if to:
        message["To"] = [Address(addr_spec=one) for one in to]
    message["X-Unsent"] = "1"  # opens as a draft in Outlook and Thunderbird
    message.set_content(clean(text), charset="utf-8", cte="base64")
    for name, data in attached.items():
        main, _, sub = (mimetypes.guess_type(name)[0] or _UNKNOWN).partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=_line(name))
    if attached:
        mark = hashlib.sha256(b"".join((subject.encode(), text.encode(), *attached.values()))).hexdigest()
        message.set_boundary(f"=_{mark[:40]}")
    return bytes(message)


def _line(text: str) -> str:
    return " ".join(clean(text).split())
