"""The notebooks as files: freshly executed, short-celled, and no number in prose typed by hand."""

import base64
import json
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def notebook(path):
    return json.loads(path.read_text(encoding="utf-8"))


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


def test_every_call_of_a_chart_shows_one(notebook):
    for cell in cells(notebook, "code"):
        calls = re.findall(r"^\w+ = charts\.", source(cell), re.M)
        shown = [o for o in cell["outputs"] if "image/png" in o.get("data", {})]
        assert len(shown) == len(calls), source(cell)


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


ROOT = Path(__file__).resolve().parents[2]


LARGEST_OUTPUT = 400_000  # characters of JSON


def test_outputs_are_of_a_size_to_keep_and_name_no_place_of_this_machine(notebook):
    for cell in cells(notebook, "code"):
        for output in cell["outputs"]:
            stored = json.dumps(output, ensure_ascii=False)
            assert len(stored) < LARGEST_OUTPUT, cell["id"]
            # A folder of Unix or Windows, or an object's address: it would differ elsewhere.
            picture = "".join(output.get("data", {}).get("image/png", ""))
            words = stored.replace(json.dumps(picture)[1:-1], "")
            places = r"/(?:home|root|tmp|usr|work|Users|var|opt)/|[A-Z]:\\\\|\b0x[0-9a-f]{6,}"
            assert not re.search(places, words), cell["id"]


def test_cell_ids_are_the_notebooks_number_and_a_running_one(path, notebook):
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(set(ids)) == len(ids)
    assert [id for id in ids if not re.fullmatch(rf"{path.stem[:2]}-\d\d", id)] == []


def test_metadata_names_no_version_and_no_machine(notebook):
    assert notebook["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert [cell["id"] for cell in notebook["cells"] if cell["metadata"]] == []
    for cell in cells(notebook, "code"):
        for output in cell["outputs"]:
            kept = output.get("metadata", {})
            assert set(kept) <= {"image/png"}, cell["id"]
            assert set(kept.get("image/png", {})) <= {"alt", "width"}, cell["id"]


def test_formatting_leaves_outputs_alone(tmp_path):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "src" / "analysis").mkdir(parents=True)  # so that ruff knows the library as ours
    notebook = json.loads(NOTEBOOKS[2].read_text(encoding="utf-8"))
    kept = [(c["execution_count"], c["outputs"], c["id"]) for c in cells(notebook, "code")]
    neat = source(cells(notebook, "code")[0])
    cells(notebook, "code")[0]["source"] = neat.replace(" = ", "=").replace('"', "'")
    copy = tmp_path / "copy.ipynb"
    copy.write_text(json.dumps(notebook), encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = re.search(r"^format:.*\n((?:\t.*\n)+)", makefile, re.M)[1]
    commands = re.findall(r"^\t\$\(BIN\)/ruff (.*)$", recipe, re.M)
    assert len(commands) == 2
    for command in commands:
        ruff = [sys.executable, "-m", "ruff", *command.split()]
        subprocess.run(ruff, cwd=tmp_path, check=True, capture_output=True)
    formatted = json.loads(copy.read_text(encoding="utf-8"))
    assert source(cells(formatted, "code")[0]) == neat
    assert [(c["execution_count"], c["outputs"], c["id"]) for c in cells(formatted, "code")] == kept


def test_the_difference_of_two_notebooks_reads_as_cells(tmp_path):
    notebook = json.loads(NOTEBOOKS[2].read_text(encoding="utf-8"))
    (tmp_path / "before.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    last = cells(notebook, "code")[-1]
    last["source"] = [source(last).replace("(datong", "(datong, language='zh'")]
    (tmp_path / "after.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    nbdiff = [sys.executable, "-m", "nbdime", "diff", "--no-color", "before.ipynb", "after.ipynb"]
    found = subprocess.run(nbdiff, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    assert "+  _ = charts.year_over_year(datong, language='zh')" in found
    assert "base64" not in found


README_CHARTS = runpy.run_path(str(ROOT / ".ci" / "notebooks.py"))["README_CHARTS"]


@pytest.mark.parametrize("name", README_CHARTS)
def test_the_readmes_show_the_notebooks_own_charts(name):
    stem, number = README_CHARTS[name]
    picture = (ROOT / ".ci" / "charts" / f"{name}.png").read_bytes()
    notebook = json.loads((ROOT / "notebooks" / f"{stem}.ipynb").read_text("utf-8"))
    drawn = [
        output["data"]["image/png"]
        for cell in cells(notebook, "code")
        for output in cell["outputs"]
        if "image/png" in output.get("data", {})
    ]
    assert base64.b64decode("".join(drawn[number])) == picture
    readme = ROOT / ("README.zh-CN.md" if name.endswith("zh") else "README.md")
    assert f"](.ci/charts/{name}.png)" in readme.read_text("utf-8")


DOCUMENTS = ["README.md", "README.zh-CN.md", "CONTRIBUTING.md"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_path_link_and_command_of_a_document_exists(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert "://" in target or (ROOT / target).exists(), target
    for path in re.findall(r"`((?:src|tests|data|notebooks|\.ci)/[\w./-]*)`", text):
        assert (ROOT / path).exists(), path
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    commands = re.findall(r"`make (\w+)`|^make (\w+)", text, re.M)
    for target in filter(None, sum(commands, ())):
        assert f"\n{target}:" in makefile, target


def test_both_readmes_give_the_same_commands_and_links():
    def of(name):
        text = (ROOT / name).read_text(encoding="utf-8")
        blocks = re.findall(r"^```(\w+)\n(.*?)^```", text, re.M | re.S)
        code = [(kind, re.sub(r"\s*#.*", "", block)) for kind, block in blocks]
        links = {
            target.replace("-zh.png", "-en.png") for target in re.findall(r"\]\((.*?)\)", text)
        }
        return code, links - {"README.md", "README.zh-CN.md"}, set(re.findall(r"`make \w+`", text))

    assert of("README.zh-CN.md") == of("README.md")
