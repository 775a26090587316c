"""Driver of the EF01 fingerprint sensors."""

from hw.fingerprint import speed
from hw.fingerprint.answers import SensorParameters
from hw.fingerprint.commands import Commands
from hw.fingerprint.conversation import REPLY_TIMEOUT_S, Conversation
from hw.fingerprint.exchange import Exchange
from hw.fingerprint.extras import Extras
from hw.fingerprint.faults import ImageDamaged
from hw.fingerprint.geometry import geometry_of
from hw.fingerprint.image import Extraction, FingerImage, GoesOn, Progress, always, unwatched
from hw.fingerprint.imaging import Imaging
from hw.fingerprint.library import Library
from hw.fingerprint.opening import Opening
from hw.fingerprint.profiles import SensorProfile
from hw.fingerprint.protocol import DEFAULT_ADDRESS
from hw.fingerprint.scratch import Scratch
from hw.fingerprint.settings import FACTORY_PASSWORD, Settings
from hw.fingerprint.starting import bring_to, geometry_by, large_packets, product_told
from hw.fingerprint.templates import Templates
from hw.fingerprint.unattended import Unattended
from hw.wire.line import ByteLine


class FingerprintSensor:
    """A sensor that does one thing at a time; its parts know one kind of instruction each.

    Every method raises LineLost when the cable is out, SensorSilent when no whole answer comes in time,
    SensorRefused when the sensor says no, and ModelLacks, before a byte is sent, when its model cannot do
    that. After any of them, and after a cancelled call, the next call finds its way back by itself; after
    LineLost and power-up call `open` again.

    baud: of the line as it was opened; the profile's when None. fastest_baud: to which `open` brings the
    sensor, more than 115,200 at the board's own risk; None leaves it as it was found.
    """

    def __init__(
        self,
        line: ByteLine,
        profile: SensorProfile,
        *,
        baud: int | None = None,
        fastest_baud: int | None = None,
        address: int = DEFAULT_ADDRESS,
        password: int = FACTORY_PASSWORD,
        reply_timeout_s: float = REPLY_TIMEOUT_S,
    ) -> None:
        self.profile = profile
        self.opening: Opening | None = None
        self._password = password
        self._fastest_baud = fastest_baud
        expected = geometry_of(profile)
        self._talk = Conversation(
            line,
            baud=baud or profile.baud,
            longest_data_bytes=expected.most_rows * expected.row_bytes,
            address=address,
            reply_timeout_s=reply_timeout_s,
        )
        commands = Commands(Exchange(self._talk), profile)
        self.templates = Templates(commands)
        self.library = Library(commands)
        self.scratch = Scratch(self.library)
        self.settings = Settings(commands)
        self.imaging = Imaging(commands, self.settings)
        self.extras = Extras(commands)
        self.unattended = Unattended(commands)

    async def open(self) -> Opening:
        """Find the sensor on a line in any state and at any speed, say the password, wipe what a visit left
        in its library, learn its geometry, and bring packets and speed to the most that holds.
        """
        self._talk.unsettle()
        found_baud = await speed.find(self._talk, self._likely_speeds())
        await self.settings.verify(self._password)
        templates_wiped = await self.scratch.wipe()
        product = await product_told(self.settings, self.profile)
        self.imaging.geometry = geometry_by(product, geometry_of(self.profile))
        if product is not None:
            self.templates.template_bytes = product.template_bytes
        parameters = await large_packets(self.settings)
        if self._fastest_baud is not None and self._talk.baud != self._fastest_baud:
            await bring_to(self._talk, self.settings, self._fastest_baud)
            parameters = await self.settings.read_parameters()
        self.opening = Opening(found_baud, templates_wiped, parameters, self.imaging.geometry)
        return self.opening

    async def read_parameters(self) -> SensorParameters:
        """What the sensor says of its line, library and state."""
        return await self.settings.read_parameters()

    async def finger_is_imaged(self) -> bool:
        """Ask for one exposure; False when no finger lies on the plate."""
        return await self.imaging.finger_is_imaged()

    async def extract_features(self, buffer: int = 1) -> Extraction:
        """Let the sensor look for features in its image and keep them in `buffer`, counted from 1."""
        return await self.templates.extract(buffer)

    async def read_image(
        self, progress: Progress = unwatched, goes_on: GoesOn = always
    ) -> FingerImage | None:
        """The last exposure, which the sensor keeps when the finger is lifted, but not without power.

        An upload that arrives damaged is repeated, at last at the speed of delivery; ImageDamaged when none
        arrives whole. None as soon as `goes_on`, which is shown the rows as they arrive, wants no more.
        Not noticed: packets lost whole, and as many of bare plate repeated, since they carry no numbers.
        """
        try:
            return await self.imaging.upload(progress, goes_on)
        except ImageDamaged:
            if self._talk.baud <= self.profile.baud:
                raise
        self._fastest_baud = await speed.change(self._talk, self.settings, self.profile.baud)
        return await self.imaging.upload(progress, goes_on)

    def close(self) -> None:
        """Give the line back; closing twice is harmless."""
        self._talk.close()

    def _likely_speeds(self) -> tuple[int, ...]:
        """Where an earlier visit left it, then where the board and its maker say it is."""
        left = () if self._fastest_baud is None else (self._fastest_baud,)
        return (*left, self._talk.baud, self.profile.baud)
