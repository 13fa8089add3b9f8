"""What the benchmarks share: how a measurement is named, and what it is held against."""

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def measure(benchmark):
    """Time a call, name it, and say which other measurements it is held against.

    ``units`` is how many rows, relations or bytes the call works through: times are compared a
    unit. ``against`` gives, by the other's key, the aim: "≤ 1.5" (this takes at most so many times
    as long) or "≥ 100" (the other takes at least so many times as long).
    """

    def timed(
        key: str,
        call: Callable[[], Any],
        units: float = 1,
        rounds: int = 5,
        against: dict[str, str] | None = None,
    ) -> None:
        benchmark.extra_info.update(key=key, units=units, against=against or {})
        gc.collect()
        # glibc gives memory back at once until a large piece was freed, and then keeps it: all
        # contenders alike have it kept, whichever comes first.
        np.empty(2**21).fill(0)
        benchmark.pedantic(call, rounds=rounds, warmup_rounds=1 if rounds > 1 else 0)

    return timed


@pytest.fixture
def record(benchmark):
    """Record a ratio that is no time, with what it is held against and the aim."""

    def recorded(key: str, against: str, ratio: float, aim: str) -> None:
        benchmark.extra_info.update(key=key, against={against: aim}, ratio=ratio)
        benchmark.pedantic(lambda: None, rounds=1)

    return recorded
