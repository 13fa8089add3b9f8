"""Mutation testing: small faults are planted in a module one by one; its tests must notice each.

Give the modules to look at: .ci/mutants.py bounds claims/audit. All is done in a copy under
build/mutants; what survived is listed there by `mutmut results` and shown by `mutmut show NAME`.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COPY = ROOT / "build" / "mutants"
# The tests that a module's faults must not pass are those of its package, or its own; and these.
MORE = {
    "rounding": ["test_bounds.py", "years/test_prior.py"],
    "bounds": ["years/test_prior.py"],
    "kinds": ["claims/test_columns.py", "years/test_prior_values.py"],
    "phrases": ["claims", "charts", "views"],
}
# What is imported or set only, and what is tested where it is used by the whole project.
LEFT_OUT = {"__init__", "fonts/subset"}
SRC, OWN = ROOT / "src" / "analysis", {"__main__": "test_cli.py"}
MODULES = sorted(str(path.relative_to(SRC).with_suffix("")) for path in SRC.rglob("*.py"))
MODULES = [name for name in MODULES if name not in LEFT_OUT and not name.endswith("__init__")]


def tests_of(module: str) -> list[str]:
    package, _, name = module.rpartition("/")
    own = OWN.get(name, package or f"test_{name}.py")
    tests = [own, *MORE.get(module, [])]
    return [f"tests/{test}" for test in tests if (ROOT / "tests" / test).exists()]


# The same examples every time, and fewer: thousands of runs, each of which may fail only once.
# Each begins as a copy of a process in which the tests have passed: what that one remembered of
# calls of the sound code must be forgotten.
PROFILE = """
import functools
import gc

from hypothesis import Phase


def pytest_sessionstart():
    for kept in gc.get_objects():
        if isinstance(kept, functools._lru_cache_wrapper):
            kept.cache_clear()


settings.register_profile(
    "mutants",
    settings.get_profile("default"),
    database=None,
    derandomize=True,
    max_examples=60,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile("mutants")
"""
# By mutmut's exit codes; any other is a signal: an endless loop, mostly, and noticed.
OUTCOMES = {0: "survived", 5: "no test", 33: "no test", 2: "not tried", None: "not tried"}


def prepare(modules: list[str]) -> None:
    shutil.rmtree(COPY, ignore_errors=True)
    COPY.mkdir(parents=True)
    for name in ("src", "tests", "data"):
        shutil.copytree(ROOT / name, COPY / name)
    shutil.copy(ROOT / "README.md", COPY)
    tests = dict.fromkeys(test for module in modules for test in tests_of(module))
    options = {
        "source_paths": ["src/analysis"],
        "only_mutate": [f"src/analysis/{module}.py" for module in modules],
        "pytest_add_cli_args_test_selection": list(tests),
        # Tests that count lines run would count those of the planting, and last for minutes.
        "pytest_add_cli_args": ["-k", "not work_grows and not hostile"],
        "also_copy": ["data", "src", "README.md"],
    }
    settings = "".join(f"{key} = {json.dumps(value)}\n" for key, value in options.items())
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    (COPY / "pyproject.toml").write_text(f"{project}\n[tool.mutmut]\n{settings}", "utf-8")
    with (COPY / "tests" / "conftest.py").open("a", encoding="utf-8") as conftest:
        conftest.write(PROFILE)


def main(modules: list[str]) -> int:
    if unknown := set(modules) - set(MODULES):
        print(f"no such module here: {', '.join(sorted(unknown))}; known: {', '.join(MODULES)}")
        return 2
    modules = modules or MODULES
    prepare(modules)
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", str(os.cpu_count())]
    failed = subprocess.run(command, cwd=COPY).returncode
    for module in modules:
        results = COPY / "mutants" / "src" / "analysis" / f"{module}.py.meta"
        codes = json.loads(results.read_text("utf-8"))["exit_code_by_key"].values()
        counts = Counter(OUTCOMES.get(code, "killed") for code in codes)
        tried = counts["killed"] + counts["survived"] + counts["no test"]
        says = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
        print(f"{module}: {says}; {100 * counts['killed'] / max(tried, 1):.1f}% noticed")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
