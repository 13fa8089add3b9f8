"""The catalogue of bad input: each case gives its one clear error, in bounded time and memory."""

import csv
import os
import re
import resource
import shutil
import subprocess
import sys
import time
import tomllib
import tracemalloc
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from analysis import ExtractError, coverage, find_numerals, load, load_all, review

HERE = Path(__file__).parent
DATONG = HERE.parents[1] / "data" / "datong-2018"
CASES = tomllib.loads((HERE / "bad_input" / "cases.toml").read_text(encoding="utf-8"))["case"]


def spoil(folder, case):
    """Do to a good folder what the case says."""
    path = folder / case["file"]
    text = path.read_text(encoding="utf-8")
    if "edit" in case:
        old, new = case["edit"]
        assert old in text
        path.write_text(text.replace(old, new.replace("{20 MB}", "x" * 20_000_000), 1), "utf-8")
    if "translate" in case:
        path.write_text(text.replace(*case["translate"]), encoding="utf-8")
    if "write" in case:
        path.write_text(case["write"], encoding="utf-8")
    if "repeat" in case:
        piece, times = case["repeat"]
        path.write_text(piece * times, encoding="utf-8")
    if "encoding" in case:
        path.write_bytes(text.encode(case["encoding"]))
    if "append_hex" in case:
        path.write_bytes(text.encode() + bytes.fromhex(case["append_hex"]))
    if {"remove", "folder", "link"} & set(case):
        path.unlink()
    if "folder" in case:
        path.mkdir()
    if "link" in case:
        path.symlink_to(case["link"])


def size(path):
    return path.stat().st_size if path.is_file() else 0


@contextmanager
def traced():
    """The peak of the memory that Python asks for inside."""
    memory = {}
    tracemalloc.start()
    try:
        yield memory
        memory["peak"] = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_the_catalogue_is_large_and_its_names_are_its_own():
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names)) >= 130


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_bad_input_gives_its_clear_error(case, tmp_path):
    folder = Path(shutil.copytree(DATONG, tmp_path / "article"))
    spoil(folder, case)
    started = time.process_time()
    # Tracing takes longer than loading does: memory is measured where there is much to hold.
    tracing = traced() if size(folder / case["file"]) > 1e6 else nullcontext()
    with tracing as memory, pytest.raises(ExtractError) as error:
        load(folder)
    found = [str(fault) for fault in error.value.faults]
    for expected in case.get("expect", []):
        assert expected in found, "\n".join(found[:20])
    for beginning in case.get("starts", []):
        assert any(fault.startswith(beginning) for fault in found), "\n".join(found[:20])
    if not case.get("also"):
        assert len(found) == len(case.get("expect", [])) + len(case.get("starts", [])), found
    # Bounds so wide that only work without bound can pass them: no timed test.
    assert memory is None or memory["peak"] < 600e6
    assert time.process_time() - started < 60
    assert len(str(error.value)) < 1e6


# What may stand in a cell in place of what was found there, by the words of the fault alone.
MENDS = {
    r"(?:no value|none|nothing)\b.*": lambda _: [""],
    r"(.+?) as in .*": lambda said: [said[1]],
    r"one of (.*)": lambda said: said[1].split(", "),
    r"what it is against: (.*) or (.*)": lambda said: [*said[1].split(", "), said[2]],
    r"what it is against, or: (.*), as it is.*": lambda said: [said[1]],
    r"an ISO date that exists, such as ([\d-]+).*": lambda said: [said[1]],
    r"no earlier than (.*)": lambda said: [said[1]],
    r"a whole number, in digits": lambda _: ["999"],
    r"at least (\d+)": lambda said: [said[1]],
}


def mends(expected):
    matches = ((re.fullmatch(form, expected), cells) for form, cells in MENDS.items())
    return next((cells(said) for said, cells in matches if said), [])


def is_mended_by_its_words(case):
    faults = [re.fullmatch(r".*, column \w+: found .*?, expected (.*)", f) for f in case["expect"]]
    return all(fault and mends(fault[1]) for fault in faults)


ALONE = [case for case in CASES if case.get("expect") and not case.get("also")]
MENDED = [case for case in ALONE if is_mended_by_its_words(case)]


def faults_in(folder):
    try:
        load(folder)
    except ExtractError as error:
        return error.faults
    return ()


def written(folder, fault, cell):
    """That cell in place of the one at fault."""
    path = folder / fault.file
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    rows[fault.row - 1][rows[0].index(fault.column)] = cell
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def test_a_third_of_the_catalogue_names_what_to_write():
    assert len(MENDED) > len(CASES) / 3


@pytest.mark.parametrize("case", MENDED, ids=lambda case: case["name"])
def test_what_a_fault_says_to_write_leads_to_a_folder_that_loads(case, tmp_path):
    folder = Path(shutil.copytree(DATONG, tmp_path / "article"))
    spoil(folder, case)
    for _ in range(3):  # a count that becomes a difference must say what it is against
        if not (faults := faults_in(folder)):
            break
        for fault in faults:
            left, cells = {}, mends(fault.expected)
            for cell in cells if len(cells) > 1 else ():
                written(folder, fault, cell)
                left[cell] = len(faults_in(folder))
            written(folder, fault, min(cells, key=left.get))
    assert faults_in(folder) == ()


def test_what_is_unusual_but_right_loads(tmp_path):
    folder = Path(shutil.copytree(DATONG, tmp_path / "article"))
    for name in ("figures.csv", "relations.csv", "passed-over.csv"):
        text = (folder / name).read_text(encoding="utf-8")
        quoted = text.replace("\n", "\r\n").replace("Suspects seized", '"=Suspects, <b>seized</b>"')
        (folder / name).write_bytes(quoted.encode("utf-8-sig"))
    figures = load(folder).figures
    assert figures.loc["suspects", "name_en"] == "=Suspects, <b>seized</b>"
    # What an analyst sees in a notebook is escaped: a name is never markup.
    assert "<b>seized" not in figures[["name_en"]].to_html()
    assert "&lt;b&gt;seized" in figures[["name_en"]].to_html()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_read(tmp_path):
    folder = Path(shutil.copytree(DATONG, tmp_path / "article"))
    (folder / "figures.csv").chmod(0)
    with pytest.raises(ExtractError, match="expected a file that can be read"):
        load(folder)


def test_a_file_of_the_largest_size_is_refused_in_bounded_memory(tmp_path):
    folder = Path(shutil.copytree(DATONG, tmp_path / "article"))
    (folder / "relations.csv").write_text("c," * 30_000_000, encoding="utf-8")
    code = f"from analysis import load; load({str(folder)!r})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (4 * 2**30, 4 * 2**30)),
    )
    assert "ExtractError" in done.stderr
    assert "found 'c', expected only the columns" in done.stderr
    assert "MemoryError" not in done.stderr


@pytest.mark.parametrize("ask", [load, load_all, review])
@pytest.mark.parametrize("given", [None, 3, ["data"], b"data"])
def test_what_is_no_path_is_named(ask, given):
    said = f"{ask.__name__} takes the path of a data folder, not {type(given).__name__}"
    with pytest.raises(TypeError, match=said):
        ask(given)


@pytest.mark.parametrize("ask", [load, load_all, review])
def test_an_empty_path_is_not_the_folder_one_is_in(ask):
    with pytest.raises(ExtractError, match="found 'an empty text', expected the path of a data f"):
        ask("")


@pytest.mark.parametrize("given", [3, ["立案342起"], b"342"])
def test_what_is_no_text_is_named(given):
    said = rf"takes a text \(str\), not {type(given).__name__}"
    with pytest.raises(TypeError, match=f"find_numerals {said}"):
        find_numerals(given)
    with pytest.raises(TypeError, match=f"coverage {said}"):
        coverage(load(DATONG), given)
