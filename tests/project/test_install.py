"""The library as somebody else gets it: built, and installed in an environment of its own."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# The printed figures are those of the article, and 447 is the only whole number from which 342
# falls by 23.45 to 23.55 percent: 342 / 446 and 342 / 448 are falls of 23.32 and 23.66 percent.
TRY = """
import sys
from pathlib import Path
import matplotlib
matplotlib.use("agg")
import analysis
from analysis import charts, load, read_figure, year_over_year

assert Path(analysis.__file__).is_relative_to(sys.prefix), analysis.__file__
assert read_figure("280余万件").high == 2_900_000
extract = load(sys.argv[1])
assert year_over_year(extract).loc["eight_categories", "prior"] == 447
figure = charts.year_over_year(extract, language="zh").figure
figure.savefig("chart.png")
assert Path("chart.png").stat().st_size > 10_000
fonts = {text.get_fontname() for text in figure.findobj(matplotlib.text.Text) if text.get_text()}
print(sorted(fonts), figure.alt[:8])
"""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """A Python outside the repository that has the built wheel, and no link back to the source."""
    home = tmp_path_factory.mktemp("elsewhere")
    source = home / "source"
    for part in ("pyproject.toml", "README.md", "LICENSE", "src"):
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        source.mkdir(exist_ok=True)
        copy(ROOT / part, source / part)
    venv.create(home / "venv", with_pip=False, symlinks=os.name == "posix")
    python = home / "venv" / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", python, "--quiet", "install"]
    options = ["--no-deps", "--no-index", "--no-build-isolation", source]
    # The dependencies are borrowed from this environment. Its own link to the project is a .pth
    # file, which Python does not follow in a borrowed folder.
    site = next((home / "venv").glob("lib/python*/site-packages"))
    (site / "borrowed.pth").write_text(str(Path(pytest.__file__).parents[1]), encoding="utf-8")
    shutil.rmtree(source / "src" / "analysis" / "__pycache__", ignore_errors=True)
    done = subprocess.run(
        [*pip, *options], cwd=home, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    shutil.rmtree(source)
    return python


def run(python, *arguments, cwd):
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
    clean |= {"PYTHONWARNINGS": "error", "MPLCONFIGDIR": str(cwd)}
    return subprocess.run(
        [python, *arguments],
        cwd=cwd,
        env=clean,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_it_reads_compares_and_draws_with_its_own_font(elsewhere, tmp_path):
    folder = shutil.copytree(ROOT / "data" / "datong-2018", tmp_path / "copied")
    done = run(elsewhere, "-c", TRY, folder, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['Figures Sans SC'] 立各类刑事案件："


def test_its_command_checks_a_folder(elsewhere, tmp_path):
    command = elsewhere.with_name("analysis")
    done = run(elsewhere, command, "check", ROOT / "data" / "datong-2018", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(
        "datong-2018: 43 figures, 6 relations, 38 passed over, 0 not yet read\n"
    )


def test_it_comes_with_its_licences_types_and_nothing_of_the_repository(elsewhere):
    site = next(elsewhere.parents[1].glob("lib/python*/site-packages"))
    installed = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert {
        "analysis/figures.mplstyle",
        "analysis/tables.json",
        "analysis/fonts/FiguresSansSC-Regular.ttf",
        "analysis/views/widget/review.css",
        "analysis/views/widget/review.js",
    } <= installed
    licences = [path for path in installed if "dist-info/licenses/" in path]
    assert {Path(path).name for path in licences} == {"LICENSE", "OFL.txt", "OpenCC-LICENSE.txt"}
    top = {path.split("/")[0] for path in installed}
    assert {name for name in top if "." not in name} == {"analysis"}
