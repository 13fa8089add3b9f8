"""The readable report as a reader meets it: every page, on a phone's width and on a desktop's."""

import functools
import http.server
import threading

import pytest

pytestmark = pytest.mark.browser

PICTURES = """async () => {
    for (const image of document.images) image.loading = "eager";
    await Promise.all([...document.images].map(image => image.decode()));
    return [...document.images].map(image => [image.naturalWidth, image.alt]);
}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def served(chromium, report):
    """The report on loopback, and its pages."""
    site, _ = report
    handler = functools.partial(Quiet, directory=site)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        names = sorted(path.name for path in site.glob("*.html"))
        yield f"http://127.0.0.1:{server.server_port}", names
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("width", [375, 1280])
def test_every_page_is_whole(served, open_page, screenshot, width):
    address, names = served
    page = open_page(width, 900)
    assert len(names) > 15
    for name in names:
        answer = page.goto(f"{address}/{name}")
        assert answer.status == 200
        for natural_width, alt in page.evaluate(PICTURES):
            assert natural_width > 100, name
            assert alt, name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        if name.startswith(("index", "0", "README.zh", "reference")):
            screenshot(page, f"report-{width}-{name.removesuffix('.html')}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_on_a_page_keeps_anybody_from_reading_it(
    served, open_page, barriers, screenshot, scheme
):
    address, names = served
    page = open_page(1280, 900)
    page.emulate_media(color_scheme=scheme)
    found = {}
    for name in names:
        page.goto(f"{address}/{name}")
        found[name] = barriers(page, colours=scheme == "dark")
        if name.startswith(("index", "01", "05")):
            screenshot(page, f"report-{scheme}-{name.removesuffix('.html')}")
    assert {name: said for name, said in found.items() if said} == {}


def test_on_a_narrow_screen_what_scrolls_says_so_and_can_be_reached(served, open_page, barriers):
    address, _ = served
    page = open_page(375, 800)
    page.goto(f"{address}/02-year-over-year.html")
    assert barriers(page) == []
    wide = page.locator("[tabindex='0']:has(> table)").first
    assert wide.evaluate("e => e.scrollWidth > e.clientWidth")
    assert wide.evaluate("e => getComputedStyle(e).backgroundAttachment").count("local") == 2
    wide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_text_to_read_is_as_wide_as_prose_where_tables_are_wider(served, open_page):
    address, _ = served
    page = open_page(1280, 900)
    page.goto(f"{address}/09-your-own-article.html")

    def ends(element):
        return element.evaluate(
            "e => [e.getBoundingClientRect().left, e.getBoundingClientRect().right]"
        )

    prose = ends(page.locator("article p").first)
    text = page.locator(".cell_output div:has(> p > mark)").first
    assert ends(text) == pytest.approx(prose, abs=1)
    table = page.locator(".cell_output:has(table):not(:has(mark))").first
    assert ends(table)[1] > prose[1] + 50


def test_a_page_loads_within_a_megabyte(served, open_page):
    address, names = served
    for name in names:
        page = open_page(1280, 900)
        sizes = {}
        page.on("response", lambda answer, sizes=sizes: sizes.update({answer.url: answer}))
        page.goto(f"{address}/{name}")
        page.evaluate(PICTURES)
        total = sum(len(answer.body()) for answer in list(sizes.values()) if answer.ok)
        page.close()
        assert total <= 2**20, f"{name}: {total} bytes"


def test_it_prints_without_what_only_a_screen_can_use(served, open_page):
    address, _ = served
    page = open_page(1280, 900)
    page.goto(f"{address}/02-year-over-year.html")
    page.emulate_media(media="print")
    assert page.locator("details.hide").first.is_hidden()
    assert page.locator(".sidebar-drawer").is_hidden()
    assert page.locator(".skip-to-content").is_hidden()  # it would cover a line of each page
    wide = page.locator("article").bounding_box()["width"]
    assert page.locator("article img").first.bounding_box()["width"] <= wide
    if page.context.browser.browser_type.name == "chromium":
        assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "page_found"),
    [
        ("implied prior", "reference.html"),
        ("八类案件", "glossary.html"),
        ("立案", "02-year-over-year.html"),
        ("6623起", "02-year-over-year.html"),
    ],
)
def test_search_finds_english_and_chinese(served, open_page, words, page_found):
    address, _ = served
    page = open_page(1280, 900)
    page.goto(f"{address}/search.html?q={words}")
    page.wait_for_function("document.querySelector('#search-results .search-summary')?.innerText")
    found = page.locator("#search-results li a")
    found.first.wait_for()
    targets = [link.get_attribute("href") for link in found.all()]
    assert any(page_found in target for target in targets), targets


def test_code_is_folded_away_and_opens_on_request(served, open_page):
    address, _ = served
    page = open_page(1280, 900)
    page.goto(f"{address}/02-year-over-year.html")
    code = page.get_by_text("table = year_over_year(datong)").first
    assert not code.is_visible()
    page.get_by_text("Show the code").first.click()
    assert code.is_visible()
