"""Who this terminal is: what provisioning wrote, and the version of the software."""

import logging
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from firmware.records.record import Site
from hw.tables import TableInvalid, parse_table

_log = logging.getLogger(__name__)

SOFTWARE = "tram 0.1.0"
IDENTITY_NAME = "identity.toml"
RELEASED = datetime(2026, 1, 1, tzinfo=UTC)  # no visit can be earlier: this version did not exist
UNKNOWN = Site(ward_code="", terminal_id="")


class IdentityInvalid(Exception):
    """An identity file does not say what it should; the message names the key."""


class Role(StrEnum):
    """Whether a terminal stays, or travels with a team."""

    FIXED = "fixed"
    MOBILE = "mobile"


class PlaceKind(StrEnum):
    """Where enrolment takes place."""

    WARD_OFFICE = "ward_office"
    SCHOOL = "school"
    WORKPLACE = "workplace"
    CULTURE_HOUSE = "culture_house"
    APARTMENTS = "apartments"
    HOSPITAL = "hospital"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a terminal stands. address: as people say it."""

    kind: PlaceKind
    address: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a terminal is. board: name of its board file, without the ending."""

    terminal_id: str
    ward_code: str
    role: Role
    team: str
    campaign: str
    board: str
    site: Place

    @property
    def recorded_site(self) -> Site:
        """What a record says of where it was taken."""
        return Site(ward_code=self.ward_code, terminal_id=self.terminal_id)


def parse_identity(text: str) -> Identity:
    """The identity that a file spells; IdentityInvalid when a key is missing, unknown or of a wrong type."""
    try:
        return parse_table(Identity, tomllib.loads(text), "identity")
    except (tomllib.TOMLDecodeError, TableInvalid) as error:
        raise IdentityInvalid(str(error)) from error


def load_site(path: Path) -> Site:
    """Ward and terminal of an identity file; without a good one, a site that no record is saved with."""
    try:
        return parse_identity(path.read_text("utf-8")).recorded_site
    except FileNotFoundError:
        return UNKNOWN
    except (OSError, UnicodeDecodeError, IdentityInvalid) as error:
        _log.error("identity: %s", error)
        return UNKNOWN
