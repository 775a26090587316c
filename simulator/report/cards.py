"""The parts of a visit as cards: pictures, scores, advice, and every component."""

from typing import Any

from simulator.album import Judged
from simulator.report.markup import Markup, joined, picture, table, tag
from simulator.report.parts import Part, Try
from simulator.report.words import capital, clock, duration, in_both, part_name, plain, said

Json = dict[str, Any]

GROUPS = (("Portrait", "portrait"), ("Fingerprints", "finger_"), ("Irises", "eye_"))


def cards(parts: tuple[Part, ...], begun_s: float, number: int) -> Markup:
    """All parts, by kind. begun_s: of the visit. number: of the visit, for the names of its files."""
    groups = [(title, [part for part in parts if part.key.startswith(prefix)]) for title, prefix in GROUPS]
    return joined(*(_group(title, group, begun_s, number) for title, group in groups if group))


def _group(title: str, parts: list[Part], begun_s: float, number: int) -> Markup:
    shown = [_card(part, begun_s, number) for part in parts]
    return tag("section", tag("h2", title), tag("div", *shown, class_="cards"))


def _card(part: Part, begun_s: float, number: int) -> Markup:
    name = part_name(part.key)
    tries = [_try(name, each) for each in part.tries]
    full_size = f"visit{number}_{part.key}.png"
    link = tag("a", "full size", href=full_size, aria_label=f"{name}, full size")
    return tag(
        "article",
        tag("h3", name),
        tag("p", *_state(part), *((" · ", link) if any(each.is_kept for each in part.tries) else ())),
        tag("div", *tries, class_="tries") if tries else None,
        _seen(name, part, begun_s),
        class_="wide" if len(part.tries) + len(part.seen) > 1 else None,
    )


def _state(part: Part) -> tuple[str, ...]:
    if part.exception:
        return tag("strong", "not taken", class_="bad"), ": ", in_both("reason", part.exception)
    if not part.is_recorded:
        return (tag("strong", "judged, but the visit left no record", class_="none"),)
    if part.forced:
        return tag("strong", "kept below the threshold", class_="warn"), _of_tries(part)
    return tag("strong", "accepted", class_="good"), _of_tries(part)


def _of_tries(part: Part) -> str:
    count = len(part.tries)
    return f", {count} attempt{'s' if count > 1 else ''}"


def _try(name: str, each: Try) -> Markup:
    document = each.document
    title = f"Attempt {document['number']}"
    image = picture(each.picture, f"{name}, {title.lower()}") if each.picture else _no_picture()
    return tag(
        "figure",
        image,
        tag("figcaption", tag("b", title), f", {duration(document['duration_s'])}", _verdict(each)),
        class_="kept" if each.is_kept else None,
    )


def _no_picture() -> Markup:
    return tag("span", "no picture", class_="missing")


def _verdict(each: Try) -> Markup | None:
    report: Json | None = each.document["report"]
    if report is None:
        return None
    kind, word = ("good", "accepted") if report["accepted"] else ("bad", "not accepted")
    failed = [part["name"] for part in report["components"] if part["verdict"] == "fail"]
    return joined(
        tag("span", "score ", tag("b", str(report["score"])), ", ", tag("span", word, class_=kind)),
        tag("span", "kept", class_="keep") if each.is_kept else None,
        _advice(report["advice"]),
        tag("span", "failed: ", ", ".join(plain(name) for name in failed)) if failed else None,
        _components(report),
    )


def _advice(advice: str | None) -> Markup | None:
    return tag("span", "“", in_both("hint", advice), "”", class_="advice") if advice else None


def _components(report: Json) -> Markup:
    rows = [(plain(each["name"]), _number(each["value"]), _word(each)) for each in report["components"]]
    components = table(report["algorithm"], ("Component", "Value", "Verdict"), rows)
    return tag("details", tag("summary", f"{len(rows)} components"), components)


def _word(component: Json) -> Markup:
    kind = {"pass": "good", "fail": "bad"}.get(component["verdict"], "none")
    return tag("span", component["verdict"], class_=kind)


def _number(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.3g}"


def _seen(name: str, part: Part, begun_s: float) -> Markup | None:
    """What the device saw besides the attempts, where its advice changed."""
    if not part.seen:
        return None
    images = [_seen_image(name, each, begun_s) for each in part.seen]
    title = "Also judged, where the advice changed" if part.tries else "Where the advice changed"
    return tag("div", tag("h4", title), tag("div", *images, class_="strip"), class_="seen")


def _seen_image(name: str, each: Judged, begun_s: float) -> Markup:
    at = clock(each.at_s - begun_s)
    advice = each.report.advice
    told = said("hint", advice.value) if advice else "good" if each.report.accepted else "no advice"
    caption = tag("figcaption", f"{at}, score {each.report.score}: {told}")
    return tag("figure", picture(each.picture, f"{name} at {at}: {capital(told)}"), caption)
