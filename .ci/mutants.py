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
# The tests that a module's faults must not pass.
TESTS = {
    "rounding": ["test_rounding.py", "test_bounds.py", "years/test_prior.py"],
    "bounds": ["test_bounds.py", "years/test_prior.py"],
    "units": ["test_units.py"],
    "kinds": ["test_kinds.py", "claims/test_columns.py", "years/test_prior_values.py"],
    "figures/numbers": ["figures"],
    "figures/reading": ["figures"],
    "figures/columns": ["figures"],
    "figures/text": ["figures"],
    "claims/columns": ["claims/test_columns.py", "claims/test_audit.py"],
    "claims/slips": ["claims/test_slips.py"],
    "claims/audit": ["claims/test_audit.py", "claims/test_columns.py"],
    "claims/counts": ["claims/test_counts.py"],
    "years/prior": ["years/test_prior.py", "years/test_prior_values.py"],
    "years/compare": ["years/test_compare.py"],
}
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
    tests = dict.fromkeys(f"tests/{test}" for m in modules for test in TESTS[m])
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
    if unknown := set(modules) - set(TESTS):
        print(f"no such module here: {', '.join(sorted(unknown))}; known: {', '.join(TESTS)}")
        return 2
    modules = modules or list(TESTS)
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
