"""A saved web page as an article: its text and tables, and what it says of itself.

readability-lxml finds the main part of the page; menus, footers and lists of links are left out.
Its tables become lines with pipes, so that they stand in the text where they stood on the page.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from lxml import html as lxml_html

from .files import LARGEST, decoded, refuse, require_file
from .table_html import html_grids, without_own_types

_BLOCKS = {"p", "div", "section", "article", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th"}
_BLOCKS |= {"tr", "ul", "ol", "dl", "dd", "dt", "blockquote", "figcaption", "center", "pre"}
_UNSEEN = {"script", "style", "noscript", "template", "svg", "form", "button", "nav", "footer"}
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_DATED = re.compile(
    r"(?:时间|時間|日期)\s*[:：]?\s*$|published|posted on",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:来源|來源|[发發]布(?:机构|機[构構關]|[单單]位|者)|Source)\s*[:：]\s*([^\s|\[\]【】（(]{2,30})"
)
_META_DATES = (
    "article:published_time pubdate publishdate firstpublishedtime publishedtime datepublished"
    " dc.date date og:published_time"
).split()
_META_SOURCES = "contentsource source dc.creator og:site_name sitename author".split()
_SITE = re.compile(r"\s*[-_|–—]\s*[^-_|–—]{2,30}$")
_LONGEST_CELL = 500
_LONGEST_TITLE = 200
_OWN_LINE = re.compile(
    r"(?:[时時][间間]|日期|[点點][击擊閱]|[浏瀏][览覽]|[阅閱][读讀]|访问|字[号體体])\S{0,3}\s*[:：]"
)


@dataclass(frozen=True)
class Page:
    """What a page holds: its text, a paragraph a line with tables as lines with pipes, its title,
    and what is proposed as its source; "" where it does not say."""

    text: str
    title: str
    publisher: str
    published: str


def is_page(text: str) -> bool:
    """Whether a text is a whole page of HTML."""
    return bool(_PAGE.match(text))


def page_of(source: str | Path) -> Page:
    """A saved web page, from its file or its text.

    Raises `ExtractError` where the file cannot be read, or the page holds no text.
    """
    text = decoded(require_file(source, "page")) if isinstance(source, Path) else source
    if len(text) > LARGEST:
        raise refuse(f"{len(text)} characters", f"at most {LARGEST}", of="page")
    text = without_own_types(text)
    try:
        root = lxml_html.document_fromstring(text)
        main = lxml_html.fragment_fromstring(_main_part(text), create_parent="div")
    except Exception as error:  # whatever readability and lxml raise on hostile pages
        raise refuse(
            f"{type(error).__name__}: {error}"[:200], "a page of HTML with text", of="page"
        ) from error
    lines = [line for block in _blocks(main) for line in block.split("\n")]
    if not any(line.strip() for line in lines):
        raise refuse("no text", "a page of HTML with text", of="page")
    title = _title(root)
    lines = [line for line in lines if "。" in line or not _OWN_LINE.search(line)]
    if lines and lines[0].strip() == title:
        lines = lines[1:]
    return Page("\n".join(lines), title, _publisher(root), _published(root))


def _main_part(text: str) -> str:
    from readability import Document

    logging.getLogger("readability.readability").setLevel(logging.ERROR)
    return str(Document(text).summary(html_partial=True))


# --- Text -----------------------------------------------------------------------------------------


def _blocks(main: Any) -> Iterator[str]:
    """The paragraphs below an element, in order, and its tables as lines with pipes."""
    words: list[str] = []

    def spoken() -> Iterator[str]:
        text = " ".join("".join(words).split())
        words.clear()
        if text:
            yield text

    stack: list[tuple[Any, bool]] = [(main, False)]
    while stack:
        element, done = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if done:
            if tag in _BLOCKS:
                yield from spoken()
            words.append(element.tail or "")
            continue
        if not tag or tag in _UNSEEN:
            words.append(element.tail or "")
            continue
        if tag == "table" and (table := _as_lines(element)):
            yield from spoken()
            yield table
            words.append(element.tail or "")
            continue
        if tag in _BLOCKS or tag == "br":
            yield from spoken()
        words.append(element.text or "")
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    yield from spoken()


def _as_lines(table: Any) -> str:
    """A table as lines with pipes; "" for one that only arranges the page."""
    if table.xpath(".//table") or not table.xpath(".//tr[2]|.//tr/td[3]"):
        return ""
    grids = html_grids(str(lxml_html.tostring(table, encoding="unicode", with_tail=False)))
    rows = grids[0].rows if grids else []
    width = max((len(row) for row in rows), default=0)
    cells = [cell for row in rows for cell in row]
    numbers = sum(any(c.isdigit() for c in cell) for cell in cells)
    if width < 2 or numbers < 2 or max(map(len, cells)) > _LONGEST_CELL:
        return ""
    heads = max(grids[0].heads, 1)
    lines = []
    for n, row in enumerate(rows):
        if n == heads:
            lines.append("|" + " --- |" * width)
        padded = [cell.replace("|", "\\|").replace("\n", " ") for cell in row]
        lines.append("| " + " | ".join([*padded, *[""] * (width - len(row))]) + " |")
    caption = " ".join("".join(c.itertext()) for c in table.iter("caption")).strip()
    return "\n".join([*([caption] if caption else []), *lines])


# --- What a page says of itself -------------------------------------------------------------------


def _meta(root: Any, names: list[str]) -> str:
    said = {
        (m.get("name") or m.get("property") or m.get("itemprop") or "").lower(): m.get("content")
        for m in root.iter("meta")
    }
    return next((said[name].strip() for name in names if (said.get(name) or "").strip()), "")


def _title(root: Any) -> str:
    """The headline: the longest text on the page that stands in its title, no link; else what it
    is shared as, or its title without the site."""
    titled = next((" ".join((t.text or "").split()) for t in root.iter("title")), "")
    said = [h.text_content() for h in root.iter("h1", "h2", "h3")]
    said += root.xpath("//body//text()[not(ancestor::script or ancestor::style or ancestor::a)]")
    texts = [" ".join(text.split()) for text in said if len(text) <= 10 * _LONGEST_TITLE]
    if found := [text for text in texts if len(text) > 5 and text in titled]:
        less = [text for text in found if len(titled) > len(text) > len(titled) / 2]
        return max(less or found, key=len)  # the whole title, with its site, may be hidden in it
    shared = _meta(root, ["articletitle", "og:title", "dc.title"])
    heads = [" ".join(head.text_content().split()) for head in root.iter("h1")]
    heads = [head for head in heads if 5 < len(head) <= _LONGEST_TITLE]
    return shared or (heads[0] if len(heads) == 1 else _SITE.sub("", titled) or titled)


def _published(root: Any) -> str:
    """The day it came out, ISO: what the page's head states, else the first one said to be it,
    else one that stands alone."""
    times = " ".join(time.get("datetime", "") for time in root.iter("time"))
    if stated := _DATE.search(_meta(root, _META_DATES)) or _DATE.search(times):
        return _iso(stated)
    text = _visible(root)
    days = [
        (match, text[max(0, match.start() - 20) : match.start()]) for match in _DATE.finditer(text)
    ]
    said = [match for match, before in days if _DATED.search(before)]
    if not said:
        source = _FROM.search(text)
        near = [m for m, _ in days if source and abs(m.start() - source.start()) < 120]
        said = near[:1]
    return _iso(said[0]) if said else ""


def _iso(match: re.Match[str]) -> str:
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        return ""


def _publisher(root: Any) -> str:
    said = _FROM.search(_visible(root))
    return said[1].strip("：:，,。") if said else _meta(root, _META_SOURCES)


def _visible(root: Any) -> str:
    parts = root.xpath("//body//text()[not(ancestor::script or ancestor::style)]")
    return " ".join(" ".join(parts).split())[:200_000]
