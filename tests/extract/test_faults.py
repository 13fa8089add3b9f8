"""Full disks, kills, races and places that cannot be written to: either the old or the new."""

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest

from analysis import ExportError, ExtractError, draft, export, load

TEXT = "截至3月底,立案120起,同比下降4.0%。"
DATONG = Path(__file__).resolve().parents[2] / "data" / "datong-2018"
FILES = ["datapackage.json", "figures.csv", "passed-over.csv", "relations.csv"]


def python(code, *args, **kwargs):
    command = [sys.executable, "-c", code, *map(str, args)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **kwargs
    )


def full_disk():
    """No file may grow beyond 500 bytes: writing more fails as on a full disk."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))


DRAFT = "import sys; from analysis import draft; draft(sys.argv[1], sys.argv[2], title='x')"
EXPORT = """
import sys
from analysis import export, load
export(load(sys.argv[1]), sys.argv[2], overwrite=True)
"""


def test_a_full_disk_leaves_no_draft(tmp_path):
    process = python(DRAFT, tmp_path / "mine", TEXT, preexec_fn=full_disk)
    _, errors = process.communicate(timeout=60)
    assert "ExtractError" in errors
    assert "File too large" in errors
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["old.csv", "old.xlsx"])
def test_a_full_disk_leaves_the_old_export(tmp_path, name):
    (tmp_path / name).write_text("old")
    process = python(EXPORT, DATONG, tmp_path / name, preexec_fn=full_disk)
    _, errors = process.communicate(timeout=60)
    assert "ExportError" in errors
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "old"


# Says when the first file is written, and then never goes on.
STALL = """
import sys, time
import pandas as pd
to_csv = pd.DataFrame.to_csv

def stalling(self, *args, **kwargs):
    to_csv(self, *args, **kwargs)
    print("written", flush=True)
    time.sleep(600)

pd.DataFrame.to_csv = stalling
"""


@pytest.mark.parametrize(
    ("code", "arguments", "target"),
    [(DRAFT, ("{target}", TEXT), "mine"), (EXPORT, (DATONG, "{target}"), "old.csv")],
    ids=["draft", "export"],
)
def test_a_kill_in_the_middle_leaves_the_old_or_nothing(tmp_path, code, arguments, target):
    target = tmp_path / target
    if target.suffix:
        target.write_text("old")
    filled = [target if argument == "{target}" else argument for argument in arguments]
    process = python(STALL + code, *filled)
    assert process.stdout.readline() == "written\n"
    process.kill()
    process.communicate(timeout=60)
    if target.suffix:
        assert target.read_text() == "old"
        export(load(DATONG), target, overwrite=True)  # and it can be done again
        assert len(pd.read_csv(target)) == 43
    else:
        assert not target.exists()
        made = draft(target, TEXT, title="x")
        assert sorted(path.name for path in made.iterdir()) == FILES


def test_two_drafts_at_once_make_one_folder(tmp_path):
    def one(number):
        try:
            return draft(tmp_path / "mine", f"立案{number}起。" * 50, title=str(number))
        except ExtractError as error:
            return str(error)

    with ThreadPoolExecutor(8) as pool:
        ends = list(pool.map(one, range(100, 108)))
    refused = [end for end in ends if isinstance(end, str)]
    assert len(refused) == 7
    assert all("expected no folder yet; nothing was written" in error for error in refused)
    assert list(tmp_path.iterdir()) == [tmp_path / "mine"]
    figures = pd.read_csv(tmp_path / "mine" / "figures.csv")
    assert len(figures) == 50
    assert len(set(figures["reported"])) == 1  # all of one article


def test_two_exports_at_once_leave_one_whole_file(tmp_path):
    extract = load(DATONG)
    with ThreadPoolExecutor(4) as pool:
        path = tmp_path / "both.xlsx"
        list(pool.map(lambda _: export(extract, path, overwrite=True), range(8)))
    assert [path.name for path in tmp_path.iterdir()] == ["both.xlsx"]
    assert len(pd.read_excel(path, sheet_name="figures")) == 43


def test_places_that_cannot_be_written_to():
    with pytest.raises(ExtractError, match="expected a place that can be written to"):
        draft("/proc/mine", TEXT, title="x")
    with pytest.raises(ExportError, match=r"/proc/figures\.csv"):
        export(load(DATONG), "/proc/figures.csv")


def test_a_disk_that_fills_up(tmp_path):
    """The same on a real small disk, where one can be mounted."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", str(tmp_path)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        with pytest.raises(ExtractError, match="No space left on device"):
            draft(tmp_path / "mine", TEXT * 2000, title="x")
        assert list(tmp_path.iterdir()) == []
        with pytest.raises(ExportError, match="No space left on device"):
            export(load(DATONG), tmp_path / "figures.csv")
        assert list(tmp_path.iterdir()) == []
    finally:
        subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(DATONG, tmp_path / "article")


def edited(folder, name, old, new):
    path = folder / name
    path.write_text(re.sub(old, new, path.read_text(encoding="utf-8")), encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (",numerator,", ",numeratr,", "rows 9, 16, column role: found 'numeratr', expected one of"),
        # A kind that differs from its first row's: of the three parts of one total.
        ("gangs_by_class,sum,total", "gangs_by_class,part,total", "rows 3–5, column kind"),
    ],
)
def test_one_slip_in_several_rows_is_one_fault(folder, old, new, said):
    edited(folder, "relations.csv", old, new)
    with pytest.raises(ExtractError) as error:
        load(folder)
    first, *lines = str(error.value).splitlines()
    assert first.endswith(": 1 fault")
    assert len(lines) == 1
    assert lines[0].startswith(f"- relations.csv, {said}")
    assert len(error.value.faults) > 1  # each in its row, for who wants them


def test_dates_that_a_spreadsheet_rewrote_with_the_year_first_are_read(folder):
    days = load(folder).figures[["period_start", "as_of"]]
    edited(folder, "figures.csv", r"(\d{4})-0?(\d+)-0?(\d+)(?=,)", r"\1/\2/\3")
    assert ",2018/11/9," in (folder / "figures.csv").read_text(encoding="utf-8")
    pd.testing.assert_frame_equal(load(folder).figures[["period_start", "as_of"]], days)


def test_dates_whose_order_is_anyones_guess_are_named_once_a_column_with_the_mend(folder):
    edited(folder, "figures.csv", r"(\d{4})-0?(\d+)-0?(\d+)(?=,)", r"\2/\3/\1")
    with pytest.raises(ExtractError) as error:
        load(folder)
    lines = str(error.value).splitlines()[1:]
    assert [line.partition(" column ")[2].partition(":")[0] for line in lines] == [
        "period_start",
        "as_of",
    ]
    assert all("format the column as yyyy-mm-dd and save again" in line for line in lines)
    assert "found '10/31/2018', '11/9/2018', expected" in lines[1]
