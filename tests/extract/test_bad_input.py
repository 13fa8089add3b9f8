"""The catalogue of bad input: each case gives its one clear error, in bounded time and memory."""

import os
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

from analysis import ExtractError, load

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
