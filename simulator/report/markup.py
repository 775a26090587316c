"""HTML from plain calls: whatever is not marked up already is escaped."""

import base64
from html import escape

VOID = frozenset({"img", "meta", "rect", "line"})


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def tag(name: str, /, *contents: str | None, **attributes: object) -> Markup:
    """One element. attributes: "class_" stands for "class", "_" for "-"; None leaves one out."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in VOID:
        return Markup(f"<{name}{said}>" if name in {"img", "meta"} else f"<{name}{said}/>")
    return Markup(f"<{name}{said}>{joined(*contents)}</{name}>")


def joined(*contents: str | None) -> Markup:
    """One after the other; None is nothing."""
    return Markup("".join(_escaped(each) for each in contents if each is not None))


def table(caption: str, heads: tuple[str, ...], rows: list[tuple[str, ...]], **attributes: object) -> Markup:
    """A table whose first column names its rows."""
    head = tag("tr", *(tag("th", word, scope="col") for word in heads))
    body = (tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:])) for row in rows)
    return tag(
        "table", tag("caption", caption), tag("thead", head), tag("tbody", joined(*body)), **attributes
    )


def picture(data: bytes, alt: str, **attributes: object) -> Markup:
    """An image that is part of the page. data: PNG or JPEG."""
    kind = "png" if data.startswith(b"\x89PNG") else "jpeg"
    coded = base64.b64encode(data).decode("ascii")
    return tag("img", src=f"data:image/{kind};base64,{coded}", alt=alt, **attributes)


def page(title: str, style: str, *body: str) -> str:
    """A whole document that needs no other file."""
    head = joined(
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("title", title),
        tag("style", Markup(style)),
    )
    return "<!doctype html>\n" + tag("html", tag("head", head), tag("body", *body), lang="en") + "\n"


def _escaped(content: str) -> str:
    return content if isinstance(content, Markup) else escape(content)
