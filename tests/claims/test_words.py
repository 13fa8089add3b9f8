"""The claims of an extract as a table, and in words."""

import pytest
from building import claimed, extract

from analysis import audit, claims, diagnose, tighten
from analysis.kinds import ROLES


def test_a_row_a_claim_with_the_keys_of_its_roles(datong):
    table = claims(datong)
    assert table.columns.tolist() == ["kind", "status", *ROLES, "claim"]
    assert table.index.name == "relation"
    assert table.index.tolist() == list(dict.fromkeys(datong.relations["relation"]))
    gangs = table.loc["gangs_by_class"]
    assert (gangs["total"], gangs["part"]) == ("gangs", "mafia_type, criminal_groups, evil_gangs")
    assert gangs["current"] == ""
    assert set(table["status"]) == {""}


def test_every_kind_in_words_with_what_is_not_printed():
    table = claims(
        claimed(
            ("sum", {"total": "91个", "part": ["6个", "85个"]}),
            ("part", {"total": "139个", "part": "38个"}),
            ("ratio", {"rate": "89.9%", "numerator": "1628起"}),
            ("change", {"current": "342起", "change": "下降23.5%", "difference": "减少105起"}),
            against="year 2016",
        )
    )
    words = table["claim"].tolist()
    for word, printed in zip(
        words,
        ("91个 6个 85个", "139个 38个", "89.9% 1628起 ?", "342起 ? 下降23.5% 减少105起"),
        strict=True,
    ):
        for text in printed.split():
            assert text in word, (word, text)
    assert words[3].endswith("(year 2016)")


def test_a_claim_is_proposed_where_a_row_of_it_is():
    some = extract(
        {"all": "3起", "one": "1起", "two": "2起"},
        [
            ("sum", {"total": "all", "part": ["one", "two"]}),
            ("part", {"total": "all", "part": "one"}),
        ],
    )
    some.relations.loc[1, "status"] = "proposed"
    assert claims(some)["status"].tolist() == ["proposed", ""]
    assert some.proposed == (0, 1)


def test_in_chinese_what_a_change_is_against_is_said_in_chinese():
    def words(against):
        made = ("change", {"current": "342起", "change": "下降23.5%"})
        return claims(claimed(made, against=against), "zh")["claim"].item()

    # The words of the design's column `against`, and no English beside them.
    assert words("year earlier") == "? → 342起：下降23.5%（比上年同期）"
    assert words("previous period") == "? → 342起：下降23.5%（比上一期）"
    assert words("year 2016") == "? → 342起：下降23.5%（比2016年）"
    assert words("not stated") == "? → 342起：下降23.5%（未注明）"
    assert words("other") == "? → 342起：下降23.5%（其他基期）"


def test_a_kind_that_is_not_known_is_told_by_its_name():
    # Frames of an analyst's own may hold one; `load` refuses it.
    some = extract({"all": "3起", "one": "1起"}, [("mean", {"total": "all", "part": "one"})])
    assert claims(some)["claim"].tolist() == ["mean: 3起, 1起"]


def test_no_claims_are_an_empty_table():
    table = claims(extract({"all": "3起"}))
    assert table.columns.tolist() == ["kind", "status", *ROLES, "claim"]
    assert table.empty


@pytest.mark.parametrize("asked", [audit, claims, diagnose, tighten])
def test_the_path_of_a_folder_is_no_extract(asked):
    with pytest.raises(TypeError, match=f"{asked.__name__} takes an Extract, .* not str"):
        asked("data/datong-2018")
