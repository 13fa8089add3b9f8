"""The notebooks give the same bytes wherever, whenever and under whatever settings they run.

`make test` runs each of them once, by nbval under the settings of `hostile`, and compares all that
it shows, pictures too. Held here: that these settings are at work, that the stored files are in the
form in which `make notebooks` keeps them, and that this writes the same bytes again.
"""

import json
import os
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from hostile import HOSTILE

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SCRIPT = ROOT / ".ci" / "notebooks.py"
RUN = """
import runpy, sys
from pathlib import Path

runpy.run_path(sys.argv[1])["run"](Path(sys.argv[2]))
"""


def python(code, *arguments, **kwargs):
    options = {"env": os.environ | HOSTILE, "capture_output": True, "text": True, "check": False}
    return subprocess.run([sys.executable, "-c", code, *arguments], **options | kwargs)


def test_a_notebook_is_run_to_the_same_bytes(tmp_path):
    place = tmp_path / "a place with spaces 和汉字"
    (place / "notebooks").mkdir(parents=True)
    shutil.copytree(ROOT / "data", place / "data")
    notebook = NOTEBOOKS[2]
    copy = shutil.copy(notebook, place / "notebooks")
    done = python(RUN, SCRIPT, copy, cwd="/", timeout=300)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert Path(copy).read_bytes() == notebook.read_bytes()


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_in_the_form_that_a_run_gives_it(notebook):
    tidied = runpy.run_path(str(ROOT / ".ci" / "notebook_form.py"))["tidied"]
    text = notebook.read_text(encoding="utf-8")
    kept = nbformat.from_dict(tidied(json.loads(text)))
    assert nbformat.writes(kept).rstrip("\n") == text.rstrip("\n")


def test_the_clock_is_another():
    code = "import datetime, time; print(datetime.date.today(), time.strftime('%Y-%m-%d'))"
    assert set(python(code).stdout.split()) <= {"2044-02-29", "2044-03-01"}


def test_the_guard_shuts_the_network():
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    assert "PermissionError: the network is closed" in python(code).stderr


def test_nbval_runs_a_notebook_under_these_settings_and_compares_its_pictures(tmp_path):
    """The year of the settings is what it shows, and a picture of other bytes is another."""
    show = "from IPython.display import display; display({'image/png': 'aGk='}, raw=True)"
    stored = [
        nbformat.v4.new_output("execute_result", {"text/plain": "2044"}, execution_count=1),
        nbformat.v4.new_output("display_data", {"image/png": "aGs="}),
    ]
    cells = [
        nbformat.v4.new_code_cell(source, outputs=[output], execution_count=1)
        for source, output in zip(
            ["__import__('datetime').date.today().year", show], stored, strict=True
        )
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "a.ipynb")
    command = [sys.executable, "-m", "pytest", "-q", "-c", os.devnull, "--rootdir", tmp_path]
    command += ["-p", "hostile", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env"]
    env = os.environ | {"PYTHONPATH": str(ROOT / "tests")}
    done = subprocess.run(
        [*command, tmp_path / "a.ipynb"], env=env, capture_output=True, text=True, check=False
    )
    assert "mismatch 'image/png'" in done.stdout, done.stdout + done.stderr
    assert "1 failed, 1 passed" in done.stdout
