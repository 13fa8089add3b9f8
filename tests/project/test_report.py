"""The readable report as files: complete, charts described, nothing fetched from outside."""

import html
import io
import json
import re
import runpy
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pytest
from PIL import Image, ImageChops

import analysis

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# Attributes that make a browser fetch something by itself, without a click.
FETCHED = {"src", "srcset", "poster", "data", "background"}


class Page(HTMLParser):
    """The elements of a page, and its text."""

    def __init__(self, path):
        super().__init__()
        self.elements, self.text = [], ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def pages(report):
    site, _ = report
    return {path.stem: Page(path) for path in sorted(site.glob("*.html"))}


def alternative_texts(notebook):
    """Those that the notebook's charts carry, in order."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    images = [output for output in outputs if "image/png" in output.get("data", {})]
    return [output["metadata"]["image/png"]["alt"] for output in images]


def test_sphinx_has_no_complaint(report):
    assert report[1] == ""


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_page_shows_its_notebooks_charts_with_their_alternative_texts(pages, notebook):
    shown = [image["alt"] for image in pages[notebook.stem].all("img")]
    assert [" ".join(alt.split()) for alt in shown] == [
        " ".join(alt.split()) for alt in alternative_texts(notebook)
    ]


def test_every_chart_leads_to_itself_at_its_full_size(report, pages):
    site, _ = report
    for name in pages:
        text = (site / f"{name}.html").read_text(encoding="utf-8")
        charts = re.findall(r'(<a [^>]*>)?(<a [^>]*>)?<img [^>]*src="(_images/[^"]+[.]png)"', text)
        for outer, inner, picture in charts:
            assert f'href="{picture}"' in outer
            assert inner == "", name  # a link within a link has no name


def test_no_picture_is_without_an_alternative_text(pages):
    for name, page in pages.items():
        assert all(image.get("alt") for image in page.all("img")), name


def test_the_front_page_gives_the_answers_that_the_notebooks_computed(pages):
    text = " ".join(pages["index"].text.split())
    for stem in ("01-what-was-printed", "02-year-over-year", "05-disputes"):
        notebook = json.loads((ROOT / "notebooks" / f"{stem}.ipynb").read_text(encoding="utf-8"))
        outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
        said = next(o["data"]["text/markdown"] for o in outputs if "text/markdown" in o["data"])
        numbers = re.findall(r"\d+(?:[.,]\d+)*", "".join(said))
        assert len(numbers) > 2
        assert [number for number in numbers if number not in text] == []
        first = alternative_texts(ROOT / "notebooks" / f"{stem}.ipynb")[0]
        assert first in [image["alt"] for image in pages["index"].all("img")]


def test_the_front_page_says_what_it_is_about_and_how_it_is_known(pages):
    """A reader of the front page alone: which article, which figures, then, now, and why."""
    text = " ".join(pages["index"].text.split())
    for word in ("Datong", "Shanxi Legal Daily", "2018-11-15", "criminal cases filed"):
        assert word in text
    # 6623 / 0.8625 = 7678.8 and 6623 / 0.8615 = 7687.8; 1628 / 1814 = 89.746%.
    for number in ("6,623", "7,679–7,687", "447", "1,628 of 1,814", "89.9%", "89.7%"):
        assert number in text
    assert "How is it known?" in text


def test_every_page_says_what_it_is_about(pages):
    said = {}
    for name, page in pages.items():
        described = [m["content"] for m in page.all("meta") if m.get("name") == "description"]
        if name not in ("search", "genindex", "reference"):
            assert len(described) == 1, name
            assert 20 < len(described[0]) <= 160, name
            said[name] = described[0]
    assert len({*said.values()}) == len(said)
    assert said["02-year-over-year"].startswith("what were the criminal cases filed a year earlier")


def test_the_front_page_shows_an_article_being_read(pages):
    marks = pages["index"].all("mark")
    assert len(marks) > 10
    assert "contradicted: 1" in pages["index"].text


@pytest.fixture
def maker():
    """The names of the script that makes the pages."""
    return runpy.run_path(str(ROOT / ".ci" / "report" / "pages.py"))


def notebook_of(*cells):
    return nbformat.v4.new_notebook(cells=list(cells))


@pytest.mark.parametrize(
    "cells",
    [
        [],
        [nbformat.v4.new_markdown_cell("")],
        [nbformat.v4.new_code_cell("1 + 1")],
        [nbformat.v4.new_markdown_cell("no heading")],
    ],
    ids=["no cell", "an empty first cell", "code first", "no title"],
)
def test_a_notebook_without_a_title_is_named_in_one_line_and_shown(maker, capsys, cells):
    titled = maker["titled"]("99-mine", notebook_of(*cells))
    said = capsys.readouterr().err
    assert said.startswith("notebooks/99-mine.ipynb: found no title, expected")
    assert said.count("\n") == 1
    assert maker["title"](titled) == "99-mine"


def test_a_question_of_the_front_page_without_its_answer_stops_in_one_line(maker):
    prose = nbformat.v4.new_markdown_cell("# T")
    answer = nbformat.v4.new_output("display_data", {"text/markdown": "**A.** 5"})
    answered = nbformat.v4.new_code_cell("x", outputs=[answer])
    for cells, what in [([], "answer"), ([answered], "chart")]:
        with pytest.raises(SystemExit, match=f"^notebooks/98-n.ipynb: found no {what}, expected"):
            maker["answered"]("Q?", "98-n", {"98-n": notebook_of(prose, *cells)})
    with pytest.raises(SystemExit, match="found no notebook"):
        maker["answered"]("Q?", "98-n", {})


def test_smaller_pictures_are_the_same_picture(maker):
    png = (ROOT / ".ci" / "charts" / "year-over-year-en.png").read_bytes()
    smaller = maker["smaller"](png)
    assert len(smaller) < len(png)
    before, after = (Image.open(io.BytesIO(x)).convert("L") for x in (png, smaller))
    assert before.size == after.size
    # No point differs by more than an eye can see.
    assert ImageChops.difference(before, after).getextrema()[1] <= 24


def test_notebooks_older_than_the_data_or_the_library_are_told(tmp_path):
    maker = runpy.run_path(str(ROOT / ".ci" / "notebooks.py"))
    stale, fingerprint = maker["stale"], maker["fingerprint"]
    stamp = tmp_path / "build" / "notebooks.json"
    stale.__globals__.update(ROOT=tmp_path, STAMP=stamp)
    for name in ("data/a.csv", "src/analysis/a.py", "notebooks/01.ipynb", "notebooks/02.ipynb"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    notebooks = sorted((tmp_path / "notebooks").iterdir())
    assert stale(notebooks) == notebooks  # nothing is known of them
    made = fingerprint(tmp_path / "data", tmp_path / "src" / "analysis")
    stamp.parent.mkdir()
    known = {"made from": made} | {path.name: fingerprint(path) for path in notebooks}
    stamp.write_text(json.dumps(known))
    assert stale(notebooks) == []
    notebooks[1].write_text("edited")
    assert stale(notebooks) == notebooks[1:]
    for name in ("data/a.csv", "src/analysis/a.py"):
        (tmp_path / name).write_text("changed")
        assert stale(notebooks) == notebooks
        (tmp_path / name).write_text(name)
        assert stale(notebooks) == notebooks[1:]


def test_every_public_name_is_in_the_reference(pages):
    anchors = {element.get("id") for _, element in pages["reference"].elements}
    functions = [name for name in analysis.__all__ if name != "charts"]
    assert [name for name in functions if f"analysis.{name}" not in anchors] == []
    assert "analysis.charts.year_over_year" in anchors


def test_every_term_of_the_glossary_and_every_column_is_explained(pages):
    rows = (ROOT / "data" / "glossary.csv").read_text(encoding="utf-8").splitlines()[1:]
    terms = {row.split(",")[1] for row in rows}
    assert [term for term in terms if term not in pages["glossary"].text] == []
    package = json.loads((ROOT / "data/datong-2018/datapackage.json").read_text(encoding="utf-8"))
    fields = [field for table in package["resources"] for field in table["schema"]["fields"]]
    text = " ".join(pages["data"].text.split())
    for field in fields:
        described = html.unescape(field["description"]).split(".")[0]
        assert field["name"] in text
        assert described.replace("'", "’") in text


def test_links_within_the_report_lead_somewhere(report, pages):
    site, _ = report
    for name, page in pages.items():
        for link in page.all("a"):
            target, _, anchor = link.get("href", "").partition("#")
            if "://" in target:
                continue
            assert (site / (target or f"{name}.html")).exists(), f"{name}: {target}"
            led_to = pages.get(target.removesuffix(".html") or name)
            if led_to and anchor:
                ids = {element.get("id") for _, element in led_to.elements}
                assert anchor in ids, f"{name}: {target}#{anchor}"


def test_no_page_fetches_anything_from_an_outside_host(report, pages):
    site, _ = report
    for name, page in pages.items():
        for tag, attributes in page.elements:
            fetched = FETCHED | ({"href"} if tag in ("link", "use", "image") else set())
            for attribute in fetched & set(attributes):
                assert "//" not in attributes[attribute], f"{name}: <{tag} {attribute}=...>"
    for path in site.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"url\(([^)]*)\)|@import\s*([^;]+)", text):
            assert not re.match(r"[\"']?(https?:)?//", "".join(target)), f"{path}: {target}"
    for path in site.rglob("*.js"):
        if path.name != "searchindex.js":  # words, not code
            for target in re.findall(
                r"[\"'`]((?:https?:)?//[\w.-]+\.\w+)", path.read_text("utf-8")
            ):
                assert target == "http://www.w3.org", f"{path}: {target}"  # a namespace's name


def test_outside_links_are_those_that_a_person_wrote(pages):
    written = {path: path.read_text(encoding="utf-8") for path in [*NOTEBOOKS, *ROOT.glob("*.md")]}
    everything = "\n".join(written.values())
    for name, page in pages.items():
        for link in page.all("a"):
            if "://" in link.get("href", ""):
                assert link["href"].rstrip("/") in everything, f"{name}: {link['href']}"


def test_the_chinese_page_says_that_it_is_chinese(pages):
    assert pages["README.zh-CN"].all("html")[0]["lang"] == "zh-CN"
    assert pages["index"].all("html")[0]["lang"] == "en"
