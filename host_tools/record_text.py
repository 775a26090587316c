"""A sealed record as text for a terminal window."""

from collections.abc import Iterator
from typing import Any

from firmware.sealing.manifest import ManifestContents
from host_tools.sealed_record import CheckedRecord, Damage, OpenedArtefact, OpenedRecord

_HINTS = {
    Damage.UNREADABLE: "check the rights of the file",
    Damage.MANIFEST_MISSING: "give one folder of the outbox",
    Damage.DEVICE_UNKNOWN: "give the key of the terminal that saved it",
    Damage.KEY_WRONG: "give the private key of the centre it was sealed for",
}
_CROPPED = "portrait"
_COLUMNS = ("part", "score", "accepted", "forced", "exception", "attempts", "pixels", "bytes", "device")


def damage_hint(damage: Damage) -> str:
    """What to do about a damage."""
    return _HINTS.get(damage, "keep the folder as it is and report it")


def signer_line(contents: ManifestContents, *, known: bool) -> str:
    """Who signed a record, and on whose word."""
    word = "as it should be" if known else "by the record's own word; --device-key checks it"
    return f"signed by terminal key {contents.device_key.hex()[:16]} ({word})"


def record_lines(checked: CheckedRecord, opened: OpenedRecord) -> Iterator[str]:
    """The facts of a record, then a table of its artefacts."""
    for name, value in _facts(checked.manifest.contents, opened.document):
        yield f"{name:<12}{_printable(value)}"
    yield ""
    rows = [_COLUMNS, *(_cells(artefact) for artefact in opened.artefacts)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    for row in rows:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
    yield ""
    packets = sum(entry.size for entry in checked.manifest.contents.entries)
    yield from (_product(artefact) for artefact in opened.artefacts if artefact.part == _CROPPED)
    yield f"{'size':<12}{packets} bytes in {len(checked.manifest.contents.entries)} packets"


def _product(artefact: OpenedArtefact) -> str:
    """What a portrait's product is, or why there is none."""
    sample, product = artefact.document["sample"], artefact.document["product"]
    if product is not None:
        size = f"{product['columns']}x{product['rows']}, {product['file_bytes']} bytes"
        words = f"{size}, {product['form']} at {product['setting']:.4g}, in a face record"
    elif sample is None or not sample["is_cropped"]:
        words = "none: the portrait was not cropped"
    else:
        words = "none: no file within the limits"
    return f"{'product':<12}{_printable(words)}"


def _facts(contents: ManifestContents, record: dict[str, Any]) -> Iterator[tuple[str, object]]:
    yield "record", contents.record_id
    yield "centre key", contents.centre_key_id
    yield (
        "purpose",
        record["purpose"] if record["reason"] is None else f"{record['purpose']}: {record['reason']}",
    )
    yield from _person(record)
    if record["guardian"]:
        yield from _guardian(record["guardian"])
    yield from _circumstances(record)


def _person(record: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """Who was enrolled, who says so, and what follows from the age."""
    claim, look_up, eligibility = record["claim"], record["look_up"], record["eligibility"]
    for name in ("number", "name", "birth", "sex"):
        yield name, "not known" if claim[name] is None else claim[name]
    yield "claimed by", f"{claim['source']}, {'verified' if claim['verified'] else 'not verified'}"
    yield (
        "register",
        ", ".join([look_up["end"], *(f"{name} {word}" for name, word in look_up["compared"].items())]),
    )
    yield "warnings", ", ".join(claim["warnings"]) or "none"
    yield "age band", f"{eligibility['age_band']} on {eligibility['day']}"
    date_by = (eligibility["date_source"], eligibility["date_attested_by"])
    yield "date by", ", ".join(word for word in date_by if word)
    yield "by birth", f"{eligibility['birth']}, {eligibility['birth_source']}"
    yield "card until", eligibility["valid_until"] or "no end"


def _guardian(guardian: dict[str, Any]) -> Iterator[tuple[str, object]]:
    claim, agreed = guardian["claim"], guardian["child_agreed_at"]
    yield "guardian", f"{guardian['relation']}, {claim['number']} by {claim['source']}"
    yield "declared", guardian["declared_at"]
    yield "child", "not asked" if agreed is None else f"agreed at {agreed}"


def _circumstances(record: dict[str, Any]) -> Iterator[tuple[str, object]]:
    attestation, site = record["attestation"], record["site"]
    yield "attested", f"{attestation['attendant_id']} at {attestation['at']}: {attestation['statement']}"
    yield "covers", ", ".join(attestation["covers"])
    looks = [f"{matter}: {finding}" for matter, finding in attestation["looks"].items()]
    yield "seen", ", ".join(looks) or "nothing to look at"
    if attestation["asked_again"]:
        yield "portrait", f"asked for again because of {', '.join(attestation['asked_again'])}"
    yield "visit", f"{record['begun_at']} to {record['ended_at']}"
    yield "site", f"ward {site['ward_code']}, terminal {site['terminal_id']}"
    yield "software", record["software"]
    yield "receipt", record["receipt_code"]
    for limit in record["limits"]:
        yield "limit", f"{limit['modality']}: {limit['limit']} ({limit['reason']})"


def _cells(artefact: OpenedArtefact) -> tuple[str, ...]:
    document = artefact.document
    attempts = str(len(document["attempts"]))
    forced, exception = _yes(document["forced"]), document["exception"] or "-"
    sample = document["sample"]
    if sample is None:
        return (artefact.part, "-", "-", forced, exception, attempts, "-", "-", "-")
    report, size = sample["report"], f"{sample['columns']}x{sample['rows']}"
    cells = (report["score"], _yes(report["accepted"]), forced, exception, attempts, size)
    return (artefact.part, *(_printable(cell) for cell in (*cells, len(artefact.picture), sample["device"])))


def _yes(claim: object) -> str:
    return "yes" if claim else "no"


def _printable(value: object) -> str:
    """`value` without the control characters that a hostile card could send to the technician's window."""
    return "".join(sign if sign.isprintable() else "?" for sign in str(value))
