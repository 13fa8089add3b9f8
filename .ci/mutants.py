"""Mutation testing: small faults are planted in a module one by one; its tests must notice each.

.ci/mutants.py --sample 40 bounds claims/audit takes forty faults of each of these modules, always
the same for one --seed; without --sample all, and without a module every one. A module is tested
by the tests of its name alone, in a copy under build/mutants; what survives is shown.
"""

import argparse
import functools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.utils.format_utils import get_mutant_name, mangled_name_from_mutant_name

ROOT = Path(__file__).resolve().parents[1]
COPIES = ROOT / "build" / "mutants"
# The tests that a module's faults must not pass: its examples, those of its name and these; where
# there are neither, those of its package.
TESTED_BY = {
    "__main__": ["test_cli.py"],
    "rounding": ["test_bounds.py", "years/test_prior.py"],
    "bounds": ["years/test_prior.py"],
    "kinds": ["claims/test_columns.py", "years/test_prior_values.py"],
    "phrases": ["claims", "charts", "views"],
    "figures/grammar": ["figures/test_reading.py", "figures/test_numbers.py"],
    "extract/load": ["extract/test_extract.py", "extract/test_bad_input.py"],
    "extract/model": ["extract/test_extract.py", "extract/test_cited.py"],
    "claims/trials": ["claims/test_diagnose.py", "claims/test_joint.py"],
    "claims/diagnose": ["claims/test_layouts.py"],
    "claims/audit": ["claims/test_words.py"],
    "claims/verdicts": ["claims/test_audit.py", "claims/test_columns.py"],
    "years/prior": ["years/test_prior_values.py"],
    "article/table_numbers": ["article/test_table_years.py"],
    "article/read_table": ["article/test_table_claims.py"],
    "charts/audit": ["charts/test_network.py"],
    "charts/ranges": ["charts/test_survey.py"],
    "article/periods": ["article/test_read_article.py", "article/test_propose.py"],
}
# What is imported or set only, and what is tested where it is used by the whole project.
LEFT_OUT = {"__init__", "fonts/subset"}
SRC = ROOT / "src" / "analysis"
MODULES = sorted(str(path.relative_to(SRC).with_suffix("")) for path in SRC.rglob("*.py"))
MODULES = [name for name in MODULES if name not in LEFT_OUT and not name.endswith("__init__")]


def tests_of(module: str) -> list[str]:
    """The tests of a module, from the repository's folder."""
    package, _, name = module.rpartition("/")
    tests = [str(Path(package, f"test_{name}.py")), *TESTED_BY.get(module, [])]
    there = [f"tests/{test}" for test in tests if (ROOT / "tests" / test).exists()]
    return [f"src/analysis/{module}.py", *(there or [f"tests/{package}"])]


# The same examples every time, and fewer: thousands of runs, each of which may fail only once. Each
# fault is tried by all of the tests: what a test needs may have been called at the import, or kept
# from an earlier call.
PROFILE = """
from hypothesis import Phase
from mutmut.state import state


def pytest_runtest_setup():
    state()._stats.update(FUNCTIONS)


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
# Each fault is tried in a copy of a process that has imported these, and the library not yet: what
# this does at its import is to be done with the fault.
IMPORTED = ["pandas", "lxml.html", "scipy.optimize", "matplotlib.pyplot"]
# By mutmut's exit codes; any other says that the tests did not run. Where a fault leaves no test of
# a name that is asked for, as names come from the module's tables, there is nothing to collect.
OUTCOMES = {0: "survived", 5: "no test", 33: "no test", 2: "not tried", None: "not tried"}
OUTCOMES |= {
    255: "killed at collection",
    1: "killed",
    3: "killed",
    **dict.fromkeys((24, 36, 152, -24, -11, -9), "killed"),
}


def prepare(module: str, names: list[str], copy: Path) -> None:
    """A copy of the project in which mutmut knows this module and its tests alone."""
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir(parents=True)
    for name in ("src", "tests", "data"):
        shutil.copytree(ROOT / name, copy / name)
    shutil.copy(ROOT / "README.md", copy)
    (copy / "imported.txt").write_text("\n".join(IMPORTED), "utf-8")
    options = {
        "source_paths": ["src/analysis"],
        "only_mutate": [f"src/analysis/{module}.py"],
        "pytest_add_cli_args_test_selection": tests_of(module),
        # Tests that count lines run would count those of the planting, and last for minutes.
        "pytest_add_cli_args": ["-k", "not work_grows and not hostile"],
        "also_copy": ["data", "src", "README.md"],
        "process_isolation": "forkserver",
        "forkserver_warmup": "import",
        "preload_modules_file": "imported.txt",
        # Four times as long as the tests and the imports take must be an endless loop.
        "timeout_multiplier": 2,
        "timeout_constant": 8,
    }
    settings = "".join(f"{key} = {json.dumps(value)}\n" for key, value in options.items())
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    (copy / "pyproject.toml").write_text(f"{project}\n[tool.mutmut]\n{settings}", "utf-8")
    with (copy / "tests" / "conftest.py").open("a", encoding="utf-8") as conftest:
        conftest.write(
            f"{PROFILE}FUNCTIONS = {sorted(set(map(mangled_name_from_mutant_name, names)))}"
        )


def chosen(module: str, sample: int | None, seed: int) -> list[str]:
    """The names of the faults to plant: none where all is a table, or has a decorator."""
    path = Path("src", "analysis", f"{module}.py")
    made = mutate_file_contents(str(path), (ROOT / path).read_text("utf-8")).mutant_names
    taken = made if sample is None else random.Random(seed).sample(made, min(sample, len(made)))
    return [get_mutant_name(path, name) for name in taken]


def tried(module: str, sample: int | None, seed: int) -> Counter[str]:
    """How many faults of a module had which outcome; those that nothing noticed are printed."""
    names, copy = chosen(module, sample, seed), COPIES / module.replace("/", ".")
    if not names:
        return Counter()
    prepare(module, names, copy)
    mutmut = [sys.executable, "-m", "mutmut"]
    command = [*mutmut, "run", "--max-children", str(os.cpu_count())]
    # A busy machine is no endless loop: the clock's limit goes unheard, and the processor's kills.
    deaf = functools.partial(signal.signal, signal.SIGXCPU, signal.SIG_IGN)
    subprocess.run([*command, *names], cwd=copy, check=True, preexec_fn=deaf)
    results = copy / "mutants" / "src" / "analysis" / f"{module}.py.meta"
    codes = json.loads(results.read_text("utf-8"))["exit_code_by_key"]
    outcomes = {name: OUTCOMES.get(code, "failed to run") for name, code in codes.items()}
    for name, outcome in outcomes.items():
        if outcome in ("survived", "no test"):
            subprocess.run([*mutmut, "show", name], cwd=copy, check=True)
    return Counter(outcomes.values())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="bounds, claims/audit, ...")
    parser.add_argument("--sample", type=int, metavar="N", help="so many faults of each")
    parser.add_argument("--seed", type=int, default=2018)
    args = parser.parse_args()
    if unknown := set(args.modules) - set(MODULES):
        parser.error(f"no such module: {', '.join(sorted(unknown))}; known: {', '.join(MODULES)}")
    said = []
    for module in args.modules or MODULES:
        counts = tried(module, args.sample, args.seed)
        noticed = counts["killed"] + counts["killed at collection"]
        of = noticed + counts["survived"] + counts["no test"]
        says = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
        said.append(f"{module}: {says}; {100 * noticed / max(of, 1):.1f}% noticed")
        print(said[-1], flush=True)
    print("", *said, sep="\n")


if __name__ == "__main__":
    main()
