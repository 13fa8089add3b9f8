"""pyproject.toml, requirements.lock and environment.yml name the same packages and versions."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rattler import MatchSpec

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))

# conda-forge's `matplotlib` brings a desktop toolkit that notebooks have no use for.
CONDA_NAMES = {"matplotlib": "matplotlib-base"}

DIRECT = [
    Requirement(line)
    for group in (PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    for line in group
]
# One entry a package: its pinned line, then its hashes.
LOCKED = re.split(r"\n(?=[a-z0-9])", "\n" + LOCK.partition("make lock\n")[2].rstrip())[1:]
VERSIONS = dict(re.match(r"([\w.-]+)==([^\s;]+)", entry).groups() for entry in LOCKED)
PIP = next(entry["pip"] for entry in CONDA["dependencies"] if isinstance(entry, dict))
SPECS = {
    spec.name.normalized: spec
    for spec in (MatchSpec(entry) for entry in CONDA["dependencies"] if isinstance(entry, str))
}


@pytest.mark.parametrize("requirement", DIRECT, ids=lambda requirement: requirement.name)
def test_direct_dependency_has_one_version_everywhere(requirement: Requirement) -> None:
    name = canonicalize_name(requirement.name)
    version = VERSIONS[name]
    assert requirement.specifier.contains(version), "the lock breaks pyproject.toml: make lock"
    if f"{name}=={version}" not in PIP:
        spec = SPECS[CONDA_NAMES.get(name, name)]
        assert str(spec.version) == f"=={version}", "environment.yml is behind the lock"


def test_environment_names_nothing_else() -> None:
    direct = {CONDA_NAMES.get(name, name) for name in (r.name.lower() for r in DIRECT)}
    pinned = {line.partition("==")[0] for line in PIP}
    assert set(SPECS) - {"python", "pip"} == direct - pinned
    assert pinned - direct == {"-e ."}
    assert str(SPECS["python"].version) == PROJECT["requires-python"]


def test_lock_pins_each_package_once_and_with_hashes() -> None:
    assert len(VERSIONS) == len(LOCKED) > 100
    for entry in LOCKED:
        assert re.search(r"^    --hash=sha256:[0-9a-f]{64}", entry, re.MULTILINE), entry


@pytest.mark.parametrize("file", ["requirements.lock", "environment.yml", "pyproject.toml"])
def test_no_host_is_named(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    assert re.findall(r"\w+://|index-url|find-links|trusted-host", text) == []


def test_what_is_left_out_stays_out() -> None:
    named = (ROOT / ".ci" / "left-out.txt").read_text(encoding="utf-8").splitlines()
    left_out = {line for line in named if line and not line.startswith("#")}
    assert left_out
    assert not left_out & set(VERSIONS)
    assert "--excludes .ci/left-out.txt" in (ROOT / "Makefile").read_text(encoding="utf-8")
