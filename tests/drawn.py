"""What is on the Axes of a chart, for the tests of charts."""


def words(ax):
    """All text on a chart: on the Axes, and around them."""
    figure = ax.figure
    axis = [*ax.get_xticklabels(), *ax.get_yticklabels(), ax.xaxis.label, ax.yaxis.label]
    around = [figure.get_suptitle(), figure.get_supxlabel(), ax.get_title(loc="left")]
    return "\n".join([*(text.get_text() for text in [*ax.texts, *axis]), *around])


def bars(ax):
    """Ends of the range bars, top to bottom."""
    segments = [s for c in ax.collections if hasattr(c, "get_segments") for s in c.get_segments()]
    return sorted(((s[0][1], s[0][0], s[-1][0]) for s in segments), key=lambda bar: bar[0])


def dots(ax, marker="o"):
    """Places of the dots: "o" of what is printed or implied, "D" of what is in doubt."""
    return [
        (float(x), float(y))
        for line in ax.lines
        if line.get_marker() == marker
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]


def assert_nothing_overlaps_or_is_clipped(ax):
    """Every text lies within the picture, and no two texts cover each other."""
    ax.figure.canvas.draw()
    renderer = ax.figure.canvas.get_renderer()
    ticks = [  # matplotlib keeps labels for ticks beyond the limits, and does not draw them
        tick.label1
        for axis in (ax.xaxis, ax.yaxis)
        for tick in axis.get_major_ticks()
        if min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    ]
    around = [ax.xaxis.label, ax.yaxis.label, ax.figure._suptitle, ax.figure._supxlabel]
    legend = ax.get_legend()
    key = legend.get_texts() if legend else []
    texts = [text for text in [*ax.texts, *ticks, *around, *key] if text.get_text().strip()]
    shown = [(text.get_text(), text.get_window_extent(renderer)) for text in texts]
    width, height = ax.figure.canvas.get_width_height()
    for text, box in shown:
        assert box.x0 >= -1, text
        assert box.y0 >= -1, text
        assert box.x1 <= width + 1, text
        assert box.y1 <= height + 1, text
    for n, (text, box) in enumerate(shown):
        for other, other_box in shown[:n]:
            assert not box.padded(-1).overlaps(other_box.padded(-1)), (text, other)
