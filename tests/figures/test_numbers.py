"""Numbers against another reader: one that prints every numeral by its definition.

The other reader never looks at a text: it composes all numerals of up to so many characters, each
with its value and the weight of its last printed place, from the definition of the places.
"""

import itertools
import random

import pytest

from analysis.figures.numbers import LONGEST, NoNumber, Number, read_number

Known = dict[str, tuple[int, int]]  # a numeral: its value, and the weight of its last place
DIGITS = {"一": 1, "三": 3}
PLACES = {"千": 1000, "百": 100, "十": 10, "": 1}


def below_ten_thousand(longest: int, digits: dict[str, int], after: bool) -> Known:
    """Places from 千 to the unit, each at most once and falling; 零 may stand between."""
    known: Known = {}

    def go_on(text: str, value: int, below: int) -> None:
        for zero, digit, (place, size) in itertools.product(
            ("", "零"), [*digits, "十"], PLACES.items()
        ):
            if digit == "十" and place:
                continue
            many, size = (1, 10) if digit == "十" else (digits[digit], size)
            longer = text + zero + digit + place
            if len(longer) > longest or (zero and not text and not after):
                continue
            arabic = digit.isascii()
            step = size if arabic or (after and size >= 100) else 1
            if not place and digit != "十" and not zero and text[-1:] in ("百", "千") and many < 10:
                spoken = PLACES[text[-1]] // 10  # 三百五
                known[longer] = value + many * spoken, spoken
            elif many * size < below:
                known[longer] = value + many * size, step
                go_on(longer, value + many * size, size)

    go_on("", 0, 10**9)
    if not after:
        known["零"] = 0, 1
        for length in range(2, longest + 1):
            for row in itertools.product(["零", *DIGITS], repeat=length):
                if (length > 2 or row[1] == "零") and row[:2] != ("零", "零")[: 4 - length]:
                    value = int("".join(str(({"零": 0} | DIGITS)[digit]) for digit in row))
                    if length > 2 or row[0] != "零":
                        known["".join(row)] = value, 1
    return known


def spoken(text: str) -> bool:
    return text[-2:-1] in tuple("百千万亿") and text[-1] in "一三15"


def numerals(longest: int, digits: dict[str, int]) -> Known:
    """All numerals of up to so many characters: 万 and 亿 multiply what stands before them."""
    small = below_ten_thousand(longest, digits, after=False)
    tails = below_ten_thousand(longest, digits, after=True)

    def with_place(name: str, size: int, heads: Known, rests: Known) -> Known:
        known: Known = {}
        for head, (many, step) in heads.items():
            room = longest - len(head) - 1
            if room < 0 or spoken(head) or head[0] == "零":
                continue
            if name == "万" and many >= 10**4 and not head.isdecimal():
                continue
            known[head + name] = many * size, step * size
            for digit, value in digits.items():
                if room and value < 10:
                    known[head + name + digit] = many * size + value * size // 10, size // 10
            for row in itertools.product(["零", *(d for d in digits if d in DIGITS)], repeat=4):
                if name == "万" and room >= 4:  # 七十四万七七七〇
                    rest = int("".join(str((DIGITS | {"零": 0})[digit]) for digit in row))
                    known[head + name + "".join(row)] = many * size + rest, 1
            for tail, (rest, last) in rests.items():
                if len(tail) <= room and rest < size and not (len(tail) == 1 and tail in digits):
                    known[head + name + tail] = many * size + rest, last
        return known

    ten_thousands = with_place("万", 10**4, small, tails)
    rests = dict(tails)
    for text, (value, step) in ten_thousands.items():
        many = text[:-1]
        if text[-1] == "万" and not many.isdecimal():  # 一亿二千万 is printed to the 千万
            step = 10**4 * {"千": 1000, "百": 100}.get(many[-1], 1)
        rests[text] = rests["零" + text] = value, step
    known = small | ten_thousands | with_place("亿", 10**8, small | ten_thousands, rests)
    for digit, scale in itertools.product(digits, SCALES):  # 11千万: digits and one scale
        if digit.isdecimal() and len(digit + scale) <= longest:
            known[digit + scale] = digits[digit] * SCALES[scale], SCALES[scale]
    return known


SCALES = {"百": 100, "千": 1000, "百万": 10**6, "千万": 10**7, "百亿": 10**10, "千亿": 10**11}
SCALES |= {"万亿": 10**12, "百万亿": 10**14, "千万亿": 10**15}
ALONE = {"百": 100, "千": 1000, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
ALONE |= {"百亿": 10**10, "千亿": 10**11, "万亿": 10**12, "百万亿": 10**14, "千万亿": 10**15}


@pytest.mark.parametrize(
    ("characters", "longest"),
    [("一三零十百千万亿", 6), ("1零百千万亿", 6), ("15一百千万", 5)],
)
def test_every_short_row_of_numeral_characters(characters: str, longest: int) -> None:
    digits = {c: v for c, v in DIGITS.items() if c in characters}
    for length in range(1, longest + 1):
        for row in itertools.product([c for c in characters if c.isascii()], repeat=length):
            digits["".join(row)] = int("".join(row))
    digits.pop("", None)
    known = {text: value for text, (value, _) in numerals(longest, digits).items()}
    steps = {text: step for text, (_, step) in numerals(longest, digits).items()}
    differing = []
    for length in range(1, longest + 1):
        for row in itertools.product(characters, repeat=length):
            text = "".join(row)
            try:
                number = read_number(text)
            except NoNumber:
                got = None
            else:
                got = number.steps * number.multiplier
            if got != known.get(text, ALONE.get(text)):
                differing.append((text, got, known.get(text)))
            elif got and text in known and got % steps[text]:
                differing.append((text, got, steps[text]))
    assert differing[:20] == []


def in_words(n: int) -> str:
    """n in Chinese, in full, place by place."""
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if n >= size:
            high, low = divmod(n, size)
            zero = "零" if 0 < low < size // 10 else ""
            return in_words(high) + name + (zero + in_words(low) if low else "")
    words, gap = "", False
    for place, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, n = divmod(n, size)
        if digit:
            words += ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + place
        gap = not digit
    return words


def test_random_long_numbers_in_words_and_mixed() -> None:
    rng = random.Random(19)
    for _ in range(3000):
        n = rng.randrange(1, 10 ** rng.randrange(2, 13))
        number = read_number(in_words(n))
        assert number.steps * number.multiplier == n, in_words(n)
        high, low = divmod(n, 10**4)
        if high and low >= 1000:
            assert read_number(f"{high}万{low}") == Number(n, 1)
            assert read_number(f"{high}万零{in_words(low)}").steps > 0
        if n >= 10**8 and high % 10**4 >= 1000:
            assert read_number(f"{high // 10**4}亿{high % 10**4}万") == Number(high, 10**4)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("16.2473万", Number(162473, 10**4, 10**4, 4)),
        ("1亿2千3百万", Number(123, 10**6)),
        ("八千五百三十二亿", Number(8532, 10**8)),
        ("二百零五万零六百", Number(20506, 100)),
        ("一百九十万零三千九百七十一", Number(1903971, 1)),
        ("8万零201", Number(80201, 1)),
        ("一万零十二", Number(10012, 1)),
        ("五〇七点四亿", Number(5074, 10**8, 10, 1)),
        ("2.76兆", Number(276, 10**12, 100, 2)),
        ("60兆1094.55亿", Number(60109455, 10**8, 100, 2)),  # 601,094.55 times 10**8
        ("1亿2000.5万", Number(120005, 10**4, 10, 1)),
        ("1·66", Number(166, 1, 100, 2)),
        ("一万七千四百零三点五六", Number(1740356, 1, 100, 2)),
        ("七十四万七七七〇", Number(747770, 1)),
        ("廿二", Number(22, 1)),
        ("一百卅五万", Number(135, 10**4)),
        ("412百", Number(412, 100)),
        ("半", Number(1, 1, 2)),
    ],
)
def test_numbers_of_both_scripts(text: str, number: Number) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        *["000", "034", "00.5", "", ".5", "5.", "1.2.3", "9" * (LONGEST + 1)],
        *[
            "亿万",
            "万亿三",
            "三亿两",
            "一百三万",
            "5千6万",
            "1万10000",
            "二百三千",
            "一二三四五万一",
            "三百五点二",
            "一万五点二",
            "一万二二二",
        ],
    ],
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(NoNumber):
        read_number(text)
