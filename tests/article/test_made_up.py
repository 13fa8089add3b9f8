"""Bulletins made up from known claims: what was put in is proposed, nothing else, and is true."""

import random

import pandas as pd
from bulletins import bulletin, proposed
from hypothesis import given
from hypothesis import strategies as st

from analysis import audit, prior_values, read_article


@given(st.integers(0, 2**32))
def test_what_was_put_in_is_proposed_and_nothing_else(seed):
    said = bulletin(random.Random(seed))
    article = read_article(said.text)
    assert proposed(article) == sorted(said.claims), said.text
    figures = article.figures.drop_duplicates("reported").set_index("reported")
    assert figures.loc[list(said.against), "against"].to_dict() == said.against
    # A figure of the year before has no day of its own; all others are of the opening's period.
    own = article.figures[~article.figures["when"].str.contains("上年")]
    assert (own["period_start"] == pd.Timestamp(said.period[0])).all()
    assert (own["as_of"] == pd.Timestamp(said.period[1])).all()
    # True claims are not contradicted, and true priors lie in their bounds.
    assert not (audit(article)["verdict"] == "contradicts").any(), said.text
    values = prior_values(article)
    values.index = article.figures["reported"][values.index]
    for current, prior in said.priors.items():
        row = values.loc[current]
        assert row["prior_low"] <= prior <= row["prior_high"], said.text
