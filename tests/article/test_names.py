"""Names of figures alone, where the claims about them are another matter."""

from __future__ import annotations

import pytest

from analysis import read_article


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "商铺及住宅的成交量按季分别上升8.3%及5.2%,至52个和1067个。",
            {"52个": "商铺成交量", "1067个": "住宅的成交量"},
        ),
        (
            "火灾亡人、伤人分别下降20.0%、12.5%,为8人、14人。",
            {"8人": "火灾亡人", "14人": "伤人"},
        ),
    ],
)
def test_values_that_dealt_changes_lead_up_to(text: str, names: dict[str, str]) -> None:
    figures = read_article(text).figures
    named = dict(zip(figures["reported"], figures["name_zh"], strict=True))
    assert {printed: named[printed] for printed in names} == names
