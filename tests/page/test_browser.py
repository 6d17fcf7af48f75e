"""The review page in a real browser: pointer, keyboard, print, silence on the network and the console."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.page.conftest import Reviewed

CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
pytestmark = pytest.mark.slow

if not os.environ.get("CI") and shutil.which("chromium") is None:  # in CI a missing browser is a failure, not a skip
    pytest.skip("no Chromium on this machine", allow_module_level=True)


@dataclass
class Opened:
    """The page in a browser, with what it asked for and what it complained of."""

    page: Page
    requests: list[str]
    complaints: list[str]


@pytest.fixture(scope="module")
def opened(reviewed: Reviewed) -> Iterator[Opened]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        seen = Opened(page, [], [])
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("console", lambda message: seen.complaints.append(message.text))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.goto(reviewed.file.as_uri())
        yield seen
        browser.close()


def test_a_click_shows_where_a_figure_comes_from(opened: Opened) -> None:
    opened.page.get_by_role("link", name="95.3%").first.click()
    panel = opened.page.locator("#panel")
    assert "移动客户端" in panel.inner_text()
    assert "分子：41" in panel.inner_text()
    assert "政务新媒体检查情况表.xlsx!检查情况!" in panel.inner_text()
    assert opened.page.url.endswith("review.html")


def test_every_figure_is_reached_and_opened_by_keyboard(opened: Opened, reviewed: Reviewed) -> None:
    opened.page.reload()
    reached: list[str] = []
    for _ in range(30):
        opened.page.keyboard.press("Tab")
        reached.append(opened.page.evaluate("document.activeElement.hash || ''"))
    figures = [mark for mark in reached if mark.startswith("#d")]
    assert figures == [f"#d{entry.number}" for entry in reviewed.ledger.entries[: len(figures)]]
    assert len(figures) > 10
    opened.page.keyboard.press("Enter")
    assert opened.page.locator("#panel .big").inner_text() == opened.page.evaluate("document.activeElement.textContent")
    opened.page.keyboard.press("Escape")
    assert opened.page.evaluate("document.activeElement.hash") == figures[-1]


def test_a_screen_reader_finds_regions_headings_and_drawings(opened: Opened) -> None:
    tree = opened.page.locator("body").aria_snapshot()
    for told in ("navigation", "main", "complementary", 'heading "通报全文"', 'heading "数字依据"', "img"):
        assert told in tree
    for drawing in opened.page.locator("svg").all():
        assert drawing.get_attribute("role") == "img"
        assert drawing.get_attribute("aria-label")


def printed(opened: Opened, path: Path) -> list[str]:
    """The pages of the page on paper."""
    opened.page.emulate_media(media="print")
    opened.page.pdf(path=path, prefer_css_page_size=True)
    opened.page.emulate_media(media="screen")
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    return text.split("\f")[:-1]


def test_prints_what_reviewers_read_and_the_cells_of_annexes_on_request(opened: Opened, tmp_path: Path) -> None:
    brief = printed(opened, tmp_path / "brief.pdf")
    told = "".join(brief)
    assert "在正文中选一个数字" not in told
    assert all(part in told for part in ("检查发现", "与上季度比较", "图表", "数字依据", "95.3%", "分子：41"))
    assert 9 <= len(brief) <= 15
    assert all(len("".join(page.split())) > 100 for page in brief)  # no heading alone on a page
    opened.page.get_by_label("打印时附上附件表各格的依据").check()
    whole = printed(opened, tmp_path / "whole.pdf")
    opened.page.get_by_label("打印时附上附件表各格的依据").uncheck()
    assert len(whole) > len(brief) + 8


def test_asks_for_nothing_and_complains_of_nothing(opened: Opened, reviewed: Reviewed) -> None:
    assert {url.partition("#")[0] for url in opened.requests} == {reviewed.file.as_uri()}
    assert opened.complaints == []
