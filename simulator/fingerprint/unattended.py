"""What a simulated sensor does by itself at one command: enrol or identify the finger that lies on it."""

import struct
from collections.abc import Iterator

from hw.fingerprint.codes import Confirmation, Instruction
from simulator.fingerprint.answer import Acknowledgement, Answer, Commands
from simulator.fingerprint.imaging import Imaging
from simulator.fingerprint.library import MATCH_SCORE, Library
from simulator.fingerprint.templates import TemplateBuffers

EXPOSURES = 6  # R503, manual V1.2
REPEATED, MERGED, STORED = 0x0D, 0x0E, 0x0F  # the steps after them
EXPOSED, EXTRACTED, SEARCHED = 1, 2, 3
WAITS_S = 10.0
ANY_PAGE = 0xC8  # from here on the sensor chooses

_ENROL = struct.Struct(">BBBBB")  # page, may overwrite, may be there already, tell steps, finger must leave
_ENROLLED = struct.Struct(">BB")  # step, page
_IDENTIFY = struct.Struct(">BBBBB")  # security, first page, pages, tell steps, tries
_IDENTIFIED = struct.Struct(">BHH")  # step, page, score


class Unattended:
    """AutoEnroll and AutoIdentify of the R503.

    Not modelled: a finger that comes or leaves meanwhile. Who lies there at the command is taken.
    """

    def __init__(self, imaging: Imaging, buffers: TemplateBuffers, library: Library) -> None:
        self._imaging = imaging
        self._buffers = buffers
        self._library = library

    def commands(self) -> Commands:
        """What it answers."""
        return {
            Instruction.ENROL_BY_ITSELF: self._enrol,
            Instruction.IDENTIFY_BY_ITSELF: self._identify,
        }

    def _exposure(self) -> Iterator[tuple[int, Acknowledgement]]:
        """Two steps of one exposure, up to the first that fails."""
        taken = self._imaging.expose()
        if taken.confirmation is Confirmation.NO_FINGER:
            taken = Acknowledgement(Confirmation.TIMED_OUT, delay_s=WAITS_S)
        yield EXPOSED, taken
        if taken.confirmation is Confirmation.OK:
            yield EXTRACTED, self._imaging.take_features(1)

    def _enrol(self, arguments: bytes) -> Answer:
        page, may_overwrite, may_repeat, tells, _ = _ENROL.unpack(arguments)
        page = page if page < ANY_PAGE else next(self._library.free_pages(), page)
        for exposure in range(EXPOSURES):
            for step, done in self._exposure():
                results = _ENROLLED.pack(2 * exposure + step, page)
                if tells or done.confirmation is not Confirmation.OK:
                    yield Acknowledgement(done.confirmation, results, done.delay_s)
                if done.confirmation is not Confirmation.OK:
                    return
        for step, confirmation in self._filed(page, may_overwrite, may_repeat):
            if tells or step == STORED or confirmation is not Confirmation.OK:
                yield Acknowledgement(confirmation, _ENROLLED.pack(step, page))

    def _filed(self, page: int, may_overwrite: int, may_repeat: int) -> Iterator[tuple[int, Confirmation]]:
        """The last three steps, up to the first that fails."""
        template = self._buffers.all_held()[0]
        if not may_repeat and self._library.page_of(template) is not None:
            yield REPEATED, Confirmation.FINGER_EXISTS
            return
        yield REPEATED, Confirmation.OK
        yield MERGED, Confirmation.OK
        if not may_overwrite and self._library.holds(page):
            yield STORED, Confirmation.LIBRARY_FULL
        else:
            yield STORED, self._library.keep(page, template)

    def _identify(self, arguments: bytes) -> Answer:
        _, begin, count, tells, _ = _IDENTIFY.unpack(arguments)
        for step, done in self._exposure():
            if tells or done.confirmation is not Confirmation.OK:
                yield Acknowledgement(done.confirmation, _IDENTIFIED.pack(step, 0, 0), done.delay_s)
            if done.confirmation is not Confirmation.OK:
                return
        page = self._library.page_of(self._buffers.all_held()[0], begin, count)
        if page is None:
            yield Acknowledgement(Confirmation.NOT_FOUND, _IDENTIFIED.pack(SEARCHED, 0, 0))
        else:
            yield Acknowledgement(Confirmation.OK, _IDENTIFIED.pack(SEARCHED, page, MATCH_SCORE))
