"""Labels that are searched all at once."""

import re

from hypothesis import given
from hypothesis import strategies as st

from analysis.article.table_search import found_in

LABELS = st.lists(st.text("aA计总1 ", max_size=6), max_size=8)
PATTERN = re.compile("a+|计|总 ")


@given(LABELS)
def test_all_at_once_finds_what_each_alone_does(labels):
    alone = [n for n, label in enumerate(labels) if PATTERN.search(label.casefold())]
    assert found_in(PATTERN, labels) == alone
