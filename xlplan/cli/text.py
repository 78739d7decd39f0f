"""The language that messages and help are in: `--lang`, else the locale; Chinese unless the locale is English."""

from __future__ import annotations

import locale
import os
import sys
from functools import cache

LANGUAGES = ("zh", "en")


@cache
def language() -> str:
    """`zh` or `en`, from the command line, else from the locale. Help is made before options are read, hence here."""
    for index, word in enumerate(sys.argv[:-1]):
        if word == "--lang" and sys.argv[index + 1] in LANGUAGES:
            return sys.argv[index + 1]
    given = [word.removeprefix("--lang=") for word in sys.argv if word.startswith("--lang=")]
    if given and given[0] in LANGUAGES:
        return given[0]
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    named = named or (locale.getlocale()[0] or "")
    return "en" if named.lower().startswith("en") else "zh"


def t(zh: str, en: str) -> str:
    """The text in the language of this run."""
    return zh if language() == "zh" else en
