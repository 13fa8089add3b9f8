"""The README's Python as written: it runs, from the project's folder or a copy of its data."""

import re
import shutil
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = {
    f"{name}-{n}": block
    for name in ("README.md", "README.zh-CN.md")
    for n, block in enumerate(
        re.findall(r"^```python\n(.*?)^```", (ROOT / name).read_text("utf-8"), re.M | re.S)
    )
}


def test_each_readme_has_python():
    assert {name.rpartition("-")[0] for name in BLOCKS} == {"README.md", "README.zh-CN.md"}


@pytest.mark.parametrize("name", BLOCKS)
def test_the_python_of_a_readme_runs(name, monkeypatch, tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")  # some of it writes there
    monkeypatch.chdir(tmp_path)
    plt.switch_backend("agg")
    try:
        exec(compile(BLOCKS[name], name, "exec"), {"__name__": "readme"})
    finally:
        plt.close("all")
