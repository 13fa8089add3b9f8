"""The house: what each part may know, read from the code itself."""

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.kinds import KINDS, ROLES
from analysis.units import FAMILIES, as_printed
from analysis.views.heads import ROLES as ROLE_NAMES

SRC = Path(__file__).resolve().parents[2] / "src" / "analysis"
MODULES = sorted(SRC.rglob("*.py"))
# Each imports only from what stands before it.
ORDER = (
    *("rounding", "bounds", "units", "quotients", "kinds", "phrases", "figures", "extract"),
    *("claims", "years", "article", "views", "charts", "simulation", "__init__", "__main__"),
)
LONGEST = 420  # lines: a module is read in a sitting


def part_of(path):
    """Which part of the house a module belongs to: its package, or itself."""
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def imported(path):
    """The parts of the house that a module imports, wherever in it, types included."""
    package = ["analysis", *path.relative_to(SRC).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) + 1 - node.level] if node.level else []
            module = [*base, *(node.module or "").split(".")] if node.module else base
            names = [".".join([*module, alias.name]) for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            first, *rest = name.split(".")
            if first == "analysis":
                known = (rest and (SRC / rest[0]).is_dir()) or (SRC / f"{rest[0]}.py").exists()
                yield rest[0] if known else "__init__"


def test_the_reader_of_imports_sees_them():
    assert set(imported(SRC / "claims" / "audit.py")) >= {"kinds", "extract", "claims"}
    assert set(imported(SRC / "__main__.py")) == {
        "__init__",
        "article",
        "claims",
        "phrases",
        "units",
        "views",
    }


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SRC)))
def test_a_module_imports_only_from_above(path):
    if part_of(path) == "fonts":
        assert list(imported(path)) == []  # a tool that makes the font
        return
    part = ORDER.index(part_of(path))
    below = [other for other in imported(path) if ORDER.index(other) > part]
    assert below == []
    if path.parent == SRC and path.name != "__init__.py":
        assert part_of(path) not in imported(path)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SRC)))
def test_a_module_can_be_read_in_a_sitting(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "__init__.py"], ids=part_of)
def test_an_init_only_hands_on(path):
    """No work at import: imports, names, and the two hooks that modules have."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        kinds = (ast.Import, ast.ImportFrom, ast.Assign, ast.If, ast.Expr, ast.FunctionDef)
        assert isinstance(node, kinds), ast.unparse(node)
        if isinstance(node, ast.FunctionDef):
            assert node.name in ("__getattr__", "__dir__")


def test_importing_the_library_imports_no_matplotlib():
    code = "import sys, analysis; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_public_name_is_there():
    analysis = importlib.import_module("analysis")
    for name in analysis.__all__:
        assert getattr(analysis, name) is not None
    assert sorted(analysis.__all__) == list(analysis.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        analysis.nothing  # noqa: B018


def strings(path):
    """The texts in a module's code: no docstrings, no comments. And where each stands."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and id(node) not in docstrings:
            yield text, node.lineno


# Units that the table alone names. Chinese counters also occur in the words of the grammar (件 in
# 案件, 起 in 一起), which is where a text is taken apart; of the rest no module knows one.
UNITS = sorted({p.partition("(?!")[0] for p in as_printed(*FAMILIES)} - {"%"})
NAMED = ("percentage point", "permille point", "percent", "‰", "‱", "百分点", "千分点")


def test_no_module_but_the_table_names_a_unit():
    found = [
        f"{path.relative_to(SRC)}:{line}: {text!r}"
        for path in MODULES
        if part_of(path) not in ("units", "figures", "article")
        for text, line in strings(path)
        if text in UNITS or text in NAMED
    ]
    # `figures` and `article` take texts apart, in which units are words among others. The panel
    # prints made-up figures: its 起 and percent are data.
    assert [each for each in found if not each.startswith("simulation.py")] == []


def test_the_reader_of_figures_compares_no_unit_but_those_it_spells_out():
    """`figures` takes texts apart, so that it meets units as words; it knows the names of few."""
    found = {
        text
        for path in (SRC / "figures").glob("*.py")
        for text, _ in strings(path)
        if text in NAMED
    }
    assert found <= {"percent", "percentage point", "permille point", "‰"}, found


def test_the_roles_of_the_kinds_stand_in_one_table_only():
    """Which roles a kind has is said in `kinds` alone; `heads` lists what all are called."""
    assert set(ROLE_NAMES) == {*ROLES, "rest"}
    for path in MODULES:
        if part_of(path) == "kinds" or path.name == "heads.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, (ast.Tuple, ast.List, ast.Set, ast.Dict)):
                continue
            items = node.keys if isinstance(node, ast.Dict) else node.elts
            texts = {x.value for x in items if isinstance(x, ast.Constant)}
            for kind, each in KINDS.items():
                all_of_them = len(each.roles) > 2 and set(each.roles) <= texts
                simulated = part_of(path) == "simulation"  # a made-up panel, whose columns they are
                assert simulated or not all_of_them, f"{path.name}:{node.lineno}: roles of {kind}"
            assert not (set(ROLES) <= texts), f"{path.name}:{node.lineno}: all roles"


def test_the_kinds_are_listed_in_one_table_and_in_their_names():
    """Beside `kinds` only `phrases` lists the kinds: what they are called."""
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Dict):
                texts = {x.value for x in node.keys if isinstance(x, ast.Constant)}
                if set(KINDS) <= texts:
                    assert part_of(path) in ("kinds", "phrases"), f"{path.name}:{node.lineno}"


def test_only_rounding_reads_bits():
    reading = [
        str(path.relative_to(SRC))
        for path in MODULES
        if re.search(r"\.view\(np\.(?:u?int|float)64\)", path.read_text(encoding="utf-8"))
    ]
    assert reading == ["rounding.py"]


def test_types_are_handed_on():
    assert (SRC / "py.typed").exists()
