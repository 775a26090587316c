"""Asking the centre for its word that it holds a whole record."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from firmware.sealing.canonical import canonical_json
from firmware.sealing.centre_receipt import read_receipt
from firmware.sealing.manifest import SignatureWrong
from firmware.sealing.statement import StatementMalformed
from firmware.uplink.link import Answer, Link, LinkLost
from firmware.uplink.waiting import RecordUnusable, WaitingRecord

_REASON = re.compile(r"[a-z][a-z_]{0,39}", re.ASCII)
_UNNAMED = "refused_by_the_centre"
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True)
class Missing:
    """Names of files that the centre does not hold whole."""

    names: frozenset[str]


async def finish(link: Link, record: WaitingRecord, centre: Ed25519PublicKey) -> bytes | Missing:
    """The centre's receipt, checked, or what it still wants; RecordUnusable when it refuses the record."""
    address = f"records/{record.record_id}/finish"
    body = canonical_json({"manifest_sha256": record.manifest_sha256})
    answer = await link.ask("POST", address, _JSON, body)
    match answer.status:
        case 200 if is_receipt_for(record, answer.body, centre):
            return answer.body
        case 200:
            raise LinkLost("a receipt that is not to be believed")
        case 409:
            return Missing(_missing(answer, {file.name for file in record.files}))
        case 422:
            raise RecordUnusable(_reason(answer))
        case _:
            raise LinkLost(f"status {answer.status} to the end of a record")


def is_receipt_for(record: WaitingRecord, data: bytes, centre: Ed25519PublicKey) -> bool:
    """Whether `data` is the centre's receipt for exactly this record."""
    try:
        receipt = read_receipt(data, centre)
    except (StatementMalformed, SignatureWrong):
        return False
    return (receipt.record_id, receipt.manifest_sha256) == (record.record_id, record.manifest_sha256)


def _missing(answer: Answer, names: Collection[str]) -> frozenset[str]:
    """The files that the centre names and that exist; when it names none, all of them."""
    try:
        named = cast("list[str]", cast("dict[str, object]", json.loads(answer.body))["missing"])
        missing = frozenset(named) & frozenset(names)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise LinkLost("no list of what is missing") from error
    return missing or frozenset(names)


def _reason(answer: Answer) -> str:
    """The centre's word for it, when it is one that may stand in a log."""
    try:
        reason = cast("dict[str, object]", json.loads(answer.body))["reason"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return _UNNAMED
    return reason if isinstance(reason, str) and _REASON.fullmatch(reason) else _UNNAMED
