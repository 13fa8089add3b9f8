"""What several test modules share."""

from pathlib import Path

import pytest

from analysis import load

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
