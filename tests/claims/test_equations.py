"""Equations are read once a layout: numbers alter none of them, roles and whole figures do."""

import numpy as np
import pytest
from building import extract

from analysis.claims import equations
from analysis.claims.network import Network
from analysis.claims.printed import Figures, Lines

CLAIMS = {
    "c": ("change", {"current": "now", "change": "by"}),
    "r": ("ratio", {"rate": "share", "numerator": "some", "denominator": "now"}),
}
PRINTED = {"now": "342起", "by": "下降23.5%", "share": "50.0%", "some": "171起"}


def network(figures, complete=True):
    article = extract(PRINTED | figures, CLAIMS)
    lines = Lines.of(article.relations, Figures(article.figures))
    return Network.of(Figures(article.figures), lines, complete)


def test_other_numbers_take_what_was_read_of_the_first():
    equations._remembered.cache_clear()
    one, other = network({}), network({"now": "120起", "by": "上升20.0%", "some": "60起"})
    assert other.cells is one.cells
    # 120 from 100 is +20%: the ends are each article's own.
    assert (other.low[0], other.high[0]) == (120, 120)
    assert (one.low[0], one.high[0]) == (342, 342)


@pytest.mark.parametrize("other", [{"now": "118.4起"}, {"some": "120余起"}])
def test_what_need_not_be_exact_or_whole_is_read_anew(other):
    equations._remembered.cache_clear()
    network({})
    after = network(other)
    equations._remembered.cache_clear()
    alone = network(other)
    np.testing.assert_array_equal(after.whole, alone.whole)
    np.testing.assert_array_equal(after.least, alone.least)
    np.testing.assert_array_equal(after.low, alone.low)


def test_the_prior_of_a_whole_count_is_whole_and_that_of_an_average_is_not():
    # Of 342 cases at −23.5% there was at least one before; 118.4 is an average.
    whole, average = (network(figures, complete=False) for figures in ({}, {"now": "118.4起"}))
    assert whole.roles == [(0, "prior")]
    assert (whole.whole[-1], whole.least[-1]) == (True, 1)
    assert (average.whole[-1], average.least[-1]) == (False, 0)


def test_claims_told_alike_are_read_once_and_names_keep_their_type():
    article, other = extract(PRINTED, CLAIMS), extract(PRINTED | {"now": "120起"}, CLAIMS)
    lines = [Lines.of(each.relations, Figures(each.figures)) for each in (article, other)]
    assert lines[0] is lines[1]
    # Another figure under the same keys, or another order of them, is another row.
    turned = other.figures.iloc[::-1]
    np.testing.assert_array_equal(
        Lines.of(other.relations, Figures(turned)).figure, 3 - lines[0].figure
    )
    for number in ("int64", "float64"):  # 1 and 1.0 are equal
        relations = article.relations.assign(relation=(article.relations["kind"] == "ratio") + 1)
        names = Lines.of(relations.astype({"relation": number}), Figures(article.figures)).names
        assert [type(name) for name in names] == [int if number == "int64" else float] * 2
