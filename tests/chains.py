"""Made-up issues of one issuer, whose true counts are known: what a series says of them.

A count of every year, printed exactly or rounded; the change to it as that year's issue has it,
by a base that may have been revised since; issues that are missing; a definition that changes.
"""

import math
from dataclasses import dataclass
from fractions import Fraction

import pandas as pd
from building import extract
from bulletins import percent

from analysis import series


@dataclass
class Year:
    """What one issue prints, and what it means by it."""

    number: int
    printed: str
    low: Fraction  # of the print
    high: Fraction
    base: int  # the count of the year before as this issue has it
    change: str
    moved: Fraction  # the same in percent, half a tenth open either way
    least: int  # the smallest and the largest base that this print and this change can have
    most: int
    definition: int  # the year from which on it counts so


def _printed(random, count):
    """A count to the unit, or in ten thousands with two decimals; and its bounds."""
    if random.random() < 0.6:
        return f"{count}起", Fraction(count), Fraction(count)
    hundreds = (count + 50) // 100
    text = f"{hundreds // 100}.{hundreds % 100:02}万起"
    return text, Fraction(100 * hundreds - 50), Fraction(100 * hundreds + 50)


def _bases(low, high, change):
    """By fractions: the whole numbers from which a count between low and high has so changed."""
    ends = [100 + change - Fraction(1, 20), 100 + change + Fraction(1, 20)]
    return math.ceil(100 * low / ends[1]), math.floor(100 * high / ends[0])


def chain(random):
    """Three to eight years by a `random.Random`, in order; some of them were never printed."""
    counts = [random.randint(2_000, 90_000)]
    definition, years = 0, []
    for number in range(2010, 2010 + random.randint(3, 8)):
        count = random.randint(counts[-1] // 2 + 1_000, counts[-1] + 20_000)
        base = counts[-1] + random.choice([0, 0, random.randint(-500, 500)])
        counts.append(count)
        if random.random() < 0.15:
            definition = number
        if random.random() < 0.15:
            continue
        text, low, high = _printed(random, count)
        moved = percent(count - base, base)
        exact = Fraction(moved[:-1]) * (1 if count >= base else -1)
        change = ("上升" if count >= base else "下降") + moved
        least, most = _bases(low, high, exact)
        years.append(Year(number, text, low, high, base, change, exact, least, most, definition))
    return years


def issues(chains):
    """An extract a year, with a count a chain, and the table that says what is counted alike."""
    figures, claims, rows = {}, {}, []
    for n, years in enumerate(chains):
        for year in years:
            name, (count, change) = f"x/{year.number}", (f"count{n}", f"change{n}")
            figures.setdefault(name, {}).update({count: year.printed, change: year.change})
            roles = {"current": count, "change": change}
            claims.setdefault(name, {})[f"c{n}"] = ("change", roles)
            since = f"{year.definition}-01-01" if year.definition else ""
            rows.append((f"cases{n}", name, count, since))
    extracts = []
    for name in sorted(figures):
        number = name.removeprefix("x/")
        days = {"period_start": f"{number}-01-01", "as_of": f"{number}-12-31"}
        said = {"against": "year earlier", "basis": "printed"}
        extracts.append(extract(figures[name], claims[name], name=name, **days, **said))
    return extracts, pd.DataFrame(rows, columns=["indicator", "extract", "figure", "since"])


def faults_of_chains(*chains):
    """What `series` says of chains, told in one table, that their true counts do not, in words."""
    chains = [years for years in chains if years]
    if chains:
        table = series(*issues(chains))
        for n, years in enumerate(chains):
            yield from faults_of_chain(years, table.loc[f"cases{n}"])


def faults_of_chain(years, table):
    """The same of one chain and its rows."""
    by_number = {year.number: year for year in years}
    numbers = sorted({*by_number} | {number - 1 for number in by_number})
    first, last = min(by_number), max(by_number)
    expected = [str(n) for n in range(first - 1, last + 1)]
    if table.index.tolist() != expected:
        yield f"periods {table.index.tolist()} in place of {expected}"
        return
    for number in numbers:
        row, year, later = table.loc[str(number)], by_number.get(number), by_number.get(number + 1)
        printed = (row["printed_low"], row["printed_high"])
        if year is None and not all(map(math.isnan, printed)):
            yield f"{number}: {printed}, but nothing was printed"
        if year is not None and printed != (year.low, year.high):
            yield f"{number}: {printed} printed as {year.printed}"
        implied = (row["implied_low"], row["implied_high"])
        if later is None:
            if not all(map(math.isnan, implied)):
                yield f"{number}: {implied}, but no issue says so"
            continue
        if implied != (later.least, later.most) or not later.least <= later.base <= later.most:
            yield f"{number}: {implied} implied by {later.printed} {later.change}"
        if year is None:
            continue
        alike = later.definition == year.definition
        apart = later.most < year.low or later.least > year.high
        base = "other definition" if not alike else "revised" if apart else "within print"
        if row["base"] != base:
            yield f"{number}: {row['base']} in place of {base}"
        revision = (row["revision_low"], row["revision_high"])
        exact = (later.least - year.high, later.most - year.low)
        if alike and revision != exact:
            yield f"{number}: revision {revision} in place of {exact}"
        rises, falls = later.moved > Fraction(1, 20), later.moved < -Fraction(1, 20)
        grew, fell = later.low > year.high, later.high < year.low
        flips = alike and ((rises and fell) or (falls and grew))
        if table.loc[str(number + 1), "flips"] != flips:
            yield f"{number + 1}: flips {not flips}"
