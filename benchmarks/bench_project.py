"""What an analyst waits for: the import, loading a folder, running all notebooks."""

import json
import shutil
import subprocess
import sys

import nbformat
import pandas as pd
import pytest
from conftest import ROOT

from analysis import load
from analysis.extract import TABLES
from analysis.simulation import panel_extract, synthetic_panel


@pytest.mark.parametrize("module", ["analysis", "pandas"])
def test_import(measure, module):
    """A fresh interpreter that imports nothing else, its own start included."""
    run = lambda: subprocess.run([sys.executable, "-c", f"import {module}"], check=True)  # noqa: E731
    aims = {"import pandas": "≤ 1.15"} if module == "analysis" else {}
    measure(f"import {module}", run, 1, 10, aims)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A function that writes an extract with so many figures as a data folder."""

    def written(figures):
        path = tmp_path_factory.mktemp("extract")
        panel = panel_extract(synthetic_panel(figures // 6))
        columns = [field["name"] for field in TABLES["figures"]["schema"]["fields"]]
        table = panel.figures.reset_index()
        table["figure"] = table["figure"].str.replace("-", "_")
        table["name_en"] = table["name_zh"] = "a count"
        table["theme"] = "panel"
        table["basis"] = ["printed" if x == "change" else "" for x in table["measure"]]
        table["paragraph"], table["position"] = "1", "0"
        table.reindex(columns=columns).to_csv(path / "figures.csv", index=False)
        relations = panel.relations.replace({"-": "_"}, regex=True)
        relations.to_csv(path / "relations.csv", index=False)
        header = [field["name"] for field in TABLES["passed-over"]["schema"]["fields"]]
        (path / "passed-over.csv").write_text(",".join(header) + "\n")
        package = json.loads((ROOT / "data" / "datong-2018" / "datapackage.json").read_text())
        (path / "datapackage.json").write_text(json.dumps(package))
        return path

    return written


FIGURES = [10**4, 10**5]


@pytest.mark.parametrize("figures", FIGURES)
def test_load(measure, folder, figures):
    """`load` of a folder with so many figures and half as many relations. The fields of
    Frictionless read every cell in it once; keys, and what a schema cannot state, are checked, too.
    """
    path = folder(figures)
    aims = {f"{peer}, {figures:,} figures": "reported" for peer in ("pd.read_csv", "Frictionless")}
    if figures > FIGURES[0]:
        aims[f"load, {FIGURES[0]:,} figures"] = "≤ 1.3"
    measure(f"load, {figures:,} figures", lambda: load(path), figures, 3, aims)


@pytest.mark.parametrize("figures", FIGURES)
def test_read_csv(measure, folder, figures):
    """`pd.read_csv` of the same three tables as text, nothing checked."""
    paths = [folder(figures) / table["path"] for table in TABLES.values()]
    read = lambda: [pd.read_csv(x, dtype=str, keep_default_na=False) for x in paths]  # noqa: E731
    measure(f"pd.read_csv, {figures:,} figures", read, figures, 3)


@pytest.mark.parametrize("figures", FIGURES)
def test_frictionless(measure, folder, figures):
    """`Package.validate` of the same three tables against the same schemas, alone."""
    frictionless = pytest.importorskip("frictionless")
    path = folder(figures)
    resources = [
        {"name": name, "path": table["path"], "schema": table["schema"], "encoding": "utf-8"}
        for name, table in TABLES.items()
    ]
    for resource in resources:
        header = (path / resource["path"]).read_text("utf-8").split("\n", 1)[0].split(",")
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        resource["schema"] = resource["schema"] | {"fields": [fields[name] for name in header]}
    descriptor = {"name": "extract", "resources": resources}

    def run():
        package = frictionless.Package.from_descriptor(descriptor, basepath=str(path))
        assert package.validate().valid

    measure(f"Frictionless, {figures:,} figures", run, figures, 3)


def nbval(folder):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval"]
    subprocess.run([*command, "--nbval-current-env", str(folder)], check=True, cwd=ROOT)


def test_all_notebooks(measure):
    """The whole collection under nbval, as `make test` runs it."""
    folder = ROOT / "notebooks"
    measure("all notebooks by nbval", lambda: nbval(folder), 1, 2, {"empty notebooks": "≤ 1.5"})


def test_empty_notebooks(measure, tmp_path):
    """As many notebooks with one cell, which imports pandas and pyplot."""
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        cell = nbformat.v4.new_code_cell("import matplotlib.pyplot as plt\nimport pandas as pd")
        cell.execution_count = 1
        notebook.cells = [cell]
        nbformat.write(notebook, tmp_path / path.name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    measure("empty notebooks", lambda: nbval(tmp_path), 1, 2)
