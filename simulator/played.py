"""One visit as it went: noted while it goes on, so that much is known of a visit that crashed too."""

import time
from dataclasses import dataclass

from simulator.album import Album, Judged
from simulator.stopwatch import Stopwatch
from simulator.trace import Trace
from simulator.visit_log import Moment, VisitLog

CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Played:
    """One visit as it went.

    outcome: a firmware.visit.outcomes.Outcome, or "crashed", and then crash is the traceback.
    phases: name and virtual seconds. shown: instructions and hints, in order. moments: every view.
    judged: every image with its report. begun_s: on the clock of moments and
    trace. cpu_s: of everything; image_cpu_s: of pictures alone, drawn, judged and sealed.
    """

    outcome: str
    crash: str
    phases: tuple[tuple[str, float], ...]
    shown: tuple[str, ...]
    moments: tuple[Moment, ...]
    judged: tuple[Judged, ...]
    trace: Trace
    begun_s: float
    virtual_s: float
    cpu_s: float
    image_cpu_s: float


class Notes:
    """Takes down one visit from `begun_s` on. images: how much CPU time pictures took."""

    def __init__(self, begun_s: float, images: Stopwatch) -> None:
        self.trace = Trace()
        self.log = VisitLog()
        self.album = Album(lambda: self.log.target, images)
        self._images = images
        self._begun_s = begun_s
        self._begun_cpu_s = time.process_time()
        self._begun_image_s = images.total_s

    def played(self, outcome: str, now_s: float, crash: str = "") -> Played:
        """The visit, which ended now."""
        return Played(
            outcome=outcome,
            crash=crash,
            phases=self.log.phases(now_s),
            shown=self.log.shown,
            moments=self.log.moments,
            judged=self.album.judged,
            trace=self.trace,
            begun_s=self._begun_s,
            virtual_s=now_s - self._begun_s,
            cpu_s=time.process_time() - self._begun_cpu_s,
            image_cpu_s=self._images.total_s - self._begun_image_s,
        )
