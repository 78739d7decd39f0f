"""Renders the sample's breakdown, a form and the consolidated workbook to small pictures, through LibreOffice.

Where LibreOffice or pdftoppm is missing nothing is done: the pictures are for the README, not for the tests.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEED = HERE.parent / "seeds" / "flat-owners-2019"
PICTURES = HERE / "pictures"
_DOTS = "62"  # an inch


def main() -> int:
    """Write the pictures."""
    if not (shutil.which("soffice") and shutil.which("pdftoppm")):
        print("no pictures: LibreOffice or pdftoppm is not installed")
        return 0
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        _xlplan("demo", work / "demo")
        root = _workspace(work / "demo")
        _xlplan("-C", root, "--today", "2019-07-01", "breakdown", "-o", work / "breakdown.xlsx")
        report = ("-o", work / "consolidated.xlsx", "--docx", work / "bulletin.docx", "--html", work / "page.html")
        _xlplan("-C", root, "--today", "2019-07-01", "consolidate", "-p", "2019-Q2", *report)
        shutil.copy(
            max((root / "outbox" / "2019-Q2").glob("*.xlsx"), key=lambda one: one.stat().st_size), work / "form.xlsx"
        )
        for name in ("breakdown.xlsx", "form.xlsx", "consolidated.xlsx", "bulletin.docx"):
            _render(work / name, work)
        _photograph(work / "page.html", work)
    return 0


def _workspace(demo: Path) -> Path:
    return next(path.parent for path in sorted(demo.rglob("xlplan.toml")))


def _xlplan(*words: object) -> None:
    """Run a command; findings at error level (exit 1) are part of the sample."""
    run = subprocess.run([sys.executable, "-m", "xlplan.cli.main", "--lang", "zh", *map(str, words)], check=False)
    if run.returncode > 1:
        raise SystemExit(run.returncode)


def _render(book: Path, work: Path) -> None:
    profile = f"-env:UserInstallation={(work / 'profile').as_uri()}"
    _quietly("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", work, book)
    first = ("-f", "1", "-l", "1", "-singlefile")
    _quietly("pdftoppm", "-png", "-r", _DOTS, *first, book.with_suffix(".pdf"), PICTURES / book.stem)


def _photograph(page: Path, work: Path) -> None:
    """The top of the web page, where Chromium is installed."""
    if browser := shutil.which("chromium"):
        size = ("--window-size=1100,900", "--force-device-scale-factor=0.6", "--hide-scrollbars")
        quiet = ("--headless", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking")
        target = f"--screenshot={PICTURES / 'page.png'}"
        _quietly(browser, *quiet, *size, f"--user-data-dir={work / 'browser'}", target, page.as_uri())


def _quietly(*words: object) -> None:
    subprocess.run([*map(str, words)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
