"""Run every notebook in place, then build the readable report in build/report/.

nbconvert's own commands do nearly that. This adds a line of progress a notebook, the name of the
cell that failed, the same bytes on every machine, and pages that ask no outside host for anything.
"""

import base64
import html
import os
import re
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbconvert import HTMLExporter
from traitlets.config import Config

ROOT = Path(__file__).resolve().parents[1]

# No version of Python and no machine's kernel name: they would differ elsewhere.
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# Talk to the kernel over an encrypted socket: it warns when others on the machine could listen.
PRIVATE = Config(KernelManager={"transport_encryption": "auto"})
# The page as nbconvert makes it, less the scripts it would fetch (require.js, MathJax, Mermaid),
# and with the alternative text that a chart carries in its output's metadata.
PAGE = """{% extends "lab/index.html.j2" %}
{% block html_head_js %}{% endblock %}
{% block html_head_js_mathjax %}{% endblock %}
{% block html_head_js_mermaidjs %}{% endblock %}
{% block html_head_css %}<style>.jp-Notebook {max-width: 62em; margin: 0 auto}</style>{% endblock %}
{% block data_png scoped %}
{% set alt = output.metadata.get("image/png", {}).get("alt", "") %}
<div class="jp-RenderedImage jp-OutputArea-output">
<img alt="{{ alt | escape_html }}" src="data:image/png;base64,{{ output.data["image/png"] }}"></div>
{% endblock %}
"""
INDEX = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Printed figures</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{font: 16px/1.7 sans-serif; max-width: 42em; margin: 2em auto; padding: 0 1em}}</style>
</head><body><h1>Printed figures</h1><ol start="0">
{items}
</ol></body></html>
"""


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
    nbformat.write(notebook, path)
    return notebook, time.perf_counter() - started


def page(notebook: nbformat.NotebookNode, name: str) -> str:
    """The notebook as one HTML page that links to other pages, not to notebooks."""
    exporter = HTMLExporter(raw_template=PAGE, embed_images=True)
    body, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": name}})
    head, mark, rest = body.partition("</head>")
    # Comments in the style sheet name outside hosts; nothing needs them.
    head = re.sub(r"/\*.*?\*/", "", head, flags=re.DOTALL)
    return head + mark + re.sub(r'(<a href="[\w-]+)\.ipynb(["#])', r"\1.html\2", rest)


# The charts that the READMEs show: notebook, and which of its pictures.
README_CHARTS = {
    "year-over-year-en": ("02-year-over-year", 0),
    "year-over-year-zh": ("00-start-here", 0),
}


def pictures(notebook: nbformat.NotebookNode) -> list[bytes]:
    """The PNGs of a notebook, in order."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    data = [output.get("data", {}).get("image/png") for output in outputs]
    return [base64.b64decode(png) for png in data if png]


def main() -> None:
    """Run and export them all, two at a time."""
    os.environ |= {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}
    paths = sorted((ROOT / "notebooks").glob("*.ipynb"))
    report = ROOT / "build" / "report"
    report.mkdir(parents=True, exist_ok=True)
    items = []
    with ProcessPoolExecutor(2) as pool:
        for path, (notebook, seconds) in zip(paths, pool.map(run, paths), strict=True):
            (report / f"{path.stem}.html").write_text(page(notebook, path.stem), encoding="utf-8")
            lines = [line for cell in notebook.cells for line in cell.source.splitlines()]
            title = next((line[2:] for line in lines if line.startswith("# ")), path.stem)
            items.append(f'<li><a href="{path.stem}.html">{html.escape(title)}</a></li>')
            for name, (stem, number) in README_CHARTS.items():
                if stem == path.stem:
                    png = pictures(notebook)[number]
                    (ROOT / ".ci" / "charts" / f"{name}.png").write_bytes(png)
            print(f"{path.stem:30} {seconds:5.1f} s", flush=True)
    index = report / "index.html"
    index.write_text(INDEX.format(items="\n".join(items)), encoding="utf-8")
    print(f"Report: {index}")


if __name__ == "__main__":
    main()
