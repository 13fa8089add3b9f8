"""Ten minutes of random texts and broken files: `make fuzz`, or tests/fuzz.py --minutes 60.

Each test of test_fuzz.py in turn, again and again with another seed, each for a share of the time.
Prints what was tried; exit status 1, and the smallest example, where one fails.
"""

import argparse
import contextlib
import io
import itertools
import re
import sys
import time
from pathlib import Path

import pytest

TESTS = Path(__file__).with_name("test_fuzz.py")
NAMES = re.findall(r"^def (test_\w+)", TESTS.read_text("utf-8"), re.MULTILINE)
OPTIONS = ["-qq", "--no-header", "-p", "no:cacheprovider"]


class Counted:
    """A plugin that keeps the number of examples that Hypothesis tried."""

    examples = 0

    def pytest_runtest_makereport(self, item, call):
        statistics = getattr(item, "hypothesis_statistics", "")
        if call.when == "teardown":
            phases = [line for line in statistics.splitlines() if " passing" in line]
            self.examples += sum(int(line.split("passing")[0].split()[-1]) for line in phases)


def main() -> int:
    """Run the tests for the minutes asked for."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--minutes", type=float, default=10)
    minutes = parser.parse_args().minutes
    for name in NAMES:
        counted, end = Counted(), time.monotonic() + 60 * minutes / len(NAMES)
        for seed in itertools.count():
            run = [f"{TESTS}::{name}", "--hypothesis-profile=fuzz", f"--hypothesis-seed={seed}"]
            with contextlib.redirect_stdout(io.StringIO()) as said:
                failed = pytest.main([*OPTIONS, *run], plugins=[counted])
            if failed:
                print(said.getvalue(), f"{name} failed with --hypothesis-seed={seed}")
                return 1
            if time.monotonic() > end:
                break
        print(f"{name:45}{counted.examples:10,} examples, none failed", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
