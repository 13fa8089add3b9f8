"""From a text to an extract."""

from .draft import draft

__all__ = ["draft"]
