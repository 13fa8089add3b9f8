"""The library as somebody else gets it: built, and installed in an environment of its own."""

import os
import shutil
import subprocess
import sys
import venv
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

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
# Nothing of the extras is there; all but a workbook and a widget goes without them.
WITHOUT_EXTRAS = """
import sys
from importlib.util import find_spec
import analysis
from analysis import *

absent = "anywidget dask hypothesis IPython ipykernel jupyterlab openpyxl pyarrow pytest sphinx"
assert [name for name in absent.split() if find_spec(name)] == []
assert [name for name in analysis.__all__ if getattr(analysis, name, None) is None] == []
text = "某县2020年立案200起，同比下降20%，其中盗窃80起。破案182起，破案率90%。"
article = read_article(text)
assert audit(article)["verdict"].tolist().count("contradicts") == 1
assert len(diagnose(article)) > 0 < len(tighten(article))
# 200 / 0.805 = 248.4 and 200 / 0.795 = 251.6.
assert prior_values(article)["prior_low"].tolist() == [249]
table = read_table("类别,2019年,2020年\\n盗窃,12,15\\n诈骗,30,28\\n合计,42,44\\n")
assert series([table]).index.names == ["indicator", "period"]
assert "<mark" in proofread(article, text)._repr_html_()
folder = draft("mine", article, title="Made up")
assert export(article, "figures.csv").exists()
try:
    export(article, "figures.xlsx")
except ExportError as error:
    print(error)
print(str(review(folder, text)).splitlines()[-1])
"""


def needed(name, extras=frozenset({""}), found=None):
    """The distributions that one needs, and those that these need; of each the extras asked for."""
    found = {} if found is None else found
    for requirement in map(Requirement, distribution(name).requires or []):
        marker, known = requirement.marker, found.get(requirement.name)
        if marker and not any(marker.evaluate({"extra": extra}) for extra in extras):
            continue
        if known is None or not requirement.extras <= known:
            found[requirement.name] = (known or frozenset({""})) | requirement.extras
            needed(requirement.name, found[requirement.name], found)
    return found


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """A Python outside the repository that has the built wheel and what this needs without extras,
    and no link back to the source."""
    home = tmp_path_factory.mktemp("elsewhere")
    source = home / "source"
    for part in ("pyproject.toml", "README.md", "LICENSE", "src"):
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        source.mkdir(exist_ok=True)
        copy(ROOT / part, source / part)
    venv.create(home / "venv", with_pip=False, symlinks=os.name == "posix")
    python = home / "venv" / "bin" / "python"
    # The dependencies are borrowed from this environment, those of no extra.
    borrowed = home / "borrowed"
    borrowed.mkdir()
    for each in map(distribution, needed("printed-figures")):
        for top in {path.parts[0] for path in each.files} - {"..", "__pycache__"}:
            if not (borrowed / top).exists():
                (borrowed / top).symlink_to(each.locate_file(top))
    site = next((home / "venv").glob("lib/python*/site-packages"))
    (site / "borrowed.pth").write_text(str(borrowed), encoding="utf-8")
    shutil.rmtree(source / "src" / "analysis" / "__pycache__", ignore_errors=True)
    pip, options = [sys.executable, "-m", "pip", "--quiet"], ["--no-deps", "--no-index"]
    build = [*pip, "wheel", *options, "--no-build-isolation", "--wheel-dir", home, source]
    subprocess.run(build, cwd=home, check=True, timeout=300)
    (wheel,) = home.glob("*.whl")
    install = [*pip, "--python", python, "install", *options, wheel]
    subprocess.run(install, cwd=home, check=True, timeout=300)
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


def test_without_extras_all_is_there_but_a_workbook_and_a_widget(elsewhere, tmp_path):
    done = run(elsewhere, "-c", WITHOUT_EXTRAS, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "figures.xlsx: .xlsx needs the package openpyxl; .csv does not",
        "To read it by clicking, install anywidget and JupyterLab, and run this cell there.",
    ]


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
