"""JupyterLab for the tests in a browser: started in a copy, opened, run from its menus."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 300_000  # milliseconds: the machine may be busy
# Milliseconds. Asked at every frame, as is the default, the browser would make sixty a second of a
# page as high as this, and lay it out for each: all the time in which a notebook runs.
ASKED_EVERY = 100


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

    def empty(self, page) -> None:
        """Whatever is open closed as it is, without a question, and its kernel shut down."""
        page.evaluate(
            """() => {
                for (const widget of [...jupyterapp.shell.widgets('main')]) widget.dispose();
                for (const dialog of document.querySelectorAll('.jp-Dialog')) dialog.remove();
            }"""
        )
        for session in json.loads(self.ask("/api/sessions")):
            self.ask(f"/api/sessions/{session['id']}", "DELETE")


def copied(copy):
    """What a notebook needs of the repository, elsewhere: running must not touch the original."""
    for folder in (".ci", "data", "notebooks", "src"):
        ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / folder, copy / folder, ignore=ignored)
    return copy


@contextmanager
def running(copy):
    """JupyterLab in a copy, with the configuration of `make lab` and no settings of anyone's."""
    folders = "CONFIG_DIR", "DATA_DIR", "RUNTIME_DIR"
    own = {f"JUPYTER_{name}": str(copy.parent / name) for name in folders}
    own |= {"JUPYTERLAB_SETTINGS_DIR": str(copy.parent / "settings")}
    own |= {"IPYTHONDIR": str(copy.parent / "ipython"), "PYTHONPATH": str(copy / "src")}
    options = ["--config=.ci/lab/config.py", "--no-browser", "--ServerApp.port=0"]
    options += ["--LabApp.expose_app_in_browser=True"]  # for `empty`
    jupyter = [sys.executable, "-m", "jupyter", "lab", *options]
    log = copy.parent / "log.txt"
    with log.open("wb") as out:
        server = subprocess.Popen(jupyter, cwd=copy, env=os.environ | own, stdout=out, stderr=out)
    try:
        started = re.compile(r'"port": (\d+).*"token": "(\w+)"', re.DOTALL)
        runtime = copy.parent / "RUNTIME_DIR"
        for _ in range(900):
            told = next(iter(runtime.glob("jpserver-*.json")), None)
            found = started.search(told.read_text(encoding="utf-8")) if told else None
            if found or server.poll() is not None:
                break
            time.sleep(0.1)
        assert found, log.read_text(encoding="utf-8")
        yield Lab(f"http://127.0.0.1:{found[1]}", found[2])
    finally:
        server.terminate()
        server.wait(120)


def choose(page, menu: str, command: str) -> None:
    page.get_by_role("menuitem", name=menu, exact=True).click()
    page.locator(f".lm-Menu-item[data-command='{command}']").click()


def wait_for_kernel(page) -> None:
    # The toolbar's indicator says idle already before there is a kernel.
    page.wait_for_function(
        "document.querySelector('#jp-main-statusbar')?.innerText.includes('| Idle')",
        polling=ASKED_EVERY,
        timeout=PATIENCE,
    )


def opened(page, lab: Lab, notebook: str) -> None:
    """A notebook, from the menu where JupyterLab is there already: its loading takes seconds."""
    if page.url.startswith(lab.url):
        choose(page, "File", "filebrowser:open-path")
        page.locator(".jp-Dialog input").fill(f"notebooks/{notebook}.ipynb")
        page.keyboard.press("Enter")
    else:
        page.goto(lab.page(notebook))
    page.wait_for_selector(".jp-NotebookPanel", timeout=PATIENCE)
    wait_for_kernel(page)


def run_all(page, cells: int) -> list[str]:
    """Run → Run All Cells on a cleared notebook; the prompts once the last cell has run."""

    def wait_for_prompts(form: str) -> None:
        page.wait_for_function(
            """([form, n]) => [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')]
                .filter(prompt => RegExp(form).test(prompt.innerText)).length == n""",
            arg=[form, cells],
            polling=ASKED_EVERY,
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
        polling=ASKED_EVERY,
        timeout=PATIENCE,
    )
    return notebook.read_text(encoding="utf-8")


def fitted(page) -> None:
    """The page made no higher than its notebook, as what is drawn of it costs by its height."""
    bottom = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.jp-Cell')]"
        ".map(cell => cell.getBoundingClientRect().bottom))"
    )
    page.set_viewport_size({"width": page.viewport_size["width"], "height": int(bottom) + 200})


def themed(theme: str) -> str:
    """The selector of a page in that theme."""
    return f"body[data-jp-theme-light='{str(theme.endswith('Light')).lower()}']"


def in_theme(page, theme: str) -> None:
    """Settings → Theme → the theme of that name, unless it is on: each change draws all anew."""
    if page.locator(themed(theme)).count():
        return
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.locator(".lm-Menu-item").get_by_text("Theme", exact=True).hover()
    page.locator(".lm-Menu-item").get_by_text(theme, exact=True).click()
    # JupyterLab hides all that it shows until the frame after the theme is there.
    shown = f"{themed(theme)} .jp-LabShell:not(.lm-mod-hidden)"
    page.wait_for_selector(shown, timeout=PATIENCE)
