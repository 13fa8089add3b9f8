"""A made-up bulletin as a data folder, and its review."""

import pytest
from building import BULLETIN

from analysis import draft
from analysis.views.session import Session


@pytest.fixture
def folder(tmp_path):
    return draft(tmp_path / "mine", BULLETIN, "Made up")


@pytest.fixture
def session(folder):
    return Session(folder, BULLETIN)
