"""Pictures of pages and workbooks, drawn by a browser or LibreOffice in the background: PNG, without empty edges."""

from __future__ import annotations

import io
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlplan.files.programs import run

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 60.0
"""How long a program may take for a picture."""

_SCALE = 2  # pixels of the picture for one of the page
_HIGHEST = 8000  # pixels of the page: what a browser can draw at this scale
_MARGIN = 24
_QUIET = (
    "--headless",
    "--disable-gpu",
    "--hide-scrollbars",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # it reaches nothing
    "--force-color-profile=srgb",
    f"--force-device-scale-factor={_SCALE}",
)


def picture_of_page(browser: str, page: bytes, width: int, seconds: float = SECONDS) -> bytes | None:
    """A web page as it looks at a width in pixels; None when the browser does not give it in time."""

    def draw(folder: Path) -> Any:  # noqa: ANN401 - Pillow's own image
        source, target = folder / "page.html", folder / "page.png"
        source.write_bytes(page)
        alone = ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()  # root's has no sandbox
        size = f"--window-size={width},{_HIGHEST // _SCALE}"
        profile = f"--user-data-dir={folder / 'profile'}"
        run([browser, *_QUIET, *alone, profile, size, f"--screenshot={target}", source.as_uri()], seconds)
        return _opened(target)

    return _picture(draw)


def picture_of_workbook(office: str, book: bytes, seconds: float = SECONDS) -> bytes | None:
    """The first page of a workbook as it is printed; None when LibreOffice does not give it in time."""

    def draw(folder: Path) -> Any:  # noqa: ANN401 - Pillow's own image
        source = folder / "book.xlsx"
        source.write_bytes(book)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        words = ("--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder), str(source))
        run([office, profile, *words], seconds)
        printed = folder / "book.pdf"
        return _first_page(printed.read_bytes()) if printed.is_file() else None

    return _picture(draw)


def _picture(draw: Callable[[Path], Any]) -> bytes | None:
    with tempfile.TemporaryDirectory(prefix="xlplan-", ignore_cleanup_errors=True) as folder:
        image = draw(Path(folder))
    if image is None:
        return None
    out = io.BytesIO()
    _trimmed(image.convert("RGB")).save(out, "PNG", optimize=True)
    return out.getvalue()


def _opened(path: Path) -> Any:  # noqa: ANN401 - Pillow's own image
    from PIL import Image, UnidentifiedImageError

    try:
        return Image.open(io.BytesIO(path.read_bytes()))
    except (OSError, UnidentifiedImageError):
        return None


def _first_page(printed: bytes) -> Any:  # noqa: ANN401 - Pillow's own image
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(printed)
    try:
        return document[0].render(scale=_SCALE).to_pil()
    finally:
        document.close()


def _trimmed(image: Any) -> Any:  # noqa: ANN401 - Pillow's own image
    """The image without what is empty around it, but for a margin."""
    from PIL import Image, ImageChops

    empty = Image.new("RGB", image.size, image.getpixel((0, image.height - 1)))
    found = ImageChops.difference(image, empty).getbbox()
    if found is None:
        return image
    left, top, right, bottom = found
    corner = (min(image.width, right + _MARGIN), min(image.height, bottom + _MARGIN))
    return image.crop((max(0, left - _MARGIN), max(0, top - _MARGIN), *corner))
