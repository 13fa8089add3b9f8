"""The notebooks as files: freshly executed, short-celled, and no number in prose typed by hand."""

import base64
import json
import re
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return json.loads(request.param.read_text(encoding="utf-8"))


def cells(notebook, kind):
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def source(cell):
    return "".join(cell["source"])


def outputs(notebook):
    """All text that the notebook shows."""
    for cell in cells(notebook, "code"):
        for output in cell["outputs"]:
            data = output.get("data", {})
            for kind in ("text/plain", "text/markdown", "text/html"):
                yield "".join(data.get(kind, []))
            yield "".join(output.get("text", []))
            yield output.get("metadata", {}).get("image/png", {}).get("alt", "")


def test_there_are_notebooks():
    assert [path.stem[:2] for path in NOTEBOOKS][:3] == ["00", "01", "02"]


def test_executed_top_to_bottom_without_errors(notebook):
    code = [cell for cell in cells(notebook, "code") if source(cell).strip()]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    for cell in code:
        for output in cell["outputs"]:
            assert output["output_type"] != "error"
            assert output.get("name") != "stderr"


def test_every_picture_has_an_alternative_text(notebook):
    for cell in cells(notebook, "code"):
        for output in cell["outputs"]:
            if "image/png" in output.get("data", {}):
                assert output["metadata"]["image/png"]["alt"]


def test_a_question_first_and_the_answer_on_top(notebook):
    first = source(notebook["cells"][0])
    assert first.startswith("# ")
    assert "**Question" in first
    answers = [
        n
        for n, cell in enumerate(cells(notebook, "code"))
        for output in cell["outputs"]
        if "text/markdown" in output.get("data", {})
    ]
    assert answers[0] <= 1  # right after the imports


def test_code_cells_are_short_and_define_nothing(notebook):
    for cell in cells(notebook, "code"):
        statements = [line for line in source(cell).splitlines() if line.strip()]
        assert len(statements) <= 10, source(cell)
        assert not re.search(r"^\s*(def|class) |sys\.path|lambda .*:.*lambda", source(cell), re.M)


def test_prose_numbers_are_printed_figures_or_stand_in_the_outputs(notebook, datong):
    shown = " ".join(outputs(notebook))
    numbers_shown = set(re.findall(r"\d+(?:[.,]\d+)*", shown))
    reported = set(datong.figures["reported"])
    for cell in cells(notebook, "markdown"):
        prose = source(cell)
        for text in re.findall(r"`([^`]+)`", prose):
            if re.search(r"\d", text) and not re.fullmatch(r"[\w./-]*[a-z][\w./-]*", text):
                assert text in reported or text in shown, text
        prose = re.sub(r"`[^`]+`|\[\d\d-[\w-]+\]\([^)]*\)|\]\([^)]*\)", " ", prose)
        for number in re.findall(r"\d+(?:[.,]\d+)*", prose):
            assert number in numbers_shown, f"{number} in: {prose[:200]}"


def test_links_between_notebooks_resolve(notebook):
    names = {path.name for path in NOTEBOOKS}
    for cell in cells(notebook, "markdown"):
        for target in re.findall(r"\]\(([^)#]+\.ipynb)\)", source(cell)):
            assert target in names, target


ROOT = Path(__file__).resolve().parents[1]


def test_the_readme_shows_the_notebooks_own_chart():
    picture = (ROOT / ".ci" / "charts" / "year-over-year-en.png").read_bytes()
    notebook = json.loads((ROOT / "notebooks" / "02-year-over-year.ipynb").read_text("utf-8"))
    drawn = [
        output["data"]["image/png"]
        for cell in cells(notebook, "code")
        for output in cell["outputs"]
        if "image/png" in output.get("data", {})
    ]
    assert base64.b64decode("".join(drawn[0])) == picture


def test_every_path_and_link_of_the_readme_exists():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", readme):
        assert (ROOT / target).exists(), target
    for path in re.findall(r"^\| `([^`]+/)` \|", readme, re.M):
        assert (ROOT / path).is_dir(), path
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make (\w+)", readme):
        assert f"\n{target}:" in makefile, target
