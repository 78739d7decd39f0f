"""What goes out with a reminder: for each office a notice in official layout and a mail ready to be sent by hand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlplan.books.values import day_text
from xlplan.files.disk import file_name, read_bytes, write_bytes
from xlplan.files.mail_writer import write_mail
from xlplan.render.notice import notice_facts
from xlplan.workflow.documents import fill_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from xlplan.finding import Finding
    from xlplan.render.notice import Notice
    from xlplan.workflow.view import View
    from xlplan.workflow.workspace import Workspace

_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}", re.ASCII)


@dataclass(frozen=True)
class Letter:
    """What one office gets: the notice (None where its template has a mistake) and the mail."""

    office: str
    notice: Path | None
    mail: Path


def write_letters(
    workspace: Workspace, view: View, notices: Iterable[Notice], back: Mapping[str, Path]
) -> tuple[list[Letter], list[Finding]]:
    """Write notices and mails into `reports/`, in the order of `notices`; those of an earlier call are replaced.

    `back` is the workbook that goes back to an office, by its name; an office without one gets the form it was sent.
    """
    lang = view.plan.language
    folder = workspace.reports / f"{'催报' if lang == 'zh' else 'notices'}_{view.period.code}"
    forms = {one.stamp.office: one for one in workspace.ledger.issued(view.period.code)}
    codes = {one.name: one.code for one in view.plan.offices}
    written: list[Letter] = []
    found: dict[Finding, None] = {}
    for one in notices:
        stem = f"{file_name(one.office)}_{view.period.code}"
        attached: dict[str, bytes] = {}
        data, trouble = fill_document(workspace, "notice", lang, notice_facts(one, _about(view)))
        found |= dict.fromkeys(trouble)
        letter = folder / f"{stem}_{'催报通知' if lang == 'zh' else 'notice'}.docx"
        if data:
            write_bytes(letter, data)
            attached[letter.name] = data
        issued = forms.get(codes[one.office])
        enclosed = back.get(one.office) or (workspace.root / issued.path if issued else None)
        if enclosed and enclosed.is_file():
            attached[enclosed.name] = read_bytes(enclosed)
        mail = folder / f"{stem}.eml"
        subject = (
            one.line.partition(",")[0] if lang == "en" else f"{'催报' if one.silent else '退回修改'}：{_title(view)}"
        )
        write_bytes(mail, write_mail(subject, _ADDRESS.findall(one.contact), one.line, attached))
        written.append(Letter(one.office, letter if data else None, mail))
    _forget(folder, written)
    return written, list(found)


def _title(view: View) -> str:
    lang = view.plan.language
    return f"{view.plan.title} {view.period.label(lang)}"


def _about(view: View) -> dict[str, str]:
    lang, context = view.plan.language, view.context
    deadline = day_text(context.deadline, lang) if context.deadline else ""
    about = {"plan": view.plan.title, "issuer": view.plan.issuer, "period": view.period.label(lang)}
    return {**about, "deadline": deadline, "today": day_text(context.today, lang)}


def _forget(folder: Path, written: Iterable[Letter]) -> None:
    """Take the letters of an earlier call away that are no longer due."""
    kept = {path for one in written for path in (one.notice, one.mail)}
    for ending in ("*.docx", "*.eml"):
        for old in sorted(folder.glob(ending)):
            if old not in kept:
                old.unlink()
