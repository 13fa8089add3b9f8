"""Run every notebook in place.

nbconvert's own command does nearly that. This adds a line of progress a notebook, the name of the
cell that failed, and the same bytes on every machine.
"""

import base64
import hashlib
import json
import os
import runpy
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from traitlets.config import Config

ROOT = Path(__file__).resolve().parents[1]
tidied = runpy.run_path(str(ROOT / ".ci" / "notebook_form.py"))["tidied"]

# Talk to the kernel over an encrypted socket: it warns when others on the machine could listen.
PRIVATE = Config(KernelManager={"transport_encryption": "auto"})


def run(path: Path) -> tuple[nbformat.NotebookNode, float]:
    """Execute a notebook top to bottom in its own folder and write it back; its seconds too."""
    started = time.perf_counter()
    notebook = nbformat.read(path, as_version=4)
    options = {"kernel_name": "python3", "timeout": 300, "record_timing": False}
    where = {"metadata": {"path": str(path.parent)}}
    # Streams are joined, since where they break depends on the machine's pace.
    client = NotebookClient(
        notebook, **options, coalesce_streams=True, resources=where, config=PRIVATE
    )
    try:
        client.execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        # Cells run in order, so the last one that was started is the one that failed.
        number = max(n for n, cell in enumerate(notebook.cells, 1) if cell.get("outputs"))
        sys.exit(f"{path.name}, cell {number} failed; the file is unchanged.\n\n{error}")
    notebook = nbformat.from_dict(tidied(notebook))
    made = path.with_suffix(".new")  # a kill in the middle leaves the old one
    nbformat.write(notebook, made)
    made.replace(path)
    return notebook, time.perf_counter() - started


# The charts that the READMEs show: notebook, and which of its pictures.
README_CHARTS = {
    "year-over-year-en": ("02-year-over-year", 0),
    "year-over-year-zh": ("00-start-here", 0),
    "first-prints-en": ("13-falls-that-did-not-last", 0),
    "first-prints-zh": ("13-falls-that-did-not-last", 1),
}


def pictures(notebook: nbformat.NotebookNode) -> list[bytes]:
    """The PNGs of a notebook, in order."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    data = [output.get("data", {}).get("image/png") for output in outputs]
    return [base64.b64decode(png) for png in data if png]


STAMP = ROOT / "build" / "notebooks.json"


def fingerprint(*paths: Path) -> str:
    """Of files and all that folders hold: another one after any change."""
    found = hashlib.sha256()
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in inside:
            if file.is_file() and "__pycache__" not in file.parts:
                found.update(file.relative_to(ROOT).as_posix().encode() + b"\0")
                found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()


def stale(paths: list[Path]) -> list[Path]:
    """The notebooks not known to show the data and the library as they are."""
    known = json.loads(STAMP.read_text(encoding="utf-8")) if STAMP.exists() else {}
    if known.get("made from") != fingerprint(ROOT / "data", ROOT / "src" / "analysis"):
        return paths
    return [path for path in paths if known.get(path.name) != fingerprint(path)]


def main(only_stale: bool) -> None:
    """Run them all, two at a time; or those that may show what is no longer so."""
    os.environ |= {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
    everything = sorted((ROOT / "notebooks").glob("*.ipynb"))
    paths = stale(everything) if only_stale else everything
    if only_stale and paths:
        print(f"{len(paths)} notebooks may be older than the data or library they show: running")
    made_from = fingerprint(ROOT / "data", ROOT / "src" / "analysis")
    with ProcessPoolExecutor(2) as pool:
        for path, (notebook, seconds) in zip(paths, pool.map(run, paths), strict=True):
            for name, (stem, number) in README_CHARTS.items():
                if stem == path.stem:
                    png = pictures(notebook)[number]
                    (ROOT / ".ci" / "charts" / f"{name}.png").write_bytes(png)
            print(f"{path.stem:30} {seconds:5.1f} s", flush=True)
    known = {"made from": made_from} | {path.name: fingerprint(path) for path in everything}
    STAMP.parent.mkdir(exist_ok=True)
    STAMP.write_text(json.dumps(known, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(only_stale="--stale" in sys.argv[1:])
