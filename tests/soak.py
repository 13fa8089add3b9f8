"""A long run of random cases against exact arithmetic: `make soak`, or tests/soak.py --help.

Every case is computed by the library in columns and checked by itself with fractions: sums,
differences, products and quotients of Bounds, implied priors, whole candidates, printed figures
read back, the verdict of an audit, records tightened and diagnosed, and the claims, bases and
priors of made-up bulletins, tables handed over in every form, and series of issues. Prints what
was tried and every violation; exit status 1 where there is one. `make soak` runs ten million
cases, or as many as fit into its minutes.
"""

import argparse
import math
import operator
import random
import sys
import time
from fractions import Fraction
from multiprocessing import Pool

import numpy as np
import pandas as pd
from bulletins import bulletin, percent, proposed
from chains import chain, faults_of_chains
from tables import FORMS, faults, table

from analysis import (
    Bounds,
    Extract,
    audit,
    diagnose,
    implied_prior,
    prior_values,
    read_article,
    read_figures,
    tighten,
)

BATCH = 20_000
# What is one case takes as long as a hundred of the arithmetic.
SIZES = {"verdicts": BATCH // 4, "records": BATCH // 40, "bulletins": BATCH // 200}
SIZES |= {"tables": BATCH // 400, "chains": BATCH // 400}
OPERATORS = [operator.add, operator.sub, operator.mul, operator.truediv]


def numbers(rng, size):
    """Values as printed in bulletins: of any size, whole or with some decimals, of either sign."""
    value = 10 ** rng.uniform(-3, 13, size) * rng.choice([-1, 1, 1], size)
    return np.round(value, rng.integers(0, 4))


def sound_and_tight(low, high, exact_low, exact_high):
    """Whether floats enclose exact ends, and no float between would do."""
    if not Fraction(low) <= exact_low or not exact_high <= Fraction(high):
        return False
    inward = math.nextafter(low, math.inf), math.nextafter(high, -math.inf)
    return Fraction(inward[0]) >= exact_low and Fraction(inward[1]) <= exact_high


def operations(rng):
    ends = [np.sort(numbers(rng, (BATCH, 2)), axis=1) for _ in range(2)]
    which = OPERATORS[rng.integers(4)]
    result = which(*(Bounds(x[:, 0], x[:, 1]) for x in ends))
    for n, (x, y) in enumerate(zip(*(x.tolist() for x in ends), strict=True)):
        low, high = result.low[n], result.high[n]
        if which is operator.truediv and y[0] <= 0 <= y[1]:
            if (low, high) != (-math.inf, math.inf):
                yield f"{x} {which.__name__} {y} = {low!r}, {high!r}"
            continue
        corners = [which(Fraction(a), Fraction(b)) for a in x for b in y]
        if not sound_and_tight(low, high, min(corners), max(corners)):
            yield f"{x} {which.__name__} {y} = {low!r}, {high!r}"


def printed_changes(rng):
    """Whole priors and currents, and the change between them as printed with some decimals."""
    prior = np.ceil(10 ** rng.uniform(0, 9, BATCH)).astype(np.int64)
    current = np.ceil(prior * 10 ** rng.uniform(-1, 1, BATCH)).astype(np.int64)
    decimals = int(rng.integers(0, 4))
    pairs = zip(prior.tolist(), current.tolist(), strict=True)
    step = Fraction(1, 10**decimals)
    printed = [round((Fraction(now, before) - 1) * 100 / step) * step for before, now in pairs]
    ends = [(Bounds(p - step / 2, p).low, Bounds(p, p + step / 2).high) for p in printed]
    low, high = map(np.array, zip(*ends, strict=True))
    return prior, current, low, high


def priors(rng):
    prior, current, low, high = printed_changes(rng)
    keep = high > -100
    prior, current, low, high = prior[keep], current[keep], low[keep], high[keep]
    now = Bounds(current.astype(float), current.astype(float))
    implied = implied_prior(now, Bounds(low, high))
    whole = implied_prior(now, Bounds(low, high), whole=True)
    for n in range(len(prior)):
        at = f"{current[n]} after {low[n]!r} to {high[n]!r} percent: {implied.low[n]!r}"
        if not whole.low[n] <= prior[n] <= whole.high[n]:
            yield f"{at}: {prior[n]} is not among {whole.low[n]} to {whole.high[n]}"
        if low[n] <= -100:
            continue  # no prior is too large
        exact = [int(current[n]) * 100 / (100 + Fraction(float(end))) for end in (high[n], low[n])]
        if not sound_and_tight(implied.low[n], implied.high[n], *exact):
            yield at


def reading(rng):
    hedges = ["{}", "{}", "约{}", "{}余", "近{}", "超过{}", "不足{}", "{}左右"]
    hedge = hedges[rng.integers(len(hedges))]
    decimals, scale = int(rng.integers(0, 4)), ["", "万", "亿"][rng.integers(3)]
    units = np.round(10 ** rng.uniform(0, 4, BATCH) * 10**decimals).astype(np.int64).tolist()
    texts, exact = [], []
    unit = {"": 1, "万": 10**4, "亿": 10**8}[scale]
    for n in units:
        number = f"{n / 10**decimals:.{decimals}f}"
        text = f"{number}余{scale}件" if hedge == "{}余" else hedge.format(f"{number}{scale}件")
        texts.append(text)
        exact.append(Fraction(n, 10**decimals) * unit)
    read = read_figures(pd.Series(texts))
    half = Fraction(unit, 2 * 10**decimals)
    lows, highs = read["low"].tolist(), read["high"].tolist()
    for text, value, low, high in zip(texts, exact, lows, highs, strict=True):
        spread = half if hedge == "{}" and half >= 1 else Fraction(0)
        for number in (value, value - spread, value + spread):
            if not (low == -math.inf or Fraction(low) <= number) or not (
                high == math.inf or number <= Fraction(high)
            ):
                yield f"{text}: {low!r} to {high!r} does not hold {number}"


def verdicts(rng):
    """Rates of whole counts: agreeing exactly where the printed range holds the quotient."""
    size = SIZES["verdicts"]
    whole = rng.integers(1, 10**6, size)
    part = (whole * rng.uniform(0, 1, size)).astype(np.int64)
    tenths = np.round(part / whole * 1000).astype(np.int64) + rng.choice([0, 0, 0, 1, -2], size)
    tenths = np.clip(tenths, 1, 999)
    rows = {
        "rate": [f"{t / 10:.1f}%" for t in tenths.tolist()],
        "numerator": [f"{n}件" for n in part.tolist()],
        "denominator": [f"{n}件" for n in whole.tolist()],
    }
    names = {role: [f"{role}{n}" for n in range(size)] for role in rows}
    figures = pd.concat(
        pd.DataFrame({"reported": texts}, index=names[role]).assign(
            unit="percent" if role == "rate" else "件",
            measure="rate" if role == "rate" else "count",
        )
        for role, texts in rows.items()
    )
    relations = pd.concat(
        pd.DataFrame({"relation": [f"r{n}" for n in range(size)], "kind": "ratio"}).assign(
            role=role, figure=names[role]
        )
        for role in rows
    )
    found = audit(Extract(figures, relations))
    # A claim that agrees only once a figure is taken for something else says so.
    plain = (found["verdict"] == "agrees") & (found["explanation"] == "")
    for n, agreed in enumerate(plain.tolist()):
        exact = Fraction(int(part[n]), int(whole[n])) * 1000
        printed, half = int(tenths[n]), Fraction(1, 2)
        if agreed != (printed - half <= exact <= printed + half):
            yield f"{part[n]}/{whole[n]} printed {printed / 10}%: agreed {agreed}"


def records(rng):
    """Rounded totals, parts, shares and changes of whole counts: the truth is never cut off."""
    made = random.Random(int(rng.integers(2**32)))
    printed, claims, true = {}, [], {}
    for n in range(SIZES["records"]):
        now = [made.randint(50, 90_000) for _ in range(3)]
        before = [made.randint(max(1, x // 2), 2 * x) for x in now]
        counts = {f"part{k}_{n}": x for k, x in enumerate(now)} | {f"total_{n}": sum(now)}
        for key, x in counts.items():
            # Half of the counts are printed in ten thousands, to two decimals.
            rounded = f"{(x + 50) // 100 / 100:.2f}万起"
            printed[key] = f"{x}起" if made.random() < 0.5 else rounded
            true[key] = x
        printed[f"share_{n}"] = percent(now[0], sum(now))
        moved = sum(now) - sum(before)
        sign = "上升" if moved >= 0 else "下降"
        printed[f"change_{n}"] = sign + percent(moved, sum(before))
        true[f"moved_{n}.prior"] = sum(before)
        claims += [(f"sum_{n}", "sum", "total", f"total_{n}")]
        claims += [(f"sum_{n}", "sum", "part", f"part{k}_{n}") for k in range(3)]
        claims += [(f"share_{n}", "ratio", "rate", f"share_{n}")]
        claims += [(f"share_{n}", "ratio", "numerator", f"part0_{n}")]
        claims += [(f"share_{n}", "ratio", "denominator", f"total_{n}")]
        claims += [(f"moved_{n}", "change", "current", f"total_{n}")]
        claims += [(f"moved_{n}", "change", "change", f"change_{n}")]
    frame = read_figures(pd.Series(printed)).assign(reported=pd.Series(printed))
    frame.loc[frame.index.str.startswith("share"), "measure"] = "rate"
    names = ["relation", "kind", "role", "figure"]
    extract = Extract(frame, pd.DataFrame(claims, columns=names))
    found = tighten(extract)
    low, high = found["tightened_low"].to_dict(), found["tightened_high"].to_dict()
    for key, x in true.items():
        if not low[key] <= x <= high[key]:
            yield f"{printed.get(key, key)}: {x} is not in {low[key]!r} to {high[key]!r}"
    for key in diagnose(extract)["figure"].unique():
        yield f"{key} is doubted, but all was printed as it was"


def bulletins(rng):
    """Made-up bulletins: their claims and bases are proposed, and true priors lie in the bounds."""
    for seed in rng.integers(2**32, size=SIZES["bulletins"]).tolist():
        said = bulletin(random.Random(seed))
        article = read_article(said.text)
        printed = article.figures["reported"]
        if (found := proposed(article)) != sorted(said.claims):
            yield f"{said.text}: {found} in place of {sorted(said.claims)}"
        values = prior_values(article)
        values.index = printed[values.index]
        for current, prior in said.priors.items():
            if current not in values.index:
                continue  # said above
            low, high = values.loc[current, ["prior_low", "prior_high"]]
            if not low <= prior <= high:
                yield f"{said.text}: {prior} before {current} is not in {low!r} to {high!r}"


def tables(rng):
    """Made-up tables, each in one form: cells, bounds, days and claims come back, and no more."""
    for seed in rng.integers(2**32, size=SIZES["tables"]).tolist():
        made = table(random.Random(seed))
        form = list(FORMS)[seed % len(FORMS)]
        yield from (f"{form} of table {seed}: {fault}" for fault in faults(made, FORMS[form](made)))


def chains(rng):
    """Made-up issues of one issuer: what each implies of the one before, in fractions."""
    seeds = rng.integers(2**32, size=SIZES["chains"]).tolist()
    while seeds:  # one alone, or some in one table
        told, seeds = seeds[: (number := int(rng.choice([1, 5, 50])))], seeds[number:]
        found = faults_of_chains(*(chain(random.Random(seed)) for seed in told))
        yield from (f"chains {told}: {fault}" for fault in found)


KINDS = {
    "operations": operations,
    "priors": priors,
    "reading": reading,
    "verdicts": verdicts,
    "records": records,
    "bulletins": bulletins,
    "tables": tables,
    "chains": chains,
}


def batch(job):
    kind, seed = job
    return kind, SIZES.get(kind, BATCH), list(KINDS[kind](np.random.default_rng(seed)))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=10_000_000)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=2018)
    args = parser.parse_args()
    ends = time.monotonic() + args.minutes * 60
    tried, bad, shown = dict.fromkeys(KINDS, 0), [], 0.0
    kinds = ["operations", "priors", "operations", "priors", "reading", "verdicts"]
    kinds += ["records", "bulletins", "tables", "chains"]
    whole_round = sum(SIZES.get(kind, BATCH) for kind in kinds)
    batches = len(kinds) * (args.cases // whole_round + 1)
    jobs = [(kinds[n % len(kinds)], (args.seed, n)) for n in range(batches)]
    with Pool() as pool:
        for kind, size, violations in pool.imap_unordered(batch, jobs):
            tried[kind] += size
            bad += violations
            total = sum(tried.values())
            if time.monotonic() - shown > 2:
                shown = time.monotonic()
                print(
                    f"\r{total:,} of {args.cases:,} cases, {len(bad)} violations",
                    end="",
                    flush=True,
                )
            if total >= args.cases or time.monotonic() > ends:
                pool.terminate()
                break
    print()
    for kind, count in tried.items():
        print(f"{kind:12} {count:>12,}")
    print(f"{sum(tried.values()):,} cases, violations: {len(bad) or 'none'}")
    for violation in bad[:50]:
        print(f"- {violation}")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
