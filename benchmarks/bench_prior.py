"""The implied prior with bounds and whole candidates, against other ways to compute it.

The figures: counts up to a million, exact, and changes from -90 to +200 percent printed to one
decimal. The result: low and high of the prior, and of the whole numbers inside the first, the last,
how many, and which where only one.
Every contender gets its operands ready-made in its own type; only the arithmetic is timed.
"""

import tracemalloc

import numpy as np
import pytest

from analysis import Bounds, implied_prior

ROWS = [10**4, 10**5, 10**6, 10**7]
FEW = 10**4  # for peers that work number by number; times are compared a row


def figures(rows):
    random = np.random.default_rng(0)
    current = random.integers(1, 10**6, rows).astype(float)
    change = random.integers(-900, 2000, rows) / 10
    return current, current.copy(), change - 0.05, change + 0.05


def rounds(rows):
    return max(3, min(50, 10**7 // rows))


def whole(low, high):
    """What an analyst would write by hand."""
    first, last = np.ceil(low), np.floor(high)
    count = last - first + 1
    none = count < 1
    first, last = np.where(none, np.nan, first), np.where(none, np.nan, last)
    return first, last, np.where(none, 0, count), np.where(count == 1, first, np.nan)


@pytest.mark.parametrize("rows", ROWS)
def test_ours(measure, rows):
    """`implied_prior` of `Bounds` of arrays, and `whole` of it: within one float step of exact."""
    low, high, least, most = figures(rows)
    current, change = Bounds(low, high), Bounds(least, most)

    def run():
        prior = implied_prior(current, change)
        return prior, prior.whole

    aims = {f"NumPy by hand, {rows:,} rows": "≤ 1.5", f"crival, {rows:,} rows": "≤ 1"}
    if rows == FEW:
        peers = ("uncertainties.unumpy", "portion", "pyinterval", "mpmath.iv")
        aims |= {f"{peer}, {rows:,} rows": "≥ 100" for peer in peers}
    measure(f"implied prior, {rows:,} rows", run, rows, rounds(rows), aims)


@pytest.mark.parametrize("rows", ROWS)
def test_numpy_by_hand(measure, rows):
    """NumPy, each operation rounded outward by `np.nextafter`: sound, up to five steps wide."""
    low, high, least, most = figures(rows)
    down, up = -np.inf, np.inf

    def run():
        of_most, of_least = np.nextafter(100 + most, up), np.nextafter(100 + least, down)
        prior_low = np.nextafter(np.nextafter(100 * low, down) / of_most, down)
        prior_high = np.nextafter(np.nextafter(100 * high, up) / of_least, up)
        return prior_low, prior_high, whole(prior_low, prior_high)

    measure(f"NumPy by hand, {rows:,} rows", run, rows, rounds(rows))


@pytest.mark.parametrize("rows", ROWS)
def test_crival(measure, rows):
    """crival's (module `ival`) `Interval` of arrays, `* 100 / (100 + change)`, whole by NumPy.

    Compiled; each operation is correctly rounded, so three of them are up to three steps wide.
    """
    ival = pytest.importorskip("ival")
    low, high, least, most = figures(rows)
    current, change = ival.Interval(low, high), ival.Interval(least, most)

    def run():
        prior = current * 100 / (change + 100)
        return prior, whole(prior.inf, prior.sup)

    measure(f"crival, {rows:,} rows", run, rows, rounds(rows))


def test_uncertainties(measure):
    """`unumpy.uarray` of middles and half widths as deviations; ends by `nominal_values` and
    `std_devs`. First-order error propagation, so no bounds: for the time only.
    """
    unumpy = pytest.importorskip("uncertainties.unumpy")
    low, high, least, most = figures(FEW)
    current = unumpy.uarray((low + high) / 2, (high - low) / 2 + 1e-9)
    change = unumpy.uarray((least + most) / 2, (most - least) / 2)

    def run():
        prior = current * 100 / (change + 100)
        middle, half = unumpy.nominal_values(prior), unumpy.std_devs(prior)
        return whole(middle - half, middle + half)

    measure(f"uncertainties.unumpy, {FEW:,} rows", run, FEW, 3)


def test_portion(measure):
    """`portion.closed` intervals, which have no arithmetic: ends computed in Python floats and
    stepped by `math.nextafter`, an interval made of each, whole by `math.ceil` and `floor`.
    """
    import math

    portion = pytest.importorskip("portion")
    low, high, least, most = (column.tolist() for column in figures(FEW))
    current = [portion.closed(*ends) for ends in zip(low, high, strict=True)]
    change = [portion.closed(*ends) for ends in zip(least, most, strict=True)]
    down, up = -math.inf, math.inf

    def run():
        found = []
        for now, changed in zip(current, change, strict=True):
            of_most = math.nextafter(100 + changed.upper, up)
            of_least = math.nextafter(100 + changed.lower, down)
            prior = portion.closed(
                math.nextafter(math.nextafter(100 * now.lower, down) / of_most, down),
                math.nextafter(math.nextafter(100 * now.upper, up) / of_least, up),
            )
            found.append((prior, math.ceil(prior.lower), math.floor(prior.upper)))
        return found

    measure(f"portion, {FEW:,} rows", run, FEW, 3)


def test_pyinterval(measure):
    """`interval.interval` objects one by one, `* 100 / (change + 100)`, whole from `extrema`."""
    import math

    interval = pytest.importorskip("interval").interval
    low, high, least, most = (column.tolist() for column in figures(FEW))
    current = [interval(list(ends)) for ends in zip(low, high, strict=True)]
    change = [interval(list(ends)) for ends in zip(least, most, strict=True)]

    def run():
        found = []
        for now, changed in zip(current, change, strict=True):
            prior = now * 100 / (changed + 100)
            found.append((prior, math.ceil(prior[0].inf), math.floor(prior[0].sup)))
        return found

    measure(f"pyinterval, {FEW:,} rows", run, FEW, 3)


def test_mpmath(measure):
    """`mpmath.iv.mpf` at its default 53 bits, one by one, whole from its ends as floats."""
    import math

    iv = pytest.importorskip("mpmath").iv
    low, high, least, most = (column.tolist() for column in figures(FEW))
    current = [iv.mpf(list(ends)) for ends in zip(low, high, strict=True)]
    change = [iv.mpf(list(ends)) for ends in zip(least, most, strict=True)]

    def run():
        found = []
        for now, changed in zip(current, change, strict=True):
            prior = now * 100 / (changed + 100)
            found.append((prior, math.ceil(float(prior.a.a)), math.floor(float(prior.b.b))))
        return found

    measure(f"mpmath.iv, {FEW:,} rows", run, FEW, 3)


def test_peak_memory(record):
    """What is allocated at the peak beside the inputs, by tracemalloc, a million rows."""
    low, high, least, most = figures(10**6)
    current, change = Bounds(low, high), Bounds(least, most)
    tracemalloc.start()
    prior = implied_prior(current, change)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    inputs = low.nbytes + high.nbytes + least.nbytes + most.nbytes
    needed = inputs + prior.low.nbytes + prior.high.nbytes
    record(
        "peak memory of the implied prior",
        "its inputs and outputs",
        (inputs + peak) / needed,
        "≤ 2",
    )
