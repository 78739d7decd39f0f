"""Other programs on this machine that we borrow: LibreOffice and browsers; run in the background, never for long."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from pathlib import Path

_OFFICE = ("soffice", "libreoffice")
_BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
_OFFICE_AT = ("LibreOffice/program/soffice.exe", "LibreOffice.app/Contents/MacOS/soffice")
_BROWSERS_AT = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Chromium.app/Contents/MacOS/Chromium",
)
_APPLICATIONS = Path("/Applications")  # where macOS has them
_FOLDERS = ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA")  # where Windows has its programs


def find_office() -> str | None:
    """LibreOffice, where it is installed."""
    return _find(_OFFICE, _OFFICE_AT)


def find_browser() -> str | None:
    """Chrome, Edge or Chromium, where one is installed."""
    return _find(_BROWSERS, _BROWSERS_AT)


def run(command: list[str], seconds: float) -> bytes:
    """What a program wrote to its standard output; nothing when it cannot run. It ends in time, with all it started."""
    group = os.name == "posix"
    try:
        process = subprocess.Popen(  # noqa: S603 - our own arguments
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=group,
        )
    except OSError:
        return b""
    try:
        return process.communicate(timeout=seconds)[0]
    except subprocess.TimeoutExpired:
        return b""
    finally:
        if group:
            with contextlib.suppress(OSError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.communicate()


def _find(names: tuple[str, ...], places: tuple[str, ...]) -> str | None:
    folders = [Path(os.environ[name]) for name in _FOLDERS if os.environ.get(name)] + [_APPLICATIONS]
    on_path = (found for name in names if (found := shutil.which(name)))
    there = (str(folder / place) for place in places for folder in folders if (folder / place).is_file())
    return next(on_path, None) or next(there, None)
