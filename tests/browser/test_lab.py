"""JupyterLab as an analyst uses it: every notebook opened and run from the menu, in Chromium."""

import base64
import io
import json
import shutil
from pathlib import Path

import pytest
from labs import (
    PATIENCE,
    fitted,
    in_theme,
    opened,
    run_all,
    save,
    themed,
    wait_for_kernel,
)
from PIL import Image

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# Wide enough for a chart's natural size beside the table of contents, and so high that JupyterLab
# draws every cell: it leaves out those that are scrolled away.
WIDTH, HEIGHT = 1440, 12_000


def stored(notebook: Path) -> tuple[int, int, int]:
    """How many code cells, charts and tables a notebook has."""
    code = [c for c in json.loads(notebook.read_text("utf-8"))["cells"] if c["cell_type"] == "code"]
    shown = [output.get("data", {}) for cell in code for output in cell["outputs"]]
    charts = sum("image/png" in data for data in shown)
    # A review is shown as a widget there, and kept as the text to be read.
    kept = [c for c in code if not c["source"][-1].startswith("review(")]
    shown_as = [output.get("data", {}) for cell in kept for output in cell["outputs"]]
    tables = sum("".join(data.get("text/html", "")).count("<table") for data in shown_as)
    return len(code), charts, tables


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_the_menu_and_is_saved_as_it_was(
    lab, copy, lab_page, screenshot, barriers, notebook
):
    cells, charts, tables = stored(copy / "notebooks" / notebook.name)
    page = lab_page(WIDTH, HEIGHT)
    opened(page, lab, notebook.stem)
    assert run_all(page, cells) == [f"[{n}]:" for n in range(1, cells + 1)]

    for bad in ("stderr", "error"):
        shown = page.locator(f"[data-mime-type='application/vnd.jupyter.{bad}']")
        assert shown.all_inner_texts() == []
    page.wait_for_function("[...document.images].every(image => image.complete)")
    sizes = page.locator(".jp-RenderedImage img").evaluate_all(
        """images => images.map(image => [image.naturalWidth, image.naturalHeight,
                                          image.width, image.height])"""
    )
    assert len(sizes) == charts
    for natural_width, natural_height, width, height in sizes:
        # Two pixels a point, so that a chart is sharp on a screen of many.
        assert natural_width == 2 * width
        assert natural_height == pytest.approx(2 * height, abs=2)
        assert natural_width > 100 < natural_height
    assert page.locator(".jp-OutputArea-output table").count() == tables
    assert save(page, copy / "notebooks" / notebook.name) == notebook.read_text(encoding="utf-8")
    fitted(page)
    # The one that the notebook before left on comes first.
    themes = ("JupyterLab Light", "JupyterLab Dark")
    for theme in sorted(themes, key=lambda theme: not page.locator(themed(theme)).count()):
        in_theme(page, theme)
        part, dark = ".jp-OutputArea-output, .jp-RenderedMarkdown", theme.endswith("Dark")
        # JupyterLab does not show the alternative text that a picture's output carries, and tells
        # links in Markdown by their colour alone.
        but = ("image-alt", "link-in-text-block")
        assert barriers(page, part, but, colours=dark) == [], theme
        screenshot(page, f"lab-{theme[-5:].strip().lower()}-{notebook.stem}")


def test_opening_and_saving_without_running_changes_nothing(lab, copy, lab_page):
    notebook = copy / "notebooks" / "02-year-over-year.ipynb"
    before = notebook.read_text(encoding="utf-8")
    page = lab_page(WIDTH, HEIGHT)
    opened(page, lab, notebook.stem)
    assert save(page, notebook) == before


def test_it_opens_on_the_first_notebook_from_which_ones_own_article_is_a_click_away(
    lab, open_page, screenshot
):
    page = open_page(1280, 800)
    page.goto(f"{lab.url}/?token={lab.token}")
    page.wait_for_selector(".jp-NotebookPanel", timeout=PATIENCE)
    assert page.url.endswith("/lab/tree/notebooks/00-start-here.ipynb")
    contents = page.locator(".jp-TableOfContents-content")
    contents.get_by_text("Charts in English or Chinese").wait_for(timeout=PATIENCE)
    wait_for_kernel(page)
    # Nobody is asked whether an outside host may be asked.
    assert page.locator(".Toastify__toast").count() == 0
    screenshot(page, "lab-first-sight")
    link = page.locator(".jp-RenderedMarkdown a").get_by_text("An article of your own").first
    box = link.bounding_box()
    assert 0 < box["y"] < 800  # without scrolling
    link.click()
    page.get_by_role("heading", name="An article of your own").first.wait_for(timeout=PATIENCE)
    lab.empty(page)


def test_a_chart_cell_edited_to_chinese_draws_a_chinese_chart(lab, copy, lab_page, screenshot):
    page = lab_page(WIDTH, HEIGHT)
    opened(page, lab, "02-year-over-year")
    run_all(page, stored(copy / "notebooks" / "02-year-over-year.ipynb")[0])
    cell = page.locator(".jp-CodeCell").filter(has_text="charts.year_over_year(datong")
    picture = cell.locator(".jp-RenderedImage img")

    def title() -> str:
        png = base64.b64decode(picture.get_attribute("src").partition("base64,")[2])
        return Image.open(io.BytesIO(png)).text["Title"]

    assert title().startswith("Criminal cases filed: ")
    before = picture.get_attribute("src")
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text('_ = charts.year_over_year(datong, language="zh")')
    page.keyboard.press("Control+Enter")
    page.wait_for_function(
        """before => [...document.querySelectorAll('.jp-RenderedImage img')]
            .every(image => image.complete && image.src != before)""",
        arg=before,
        timeout=PATIENCE,
    )
    # The names are those of figures.csv, the words those of the chart in Chinese.
    assert title().startswith("立各类刑事案件：比上年同期减少")
    screenshot(page, "lab-edited-to-chinese")


# Invented; a change and a hedge, shares in traditional characters with a slip, and nothing at all.
# As printed, with the bounds of the design: a whole count, half a digit, up to ten more.
PASTED = {
    "a-change": ("立案5271起，同比下降23.5%，打掉团伙90余个。", ["5,271", "−23.55", "90余个"]),
    "shares": ("全港共接獲求助800宗，其中長者求助200宗，佔35%。", ["800宗", "佔35%", "25%"]),
    "nothing": ("今天没有数字。", ["0 figures", "No figures found"]),
}


@pytest.mark.parametrize("kind", PASTED)
def test_an_article_of_ones_own_pasted_into_the_notebook(kind, lab, copy, lab_page, screenshot):
    notebook = copy / "notebooks" / "09-your-own-article.ipynb"
    text, shown = PASTED[kind]
    page = lab_page(WIDTH, HEIGHT)
    opened(page, lab, notebook.stem)
    first = page.locator(".jp-CodeCell").filter(has_text="text = Path(").first
    first.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(f'\ntext = "{text}"')
    assert len(run_all(page, stored(notebook)[0])) == stored(notebook)[0]
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    said = "\n".join(page.locator(".jp-OutputArea-output").all_inner_texts())
    for words in shown:
        assert words in said
    assert "486起" not in said  # nothing of the bulletin that stood there before
    assert not (copy / "data" / "my-article").exists()
    screenshot(page, f"lab-an-article-of-ones-own-{kind}")


def test_shift_tab_shows_what_a_name_means(lab, lab_page, screenshot):
    page = lab_page(1280, 1000)
    opened(page, lab, "02-year-over-year")
    cell = page.locator(".jp-CodeCell").filter(has_text="from analysis import")
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    wait_for_kernel(page)
    page.keyboard.press("Enter")
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("\nyear_over_year")
    page.keyboard.press("Shift+Tab")
    page.locator(".jp-Tooltip").get_by_text("What each figure with a printed change was").wait_for(
        timeout=PATIENCE
    )
    screenshot(page, "lab-shift-tab")


MARKUP = "<img src=x onerror='window.marked=1'><script>window.marked=1</script><b>bold</b>"


def test_markup_in_names_and_notes_is_shown_and_not_run(lab, copy, lab_page):
    """A data folder from elsewhere may say anything; in tables and charts it stays text."""
    folder = shutil.copytree(copy / "data" / "datong-2018", copy / "data" / "markup")
    table = folder / "figures.csv"
    text = table.read_text(encoding="utf-8").replace("Suspects seized", MARKUP)
    table.write_text(text.replace("To date (", f"{MARKUP} ("), encoding="utf-8")
    cells = [
        "import pandas as pd\nfrom analysis import audit, charts, load\n"
        "pd.set_option('display.max_colwidth', None)\nextract = load('../data/markup')",
        "extract.figures[['name_en', 'note']]",
        "_ = charts.ranges(extract, ['suspects', 'gangs'])",
        "audit(extract)",
    ]
    notebook = json.loads((copy / "notebooks" / "00-start-here.ipynb").read_text("utf-8"))
    blank = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    notebook["cells"] = [blank | {"id": f"m-{n}", "source": c} for n, c in enumerate(cells)]
    (copy / "notebooks" / "markup.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    page = lab_page(WIDTH, HEIGHT)
    opened(page, lab, "markup")
    run_all(page, len(cells))
    table = page.locator(".jp-OutputArea-output table").first
    assert "<script>window.marked=1</script>" in table.inner_text()
    assert table.locator("img, script, b").count() == 0
    assert page.locator(".jp-RenderedImage img").count() == 1
    assert page.evaluate("window.marked") is None
