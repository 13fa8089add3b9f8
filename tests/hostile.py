"""The settings under which notebooks are run again, and nbval made to run them under these.

What a notebook shows may depend on no clock, time zone, language, seed, number of cores or network.
Pictures are compared as well: nbval leaves them out, as elsewhere they differ by fonts.
"""

import os
from pathlib import Path
from unittest.mock import patch

import pytest

HOSTILE = {
    "TZ": "Asia/Kathmandu",
    "LC_ALL": "C",
    "LANG": "zh_CN.GB18030",
    "PYTHONHASHSEED": "4321",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "COLUMNS": "40",
    "HTTP_PROXY": "http://192.0.2.1:1",
    # Every Python of the run imports its sitecustomize.py.
    "PYTHONPATH": str(Path(__file__).parent / "guard"),
}
PICTURES = {"image/png", "image/jpeg"}


def is_cell(item):
    """Whether a test is a cell that nbval runs."""
    return item.path.suffix == ".ipynb"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item):
    """The kernel of a notebook starts before its first cell, with the environment of that time."""
    if not is_cell(item):
        return (yield)
    kept = [key for key in item.parent.skip_compare if key not in PICTURES]
    item.parent.skip_compare = tuple(kept)
    with patch.dict(os.environ, HOSTILE):
        return (yield)
