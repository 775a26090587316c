"""What the module tells while a session runs, kept within limits."""

from collections import deque
from collections.abc import Awaitable, Callable

from hw.iris.faults import ModuleBroken
from hw.iris.messages import LATCHING, Distance, FaultNotice, Faults, Strobe
from hw.iris.pairing import TimedStrobe
from hw.iris.protocol import Kind, Packet
from hw.iris.time_sync import KEPT, Exchange, clock_fit

STROBES_KEPT = 256  # four seconds at the fastest
ENDING = ~(Faults.WDT_RESET | Faults.LED_OPEN)  # these two alone end no session


class LitSession:
    """A hw.iris.light.Lit. set_on: asks the module."""

    def __init__(self, set_on: Callable[[int], Awaitable[bool]]) -> None:
        self._set_on = set_on
        self._strobes: deque[Strobe] = deque(maxlen=STROBES_KEPT)
        self._exchanges: deque[Exchange] = deque(maxlen=KEPT)
        self._distance: Distance | None = None
        self._ended = Faults.NONE
        self._counted: int | None = None
        self.lost_events = 0

    def strobes(self) -> tuple[TimedStrobe, ...]:
        """The newest strobes in order; none before the clocks have been compared."""
        if not self._exchanges:
            return ()
        fit = clock_fit(tuple(self._exchanges))
        return tuple(TimedStrobe(fit.terminal_s(strobe.at_us), strobe) for strobe in self._strobes)

    def distance(self) -> Distance | None:
        """The newest reading."""
        return self._distance

    def ended(self) -> Faults:
        """Why it is dark before its time."""
        if self._ended & LATCHING:
            raise ModuleBroken(self._ended)
        return self._ended

    async def set_on_us(self, on_us: int) -> bool:
        """Change the on-time."""
        return await self._set_on(on_us)

    def end(self, faults: Faults) -> None:
        """It is dark, for that reason."""
        self._ended |= faults & ENDING

    def compare(self, exchange: Exchange) -> None:
        """Both clocks at one moment."""
        self._exchanges.append(exchange)

    def take(self, packet: Packet) -> None:
        """One event; ValueError when it makes no sense."""
        self._count(packet.sequence)
        match packet.kind:
            case Kind.STROBE:
                self._strobes.append(Strobe.decode(packet.payload))
            case Kind.DISTANCE:
                self._distance = Distance.decode(packet.payload)
            case Kind.FAULT:
                self.end(FaultNotice.decode(packet.payload).faults)
            case _:
                pass

    def _count(self, sequence: int) -> None:
        if self._counted is not None:
            self.lost_events += (sequence - self._counted - 1) % 256
        self._counted = sequence
