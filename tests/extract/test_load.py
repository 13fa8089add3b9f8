"""All issues of an issuer, loaded together."""

import shutil

import pytest

from analysis import ExtractError, load, load_all


@pytest.fixture
def issuer(tmp_path):
    """Three real issues under a folder of their own."""
    for name in ("2021-q1", "2021", "2020"):
        shutil.copytree(f"data/national-fires/{name}", tmp_path / "fires" / name)
    return tmp_path / "fires"


def test_issues_come_in_order_of_the_period_they_cover(issuer):
    # The first quarter of 2021 ends before the year does, though "2021" sorts before "2021-q1".
    names = [extract.name for extract in load_all(issuer)]
    assert names == ["fires/2020", "fires/2021-q1", "fires/2021"]


def test_a_further_issue_is_a_folder_and_no_code(issuer):
    before = len(load_all(issuer))
    shutil.copytree("data/national-fires/2024", issuer / "2024")
    (issuer / ".hidden").mkdir()
    (issuer / "notes.txt").write_text("not an issue", encoding="utf-8")
    after = load_all(issuer)
    assert (len(after), after[-1].name) == (before + 1, "fires/2024")
    assert after[-1].figures.equals(load(issuer / "2024").figures)


def test_of_two_that_end_on_one_day_the_shorter_was_printed_first(tmp_path):
    # In the real chain: none. Two made of one, the second half against the year.
    for name, start in (("a-year", "2020-01-01"), ("b-half", "2020-07-01")):
        folder = shutil.copytree("data/national-fires/2020", tmp_path / "x" / name)
        figures = (folder / "figures.csv").read_text(encoding="utf-8")
        (folder / "figures.csv").write_text(figures.replace("2020-01-01", start), encoding="utf-8")
    assert [extract.name for extract in load_all(tmp_path / "x")] == ["x/b-half", "x/a-year"]


def test_the_faults_of_all_issues_are_one_error(issuer):
    (issuer / "2020" / "relations.csv").unlink()
    (issuer / "2021" / "figures.csv").unlink()
    with pytest.raises(ExtractError) as error:
        load_all(issuer)
    files = {fault.file for fault in error.value.faults}
    assert files == {"2020/relations.csv", "2021/figures.csv"}


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_without_issues_says_so(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ExtractError, match="a data folder for each issue"):
        load_all(tmp_path / name)
