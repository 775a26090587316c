"""What a visit works with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from firmware.clock import DatedClock
from firmware.outbox.vault import VisitVault
from firmware.records.record import DeviceLimit, Site
from firmware.records.registered import Register
from firmware.records.samples import Modality
from firmware.screen.view import Screen
from firmware.visit.attendants import Attendant
from firmware.visit.capturing import Station
from firmware.visit.claiming import ReadCard
from firmware.visit.dialogue import Watch
from firmware.visit.finger_desk import FingerStation
from firmware.visit.inviting import Look
from firmware.visit.rules import Rules
from firmware.workers import ImageWorkers


@dataclass(frozen=True, slots=True)
class Terminal:
    """What one visit works with; firmware.booth puts it together.

    limits: what the devices cannot give of that which the rules ask.
    """

    clock: DatedClock
    screen: Screen
    watch: Watch
    workers: ImageWorkers
    read_card: ReadCard
    look_at_scene: Look
    register: Register
    stations: Mapping[Modality, Station]
    fingers: FingerStation
    vault: VisitVault
    attendants: tuple[Attendant, ...]
    rules_on: Callable[[date], Rules]
    site: Site
    software: str
    limits: Callable[[Rules], tuple[DeviceLimit, ...]]
    random_bytes: Callable[[int], bytes]
