"""What is remembered of components: never another outcome than that of looking again."""

import pandas as pd
import pytest
from building import extract

from analysis.claims import audit_and_diagnosis, sets
from analysis.simulation import panel_extract, synthetic_panel


def ratio(n, printed, numerator, denominator="400起"):
    figures = {f"rate{n}": printed, f"n{n}": numerator, f"m{n}": denominator}
    roles = {"rate": f"rate{n}", "numerator": f"n{n}", "denominator": f"m{n}"}
    return figures, {f"ratio{n}": ("ratio", roles)}


def made(*ratios):
    figures, claims = {}, {}
    for each in ratios:
        figures |= each[0]
        claims |= each[1]
    return extract(figures, claims)


@pytest.fixture
def searched(monkeypatch):
    """The components that were looked at, call by call."""
    seen = []
    search = sets.Sets.search

    def seeing(self):
        seen.append(len(self.components))
        search(self)

    monkeypatch.setattr(sets.Sets, "search", seeing)
    return seen


def same(known, article):
    found, anew = audit_and_diagnosis(article, known), audit_and_diagnosis(article)
    for mine, other in zip(found[:2], anew[:2], strict=True):
        pd.testing.assert_frame_equal(mine, other)
    assert found[2] == anew[2]
    return found[1]


def test_only_what_a_change_touches_is_diagnosed_again(searched):
    # 100 of 400 are 25%, 300 of 400 are 75%, 200 of 400 are 50%.
    known = {}
    one, two, three = ratio(1, "26%", "100起"), ratio(2, "57%", "300起"), ratio(3, "50%", "200起")
    audit_and_diagnosis(made(one, two, three), known)
    assert searched == [2]
    audit_and_diagnosis(made(one, two, three), known)
    assert searched == [2]
    # The first corrected, the third no longer right, another figure before all.
    now = made(ratio(0, "10%", "40起"), ratio(1, "25%", "100起"), two, ratio(3, "51%", "200起"))
    found = audit_and_diagnosis(now, known)[1]
    assert searched == [2, 1]
    assert set(found.loc[found["set"] == 1, "figure"]) == {"rate2", "rate3"}
    audit_and_diagnosis(made(one, two, three), known)  # taken back
    assert searched == [2, 1]


@pytest.mark.parametrize(
    "other",
    [
        ratio(1, "26.0%", "100起"),
        ratio(1, "27%", "100起"),
        ratio(1, "26%", "99起"),
        ratio(1, "26%", "100人", "400人"),
        (ratio(1, "26%", "100起")[0], {"named": ratio(1, "26%", "100起")[1]["ratio1"]}),
    ],
)
def test_what_is_printed_or_called_otherwise_is_diagnosed_again(other, searched):
    known = {}
    same(known, made(ratio(1, "26%", "100起"), ratio(2, "57%", "300起")))
    del searched[:]
    same(known, made(other, ratio(2, "57%", "300起")))
    assert searched == [1, 2]


def test_a_panel_with_figures_put_right_one_by_one_is_diagnosed_as_if_anew():
    article = panel_extract(synthetic_panel(120, seed=4, error_rate=0.1))
    known = {}
    wrong = same(known, article)
    for row in wrong[wrong["value"].notna()].drop_duplicates("figure").head(12).itertuples():
        figures = article.figures.copy()
        figures.loc[row.figure, ["value", "low", "high"]] = row.value
        article = type(article)(figures, article.relations)
        same(known, article)
    assert len(known) > 5
    same(known, type(article)(article.figures[::-1], article.relations))


def test_claims_that_cannot_hold_together_are_remembered_too(searched):
    # 60 + 30 and 70 + 40 may each be about 100, and not both.
    around = {"all": "约100起", "a": "60起", "b": "30起", "c": "70起", "d": "40起"}
    sums = {
        "one": ("sum", {"total": "all", "part": ["a", "b"]}),
        "other": ("sum", {"total": "all", "part": ["c", "d"]}),
    }
    known = {}
    for rate, looked_at in (("26%", [2, 2]), ("25%", [1]), ("26%", [2])):  # the last is to compare
        del searched[:]
        figures, claims = ratio(1, rate, "100起")
        assert not same(known, extract(figures | around, claims | sums)).empty
        assert searched == looked_at
    assert audit_and_diagnosis(extract(around, sums), known)[2] == [["one", "other"]]
