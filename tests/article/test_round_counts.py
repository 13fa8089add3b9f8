"""Counts in whole thousands: rounded, where their sums show it, and where English changes them."""

from __future__ import annotations

import pytest

from analysis import audit, draft, load, prior_values, read_article

ENGLISH = (
    "There were 1,585,000 offences: 768,000 thefts, 479,000 frauds, 263,000 fires "
    "and 75,000 others."
)


def of(text, a, b):
    return text.replace(a, b)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (of(ENGLISH, "75,000", "74,000"), "agrees"),  # 1,584,000: within half a thousand of each
        (of(ENGLISH, "75,000", "78,000"), "contradicts"),  # 1,588,000: 3,000 over, 2,500 are open
        (of(ENGLISH, "75,000", "75,100"), "contradicts"),  # not all are round
        (
            "全省查处摩托车158000辆,其中甲类76000辆、乙类47000辆、丙类34000辆。",
            "agrees",
        ),
    ],
)
def test_sums_of_counts_in_whole_thousands(text: str, verdict: str) -> None:
    article = read_article(text)
    judged = audit(article)
    assert judged["verdict"].tolist() == [verdict]
    told = article.figures["note"].str.contains("rounded to 1000, as sums show")
    assert told.all() == (verdict == "agrees")


def test_what_they_are_taken_for_is_kept(tmp_path) -> None:
    text = of(ENGLISH, "75,000", "74,000")
    article = read_article(text, title="Offences", published="2023-01-01")
    draft(tmp_path / "d", article)
    again = load(tmp_path / "d")
    assert audit(again)["verdict"].tolist() == ["agrees"]
    assert (again.figures["low"] == article.figures["low"]).all()
    assert (again.figures["high"] == article.figures["high"]).all()


@pytest.mark.parametrize(
    ("rate", "verdict"), [("8%", "agrees"), ("8.4%", "agrees"), ("18%", "contradicts")]
)
def test_a_base_in_whole_thousands_can_contradict(rate: str, verdict: str) -> None:
    article = read_article(f"Burglary fell {rate} to 263,000 from 287,000 a year earlier.")
    assert audit(article)["verdict"].tolist() == [verdict]


def test_a_base_is_implied_of_the_count_before_it_was_rounded() -> None:
    before = prior_values(read_article("Burglary was down 17% to 768,000.")).iloc[0]
    # Of 767,500 / 0.835 to 768,500 / 0.825 the whole numbers.
    assert (before["prior_low"], before["prior_high"]) == (919_162, 931_515)
