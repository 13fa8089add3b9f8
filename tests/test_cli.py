"""``python -m analysis`` as a script sees it: what is printed, where, and the exit status."""

import io
import json
import os
import shutil
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

import pandas as pd
import pytest

from analysis import audit, find_figures, load
from analysis.__main__ import main

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "data" / "example-bulletin"
ARTICLE = EXAMPLE / "article.txt"


def started(*arguments, **kwargs):
    """The command as a script starts it."""
    command = [sys.executable, "-m", "analysis", *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, cwd=ROOT, **kwargs
    )


def run(*arguments):
    """The same without a start of Python: what the installed command calls, and what it prints."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with chdir(ROOT), redirect_stdout(out), redirect_stderr(err):
        try:
            status = main([*map(str, arguments)])
        except SystemExit as end:
            status = end.code
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())
    return subprocess.CompletedProcess(arguments, status, *texts)


@pytest.fixture
def spoilt(tmp_path):
    """A copy of the example with two faults."""
    folder = shutil.copytree(EXAMPLE, tmp_path / "spoilt")
    text = (folder / "figures.csv").read_text(encoding="utf-8")
    text = text.replace("486起,486,", "486起,468,").replace("2026-06-30", "2026-06-31", 1)
    (folder / "figures.csv").write_text(text, encoding="utf-8")
    return folder


FAULTS = [
    "figures.csv, row 2, column as_of: found '2026-06-31', "
    "expected an ISO date that exists, such as 2018-10-31",
    "figures.csv, row 2, column value: found '468', expected 486 as in 486起",
]


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(("check", EXAMPLE), 0), (("audit", EXAMPLE), 1), (("check", "nowhere"), 2)],
)
def test_started_from_a_script_it_is_the_same(arguments, status):
    done, here = started(*arguments), run(*arguments)
    assert done.returncode == here.returncode == status
    assert (done.stdout, done.stderr) == (here.stdout, here.stderr)


def test_a_folder_that_is_well():
    done = run("check", EXAMPLE)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{EXAMPLE}: 19 figures, 7 relations, 5 passed over, 0 not yet read\n"
    held = json.loads(run("check", EXAMPLE, "--json").stdout)
    assert held == {
        "folder": str(EXAMPLE),
        "figures": 19,
        "relations": 7,
        "passed over": 5,
        "not yet read": 0,
        "faults": [],
    }


@pytest.mark.parametrize("command", ["check", "audit"])
def test_a_folder_with_faults_lists_them_all(command, spoilt):
    done = run(command, spoilt)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [f"{spoilt}: 2 faults", *(f"- {fault}" for fault in FAULTS)]
    faults = json.loads(run(command, spoilt, "--json").stdout)["faults"]
    assert [(fault["row"], fault["column"]) for fault in faults] == [(2, "as_of"), (2, "value")]


def test_the_audit_fails_where_a_claim_contradicts_its_parts():
    done = run("audit", EXAMPLE)
    assert (done.returncode, done.stderr) == (1, "")
    # Planted in the bulletin: 1197 of 1260 is 95.0%.
    assert "contradicts 95.3% → 95.0% (one digit)" in " ".join(done.stdout.split())
    rows = pd.DataFrame(json.loads(run("audit", EXAMPLE, "--json").stdout)).set_index("relation")
    expected = audit(load(EXAMPLE))
    assert rows["verdict"].tolist() == expected["verdict"].tolist()
    again = rows["recomputed_low"].astype(float).tolist()
    assert again == pytest.approx(expected["recomputed_low"].tolist(), nan_ok=True)
    well = run("audit", ROOT / "data" / "shanxi-2014")
    assert (well.returncode, well.stderr) == (0, "")


def test_the_figures_found_in_a_text():
    done = run("find", ARTICLE)
    assert (done.returncode, done.stderr) == (0, "")
    expected = find_figures(ARTICLE.read_text(encoding="utf-8"))
    assert len(done.stdout.splitlines()) == 1 + len(expected)
    rows = json.loads(run("find", ARTICLE, "--json").stdout)
    assert [row["reported"] for row in rows] == expected["reported"].tolist()
    assert [row["high"] for row in rows] == expected["high"].tolist()


def test_a_folder_is_drafted_once(tmp_path):
    folder = tmp_path / "my-article"
    done = run("draft", folder, ARTICLE, "--title", "通报")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{folder}\n", "")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["sources"][0]["title"] == "通报"
    checked = run("check", folder)  # what is proposed is taken as it is, and what is left is said
    assert (checked.returncode, checked.stderr) == (0, "")
    summary, *left = checked.stdout.splitlines()
    assert summary.endswith("19 figures, 7 relations, 5 passed over, 26 not yet read")
    # Each of the five numerals that are no figures says why by itself.
    assert [line.split()[0] for line in left] == [
        "figures.csv,",
        "relations.csv,",
        "datapackage.json,",
    ]
    again = run("draft", folder, ARTICLE)
    assert (again.returncode, again.stdout) == (2, "")
    assert "nothing was written" in again.stderr


def test_a_text_is_read_at_once(tmp_path):
    done = run("read", ARTICLE)
    assert (done.returncode, done.stderr) == (1, "")  # one contradiction was planted in it
    for heading in ("figures", "claims", "contradictions", "before"):
        assert f"\n{heading}\n" in done.stdout
    (tmp_path / "b.txt").write_text("今天没有数字。", encoding="utf-8")
    none = run("read", tmp_path / "b.txt")
    assert (none.returncode, none.stderr) == (0, "")
    assert none.stdout.splitlines()[-1] == "before: none"
    rows = json.loads(run("read", ARTICLE, "--json").stdout)
    assert [row["relation"] for row in rows["contradictions"]] == ["ratio_02"]


def test_read_says_what_rounding_is_assumed(tmp_path):
    rows = "| 甲 | 231800 | 174900 | 57000 |\n| 乙 | 802400 | 682100 | 120300 |\n"
    table = f"| 地区 | 合计 | 全日 | 半日 |\n| --- | --- | --- | --- |\n{rows}"
    (tmp_path / "a.txt").write_text(table, encoding="utf-8")
    said = run("read", tmp_path / "a.txt").stdout
    assert "assumed: 6 figures are rounded to 100, as sums show" in said


def test_what_is_read_is_told_by_name_with_units_in_a_language(tmp_path):
    table = "|案件|2022年(万元)|2023年(万元)|增减|\n|-|-|-|-|\n|甲|100|120|+20|\n|乙|300|250|-50|\n"
    (tmp_path / "t.txt").write_text(table + "|合计|400|370|-30|\n", encoding="utf-8")
    done = run("read", tmp_path / "t.txt").stdout
    assert "r01" not in done  # no key
    assert "-30 = 20 − 50" in done.replace("−30", "-30")
    before = done[done.index("\nbefore") :]
    assert "yuan" in before
    assert "e+" not in before
    assert (
        "元" in run("read", tmp_path / "t.txt", "--language", "zh").stdout.rpartition("before")[2]
    )
    rows = json.loads(run("read", tmp_path / "t.txt", "--json").stdout)
    assert {"figure", "prior_low"} <= set(rows["before"][0])


def test_a_text_is_read_from_standard_input():
    done = started("read", "-", input="全年立案80起,同比下降20%。")
    assert (done.returncode, done.stderr) == (0, "")
    assert "100" in done.stdout.rpartition("before")[2]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_read_in_whatever_encoding_editors_write(tmp_path, encoding):
    (tmp_path / "a.txt").write_bytes("立案5起".encode(encoding))
    assert json.loads(run("find", tmp_path / "a.txt", "--json").stdout)[0]["position"] == 2


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["check"], "the following arguments are required: FOLDER"),
        (["chekc", "x"], "invalid choice: 'chekc'"),
        (["check", "nowhere"], "nowhere: found nothing, expected a data folder"),
        (["audit", "README.md"], "README.md: found a file, expected a data folder"),
        (["find", "nowhere.txt"], "nowhere.txt: No such file or directory"),
        (["find", "data"], "data: Is a directory"),
        (["find", "src/analysis/fonts/FiguresSansSC-Regular.ttf"], "neither UTF-8 nor GB 18030"),
        (["draft", "data/My Article", str(ARTICLE)], "a name of small letters"),
        (["check", "data/datong-2018", "more"], "unrecognized arguments: more"),
    ],
)
def test_misuse_is_one_message_and_status_2(arguments, says):
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert says in done.stderr


def test_chinese_is_printed_whatever_the_locale():
    plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    assert "下降12.4%" in started("find", ARTICLE, env=plain).stdout


def test_a_reader_that_stops_early_is_no_error():
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "analysis", "audit", ROOT / "data" / "shanxi-2014"]
    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, check=False, cwd=ROOT)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")
