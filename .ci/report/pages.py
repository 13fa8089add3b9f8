"""Write the report's pages into a folder for Sphinx: what stands elsewhere, brought together.

Notebooks and READMEs are copied with their links led to pages; the front page takes its answers and
charts from the executed notebooks, the reference its names from the library, the data's columns
and the glossary from the tables. So no number and no list is typed here.
"""

import base64
import csv
import inspect
import io
import json
import os
import re
import shutil
import sys
from pathlib import Path

import nbformat
from PIL import Image

import analysis

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "data").glob("*.md")])
# A file of the repository, and the page that shows it.
PAGES = {path: path.name for path in [*NOTEBOOKS, *DOCUMENTS]} | {
    ROOT / "data" / "glossary.csv": "glossary.md"
}
# The front page's questions, and the notebook that answers each, with its first chart.
QUESTIONS = {
    "What was printed?": "01-what-was-printed",
    "What was it a year earlier?": "02-year-over-year",
    "What does not add up?": "05-disputes",
    "What do the years say?": "13-falls-that-did-not-last",
}
EXAMPLE = ROOT / "data" / "example-bulletin"
FRONT = """# Printed figures, made comparable

An article prints figures and no data file: here each is read with the range that its print leaves
open, set beside what it was a year earlier, and held against the sums, shares and changes printed
with it. Below are the answers for a newspaper article on public safety in the city of Datong and
for the yearly bulletins on China's fires. [中文介绍](README.zh-CN.md)

{answers}

## How is it known?

A printed number leaves room. A rounded percentage may be anything that rounds to it, and 多 (*and
more*) anything up to the next step of its last digit that is not zero; only a whole count that is
printed to the unit is exact.
Each sum, share and change that an article prints ties such ranges by an equation. Solved for what
is not printed, it gives the value a year earlier: a range, or the one whole number that fits.
Solved for what is printed, it gives it a second time, and where the two ranges do not meet, one of
the figures is wrong or was not meant so. Nothing but what is printed is used: of the article its
own figures, of the bulletins those before and after. Each answer leads to the notebook that
computes it, with its tables and what they cannot tell.

## What does it look like, read?

A made-up bulletin with its figures and claims marked. A pointer on a figure tells what it counts,
between which bounds, for which period.

```{{raw}} html
{proof}
```

## More questions

{more}

## 中文

文章里印着数字，却没有数据文件：有的四舍五入，有的带着“多”“余”“近”“约”，合计、比率与分项对不上。

这里把刊出的数字读成数据，推算上年同期，核对前后是否相符，并画成图表。[中文介绍](README.zh-CN.md)

{chinese}

```{{toctree}}
:hidden:
:caption: Notebooks
:glob:
[0-9]*
```
```{{toctree}}
:hidden:
:caption: To look up
reference
data
glossary
{look_up}
```
```{{toctree}}
:hidden:
:caption: The project
About and set-up <README>
{project}
中文介绍 <README.zh-CN>
```
"""


def linked(markdown: str, home: Path, site: Path) -> str:
    """Markdown with its links led to pages; other files come along, folders lose their link."""

    def lead(match: re.Match[str]) -> str:
        words, target, anchor = match[1], match[2], match[3] or ""
        if "://" in target:
            return match[0]
        path = (home / target).resolve()
        if path in PAGES:
            return f"[{words}]({PAGES[path]}{anchor})"
        if path.is_file():
            copy = site / "files" / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            return f"[{words}]({copy.relative_to(site).as_posix()})"
        return words

    return re.sub(r"\[([^\[\]]*)\]\(([^)#\s]+)(#[^)]*)?\)", lead, markdown)


def charts(notebook: nbformat.NotebookNode) -> list[tuple[bytes, str]]:
    """A notebook's pictures with their alternative texts, in order."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return [
        (base64.b64decode(output.data["image/png"]), output.metadata["image/png"]["alt"])
        for output in outputs
        if "image/png" in output.get("data", {})
    ]


def answer(notebook: nbformat.NotebookNode) -> str:
    """What a notebook says first in computed prose: its answer; empty where it says nothing."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    said = (o.data["text/markdown"] for o in outputs if "text/markdown" in o.get("data", {}))
    return re.sub(r"^\*\*[^*]+\*\*\s*", "", next(said, ""))


def title(notebook: nbformat.NotebookNode) -> str:
    """A notebook's heading; empty where its first cell has none."""
    first = notebook.cells[0].source.strip() if notebook.cells else ""
    return first.splitlines()[0].removeprefix("# ") if first.startswith("# ") else ""


def asked(notebook: nbformat.NotebookNode) -> str:
    """What a notebook asks; empty where it does not say."""
    first = notebook.cells[0].source if notebook.cells else ""
    found = re.search(r"\*\*Question: (.*?)\*\*", first, re.S)
    said = " ".join(found[1].split()) if found else ""
    return said[:1].upper() + said[1:]


def titled(stem: str, notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A notebook with a heading: a page without one would be missing from every list."""
    if title(notebook):
        return notebook
    print(
        f"notebooks/{stem}.ipynb: found no title, expected '# ' and a title at the top of its "
        f"first cell; the report calls it {stem}",
        file=sys.stderr,
    )
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell(f"# {stem}"))
    return notebook


def answered(question: str, stem: str, notebooks: dict[str, nbformat.NotebookNode]) -> None:
    """Stop, in one line, where the front page would have a question without its answer or chart."""
    notebook = notebooks.get(stem)
    said = {"notebook": notebook, "answer": notebook and answer(notebook)}
    said |= {"chart": notebook and charts(notebook)}
    for what, there in said.items():
        if not there:
            sys.exit(
                f"notebooks/{stem}.ipynb: found no {what}, expected one, as the front page asks "
                f"{question!r} of it; run make notebooks, or name another in .ci/report/pages.py"
            )


def smaller(png: bytes) -> bytes:
    """The same picture in 128 colours, a third of the bytes: charts have few, and flat ones."""
    made = io.BytesIO()
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(128, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return min(made.getvalue(), png, key=len)


def readable(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Code folded away, and each chart's alternative text where MyST-NB looks: at the cell."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.metadata["tags"] = ["hide-input"]
        alts = [alt for _, alt in charts(nbformat.from_dict({"cells": [cell]}))]
        if len(alts) > 1:
            sys.exit(f"cell {cell.id}: {len(alts)} charts, but a cell has one alternative text")
        if alts:
            cell.metadata["mystnb"] = {"image": {"alt": alts[0]}}
        for output in cell.get("outputs", []):
            if png := output.get("data", {}).get("image/png"):
                output.data["image/png"] = base64.b64encode(smaller(base64.b64decode(png))).decode()
    return notebook


def front(notebooks: dict[str, nbformat.NotebookNode], site: Path) -> str:
    (site / "charts").mkdir()

    def picture(name: str, png: bytes, alt: str) -> str:
        (site / "charts" / f"{name}.png").write_bytes(smaller(png))
        return f"![{alt}](charts/{name}.png)"

    answers = []
    for question, stem in QUESTIONS.items():
        answered(question, stem, notebooks)
        notebook = notebooks[stem]
        shown = picture(stem, *charts(notebook)[0])
        more = f"[How this is known: {title(notebook)}]({stem}.ipynb)"
        answers.append(f"## {question}\n\n{answer(notebook)}\n\n{shown}\n\n{more}")
    drawn = [chart for notebook in notebooks.values() for chart in charts(notebook)]
    in_chinese = [chart for chart in drawn if re.match("[\u4e00-\u9fff]", chart[1])]
    more = [
        f"- [{title(n)}]({s}.ipynb). {asked(n)}".rstrip()
        for s, n in notebooks.items()
        if s not in QUESTIONS.values()
    ]
    text = (EXAMPLE / "article.txt").read_text(encoding="utf-8")
    return FRONT.format(
        answers="\n\n".join(answers),
        proof=analysis.proofread(analysis.load(EXAMPLE), text).html,
        more="\n".join(more),
        chinese=picture("zh", *in_chinese[0]) if in_chinese else "",
        look_up="\n".join(path.stem for path in DOCUMENTS if path.parent != ROOT),
        project="\n".join(
            path.stem
            for path in DOCUMENTS
            if path.parent == ROOT and not path.name.startswith("README")
        ),
    )


def reference() -> str:
    """The public names, by the module that they come from."""
    lines = ["Reference", "=========", "", ".. automodule:: analysis", "   :no-index:", ""]
    modules: dict[str, list[str]] = {}
    for name in analysis.__all__:
        thing = getattr(analysis, name)
        if inspect.ismodule(thing):
            modules[thing.__name__] = [
                f"{thing.__name__}.{public}"
                for public in thing.__all__
                if inspect.isfunction(getattr(thing, public))
            ]
        else:
            modules.setdefault(thing.__module__, []).append(f"analysis.{name}")
    for module, names in sorted(modules.items()):
        heading = module.removeprefix("analysis.")
        lines += [heading, "-" * len(heading), "", f".. automodule:: {module}", "   :no-index:", ""]
        for name in names:
            path, _, last = name.rpartition(".")
            kind = "class" if inspect.isclass(getattr(sys.modules[path], last)) else "function"
            lines += [f".. currentmodule:: {path}", f".. auto{kind}:: {last}"]
            lines += ["   :members:"] * (kind == "class") + [""]
    return "\n".join(lines)


def row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def data(site: Path) -> str:
    """Each data folder's own description, with its files."""
    lines = ["# The tables\n", "Every column, as the data packages describe it.\n"]
    described: dict[str, str] = {}  # columns, and where they are listed already
    for path in sorted((ROOT / "data").glob("**/datapackage.json")):
        package = json.loads(path.read_text(encoding="utf-8"))
        lines += [f"## {package['title']}\n", package.get("description", "") + "\n"]
        for source in package.get("sources", []):
            named = [source.get(key, "") for key in ("title", "publisher", "publisher_en")]
            dates = [f"{key} {source[key]}" for key in ("published", "accessed") if source.get(key)]
            said = f"Source: {', '.join([*filter(None, named), *dates])}."
            lines.append(f"{said} {source.get('note', '')}".strip() + "\n")
        licences = "; ".join(licence.get("title", "") for licence in package.get("licenses", []))
        lines += [f"Licence: {licences}.\n"] if licences else []
        alike: dict[str, list[str]] = {}  # files whose columns are listed elsewhere, by where
        for resource in package["resources"]:
            name, home = resource["path"], path.parent
            file = linked(f"[{name}]({name})", home, site)
            columns = json.dumps(resource["schema"]["fields"])
            if columns in described:
                alike.setdefault(described[columns], []).append(file)
                continue
            described[columns] = package["title"]
            lines += [f"### {resource['title']}\n", f"{file}\n"]
            lines += [row("column", "type", "meaning"), row("---", "---", "---")]
            for field in resource["schema"]["fields"]:
                allowed = ", ".join(field.get("constraints", {}).get("enum", []))
                meaning = field["description"] + (f" One of: {allowed}." if allowed else "")
                lines.append(row(f"`{field['name']}`", field["type"], meaning))
            lines.append("")
        for where, names in alike.items():
            lines.append(f"Files: {', '.join(names)}, with the columns listed under *{where}*.\n")
    return "\n".join(lines)


def glossary() -> str:
    with (ROOT / "data" / "glossary.csv").open(encoding="utf-8", newline="") as file:
        terms = sorted(csv.DictReader(file), key=lambda term: term["name_en"].lower())
    lines = ["# Glossary\n", "The field's words, and how these pages translate them.\n"]
    for term in terms:
        lines += [f"{term['name_en']} · {term['name_zh']}", f": {term['meaning']}\n"]
        lines.append(f"  *Source:* {term['source']}\n")
    return "\n".join(lines)


def main(site: Path) -> None:
    os.chdir(ROOT)
    shutil.rmtree(site, ignore_errors=True)
    site.mkdir(parents=True)
    notebooks = {p.stem: titled(p.stem, nbformat.read(p, as_version=4)) for p in NOTEBOOKS}
    texts = {"index.md": front(notebooks, site), "reference.rst": reference()}
    texts |= {"data.md": data(site), "glossary.md": glossary()}
    for path in DOCUMENTS:
        texts[path.name] = linked(path.read_text(encoding="utf-8"), path.parent, site)
    for stem, notebook in notebooks.items():
        for cell in notebook.cells:
            if cell.cell_type == "markdown":
                cell.source = linked(cell.source, ROOT / "notebooks", site)
        texts[f"{stem}.ipynb"] = nbformat.writes(readable(notebook))
    for page, text in texts.items():
        (site / page).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
