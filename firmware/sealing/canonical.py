"""One spelling for each JSON value, so that bytes can be compared, hashed and signed."""

import json
from collections.abc import Mapping

from firmware.records.plain import Json


def canonical_json(document: Mapping[str, Json]) -> bytes:
    """RFC 8785 for objects with ASCII keys and without fractions; a float is spelt as Python does."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()
