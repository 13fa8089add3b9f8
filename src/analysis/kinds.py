"""The kinds of printed claim: the roles that figures have in them."""

from __future__ import annotations

import numpy as np

# Roles of each kind of relation: how few and how many figures may have each.
ROLES: dict[str, dict[str, tuple[int, float]]] = {
    "sum": {"total": (1, 1), "part": (1, np.inf)},
    "part": {"total": (1, 1), "part": (1, np.inf)},
    "ratio": {"rate": (1, 1), "numerator": (0, 1), "denominator": (0, 1)},
    "change": {"change": (1, 1), "current": (1, 1), "prior": (0, 1), "difference": (0, 1)},
    "difference": {"difference": (1, 1), "current": (1, 1), "prior": (1, 1)},
}


# Kinds whose figures are added or subtracted, and so must be in one unit.
ONE_UNIT = {
    "sum": {"total", "part"},
    "part": {"total", "part"},
    "change": {"current", "prior", "difference"},
    "difference": {"current", "prior", "difference"},
}
