"""The page of errors in the documentation: every message on it is what `load` really says.

The page is written by hand but for its messages. After a message has changed, write them anew with
``python tests/extract/test_errors.py``.
"""

import re
import shutil
import tempfile
from pathlib import Path

import pytest

from analysis import ExtractError, load

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "data" / "example-bulletin"
PAGE = ROOT / "data" / "errors.md"
# A heading of the page, and under it the messages of the folder that is wrong in this way.
SECTION = re.compile(r"(?<=^### )([^\n]+)(\n\n```text\n)(.*?)(\n```\n)", re.M | re.S)
# What was done to a copy of the example: a file, and the text in it that was replaced by another.
EDITS = {
    "A column has another name": ("figures.csv", ",unit,", ",units,"),
    "A row has a cell too few": (
        "relations.csv",
        "thefts,part,total,criminal_cases,,",
        "thefts,part,total",
    ),
    "Something invisible stands in a cell": (
        "figures.csv",
        "Thefts filed,盗窃",
        "Thefts filed\u200b,盗窃",
    ),
    "Value and reported differ": ("figures.csv", "486起,486,", "486起,468,"),
    "The unit is another than printed": ("figures.csv", "352起,352,起", "352起,352,件"),
    "Reported holds no figure": ("figures.csv", "1.8亿元,180000000,元", "若干,180000000,元"),
    "A fall without its sign": ("figures.csv", "下降12.4%,-12.4,", "下降12.4%,12.4,"),
    "A change without a basis": (
        "figures.csv",
        "year earlier,printed,3,27",
        "year earlier,,3,27",
    ),
    "A basis where there is no change": (
        "figures.csv",
        "486,起,count,截至2026年6月30日,,2026-06-30,,,",
        "486,起,count,截至2026年6月30日,,2026-06-30,,printed,",
    ),
    "An unknown measure": ("figures.csv", "72.4,percent,rate", "72.4,percent,percentage"),
    "A measure that the print rules out": ("figures.csv", "352,起,count", "352,起,change"),
    "A count below zero": ("figures.csv", "9起,9,起,count", "-9起,-9,起,count"),
    "Both names are missing": ("figures.csv", "Criminal cases solved,破案,352起", ",,352起"),
    "A key stands twice": (
        "figures.csv",
        "thefts_change,criminal_cases,",
        "thefts,criminal_cases,",
    ),
    "A key with other signs": ("figures.csv", "video_feeds,services", "Video feeds,services"),
    "A change that does not say what it is against": (
        "figures.csv",
        "year earlier,printed,3,27",
        ",printed,3,27",
    ),
    "What is against something, but no change": (
        "figures.csv",
        "486,起,count,截至2026年6月30日,,2026-06-30,,",
        "486,起,count,截至2026年6月30日,,2026-06-30,year earlier,",
    ),
    "A day that does not exist": ("figures.csv", "2026-06-30", "2026-06-31"),
    "A period that ends before it begins": (
        "figures.csv",
        "2026-01-01,2026-06-30",
        "2026-07-01,2026-06-30",
    ),
    "A figure that is not there": (
        "relations.csv",
        "frauds_by_kind,sum,part,other_frauds",
        "frauds_by_kind,sum,part,other_fraud",
    ),
    "A role is missing": ("relations.csv", "frauds_by_kind,sum,total,frauds,,\n", ""),
    "A change of one figure": (
        "relations.csv",
        "thefts_change,change,current,thefts,,\n",
        "",
    ),
    "A role of another kind": (
        "relations.csv",
        "mediation_rate,ratio,denominator,",
        "mediation_rate,ratio,total,",
    ),
    "Two figures in a role for one": (
        "relations.csv",
        "thefts,part,part,thefts,,\n",
        "thefts,part,part,thefts,,\nthefts,part,total,frauds,,\n",
    ),
    "Two kinds under one name": (
        "relations.csv",
        "frauds_by_kind,sum,part,other_frauds",
        "frauds_by_kind,part,part,other_frauds",
    ),
    "Unlike units in one sum": (
        "relations.csv",
        "frauds_by_kind,sum,part,other_frauds",
        "frauds_by_kind,sum,part,video_feeds",
    ),
    "A rate that is none": (
        "relations.csv",
        "solved_rate,ratio,rate,solved_rate",
        "solved_rate,ratio,rate,thefts",
    ),
    "No publisher": ("datapackage.json", '"publisher": "甲县公安局"', '"publisher": ""'),
    "A description that is no JSON": (
        "datapackage.json",
        '"name": "example-bulletin",',
        '"name": "example-bulletin"',
    ),
    "A numeral is passed over without a reason": ("passed-over.csv", "ordinal", ""),
}
OTHERWISE = {
    "A file is missing": lambda folder: (folder / "passed-over.csv").unlink(),
    "A file is not UTF-8": lambda folder: recode(folder / "figures.csv", "gb18030"),
    "Columns are separated by semicolons": lambda folder: semicolons(folder / "relations.csv"),
}


def recode(path, encoding):
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))


def semicolons(path):
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")


def messages(heading, folder):
    """What `load` says of a copy of the example that is wrong in this way."""
    shutil.copytree(EXAMPLE, folder)
    if heading in EDITS:
        file, old, new = EDITS[heading]
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, heading
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    else:
        OTHERWISE[heading](folder)
    with pytest.raises(ExtractError) as error:
        load(folder)
    return "\n".join(map(str, error.value.faults))


def sections():
    return SECTION.findall(PAGE.read_text(encoding="utf-8"))


def test_the_page_has_every_way_once_and_a_mend_for_each():
    headings = [heading for heading, *_ in sections()]
    assert len(headings) == len(set(headings))
    assert set(headings) == set(EDITS) | set(OTHERWISE)
    page = PAGE.read_text(encoding="utf-8")
    assert re.findall(r"^### (.+)", page, re.M) == headings
    assert len(re.findall(r"^\*\*Mend:\*\* .{20}", page, re.M)) == len(headings)


@pytest.mark.parametrize("heading", [*EDITS, *OTHERWISE])
def test_every_message_on_the_page_is_what_load_says(heading, tmp_path):
    (said,) = (text for name, _, text, _ in sections() if name == heading)
    assert said == messages(heading, tmp_path / "example")


def rewrite():
    """Put what `load` says now under each heading."""

    def renewed(section):
        with tempfile.TemporaryDirectory() as folder:
            said = messages(section[1], Path(folder) / "example")
        return section[1] + section[2] + said + section[4]

    PAGE.write_text(SECTION.sub(renewed, PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    rewrite()
