"""`record compare`: whether the irises of two records are on the same sides."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from firmware.capture.policy.same_eye import load_same_eye
from firmware.matching.iris_code import UNKNOWN, IrisCode, distance
from firmware.matching.irises_seen import Sides
from firmware.records.samples import EyeSide
from host_tools.iris_sides import Eyes, Gap, compare_eyes, eyes_of
from host_tools.keys import read_centre_key
from host_tools.sealed_record import OpenedRecord, RecordDamaged, check_record, open_record

_NOTHING_TO_DO = {
    Sides.AS_BEFORE: "as before: the eyes are on the sides on which the earlier record has them",
    Sides.NOTHING_TO_COMPARE: "nothing to compare: of neither side have both records an eye that is clear "
    "enough, and nothing follows from that",
}
_TO_DO = {
    Sides.SWAPPED: "swapped: the eyes of one person, each on the other's side; no picture tells which record "
    "is wrong, so take both irises again",
    Sides.UNLIKE: "unlike: another person's eyes, one eye given for both, or misleading pictures; compare "
    "the portraits, then take both irises again",
}
_GAPS = {Gap.NOT_TAKEN: "no picture", Gap.NOT_CLEAR: "not clear enough"}


def configure(parser: ArgumentParser) -> None:
    """Two folders, and the key that opens both."""
    parser.epilog = (
        "Exit code 0: as before, or nothing to compare, and the last line says which. "
        "1: swapped, unlike, or a record that cannot be opened."
    )
    parser.add_argument("earlier", type=Path, metavar="EARLIER", help="the folder of a record")
    parser.add_argument("later", type=Path, metavar="LATER", help="that of a later one of the same person")
    parser.add_argument("--key", type=Path, metavar="FILE", required=True, help="the centre's private key")


def run(arguments: Namespace) -> int:
    """Print how the eyes lie; 1 when somebody has to look. KeyFileUnusable, RecordDamaged."""
    key = read_centre_key(arguments.key)
    earlier, later = (_opened(folder, key) for folder in (arguments.earlier, arguments.later))
    before, after = eyes_of(earlier), eyes_of(later)
    print(f"earlier  {earlier.document['record_id']}\nlater    {later.document['record_id']}\n")
    print("\n".join(_table(before, after)))
    sides = compare_eyes(before, after)
    if sides in _NOTHING_TO_DO:
        print(_NOTHING_TO_DO[sides])
        return 0
    print(f"error: {_TO_DO[sides]}", file=sys.stderr)
    return 1


def _opened(folder: Path, key: X25519PrivateKey) -> OpenedRecord:
    try:
        return open_record(check_record(folder), key)
    except RecordDamaged as fault:
        raise RecordDamaged(fault.damage, str(folder / fault.name)) from fault


def _table(before: Eyes, after: Eyes) -> Iterator[str]:
    """A line for each later eye beside each earlier one."""
    yield "later  earlier  distance"
    for shown in EyeSide:
        for side in EyeSide:
            yield f"{shown.value:<7}{side.value:<9}{_distance(before[side], after[shown])}"
    yield f"\nup to {load_same_eye().same_eye:.3f} it is one eye\n"


def _distance(before: IrisCode | Gap, after: IrisCode | Gap) -> str:
    if isinstance(after, Gap):
        return f"-, {_GAPS[after]} in the later record"
    if isinstance(before, Gap):
        return f"-, {_GAPS[before]} in the earlier record"
    share = distance(after, before)
    return "-, too little is seen in both" if share == UNKNOWN else f"{share:.3f}"
