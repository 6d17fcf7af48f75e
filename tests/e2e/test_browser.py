"""The lineage UI in a real browser: what a reviewer sees and does (Debian's Chromium through Playwright)."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import openpyxl
import pytest
from playwright.sync_api import Page, sync_playwright

from pipeline.flow import STEPS
from tests.e2e.conftest import BIN, ROOT, Office

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCORES = "2021年第三季度政府网站检查评分表.xlsx"
GROUP_OF = {"reference": "raw"}
pytestmark = pytest.mark.slow

if not os.environ.get("CI") and shutil.which("chromium") is None:  # in CI a missing browser is a failure, not a skip
    pytest.skip("no Chromium on this machine", allow_module_level=True)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextmanager
def serving(office: Office) -> Iterator[str]:
    """`dagster dev` on loopback for the office; stopped with all its processes at the end."""
    port = free_port()
    server = subprocess.Popen(
        [str(BIN / "dagster"), "dev", "-h", "127.0.0.1", "-p", str(port)],
        cwd=ROOT, env=office.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 90
        while True:
            try:
                urllib.request.urlopen(f"{url}/server_info", timeout=2).close()
                break
            except OSError:
                assert server.poll() is None, "dagster dev ended"
                assert time.monotonic() < deadline, "dagster dev did not come up"
                time.sleep(0.5)
        yield url
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait(10)


@contextmanager
def browsing() -> Iterator[tuple[Page, list[str]]]:
    """A page, and the requests that it made to anywhere else than loopback."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1600, "height": 2600})
        elsewhere: list[str] = []
        page.on(
            "request",
            lambda request: (
                elsewhere.append(request.url)
                if request.url.startswith("http") and "//127.0.0.1" not in request.url
                else None
            ),
        )
        page.set_default_timeout(30_000)
        yield page, elsewhere
        browser.close()


def launch_from_the_page(page: Page, url: str, quarter: str) -> None:
    """Launch the job for one quarter as a person does, and wait until its run has ended."""
    page.goto(f"{url}/locations/pipeline.definitions/jobs/quarterly")
    page.get_by_role("button", name="Materialize all").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Select a partition or create one").click()
    page.get_by_text(quarter, exact=True).filter(visible=True).last.click()
    dialog.get_by_text(re.compile("^Launch runs to materialize")).click()  # elsewhere, so that the list closes
    dialog.get_by_role("button", name=re.compile("^Launch")).click()
    page.get_by_text("Latest run:").wait_for()


def wait_for_status(page: Page, url: str, status: str) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        page.goto(f"{url}/runs")
        page.get_by_text(re.compile("^(Success|Failure|Started|Starting)$")).first.wait_for()
        if page.get_by_text(status, exact=True).filter(visible=True).count():
            return
        time.sleep(1)
    raise AssertionError(f"no run came to {status}: {page.inner_text('body')[:2000]}")


def test_lineage_shows_every_asset_in_its_group_and_a_run_launched_from_the_page_succeeds(office: Office) -> None:
    groups: dict[str, set[str]] = {}
    for output in (output for step in STEPS for output in step.outputs):
        layer, _, name = output.partition("/")
        groups.setdefault(GROUP_OF.get(layer, layer), set()).add(f"{layer} / {name}")
    with serving(office) as url, browsing() as (page, elsewhere):
        for group, names in groups.items():
            page.goto(f"{url}/locations/pipeline.definitions/asset-groups/{group}/list")
            page.get_by_text(sorted(names)[0], exact=True).first.wait_for()
            assert names - set(page.inner_text("body").splitlines()) == set()
        launch_from_the_page(page, url, "2021Q3")
        wait_for_status(page, url, "Success")
        assert elsewhere == []
    assert (office.out("2021Q3") / "bulletin.docx").exists()


def test_a_broken_sheet_shows_the_failed_check_with_file_and_cell(office: Office) -> None:
    path = office.raw("2021Q3") / SCORES
    book = openpyxl.load_workbook(path)
    book["区政府门户网站"]["F7"] = "9"
    book.save(path)
    with serving(office) as url, browsing() as (page, _):
        launch_from_the_page(page, url, "2021Q3")
        wait_for_status(page, url, "Failure")
        page.goto(f"{url}/assets/core/finding?view=checks&checkDetail=rows")
        page.get_by_text(f"{SCORES}!区政府门户网站!F7").first.wait_for()
        page.get_by_role("row", name="季度 2021Q3").first.wait_for()
