"""What tests of charts share: either language, and no chart left open."""

import matplotlib.pyplot as plt
import pytest


@pytest.fixture(autouse=True)
def close():
    yield
    plt.close("all")


@pytest.fixture(params=["en", "zh"])
def language(request):
    return request.param
