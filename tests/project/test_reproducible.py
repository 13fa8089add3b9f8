"""The notebooks give the same bytes wherever, whenever and under whatever settings they run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))

# Every Python of the run, kernels included, may speak to this machine only.
GUARD = """
import socket

_connect = socket.socket.connect

def connect(self, address):
    if self.family in (socket.AF_INET, socket.AF_INET6):
        if address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise PermissionError(f"the network is closed: {address}")
    return _connect(self, address)

def getaddrinfo(host, *args, **kwargs):
    if host not in ("127.0.0.1", "::1", "localhost", None):
        raise PermissionError(f"the network is closed: {host}")
    return _getaddrinfo(host, *args, **kwargs)

_getaddrinfo = socket.getaddrinfo
socket.socket.connect, socket.getaddrinfo = connect, getaddrinfo
"""
# Its calendar shows a leap day, which ends while the notebooks run.
CLOCK = """
import time_machine

time_machine.travel("2044-02-29T23:59:50+05:45").start()
"""
RUN = """
import sys
from importlib.util import module_from_spec, spec_from_file_location
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

spec = spec_from_file_location("run_notebooks", sys.argv[1])
module = module_from_spec(spec)
spec.loader.exec_module(module)
with ThreadPoolExecutor(2) as pool:
    list(pool.map(module.run, sorted(Path(sys.argv[2]).glob("*.ipynb"))))
"""
HOSTILE = {
    "TZ": "Asia/Kathmandu",
    "LC_ALL": "C",
    "LANG": "zh_CN.GB18030",
    "PYTHONHASHSEED": "4321",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "COLUMNS": "40",
    "HTTP_PROXY": "http://192.0.2.1:1",
}


@pytest.fixture(scope="module")
def rerun(tmp_path_factory):
    """All notebooks, executed in a copy under hostile settings, with the network shut."""
    copy = tmp_path_factory.mktemp("a place with spaces 和汉字")
    for part in ("notebooks", "data"):
        shutil.copytree(ROOT / part, copy / part)
    (copy / "guard").mkdir()
    (copy / "guard" / "sitecustomize.py").write_text(GUARD + CLOCK, encoding="utf-8")
    script = ROOT / ".ci" / "notebooks.py"
    done = subprocess.run(
        [sys.executable, "-c", RUN, script, copy / "notebooks"],
        cwd="/",
        env=os.environ | HOSTILE | {"PYTHONPATH": str(copy / "guard")},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return copy / "notebooks"


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_the_same_to_the_byte(rerun, name):
    assert (rerun / name).read_bytes() == (ROOT / "notebooks" / name).read_bytes()


def test_the_clock_is_another(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
    code = "import datetime, time; print(datetime.date.today(), time.strftime('%Y-%m-%d'))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | HOSTILE | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.split()) <= {"2044-02-29", "2044-03-01"}


def test_the_guard_shuts_the_network(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "PermissionError: the network is closed" in done.stderr
