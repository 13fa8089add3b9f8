"""Who printed what, in a line."""

import pytest
from building import extract

from analysis import Source, load, load_all
from analysis.extract.model import called, source_line, source_lines

BOTH = Source("标题", "山西法制报", "2018-11-15", publisher_en="Shanxi Legal Daily")


@pytest.mark.parametrize(
    ("source", "titled", "en", "zh"),
    [
        (
            BOTH,
            False,
            "Source: Shanxi Legal Daily (山西法制报), 2018-11-15",
            "来源：山西法制报，2018-11-15",
        ),
        (
            BOTH,
            True,
            "Source: Shanxi Legal Daily (山西法制报), 2018-11-15, 标题",
            "来源：山西法制报，2018-11-15，标题",
        ),
        # Without a publisher the title says whose it is, once.
        (
            Source("T", "", "not stated"),
            True,
            "Source: T, day not stated",
            "来源：T，刊出日期未注明",
        ),
        # A draft's folder says of its publisher: not stated.
        (
            Source("T", "not stated", "2018-11-15"),
            False,
            "Source: T, 2018-11-15",
            "来源：T，2018-11-15",
        ),
        (None, False, "Source: not stated", "来源：未注明"),
    ],
)
def test_a_source_in_a_line(source, titled, en, zh):
    assert source_line(source, "en", titled=titled) == en
    assert source_line(source, "zh", titled=titled) == zh


def test_many_issues_are_one_line_and_few_sources_one_each():
    fires = load_all("data/national-fires")
    (line,) = source_lines(fires, "en")
    assert line.startswith(
        "Source: National Fire and Rescue Administration and 3 others, 16 issues"
    )
    datong = load("data/datong-2018")
    assert len(source_lines([datong, datong, load("data/shanxi-2018")], "en")) == 2


def test_an_extract_is_called_by_its_publisher_or_else_by_its_name():
    assert called(load("data/datong-2018"), "en") == "Shanxi Legal Daily"
    assert called(load("data/datong-2018"), "zh") == "山西法制报"
    assert called(extract({"a": "5起"}), "en") == ""
