"""What plainly holds: never what the whole diagnosis finds fault with."""

import pytest
from building import extract, lines_of
from hypothesis import given
from hypothesis import strategies as st

from analysis.claims.diagnose import diagnosed
from analysis.claims.holding import plainly_holds
from analysis.claims.printed import Figures, Lines

CLAIMS = {
    "sum": ("sum", {"total": "t", "part": ["a", "b"]}),
    "before": ("sum", {"total": "pt", "part": ["pa", "pb"]}),
    "among": ("part", {"total": "a", "part": ["n"]}),
    "rate": ("ratio", {"rate": "share", "numerator": "n", "denominator": "a"}),
    "a": ("change", {"current": "a", "prior": "pa", "change": "ca", "difference": "da"}),
    "b": ("change", {"current": "b", "prior": "pb", "change": "cb"}),
    "t": ("change", {"current": "t", "prior": "pt", "change": "ct", "difference": "dt"}),
}


def holds(article):
    return plainly_holds(*read(article))


def read(article):
    figures = Figures(article.figures)
    return figures, Lines.of(article.relations, figures)


def percent(part, whole, words=("", "")):
    value = round(100 * part / whole, 1)
    return f"{words[value < 0]}{abs(value):.1f}%"


def printed(a, b, pa, pb, n):
    """All figures of the claims, true, as printed."""
    t, pt = a + b, pa + pb
    counts = {"a": a, "b": b, "t": t, "pa": pa, "pb": pb, "pt": pt, "n": n}
    figures = {key: f"{value}起" for key, value in counts.items()}
    for key, (now, then) in {"a": (a, pa), "b": (b, pb), "t": (t, pt)}.items():
        figures[f"c{key}"] = percent(now - then, then, ("上升", "下降"))
        figures[f"d{key}"] = f"{'增加' if now >= then else '减少'}{abs(now - then)}起"
    return figures | {"share": percent(n, a)}


def made(figures, claims):
    used = {key for *_, key in lines_of(claims)}
    return extract({key: text for key, text in figures.items() if key in used}, claims)


def test_a_true_bulletin_plainly_holds():
    # 493 = 120 + 373; 40 of 120; 120 from 100 is +20.0%, 373 from 300 +24.3%, 493 from 400 +23.25%.
    article = made(printed(120, 373, 100, 300, 40), CLAIMS)
    assert holds(article)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        *(("t", "494起"), ("pt", "401起"), ("n", "121起"), ("share", "33.4%")),
        *(("ca", "上升20.1%"), ("dt", "增加94起"), ("ct", "上升23.4%"), ("cb", "下降24.3%")),
    ],
)
def test_what_fails_does_not(key, text):
    article = made(printed(120, 373, 100, 300, 40) | {key: text}, CLAIMS)
    assert not holds(article)


def test_what_is_not_plain_is_left_to_the_diagnosis():
    figures = printed(120, 373, 100, 300, 40)
    alone = {"alone": ("change", {"current": "a", "change": "ca"})}  # some prior, or none
    twice = CLAIMS | {"other": ("ratio", {"rate": "share", "numerator": "pa", "denominator": "pb"})}
    rounded = figures | {"a": "120多起"}
    unknown = {"x": ("product", {"total": "a", "part": ["n"]})}
    for article in (made(figures, alone), made(figures, twice), made(rounded, CLAIMS)):
        assert not holds(article)
    article = made(figures, unknown)
    assert not holds(article)
    # Priors that were a sum a year before, and are not.
    figures |= {"pt": "500起", "ct": "下降1.4%", "dt": "减少7起"}
    some = {name: CLAIMS[name] for name in ("sum", "a", "b", "t")}
    assert not holds(made(figures, some))


@given(
    st.tuples(*[st.integers(1, 60)] * 4, st.integers(0, 60)),
    st.sets(st.sampled_from(sorted(CLAIMS)), min_size=1),
    st.dictionaries(st.sampled_from(["a", "t", "pa", "n", "pt"]), st.integers(1, 90), max_size=1),
)
def test_the_diagnosis_finds_no_fault_with_what_plainly_holds(numbers, kept, altered):
    figures = printed(*numbers) | {key: f"{x}起" for key, x in altered.items()}
    article = made(figures, {name: CLAIMS[name] for name in sorted(kept)})
    if holds(article):
        assert diagnosed(*read(article)) is None
