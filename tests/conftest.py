"""What several test modules share."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from analysis import load

# Examples are bounded in number, not in time: the machine may be busy.
settings.register_profile("default", deadline=None)
settings.register_profile("fuzz", deadline=None, max_examples=3_000, database=None)
settings.load_profile("default")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


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
    """The readable report, built as `make report` does; and what Sphinx complained of."""
    home = tmp_path_factory.mktemp("report")
    pages = [sys.executable, ROOT / ".ci" / "report" / "pages.py", home / "source"]
    subprocess.run(pages, check=True, timeout=120)
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-c", ROOT / ".ci" / "report"]
    folders = ["-d", home / "doctrees", home / "source", home / "html"]
    built = subprocess.run([*sphinx, *folders], capture_output=True, text=True, timeout=300)
    assert built.returncode == 0, built.stderr
    return home / "html", built.stderr
