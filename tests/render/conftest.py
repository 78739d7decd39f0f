"""A browser that reaches nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reports import look, report_of

from xlplan.render.page import render_page
from xlplan.render.report import Report


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=quiet)
        yield browser
        browser.close()


class Opened:
    """A page in the browser, with what it said and what it asked for."""

    def __init__(self, browser: Any, path: Path, **options: Any) -> None:
        self.page = browser.new_page(**{"viewport": {"width": 1280, "height": 900}, **options})
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(path.as_uri())

    def shown(self) -> list[str]:
        rows = "[...document.querySelectorAll('#items tbody tr')].filter(one => one.getClientRects().length)"
        return self.page.evaluate(f"{rows}.map(one => one.querySelector('.c-details .code').textContent)")

    def counts(self) -> list[int]:
        return [int(text) for text in self.page.locator(".chip [data-count]").all_text_contents()]


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Any]:
    pages: list[Opened] = []

    def show(report: Report | None = None, lang: str = "zh", **options: Any) -> Opened:
        path = tmp_path / f"{len(pages)}.html"
        path.write_bytes(render_page(report or report_of(), look(lang)))
        pages.append(Opened(browser, path, **options))
        return pages[-1]

    yield show
    for one in pages:
        assert one.said == []
        assert [url for url in one.asked if not url.startswith("file:")] == []
        assert len(one.asked) == 1
        one.page.close()
