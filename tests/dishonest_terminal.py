"""A terminal that seals and signs what it likes."""

import json
from pathlib import Path

from firmware.sealing.manifest import MANIFEST_NAME, ManifestContents, ManifestEntry, entry_of
from firmware.sealing.packet import SUITE, ContentType, Kind, PacketHeader, SealedPacket, file_name
from firmware.sealing.seal import VisitKey, sign_manifest
from tests.sealing_world import Centre

RECORD_ID = "5a" * 16


class DishonestTerminal:
    """Knows every key of its own and seals what it likes."""

    def __init__(self, folder: Path, centre: Centre) -> None:
        self.folder = folder
        self.centre = centre
        self.key = VisitKey(bytearray(range(32)))
        self.entries: list[ManifestEntry] = []

    def header(self, kind: Kind) -> PacketHeader:
        number = len(self.entries) + 1
        form = ContentType.RECORD if kind is Kind.RECORD else ContentType.ARTEFACT
        return PacketHeader(RECORD_ID, f"{number:032x}", kind, number, SUITE, "2026-03-02T05:00:00Z", form)

    def write(self, packet: SealedPacket) -> None:
        sealed = packet.encode()
        (self.folder / file_name(packet.header)).write_bytes(sealed)
        self.entries.append(entry_of(packet.header, sealed))

    def seal(self, kind: Kind, contents: bytes) -> None:
        self.write(self.key.seal(self.header(kind), contents))

    def sign(self) -> None:
        public = self.centre.keys.device_public_key
        contents = ManifestContents(RECORD_ID, "2026-03-02T05:00:00Z", "test", public, tuple(self.entries))
        (self.folder / MANIFEST_NAME).write_bytes(
            sign_manifest(contents, self.key, self.centre.keys).encode()
        )


def own_document(record_id: str = RECORD_ID, **artefacts: str) -> bytes:
    return json.dumps({"format": "tram-record-1", "record_id": record_id, "artefacts": artefacts}).encode()
