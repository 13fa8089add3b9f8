"""Phrases: notes told in Chinese, and back; none of what nobody writes."""

import re
from pathlib import Path

import pytest

import analysis
from analysis.phrases import (
    BY_NUMBERS,
    BY_SUM,
    NOTES,
    POINTS_MAY_BE_MEANT,
    TIES,
    as_noted,
    noted,
)

FILLED = {"label": "立案", "other label": "破案", "number": "1,000", "printed": "50起*"}
ARTICLE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in Path(analysis.__file__).parent.joinpath("article").glob("*.py")
)


NAMED = {  # what readers and the audit both know
    BY_NUMBERS: "BY_NUMBERS",
    BY_SUM: "BY_SUM",
    POINTS_MAY_BE_MEANT: "POINTS_MAY_BE_MEANT",
}


def filled(template):
    return re.sub(r"\{([a-z ]+)\}", lambda gap: FILLED[gap[1]], template)


@pytest.mark.parametrize(("note", "zh"), [*TIES.items(), *NOTES.items()])
def test_a_note_is_told_in_chinese_with_what_it_names(note, zh):
    assert noted(filled(note), "zh") == filled(zh)
    assert noted(filled(note), "en") == filled(note)
    for words in re.split(r"\{[a-z ]+\}", note):
        assert NAMED.get(words, words) in ARTICLE  # as whoever reads texts and tables writes it


@pytest.mark.parametrize("note", NOTES)
def test_what_is_told_of_a_figure_is_held_as_it_was(note):
    assert as_noted(noted(filled(note), "zh")) == filled(note)


@pytest.mark.parametrize(
    "said", ["", "其中", "Read by hand.", "No day is stated for this figure.", "同比; 环比"]
)
def test_words_of_the_text_and_of_people_stay(said):
    assert noted(said, "zh") == said
    assert as_noted(said) == said


def test_each_of_several_notes_is_told_by_itself():
    assert noted("add up; counts that are rounded; 另见表2", "zh") == (
        "各项加总相符; 计数经过取整; 另见表2"
    )
