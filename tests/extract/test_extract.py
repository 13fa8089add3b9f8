"""Loading a data folder: what is read, and every fault reported at once and in place."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis import (
    Extract,
    ExtractError,
    audit,
    charts,
    compare,
    coverage,
    export,
    load,
    prior_values,
    proofread,
    read_figures,
    series,
    year_over_year,
)

DATONG = Path(__file__).resolve().parents[2] / "data" / "datong-2018"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(DATONG, tmp_path / "datong")


def edit(folder, name, old, new, count=1):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def faults(folder):
    with pytest.raises(ExtractError) as error:
        load(folder)
    return [str(fault) for fault in error.value.faults]


def test_the_article(datong):
    figures = datong.figures
    assert figures.index.name == "figure"
    assert len(figures) == 43
    # Article line 12, "more than 1200": up to the weight of the last digit that is not zero.
    assert figures.loc["bureau_feeds", ["low", "high"]].tolist() == [1200, 1300]
    # Line 17: converted to yuan, the unit stands before the figure.
    assert figures.loc["money_involved", ["value", "low", "high"]].tolist() == [
        223e6,
        222.5e6,
        223.5e6,
    ]
    assert figures.loc["events_reported", "as_of"] == pd.Timestamp("2018-10-31")
    assert pd.isna(figures.loc["criminal_cases", "as_of"])  # "to date", no day
    assert datong.source.publisher == "山西法制报"
    assert figures["precision"].value_counts().to_dict() == {"exact": 31, "rounded": 7, "hedged": 5}


def test_bounds_of_the_article_are_what_reported_says(datong):
    read = read_figures(datong.figures["reported"])
    assert (read["low"] == datong.figures["low"]).all()
    assert (read["high"] == datong.figures["high"]).all()


def test_a_byte_order_mark_and_windows_line_ends_are_fine(folder, datong):
    path = folder / "figures.csv"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    pd.testing.assert_frame_equal(load(folder).figures, datong.figures)


def test_all_faults_of_all_tables_at_once(folder):
    edit(folder, "figures.csv", ",6623起,6623,", ",6623起,6632,")
    edit(
        folder,
        "figures.csv",
        "420起,420,起,count,其间,,2018-11-09",
        "420起,420,件,count,其间,,2018-11-31",
    )
    edit(folder, "relations.csv", "ratio,denominator,disputes", "ratio,denominator,dispute")
    edit(folder, "passed-over.csv", "3,8,2时,date", "3,8,2时,")
    assert faults(folder) == [
        "figures.csv, row 25, column as_of: found '2018-11-31', "
        "expected an ISO date that exists, such as 2018-10-31",
        "figures.csv, row 25, column unit: found '件', expected 起 as in 420起",
        "figures.csv, row 27, column value: found '6632', expected 6623 as in 6623起",
        "passed-over.csv, row 4, column reason: found '', expected a reason: "
        "Why it is no figure: date, slogan, name of a category, anecdote, page furniture "
        "and the like",
        "relations.csv, row 17, column figure: found 'dispute', expected a key of figures.csv",
    ]


def test_a_table_that_cannot_be_read_hides_no_fault_of_another(folder):
    edit(folder, "figures.csv", "\nsuspects,crackdown", "\ngangs,crackdown")
    edit(folder, "figures.csv", ",,,,18,160,,,", ",soon,,,18,160,,,")
    (folder / "relations.csv").unlink()
    assert faults(folder) == [
        "figures.csv, row 24, column figure: found 'gangs', expected a key once "
        "(row 20 has it too)",
        "figures.csv, row 32, column as_of: found 'soon', expected an ISO date that exists, "
        "such as 2018-10-31",
        "relations.csv: found 'no file', expected a file of this name",
    ]


def test_a_key_in_a_row_without_all_its_cells_is_not_called_missing(folder):
    edit(folder, "figures.csv", "disputes,mediation,", "disputes,")
    (only,) = faults(folder)
    assert only.startswith("figures.csv, row 32: found 'disputes,")
    assert only.endswith("expected 18 cells, one a column")


def test_a_place_written_in_two_ways_is_one_place(folder):
    edit(folder, "passed-over.csv", "\n3,8,2时", "\n3,00,2时")
    assert faults(folder) == [
        "passed-over.csv, row 4, column paragraph, position: found '3,0', expected a key once "
        "(row 3 has it too)"
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "94.01%,94.01,percent,rate",
            "94.01%,,percent,rate",
            "row 2, column value: found '', expected 94.01 as in 94.01%",
        ),
        (
            "94.01%,94.01,percent,rate",
            "94.01%,NaN,percent,rate",
            "row 2, column value: found 'NaN', expected 94.01 as in 94.01%",
        ),
        (
            "94.01%,94.01,percent,rate",
            "94.01%,94.01,percent,count",
            "row 2, column measure: found 'count', expected rate as in 94.01%",
        ),
        (
            "94.01%,94.01,percent,rate",
            "94.01%,94.01,percent,share",
            "row 2, column measure: found 'share', "
            "expected one of count, amount, rate, change, difference",
        ),
        (
            "下降13.8%,-13.8,percent,change,",
            "下降13.8%,13.8,percent,change,",
            "row 28, column value: found '13.8', expected -13.8 as in 下降13.8%",
        ),
        (
            "下降13.8%,-13.8,percent,change,截至目前,,,year earlier,printed",
            "下降13.8%,-13.8,percent,change,截至目前,,,year earlier,",
            "row 28, column basis: found '', expected a basis, as it is a change",
        ),
        (
            "下降13.8%,-13.8,percent,change,截至目前,,,year earlier,printed",
            "下降13.8%,-13.8,percent,change,截至目前,,,,printed",
            "row 28, column against: found '', "
            "expected what it is against, or: not stated, as it is a change",
        ),
        (
            "下降13.8%,-13.8,percent,change,截至目前,,,year earlier,printed",
            "下降13.8%,-13.8,percent,change,截至目前,,,last year,printed",
            "row 28, column against: found 'last year', expected what it is against: "
            "year earlier, previous period, year 2016, other or not stated",
        ),
        (
            "6623起,6623,起,count,截至目前,,,,",
            "6623起,6623,起,count,截至目前,,,year earlier,",
            "row 27, column against: found 'year earlier', "
            "expected nothing, as it is no change and no difference",
        ),
        (
            "6623起,6623,起,count,截至目前,,,,,17,115,,",
            "6623起,6623,起,count,截至目前,,,,,17,115,read,",
            "row 27, column status: found 'read', expected one of proposed",
        ),
        (
            "Criminal cases filed,立各类刑事案件",
            ",",
            "row 27, column name_zh: found '', "
            "expected what it counts, in Chinese or, as name_en, in English",
        ),
        (
            "6623起,6623,起,count,截至目前,,,,",
            "6623起,6623,起,count,截至目前,,,,printed",
            "row 27, column basis: found 'printed', expected none, as it is no change",
        ),
        (
            "10人,10,人,count,今年以来,2018-01-01,,",
            "10人,10,人,count,今年以来,2018-01-01,2017-01-01,",
            "row 44, column as_of: found '2017-01-01', expected no earlier than 2018-01-01",
        ),
        (
            "suspects,crackdown",
            "gangs,crackdown",
            "row 24, column figure: found 'gangs', expected a key once (row 20 has it too)",
        ),
    ],
)
def test_one_fault_in_figures(folder, old, new, expected):
    edit(folder, "figures.csv", old, new)
    assert f"figures.csv, {expected}" in faults(folder)


def test_an_unreadable_figure_is_named_with_its_place(folder):
    edit(folder, "figures.csv", ",6623起,6623,", ",六千多余起来,6623,")
    (fault,) = faults(folder)
    assert fault.startswith("figures.csv, row 27, column reported: found '六千多余起来', expected")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "gangs_by_class,sum,total,gangs,,\n",
            "",
            "row 2, column role: found 'gangs_by_class without a total', "
            "expected a figure as total",
        ),
        (
            "gangs_by_class,sum,part,mafia_type",
            "gangs_by_class,sum,total,mafia_type",
            "row 2, column role: found 'gangs_by_class with 2 figures as total', "
            "expected one as total",
        ),
        (
            "gangs_by_class,sum,part,mafia_type",
            "gangs_by_class,sum,rate,mafia_type",
            "row 3, column role: found 'rate', expected a role of sum: total, part",
        ),
        (
            "gangs_by_class,sum,part,mafia_type",
            "gangs_by_class,part,part,mafia_type",
            "row 3, column kind: found 'part', expected sum as in the first row of gangs_by_class",
        ),
        (
            "gangs_by_class,sum,part,mafia_type",
            "gangs_by_class,sum,part,suspects",
            "row 3, column figure: found 'suspects in 人', expected a figure in 个",
        ),
        (
            "change,change,criminal_cases_change,",
            "change,change,mediation_rate,",
            "row 12, column figure: found 'mediation_rate, which is a rate', "
            "expected a change as change",
        ),
    ],
)
def test_one_fault_in_relations(folder, old, new, expected):
    edit(folder, "relations.csv", old, new)
    assert f"relations.csv, {expected}" in faults(folder)


def test_a_fall_of_all_to_something_is_what_was_printed(folder):
    """It loads, as a slip of print is for the audit to tell, and has no prior value."""
    edit(folder, "figures.csv", "下降13.8%,-13.8", "下降200%,-200")
    extract = load(folder)
    assert audit(extract)["verdict"]["criminal_cases_change"] == "contradicts"
    assert prior_values(extract).loc["criminal_cases", ["prior_low", "prior_high"]].isna().all()


def test_a_file_that_is_not_utf_8_says_what_it_seems_to_be(folder):
    path = folder / "figures.csv"
    text = path.read_text(encoding="utf-8")
    path.write_bytes(text.encode("gb18030"))
    assert faults(folder) == [
        "figures.csv, row 2: found 'GB18030 text', expected UTF-8; "
        "convert it with: iconv -f GB18030 -t UTF-8 figures.csv"
    ]
    path.write_bytes(text.encode("utf-16"))
    assert faults(folder) == [
        "figures.csv: found 'UTF-16 text', expected UTF-8; save it again as CSV UTF-8"
    ]
    path.write_bytes(text.encode().replace(b"2018", b"\xff18", 1))
    assert faults(folder)[0].startswith("figures.csv, row 2: found 'byte 0xff', expected UTF-8")
    path.write_bytes(text.encode().replace(b"2018", b"\x00018", 1))
    assert faults(folder) == ["figures.csv, row 2: found 'a NUL byte', expected text"]


def test_columns_missing_stray_or_separated_otherwise(folder):
    path = folder / "relations.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("role", "part", 1), encoding="utf-8")
    assert faults(folder) == [
        "relations.csv, row 1, column role: found '', expected this column",
        "relations.csv, row 1: found 'part', "
        "expected only the columns relation, kind, role, figure, status, note",
    ]
    path.write_text(text.replace(",", ";"), encoding="utf-8")
    assert faults(folder) == [
        "relations.csv, row 1: found 'relation;kind;role;figure;status;note', "
        "expected columns separated by commas, not semicolons"
    ]
    path.write_text(text.replace("gangs_by_class,sum,", "gangs_by_class,", 1), encoding="utf-8")
    assert faults(folder)[0] == (
        "relations.csv, row 2: found 'gangs_by_class,total,gangs,,', expected 6 cells, one a column"
    )


def test_folders_and_files_that_are_not_there(tmp_path, folder):
    with pytest.raises(ExtractError, match=r"found 'nothing', expected a data folder"):
        load(tmp_path / "none")
    with pytest.raises(ExtractError, match=r"found 'a file', expected a data folder"):
        load(folder / "figures.csv")
    (folder / "relations.csv").unlink()
    (folder / "passed-over.csv").unlink()
    assert faults(folder) == [
        "passed-over.csv: found 'no file', expected a file of this name",
        "relations.csv: found 'no file', expected a file of this name",
    ]


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd", "x:/relations.csv"])
def test_a_package_may_name_only_its_own_files(folder, path):
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][1]["path"] = path
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert faults(folder) == [
        f"datapackage.json, column resource relations: found {path!r}, expected relations.csv",
        f"datapackage.json, column resource relations: found {path!r}, "
        "expected a file inside the folder",
    ]


@pytest.mark.parametrize("text", ["{", "[]", '{"resources": []}', "null"])
def test_a_broken_description(folder, text):
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    (fault,) = faults(folder)
    assert fault.startswith("datapackage.json: found ")
    assert "expected a data package with resources" in fault


def test_an_extract_from_frames_reads_bounds_and_fills_in_what_is_left_out():
    figures = pd.DataFrame(
        {
            "reported": ["1200多路", "日均488起", "23.5%"],
            "unit": ["路", "起", "percent"],
            "measure": ["count", "rate", "change"],
            "value": [1200, 488, -23.5],
        },
        index=["feeds", "calls", "cases_change"],
    )
    extract = Extract(figures, pd.DataFrame(columns=["relation", "kind", "role", "figure"]))
    assert extract.figures[["low", "high"]].to_numpy().tolist() == [
        [1200, 1300],
        [487.5, 488.5],
        [-23.55, -23.45],  # the sign word stands elsewhere: value has the sign
    ]
    assert extract.figures["as_of"].isna().all()
    assert extract.figures["precision"].tolist() == ["hedged", "rounded", "rounded"]
    assert len(extract.passed_over) == 0
    assert extract.source is None


def test_frames_that_are_no_extract():
    none = pd.DataFrame(columns=["relation", "kind", "role", "figure"])
    with pytest.raises(ExtractError, match="2 faults") as error:
        Extract(pd.DataFrame({"reported": ["1起"]}, index=["a"]), none)
    assert [fault.column for fault in error.value.faults] == ["unit", "measure"]
    twice = pd.DataFrame({"reported": "1起", "unit": "起", "measure": "count"}, index=["a", "a"])
    with pytest.raises(ExtractError, match="found 'a', expected each key once"):
        Extract(twice, none)
    unread = pd.DataFrame({"reported": ["about"], "unit": "起", "measure": "count"}, index=["a"])
    with pytest.raises(ExtractError, match="about"):
        Extract(unread, none)


def test_coverage_finds_what_is_missing_doubled_or_misplaced():
    figures = pd.DataFrame(
        {
            "reported": ["91个", "6个", "20个"],
            "unit": "个",
            "measure": "count",
            "paragraph": [1, 1, 1],
            "position": [2, 8, 8],
        },
        index=["gangs", "mafia", "groups"],
    )
    extract = Extract(figures, pd.DataFrame(columns=["relation", "kind", "role", "figure"]))
    found = coverage(extract, "打掉91个,其中6个,3次")
    assert found.to_numpy().tolist() == [
        [1, 2, "91", 1, "gangs"],
        [1, 8, "6", 1, "mafia"],
        [1, 11, "3", 0, ""],
        [1, 8, "20个", 0, "groups: does not stand here"],
    ]


def test_coverage_without_a_text_or_a_place_checks_nothing():
    figures = pd.DataFrame(
        {"reported": ["91个", "6个"], "unit": "个", "measure": "count"}
        | {"paragraph": pd.array([1, pd.NA], "Int64"), "position": pd.array([2, pd.NA], "Int64")},
        index=["gangs", "mafia"],
    )
    extract = Extract(figures, pd.DataFrame(columns=["relation", "kind", "role", "figure"]))
    found = coverage(extract, "打掉91个")
    assert found["accounted"].tolist() == [1, 0]
    assert found["by"].tolist() == ["gangs", "mafia: not checkable, no place given"]
    found = coverage(extract)
    assert found["numeral"].tolist() == ["91个", "6个"]
    assert found["accounted"].tolist() == [0, 0]
    assert found["by"][0] == "gangs: not checkable, no text at hand"


def test_an_extract_knows_its_folder(folder, datong, monkeypatch):
    assert datong.name == "datong-2018"
    monkeypatch.chdir(folder)
    assert load(".").name == folder.name


def test_columns_in_another_order_or_without_the_optional_one(folder, datong):
    path = folder / "figures.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table[sorted(set(table) - {"term"})].to_csv(path, index=False)
    figures = load(folder).figures
    assert (figures["term"] == "").all()
    pd.testing.assert_frame_equal(
        figures[datong.figures.columns].drop(columns="term"), datong.figures.drop(columns="term")
    )


def test_an_empty_table_of_relations_is_an_article_that_claims_nothing(folder):
    (folder / "relations.csv").write_text(
        "relation,kind,role,figure,status,note\n", encoding="utf-8"
    )
    assert len(load(folder).relations) == 0


def test_a_change_is_any_two_of_its_roles(folder):
    """Current, prior, change, difference: one figure alone claims nothing."""
    edit(folder, "relations.csv", "criminal_cases_change,change,current,criminal_cases,,\n", "")
    assert faults(folder) == [
        "relations.csv, row 11, column role: found 'criminal_cases_change with a change alone', "
        "expected any two of current, prior, change, difference"
    ]


def test_there_is_no_kind_difference(folder):
    edit(
        folder,
        "relations.csv",
        "eight_categories_change,change,",
        "eight_categories_change,difference,",
        2,
    )
    said = faults(folder)
    assert all("expected one of sum, part, ratio, change" in fault for fault in said)
    assert len(said) == 2


@pytest.mark.parametrize(
    ("unit", "difference", "fits"),
    [
        ("percent", "提高1.2个百分点", True),
        ("‰", "提高1.2个千分点", True),
        ("percent", "提高1.2个千分点", False),
        ("‰", "提高1.2个百分点", False),
        ("起", "增加12起", True),
        ("起", "增加12件", True),  # both are cases
        ("起", "增加12人", False),
        ("起", "提高1.2个百分点", False),
    ],
)
def test_a_difference_is_in_the_unit_of_the_differences_of_what_it_is_of(
    folder, unit, difference, fits
):
    printed = {"percent": "95.3%", "‰": "6.0‰", "起": "342起"}[unit]
    value = printed.rstrip("%‰起")
    read = read_figures(pd.Series([difference])).iloc[0]
    path = folder / "figures.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False).set_index("figure")
    measure = "count" if unit == "起" else "rate"
    row = [printed, value, unit, measure]
    table.loc["eight_categories", ["reported", "value", "unit", "measure"]] = row
    row = [difference, f"{read['value']:g}", read["unit"], "difference", ""]
    columns = ["reported", "value", "unit", "measure", "basis"]
    table.loc["eight_categories_change", columns] = row
    table.to_csv(path)
    edit(
        folder,
        "relations.csv",
        "eight_categories_change,change,change,",
        "eight_categories_change,change,difference,",
    )
    if fits:
        assert load(folder).figures.loc["eight_categories_change", "measure"] == "difference"
    else:
        (fault,) = faults(folder)
        assert f"found 'eight_categories_change in {read['unit']}', expected a figure in" in fault


def test_what_is_proposed_is_used_and_said(folder, datong):
    assert datong.proposed == (0, 0)
    assert str(datong) == "datong-2018: 43 figures, 6 claims"
    path = folder / "figures.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.loc[:4, "status"] = "proposed"
    table.to_csv(path, index=False)
    edit(folder, "relations.csv", "sum,total,gangs,,", "sum,total,gangs,proposed,其中")
    extract = load(folder)
    assert extract.proposed == (5, 1)
    assert str(extract).endswith(
        "of these 5 figures and 1 claim proposed, not yet read by a person"
    )
    assert extract.relations["note"].iloc[0] == "其中"


def test_a_key_may_be_of_any_script_and_a_theme_may_be_empty(folder):
    path = folder / "figures.csv"
    text = path.read_text(encoding="utf-8").replace("\neight_categories", "\n八类案件")
    path.write_text(text.replace("\ngangs,crackdown,", "\ngangs,,"), encoding="utf-8")
    path = folder / "relations.csv"
    text = path.read_text(encoding="utf-8").replace("eight_categories", "八类案件")
    path.write_text(text, encoding="utf-8")
    extract = load(folder)
    assert extract.figures.loc["八类案件", "value"] == 342
    assert extract.figures.loc["gangs", "theme"] == ""


def test_extracts_compare_and_hash_by_identity(datong):
    other = load(DATONG)
    assert datong == datong
    assert datong != other
    assert len({datong, other, datong}) == 2


def test_a_change_in_frames_that_does_not_say_its_base_is_not_stated():
    figures = pd.DataFrame(
        {"reported": ["342起", "下降23.5%", "减少105起"], "unit": ["起", "percent", "起"]}
        | {"measure": ["count", "change", "difference"], "against": ["", "year earlier", ""]},
        index=["cases", "change", "difference"],
    )
    extract = Extract(figures, pd.DataFrame(columns=["relation", "kind", "role", "figure"]))
    assert extract.figures["against"].tolist() == ["", "year earlier", "not stated"]


@pytest.mark.parametrize(
    "ask",
    [
        *(prior_values, year_over_year, coverage, proofread, charts.audit),
        lambda path: charts.ranges(path, ["gangs"]),
        lambda path: export(path, "x.csv"),
        lambda path: compare(path, path),
        lambda path: series([path]),
    ],
)
def test_a_path_for_an_extract_is_one_clear_error(ask):
    with pytest.raises(TypeError, match="takes an Extract, as load gives it, not str"):
        ask("data/datong-2018")
