"""Files that are handed over to be read, and the error of what cannot be: too large, or no text."""

from __future__ import annotations

from pathlib import Path

from ..extract import ExtractError, Fault

LARGEST = 64 * 2**20  # bytes of a file or characters of a text
OF_PAGES = (".html", ".htm")  # how the names of saved pages end


def refuse(stood: str, expected: str, line: int | None = None, of: str = "table") -> ExtractError:
    """The one error for what cannot be read: where, what stood there, what was expected."""
    asks = "read_table" if of == "table" else "read_article"
    return ExtractError(asks, [Fault(of, line, "", stood, expected)])


def require_file(path: Path, of: str = "table") -> Path:
    """Raises the error of what is no file, or too large a one."""
    if not path.is_file():
        stood = "a folder" if path.is_dir() else "no file"
        raise refuse(f"{path.name}: {stood}", "a file", of=of)
    if (size := path.stat().st_size) > LARGEST:
        raise refuse(f"{path.name}: {size} bytes", f"at most {LARGEST} bytes", of=of)
    return path


def decoded(source: Path | bytes) -> str:
    """The text of a file, or of its bytes, in UTF-8, GB 18030 or UTF-16."""
    data, name = (source.read_bytes(), source.name) if isinstance(source, Path) else (source, "-")
    for encoding in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    fault = Fault(name, None, "", "neither UTF-8 nor GB 18030", "text")
    raise ExtractError(name if isinstance(source, bytes) else str(source), [fault])
