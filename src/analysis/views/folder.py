"""The files of a data folder as rows of text: read, checked as `load` checks, replaced whole."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..extract import TABLES, Extract, ExtractError, Fault
from ..extract.load import load_unfinished
from ..extract.rows import Table

Row = dict[str, str]
Key = tuple[str, ...]
PACKAGE = "datapackage.json"
FILES = {PACKAGE: PACKAGE} | {name: table["path"] for name, table in TABLES.items()}
KEYS: dict[str, list[str]] = {name: table["schema"]["primaryKey"] for name, table in TABLES.items()}
# What the source of a package says, as one row among the others.
SOURCE: Key = ("source",)
_MARK = b"\xef\xbb\xbf"  # Excel writes it first
_BESIDE = ".review-"  # the folder in which files are written before they are put in place
_WRITTEN = 600  # seconds after which nobody writes there any longer
_TIMES = 5  # a folder is read anew when it changes while it is read


class ChangedUnderneath(Exception):
    """The files are no longer those that were read; nothing was written."""


@dataclass(frozen=True, eq=False)  # read again they are others
class Contents:
    """The rows of each table by key, in the order of the file; and of the source its texts."""

    tables: Mapping[str, dict[Key, Row]]
    extract: Extract
    gaps: tuple[Fault, ...]


class Folder:
    """A data folder and the state of its files that was last seen."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._seen: dict[str, bytes] = {}
        self._columns: dict[str, list[str]] = {}
        self._tables: dict[str, Table] = {}
        self._rows_seen: dict[str, dict[Key, Row]] = {}

    def read(self) -> Contents:
        """What is in the folder now. Raises `ExtractError` where that is more than unfinished."""
        for _ in range(_TIMES):
            before = self._files()
            extract, gaps = load_unfinished(self.path, self._tables)
            if before is not None and before == self._files():
                break
        else:
            raise ExtractError(
                str(self.path),
                [Fault(str(self.path), None, "", "files that change", "files at rest")],
            )
        self._seen = seen = before
        tables = {name: self._rows(name, seen[FILES[name]]) for name in TABLES}
        source = json.loads(seen[PACKAGE].decode("utf-8-sig"))["sources"][0]
        texts = {key: value for key, value in source.items() if isinstance(value, str)}
        self._rows_seen = tables | {PACKAGE: {SOURCE: texts}}
        return Contents(dict(self._rows_seen), extract, gaps)

    def is_as_seen(self) -> bool:
        """Whether nobody else has written since."""
        return self._files() == self._seen

    def check(self, tables: Mapping[str, dict[Key, Row]]) -> Checked:
        """The tables written beside the files, and loaded from there. Raises `ExtractError`."""
        try:
            made = Path(tempfile.mkdtemp(prefix=_BESIDE, dir=self.path))
            now = made.stat().st_mtime  # by the clock of the files, which may be another
            for left in self.path.glob(f"{_BESIDE}*"):  # by a kernel that was killed while it wrote
                with suppress(FileNotFoundError):  # or by one that is done with it by now
                    if now - left.stat().st_mtime > _WRITTEN:
                        shutil.rmtree(left, ignore_errors=True)
        except OSError as error:
            raise _unwritable(self.path, error) from error
        try:
            files = {
                FILES[name]: self._seen[FILES[name]]
                if rows == self._rows_seen[name]
                else self._bytes(name, rows)
                for name, rows in tables.items()
            }
            for name, data in files.items():
                (made / name).write_bytes(data)
            extract, gaps = load_unfinished(made, self._tables, self.path.resolve().name)
        except BaseException as error:
            shutil.rmtree(made, ignore_errors=True)
            if isinstance(error, OSError):
                raise _unwritable(self.path, error) from error
            raise
        return Checked(self, made, files, Contents(tables, extract, gaps))

    def _files(self) -> dict[str, bytes] | None:
        """All files as they are; None where one cannot be read."""
        try:
            return {name: (self.path / name).read_bytes() for name in FILES.values()}
        except OSError:
            return None

    def _rows(self, name: str, data: bytes) -> dict[Key, Row]:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        self._columns[name] = list(reader.fieldnames or ())
        return {tuple(row[part] for part in KEYS[name]): dict(row) for row in reader}

    def _bytes(self, name: str, rows: dict[Key, Row]) -> bytes:
        """A table as its file is written: with a mark and ends of lines as they were."""
        before = self._seen[FILES[name]]
        if name == PACKAGE:
            package: dict[str, Any] = json.loads(before.decode("utf-8-sig"))
            package["sources"][0] |= rows[SOURCE]
            text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
        else:
            out = io.StringIO()
            end = "\r\n" if b"\r\n" in before else "\n"
            writer = csv.DictWriter(
                out, self._columns[name], lineterminator=end, extrasaction="ignore"
            )
            writer.writeheader()
            writer.writerows(rows.values())
            text = out.getvalue()
        return (_MARK if before.startswith(_MARK) else b"") + text.encode()


@dataclass(frozen=True)
class Checked:
    """Files that `load` takes, not in place yet."""

    folder: Folder
    made: Path
    files: Mapping[str, bytes]
    contents: Contents

    def drop(self) -> None:
        shutil.rmtree(self.made, ignore_errors=True)

    def put_in_place(self) -> None:
        """Rename each file that is another than before over it.

        Raises `ChangedUnderneath` where somebody else has written meanwhile, `ExtractError` where
        the folder cannot be written to.
        """
        folder = self.folder
        try:
            if not folder.is_as_seen():
                raise ChangedUnderneath
            for name in self._order():
                file = FILES[name]
                if self.files[file] != folder._seen[file]:
                    with suppress(FileNotFoundError):
                        (self.made / file).chmod((folder.path / file).stat().st_mode)
                    (self.made / file).replace(folder.path / file)
                    folder._seen[file] = self.files[file]
                    folder._rows_seen[name] = self.contents.tables[name]
        except OSError as error:
            raise _unwritable(folder.path, error) from error
        finally:
            self.drop()

    def _order(self) -> list[str]:
        """Figures before the claims that are new with them, and after those that go with them.

        So each state between two renames can be loaded.
        """
        names = list(self.contents.tables)
        if len(self.contents.tables["figures"]) < len(self.folder._rows_seen["figures"]):
            names.sort(key=lambda name: name != "relations")
        return names


def _unwritable(path: Path, error: OSError) -> ExtractError:
    expected = "a place that can be written to"
    return ExtractError(str(path), [Fault(str(path), None, "", str(error), expected)])
