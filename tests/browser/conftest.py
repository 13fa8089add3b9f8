"""Chromium, and what every page is held to: no error on its console, no outside host asked."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from labs import PATIENCE, copied, running
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")
OPTIONS = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run
    --disable-background-networking --disable-component-update --disable-sync""".split()
# What JupyterLab says of each question that a kernel had not answered when it was shut down.
NOT_ANSWERED = "Canceled future for"
LOOPBACK = re.compile(r"(https?|wss?)://127\.0\.0\.1:\d+/|data:|blob:|about:")


@pytest.fixture(scope="module")
def chromium():
    """One browser a module, closed before tests that want an event loop of their own."""
    if not CHROMIUM.exists():
        pytest.skip(f"{CHROMIUM} is not here: on Debian, apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


class Watch:
    """What a page did that it should not have."""

    def __init__(self, page: Page) -> None:
        self.faults: list[str] = []
        page.on("console", self.console)
        page.on("pageerror", lambda error: self.said(f"uncaught: {error}"))
        page.on("request", lambda request: self.asked(request.url))
        page.on("websocket", lambda socket: self.asked(socket.url))

    def console(self, message) -> None:
        if message.type == "error":
            self.said(f"console: {message.text} ({message.location['url']})")

    def said(self, fault: str) -> None:
        if NOT_ANSWERED not in fault:
            self.faults.append(fault)

    def asked(self, url: str) -> None:
        if not LOOPBACK.match(url):
            self.faults.append(f"asked an outside host: {url}")


@pytest.fixture
def open_page(chromium):
    """Opens pages of a given size; at the test's end none of them may have a fault."""
    opened = []

    def open_page(width: int, height: int) -> Page:
        page = chromium.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(PATIENCE)
        opened.append((page, Watch(page)))
        return page

    yield open_page
    faults = [fault for _, watch in opened for fault in watch.faults]
    for page, _ in opened:
        page.close()
    assert faults == []


@pytest.fixture(scope="module")
def window(chromium):
    """One page for several tests, in which JupyterLab is loaded once."""
    page = chromium.new_page()
    page.set_default_timeout(PATIENCE)
    yield page, Watch(page)
    page.close()


@pytest.fixture
def lab_page(window, lab):
    """That page in a given size, empty again at the end; each test answers for its own faults."""
    page, watch = window

    def lab_page(width: int, height: int) -> Page:
        page.set_viewport_size({"width": width, "height": height})
        return page

    yield lab_page
    lab.empty(page)
    faults, watch.faults = watch.faults, []
    assert faults == []


@pytest.fixture
def screenshot():
    """Keeps pictures for a person to look at, in build/screenshots/."""
    folder = ROOT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return lambda page, name: page.screenshot(path=folder / f"{name}.png")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    return copied(tmp_path_factory.mktemp("a place with spaces 和汉字") / "copy")


@pytest.fixture(scope="module")
def lab(chromium, copy):
    with running(copy) as lab:
        yield lab


@pytest.fixture(scope="session")
def barriers():
    """What axe-core finds on a page, or in a part of it, that keeps somebody from reading it.

    In a second theme only colours can be others: `colours` leaves out all rules but theirs.
    """

    def barriers(
        page: Page, part: str | None = None, but: tuple[str, ...] = (), colours: bool = False
    ) -> list[str]:
        # Of a rule that all elements pass one of them is told: to tell of all doubles the time.
        options = {"resultTypes": ["violations"]}
        if colours:
            # By name: the tag of colours has rules of level AAA that axe leaves out otherwise.
            rules = [rule for rule in ("color-contrast", "link-in-text-block") if rule not in but]
            options["runOnly"] = {"type": "rule", "values": rules}
        else:
            options["rules"] = {rule: {"enabled": False} for rule in but}
        # JupyterLab's body has no height: to axe all text would be cut off by it, and not be seen.
        page.evaluate("document.body.style.overflow = 'visible'")
        response = Axe().run(page, context=part, options=options).response
        seen = {
            rule["id"]
            for outcome in ("passes", "violations", "incomplete")
            for rule in response[outcome]
        }
        assert "color-contrast" in seen
        return [
            f"{rule['id']}: {node['html'][:160]} {node.get('failureSummary', '')}"
            for rule in response["violations"]
            for node in rule["nodes"]
        ]

    return barriers
