"""What an attendant sees of a person and no measure does: asked, answered by a touch, recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from firmware.records.samples import Artefact, Modality


class Matter(StrEnum):
    """What the attendant is asked about; of a portrait since Circular 60/2021 Art. 5(4) says so."""

    GLASSES = "glasses"
    COVERING = "covering"
    EARS = "ears"
    PRESENCE = "presence"  # whether this very person stands there; asked only when a signal is doubtful


class Finding(StrEnum):
    """What the attendant says of a matter."""

    NONE = "none"  # nothing is worn
    MEDICAL = "medical"  # glasses that stay on for a medical reason
    CUSTOM = "custom"  # a covering of religion or people; face and ears are clear
    CLEAR = "clear"  # both ears
    IMPAIRED = "impaired"  # an ear is missing, injured or bandaged
    SEEN = "seen"
    UNSEEN = "unseen"
    KEPT = "kept"  # not as the law wants it, and no other portrait could be had
    AGAIN = "again"  # it is changed now, and another portrait taken


SETTLED: Mapping[Matter, tuple[Finding, ...]] = MappingProxyType(
    {
        Matter.GLASSES: (Finding.NONE, Finding.MEDICAL),
        Matter.COVERING: (Finding.NONE, Finding.CUSTOM),
        Matter.EARS: (Finding.CLEAR, Finding.IMPAIRED),
        Matter.PRESENCE: (Finding.SEEN, Finding.UNSEEN),
    }
)
"""What a matter may be found to be without another portrait; the first is as it should be."""

OF_PORTRAIT = (Matter.GLASSES, Matter.COVERING, Matter.EARS)
"""What is asked of every portrait."""


@dataclass(frozen=True, slots=True)
class Look:
    """One matter and what was found."""

    matter: Matter
    finding: Finding


def matters_to_look_at(artefacts: Iterable[Artefact]) -> tuple[Matter, ...]:
    """What an attendant has to look at before vouching; nothing where no portrait was taken."""
    samples = [(each.modality, each.sample) for each in artefacts if each.sample is not None]
    is_taken = any(modality is Modality.PORTRAIT for modality, _ in samples)
    is_doubtful = any(sample.signals is not None and sample.signals.doubtful for _, sample in samples)
    return (*((Matter.PRESENCE,) if is_doubtful else ()), *(OF_PORTRAIT if is_taken else ()))
