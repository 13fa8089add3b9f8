"""Scripts and widths, folded one to one: what the grammar is written in.

Texts are brought to simplified characters, ASCII digits and signs, one kind of blank and one kind
of small dot before they are read. Each character stays one character, so that positions hold.
"""

import unicodedata
from functools import cache
from importlib.resources import files

# Other widths and shapes of one sign: the sign, and what stands for it. Commas and brackets stay.
SHAPES = """
    . ．
    % ％﹪
    - －−﹣‒
    + ＋﹢
    / ／∕
    : ：∶
    = ＝
    > ＞﹥
    < ＜﹤
    ≥ ≧⩾
    ≤ ≦⩽
    $ ＄﹩
    ¥ ￥
    £ ￡
    ~ ～〜∼
    — –―
    · ﹒‧・•∙⋅･
    〇 ○◯
    ↑ ⬆
    ↓ ⬇
"""
BLANKS = "\t\u00a0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
_WIDE = range(0xFF10, 0xFF5B)  # digits and letters of full width


@cache
def traditional() -> dict[str, str]:
    """Every traditional, Hong Kong and Taiwan form and the simplified character it stands for.

    From OpenCC's character tables (Apache License 2.0, OpenCC-LICENSE.txt): what TSCharacters
    folds to a character of GB 2312, and the variants of Hong Kong and Taiwan.

    >>> traditional()["萬"], traditional()["衞"]
    ('万', '卫')
    """
    table = files(__package__).joinpath("traditional.txt").read_text(encoding="utf-8")
    return {form: line[0] for line in table.split() for form in line[1:]}


@cache
def folded() -> list[int]:
    """What each character becomes; of all, as to look one up in vain is slow."""
    shapes = [line.split() for line in SHAPES.strip().splitlines()]
    found = {ord(shape): sign for sign, shapes_ in shapes for shape in shapes_}
    found |= {ord(blank): " " for blank in BLANKS}
    found |= {wide: chr(wide - 0xFEE0) for wide in _WIDE if chr(wide - 0xFEE0).isalnum()}
    found |= {ord(form): plain for form, plain in traditional().items()}
    return [ord(found.get(character, chr(character))) for character in range(0x10000)]


def fold(text: str) -> str:
    """The text in simplified characters and plain signs, character by character.

    >>> fold("減少１２．５％")
    '减少12.5%'
    """
    return text.translate(folded())


def width(text: str) -> int:
    """How wide a text is where a letter has one width and a Chinese character two.

    >>> width("6623起")
    6
    """
    kinds = [*map(unicodedata.east_asian_width, text)]
    return len(text) + kinds.count("W") + kinds.count("F")
