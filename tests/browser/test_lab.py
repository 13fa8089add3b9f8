"""JupyterLab as an analyst uses it: every notebook opened and run from the menu, in Chromium."""

import base64
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# Wide enough for a chart's natural size beside the table of contents, and so high that JupyterLab
# draws every cell: it leaves out those that are scrolled away.
WIDTH, HEIGHT = 1440, 12_000
PATIENCE = 60_000  # milliseconds


@dataclass
class Lab:
    """A running JupyterLab."""

    url: str
    token: str

    def page(self, notebook: str) -> str:
        """A notebook in a workspace of its own: the default one would reopen those before."""
        place = f"workspaces/{notebook}/tree/notebooks/{notebook}.ipynb"
        return f"{self.url}/lab/{place}?token={self.token}"

    def ask(self, path: str, method: str = "GET") -> bytes:
        headers = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(self.url + path, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()

    def shut_down_kernels(self) -> None:
        for session in json.loads(self.ask("/api/sessions")):
            self.ask(f"/api/sessions/{session['id']}", "DELETE")


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """What a notebook needs of the repository, elsewhere: running must not touch the original."""
    copy = tmp_path_factory.mktemp("lab") / "copy"
    for folder in (".ci", "data", "notebooks", "src"):
        ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / folder, copy / folder, ignore=ignored)
    return copy


@pytest.fixture(scope="module")
def lab(chromium, copy):
    """JupyterLab in the copy, with the configuration of `make lab` and no settings of anyone's."""
    folders = "CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR"
    own = {f"JUPYTER_{name}": str(copy.parent / name) for name in folders}
    own |= {"JUPYTERLAB_SETTINGS_DIR": str(copy.parent / "settings")}
    own |= {"IPYTHONDIR": str(copy.parent / "ipython"), "PYTHONPATH": str(copy / "src")}
    options = ["--config=.ci/lab/config.py", "--no-browser", "--ServerApp.port=0"]
    jupyter = [sys.executable, "-m", "jupyter", "lab", *options]
    log = copy.parent / "log.txt"
    with log.open("wb") as out:
        server = subprocess.Popen(jupyter, cwd=copy, env=os.environ | own, stdout=out, stderr=out)
    try:
        started = re.compile(r'"port": (\d+).*"token": "(\w+)"', re.DOTALL)
        runtime = copy.parent / "RUNTIME_DIR"
        for _ in range(1200):
            told = next(iter(runtime.glob("jpserver-*.json")), None)
            found = started.search(told.read_text(encoding="utf-8")) if told else None
            if found or server.poll() is not None:
                break
            time.sleep(0.1)
        assert found, log.read_text(encoding="utf-8")
        yield Lab(f"http://127.0.0.1:{found[1]}", found[2])
    finally:
        server.terminate()
        server.wait(30)


def choose(page, menu: str, command: str) -> None:
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.locator(f".lm-Menu-item[data-command='{command}']").click()


def wait_for_kernel(page) -> None:
    # The toolbar's indicator says idle already before there is a kernel.
    page.wait_for_function(
        "document.querySelector('#jp-main-statusbar')?.innerText.includes('| Idle')",
        timeout=PATIENCE,
    )


def opened(page, lab: Lab, notebook: str) -> None:
    page.goto(lab.page(notebook))
    page.wait_for_selector(".jp-NotebookPanel", timeout=PATIENCE)
    wait_for_kernel(page)


def stored(notebook: Path) -> tuple[int, int, int]:
    """How many code cells, charts and tables a notebook has."""
    code = [c for c in json.loads(notebook.read_text("utf-8"))["cells"] if c["cell_type"] == "code"]
    shown = [output.get("data", {}) for cell in code for output in cell["outputs"]]
    charts = sum("image/png" in data for data in shown)
    tables = sum("<table" in "".join(data.get("text/html", "")) for data in shown)
    return len(code), charts, tables


def run_all(page, cells: int) -> list[str]:
    """Run → Run All Cells on a cleared notebook; the prompts once the last cell has run."""

    def wait_for_prompts(form: str) -> None:
        page.wait_for_function(
            """([form, n]) => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]
                .filter(prompt => RegExp(form).test(prompt.innerText)).length == n""",
            arg=[form, cells],
            timeout=PATIENCE,
        )

    prompts = page.locator(".jp-CodeCell .jp-InputPrompt")
    choose(page, "Edit", "editmenu:clear-all")
    wait_for_prompts(r"^\[ \]:$")
    assert page.locator(".jp-OutputArea-child").count() == 0
    choose(page, "Run", "runmenu:run-all")
    wait_for_prompts(r"^\[\d+\]:$")
    wait_for_kernel(page)
    return prompts.all_inner_texts()


def save(page, notebook: Path) -> str:
    """File → Save Notebook; the file, once the tab says that it is saved."""
    choose(page, "File", "docmanager:save")
    page.wait_for_function(
        "!document.querySelector('.lm-DockPanel .lm-TabBar .lm-mod-current.jp-mod-dirty')",
        timeout=PATIENCE,
    )
    return notebook.read_text(encoding="utf-8")


def in_theme(page, theme: str) -> None:
    """Settings → Theme → the theme of that name."""
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.locator(".lm-Menu-item").get_by_text("Theme", exact=True).hover()
    page.locator(".lm-Menu-item").get_by_text(theme, exact=True).click()
    light = str(theme.endswith("Light")).lower()
    themed = f"body[data-jp-theme-light='{light}']"
    page.wait_for_selector(themed, state="attached", timeout=PATIENCE)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_the_menu_and_is_saved_as_it_was(
    lab, copy, open_page, screenshot, barriers, notebook
):
    cells, charts, tables = stored(copy / "notebooks" / notebook.name)
    page = open_page(WIDTH, HEIGHT)
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
        assert (natural_width, natural_height) == (width, height)
        assert natural_width > 100 < natural_height
    assert page.locator(".jp-OutputArea-output table").count() == tables
    assert save(page, copy / "notebooks" / notebook.name) == notebook.read_text(encoding="utf-8")
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        in_theme(page, theme)
        for part in (".jp-OutputArea-output", ".jp-RenderedMarkdown"):
            # JupyterLab does not show the alternative text that a picture's output carries.
            assert barriers(page, part, but=("image-alt",)) == [], theme
        screenshot(page, f"lab-{theme[-5:].strip().lower()}-{notebook.stem}")
    lab.shut_down_kernels()


def test_opening_and_saving_without_running_changes_nothing(lab, copy, open_page):
    notebook = copy / "notebooks" / "02-year-over-year.ipynb"
    before = notebook.read_text(encoding="utf-8")
    page = open_page(WIDTH, HEIGHT)
    opened(page, lab, notebook.stem)
    assert save(page, notebook) == before
    lab.shut_down_kernels()


def test_from_the_first_screen_ones_own_article_is_a_click_away(lab, open_page):
    page = open_page(1280, 800)
    page.goto(f"{lab.url}/?token={lab.token}")
    page.wait_for_selector(".jp-NotebookPanel", timeout=PATIENCE)
    link = page.locator(".jp-RenderedMarkdown a").get_by_text("09-your-own-article").first
    box = link.bounding_box()
    assert 0 < box["y"] < 800  # without scrolling
    link.click()
    page.get_by_role("heading", name="An article of your own").first.wait_for(timeout=PATIENCE)
    lab.shut_down_kernels()


def test_it_opens_on_the_first_notebook_beside_its_table_of_contents(lab, open_page, screenshot):
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
    lab.shut_down_kernels()


def test_a_chart_cell_edited_to_chinese_draws_a_chinese_chart(lab, copy, open_page, screenshot):
    page = open_page(WIDTH, HEIGHT)
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
    lab.shut_down_kernels()


def test_an_article_of_ones_own_pasted_into_the_notebook(lab, copy, open_page, screenshot):
    notebook = copy / "notebooks" / "09-your-own-article.ipynb"
    if not notebook.exists():
        pytest.skip("there is no notebook for an article of one's own yet")
    page = open_page(WIDTH, HEIGHT)
    opened(page, lab, notebook.stem)
    first = page.locator(".jp-CodeCell").filter(has_text="text = Path(").first
    first.locator(".cm-content").click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text('\ntext = "立案5271起，同比下降23.5%，打掉团伙90余个。"')
    assert len(run_all(page, stored(notebook)[0])) == stored(notebook)[0]
    assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
    found = page.locator(".jp-OutputArea-output table").first.inner_text()
    # As printed, with the bounds of the design: a whole count, half a digit, up to ten more.
    for shown in ("5271起", "5,271", "下降23.5%", "-23.55", "90余个", "100"):
        assert shown in found
    assert not (copy / "data" / "my-article").exists()
    screenshot(page, "lab-an-article-of-ones-own")
    lab.shut_down_kernels()


def test_shift_tab_shows_what_a_name_means(lab, open_page, screenshot):
    page = open_page(1280, 1000)
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
    lab.shut_down_kernels()


MARKUP = "<img src=x onerror='window.marked=1'><script>window.marked=1</script><b>bold</b>"


def test_markup_in_names_and_notes_is_shown_and_not_run(lab, copy, open_page):
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
    page = open_page(WIDTH, HEIGHT)
    opened(page, lab, "markup")
    run_all(page, len(cells))
    table = page.locator(".jp-OutputArea-output table").first
    assert "<script>window.marked=1</script>" in table.inner_text()
    assert table.locator("img, script, b").count() == 0
    assert page.locator(".jp-RenderedImage img").count() == 1
    assert page.evaluate("window.marked") is None
    lab.shut_down_kernels()
