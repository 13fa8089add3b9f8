"""What several test modules share."""

import fcntl
import os
import subprocess
import sys
from pathlib import Path

import hostile
import pytest
from hypothesis import settings

from analysis import load

# Examples are bounded in number, not in time: the machine may be busy.
settings.register_profile("default", deadline=None)
settings.register_profile("fuzz", deadline=None, max_examples=3_000, database=None)
settings.load_profile("default")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
# Files that take minutes: were one of them the last to start, a core would wait for the other.
LONGEST = [
    "tests/browser/test_lab.py",
    "notebooks/",
    "tests/browser/",
    "tests/project/test_types.py",
]


def pytest_configure(config):
    """The notebooks stand outside this folder, so that hooks of this file are not for them."""
    config.pluginmanager.register(hostile)


def pytest_xdist_auto_num_workers():
    """One process more than cores: half of the time of a test in a browser is waiting for it."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_modifyitems(items):
    """The longest files first; all else in its order."""
    places = [*LONGEST, ""]
    items.sort(
        key=lambda item: next(n for n, at in enumerate(places) if item.nodeid.startswith(at))
    )


@pytest.fixture(scope="session")
def datong():
    """The real extract."""
    return load(ROOT / "data" / "datong-2018")


@pytest.fixture
def article():
    """The article's text, which is not part of the project."""
    path = SHARED / "article" / "datong-2018.txt"
    if not path.exists():
        pytest.skip(f"{path} is not here: the article's text is not part of the project")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def report(tmp_path_factory):
    """The readable report, built as `make report` does; and what Sphinx complained of.

    Built by the first process of a run that asks for it; the others wait.
    """
    home = tmp_path_factory.getbasetemp()
    home = (home.parent if "PYTEST_XDIST_WORKER" in os.environ else home) / "report"
    home.mkdir(exist_ok=True)
    said = home / "said.txt"
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            pages = [sys.executable, ROOT / ".ci" / "report" / "pages.py", home / "source"]
            subprocess.run(pages, check=True, timeout=120)
            sphinx = [sys.executable, "-m", "sphinx", "-q", "-c", ROOT / ".ci" / "report"]
            folders = ["-d", home / "doctrees", home / "source", home / "html"]
            built = subprocess.run([*sphinx, *folders], capture_output=True, text=True, timeout=300)
            assert built.returncode == 0, built.stderr
            said.write_text(built.stderr, encoding="utf-8")
    return home / "html", said.read_text(encoding="utf-8")
