"""The collector of cycles, kept away from work that makes many objects and no cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Work without collections, as a decorator: the collector would walk through cells and marks
    again and again, up to a third of the time. Only when the function's own names are gone does it
    run again, and finds little.

    >>> @uncollected()
    ... def read() -> bool:
    ...     return gc.isenabled()
    >>> read(), gc.isenabled()
    (False, True)
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
