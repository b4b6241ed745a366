"""Elements of an SVG as escaped text. Every mark bears a class for the screen's themes and, beside it, the
plain colours of a saved file: a style sheet overrides attributes, so both are right where they are used."""

from __future__ import annotations

from html import escape

from markupsafe import Markup

# class → what a saved file shows (light paper)
PAINT: dict[str, str] = {
    "reports": 'fill="#c9c3b4"',
    "origins": 'fill="#1f4e79"',
    "line-reports": 'fill="none" stroke="#a49d8b" stroke-width="1.5"',
    "line-origins": 'fill="none" stroke="#1f4e79" stroke-width="2"',
    "axis": 'stroke="#cfcabd" stroke-width="1"',
    "label": 'fill="#5d5b55" font-size="11" font-family="system-ui, sans-serif"',
    "name": 'fill="#1d1d1b" font-size="12" font-family="system-ui, sans-serif"',
    "turn": 'fill="#9b1c1c"',
    "dot": 'fill="#1f4e79"',
    "ring": 'fill="#fdfcf9" stroke="#1f4e79" stroke-width="1.6"',
    "deny": 'fill="none" stroke="#9b1c1c" stroke-width="1.6"',
    "soft": 'fill="#1f4e79" fill-opacity="0.35"',
    "thread": 'fill="none" stroke="#7a4f00" stroke-width="1.2"',
    "land": 'fill="#e6e1d4"',
    "sea": 'fill="#f7f5ef"',
    "edge": 'stroke="#8d99a6" fill="none"',
    "edge-conflict": 'stroke="#9b1c1c" stroke-dasharray="5 3" fill="none"',
    "node": 'fill="#1f4e79"',
    "kept": 'fill="#c9c3b4"',
    "changed": 'fill="#c08a1e"',
    "own": 'fill="#1f4e79"',
}


def mark(tag: str, css: str = "", text: str | None = None, **attributes: object) -> Markup:
    """One element; attribute names use ``_`` for ``-``. Text and values are escaped."""
    parts = [f'class="{css}" {PAINT.get(css.split()[0], "")}'.strip()] if css else []
    parts += [
        f'{k.rstrip("_").replace("_", "-")}="{escape(_value(v))}"'
        for k, v in attributes.items()
        if v is not None
    ]
    head = " ".join([tag, *parts])
    return Markup(f"<{head}/>" if text is None else f"<{head}>{escape(text)}</{tag}>")


def group(*children: Markup, title: str = "", href: str = "", css: str = "") -> Markup:
    """A group with a tooltip, linked where ``href`` is given."""
    inner = (mark("title", text=title) if title else Markup("")) + Markup("").join(children)
    tag = "a" if href else "g"
    attributes = (f' href="{escape(href)}"' if href else "") + (f' class="{css}"' if css else "")
    return Markup(f"<{tag}{attributes}>{inner}</{tag}>")


def picture(children: list[Markup], *, width: float, height: float, label: str, sources: str = "") -> Markup:
    """A whole SVG; ``sources`` is printed under the picture of a saved file."""
    foot = 18 if sources else 0
    body = Markup("").join(children)
    if sources:
        body += mark("text", "label", sources, x=4, y=_value(height + 13))
    return Markup(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_value(width)} {_value(height + foot)}" '
        f'width="{_value(width)}" height="{_value(height + foot)}" role="group" '
        f'aria-label="{escape(label)}">{body}</svg>'
    )


def _value(value: object) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
