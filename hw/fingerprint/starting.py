"""How a sensor in any state becomes one that is known, clean and fast: the steps of opening it."""

from dataclasses import replace

from hw.fingerprint import speed
from hw.fingerprint.answers import PACKET_SIZES, ProductInformation, SensorParameters
from hw.fingerprint.conversation import Conversation
from hw.fingerprint.faults import ParametersUnknown, SensorRefused, SensorSilent
from hw.fingerprint.geometry import Geometry, Source
from hw.fingerprint.profiles import SensorProfile
from hw.fingerprint.settings import Settings

LARGEST_PACKET_BYTES = max(PACKET_SIZES)
PIXELS_A_SIDE = range(64, 1025)  # nobody builds a smaller or larger single-finger sensor
MOST_TEMPLATE_BYTES = 4096


async def product_told(settings: Settings, profile: SensorProfile) -> ProductInformation | None:
    """What the sensor tells of its make; None when it does not, or nothing that can be."""
    if not profile.tells_geometry:
        return None
    try:
        told = await settings.read_product_information()
    except (SensorRefused, SensorSilent, ParametersUnknown):
        return None  # the first R503 did not know the question
    sides_are_sane = told.columns in PIXELS_A_SIDE and told.rows in PIXELS_A_SIDE and told.columns % 2 == 0
    return told if sides_are_sane and 0 < told.template_bytes <= MOST_TEMPLATE_BYTES else None


def geometry_by(product: ProductInformation | None, expected: Geometry) -> Geometry:
    """The size that the sensor tells; without its word the expected one, whose height is then open."""
    if product is None:
        return replace(expected, rows_may_differ=True)
    return Geometry(product.columns, product.rows, expected.bits_per_pixel, False, Source.SENSOR)


async def large_packets(settings: Settings) -> SensorParameters:
    """Ask for the largest data packets; the parameters as they then are, which is what counts."""
    parameters = await settings.read_parameters()
    if parameters.packet_bytes == LARGEST_PACKET_BYTES:
        return parameters
    try:
        await settings.set_packet_bytes(LARGEST_PACKET_BYTES)
    except SensorRefused:
        return parameters
    return await settings.read_parameters()


async def bring_to(talk: Conversation, settings: Settings, fastest_baud: int) -> None:
    """Bring the sensor to `fastest_baud`; if that does not hold, to what needs no opting in."""
    for baud in (fastest_baud, min(fastest_baud, speed.OPT_IN_ABOVE)):
        if talk.baud == baud or await speed.change(talk, settings, baud) == baud:
            return
