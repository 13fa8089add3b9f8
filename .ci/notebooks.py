"""Run every notebook in place.

nbconvert's own command does nearly that. This adds a line of progress a notebook, the name of the
cell that failed, and the same bytes on every machine.
"""

import base64
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from traitlets.config import Config

ROOT = Path(__file__).resolve().parents[1]

# No version of Python and no machine's kernel name: they would differ elsewhere.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
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
    notebook.metadata = nbformat.from_dict(METADATA)
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


def main() -> None:
    """Run them all, two at a time."""
    os.environ |= {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
    paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
    with ProcessPoolExecutor(2) as pool:
        for path, (notebook, seconds) in zip(paths, pool.map(run, paths), strict=True):
            for name, (stem, number) in README_CHARTS.items():
                if stem == path.stem:
                    png = pictures(notebook)[number]
                    (ROOT / ".ci" / "charts" / f"{name}.png").write_bytes(png)
            print(f"{path.stem:30} {seconds:5.1f} s", flush=True)


if __name__ == "__main__":
    main()
