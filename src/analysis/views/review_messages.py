"""What the page of a review may ask for: each message checked before anything is done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..extract import ExtractError, Fault
from ..units import Language
from .review_faults import refusal, told
from .review_words import stored
from .session import Session
from .steps import Refused

_LONGEST = 10_000  # characters of one text
_TOGETHER = ["name_zh", "name_en", "unit"]  # what the figures of a claim have in common
# What is asked for, and of which type each of its parts is.
MESSAGES: dict[str, dict[str, type]] = {
    "look": {"have": int},
    "edit": {"figure": str, "field": str, "value": str},
    "source": {"field": str, "value": str},
    "accept": {"figure": str},
    "accept claim": {"claim": str},
    "reject": {"claim": str},
    "copy": {"figure": str, "field": str, "figures": list},
    "claim": {"kind": str, "roles": list, "figures": list},
    "tie": {"claim": str, "role": str, "figure": str, "to": str},
    "pass over": {"figure": str, "reason": str},
    "why": {"line": int, "at": int, "reason": str},
    "find": {"line": int, "start": int, "end": int},
    "add": {"line": int, "start": int, "end": int, "name": str, "unit": str},
    "undo": {},
    "redo": {},
}


def answer(session: Session, message: object, language: Language) -> dict[str, Any]:
    """Do what a message asks for, and say what came of it; never raises for what it holds.

    The answer has the message's `id` where that is a number, `ok`, and where nothing was done the
    reason in one line (`says`) and the field it belongs to. `changed` tells that somebody else has
    written to the files since they were last seen.
    """
    known = message.get("id") if isinstance(message, dict) else None
    reply: dict[str, Any] = {
        "id": known if _is_whole(known) else None,
        "ok": True,
        "says": "",
        "field": "",
        "changed": False,
    }
    before = session.changed_underneath
    try:
        asked, parts = _checked(message)
        reply.update(_DO[asked](session, parts) or {})
    except Refused as error:
        says = refusal(error.says, error.values, language)
        reply.update(ok=False, says=says, field=error.field)
    except ExtractError as error:
        reply.update(ok=False, says=told(_first(error, session), language), field="")
    reply["changed"] = session.changed_underneath > before
    return reply


def _checked(message: object) -> tuple[str, dict[str, Any]]:
    """What is asked for and its parts. Raises `Refused` where that is no message."""

    def refuse(what: str) -> Refused:
        return Refused("This is no message of a review: {what}", what=what)

    if not isinstance(message, dict):
        raise refuse(type(message).__name__)
    asked = message.get("ask")
    if not isinstance(asked, str) or asked not in MESSAGES:
        raise refuse(f"ask {str(asked)[:40]!r}")
    parts = {key: value for key, value in message.items() if key not in ("ask", "id")}
    wanted = MESSAGES[asked]
    if set(parts) != set(wanted):
        raise refuse(f"{asked} with {', '.join(sorted(map(str, parts)))[:60] or 'nothing'}")
    for key, kind in wanted.items():
        value = parts[key]
        if kind is str and not _is_text(value):
            raise refuse(f"{key} is no text of at most {_LONGEST} characters")
        if kind is int and not _is_whole(value):
            raise refuse(f"{key} is no whole number")
        if kind is list and not _are_texts(value):
            raise refuse(f"{key} is no list of texts")
    return asked, parts


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53


def _are_texts(value: object) -> bool:
    if not isinstance(value, list) or len(value) > _LONGEST:
        return False
    return all(map(_is_text, value))


def _is_text(value: object) -> bool:
    """Also not half of a character: no file can hold that."""
    if not isinstance(value, str) or len(value) > _LONGEST:
        return False
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _look(session: Session, parts: dict[str, Any]) -> dict[str, Any]:
    session.look()
    return {"have": parts["have"]}  # which page is shown there


def _find(session: Session, parts: dict[str, Any]) -> dict[str, Any]:
    found = session.find(parts["line"], parts["start"], parts["end"])
    return {
        "line": found.paragraph,
        "start": found.position,
        "end": found.position + len(found.reported),
        "reported": found.reported,
        "name": found.row.get("name_zh", ""),
        "unit": found.row.get("unit", ""),
    }


def _add(session: Session, parts: dict[str, Any]) -> dict[str, Any]:
    place = parts["line"], parts["start"], parts["end"]
    return {"figure": session.add(*place, parts["name"], stored("unit", parts["unit"]))}


def _edit(session: Session, parts: dict[str, Any]) -> dict[str, Any]:
    figure, field = parts["figure"], parts["field"]
    before = session.extract.figures[_TOGETHER]
    alike = session.edit(figure, field, stored(field, parts["value"]))
    changed = int((session.extract.figures[_TOGETHER] != before).any(axis=1).sum())
    return {"alike": alike, "more": max(changed - 1, 0)}  # those that claims tie to it


def _source(session: Session, parts: dict[str, Any]) -> dict[str, Any]:
    field = parts["field"]
    return {"more": session.edit_source(field, stored(field, parts["value"]))}  # those it dates


def _claim(session: Session, parts: dict[str, Any]) -> dict[str, Any]:
    return {"claim": session.add_claim(parts["kind"], parts["roles"], parts["figures"])}


_Do = Callable[[Session, dict[str, Any]], dict[str, Any] | None]
_DO: dict[str, _Do] = {
    "look": _look,
    "edit": _edit,
    "copy": lambda session, parts: session.copy(parts["figure"], parts["field"], parts["figures"]),
    "claim": _claim,
    "source": _source,
    "accept": lambda session, parts: session.accept(parts["figure"]),
    "accept claim": lambda session, parts: session.accept_claim(parts["claim"]),
    "reject": lambda session, parts: session.reject(parts["claim"]),
    "tie": lambda session, parts: session.tie(
        parts["claim"], parts["role"], parts["figure"], parts["to"]
    ),
    "pass over": lambda session, parts: session.pass_over(
        parts["figure"], stored("reason", parts["reason"])
    ),
    "why": lambda session, parts: session.say_why(
        parts["line"], parts["at"], stored("reason", parts["reason"])
    ),
    "find": _find,
    "add": _add,
    "undo": lambda session, parts: {"step": session.undo()._asdict()},
    "redo": lambda session, parts: {"step": session.redo()._asdict()},
}


def _first(error: ExtractError, session: Session) -> Fault:
    """The first fault that is no gap known before."""
    new = [fault for fault in error.faults if fault not in session.gaps]
    return (new or list(error.faults))[0]
