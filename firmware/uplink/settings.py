"""What `uplink.toml` says: where the centre is, how to prove who asks, and how hard to try."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from hw.tables import TableInvalid, parse_table

SETTINGS_NAME = "uplink.toml"
_CHUNK_BYTES = range(1 << 10, (256 << 10) + 1)  # more is too much to lose


class UplinkFileInvalid(Exception):
    """The file cannot be used; the message names the key and what to do."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}: correct the file, firmware/uplink/README.md has an example")


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Whom to believe and who we are; paths are taken from the folder of the settings. All of them PEM."""

    ca_file: Path
    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class ChunkLimits:
    """Pieces of an upload. target_s: how long one should take; less is lost when the link drops."""

    least_bytes: int
    most_bytes: int
    target_s: float


@dataclass(frozen=True, slots=True)
class BackOffLimits:
    """Waiting after a failure: up to first_s, then up to twice as long each time, never beyond most_s."""

    first_s: float
    most_s: float


@dataclass(frozen=True, slots=True)
class UplinkSettings:
    """The file without its table `tls`. poll_s: how long an idle uplink waits before it looks again."""

    base_url: str
    poll_s: float
    chunk: ChunkLimits
    back_off: BackOffLimits


@dataclass(frozen=True, slots=True)
class Uplink:
    """The whole file. tls: None only for a centre on this machine."""

    settings: UplinkSettings
    tls: TlsFiles | None


def load_uplink(path: Path) -> Uplink:
    """The settings in the file at `path`; UplinkFileInvalid when they cannot be used."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        tls_table = table.pop("tls", None)
        settings = parse_table(UplinkSettings, table, "uplink")
        tls = None if tls_table is None else _tls(tls_table, path.parent)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, TableInvalid) as error:
        raise UplinkFileInvalid(path, str(error)) from error
    uplink = Uplink(settings, tls)
    for problem in _problems(uplink):
        raise UplinkFileInvalid(path, problem)
    return uplink


def _tls(table: object, folder: Path) -> TlsFiles:
    files = parse_table(TlsFiles, table, "uplink.tls")
    return TlsFiles(folder / files.ca_file, folder / files.certificate, folder / files.key)


def _problems(uplink: Uplink) -> Iterator[str]:
    yield from _address_problems(uplink)
    settings = uplink.settings
    chunk, back_off = settings.chunk, settings.back_off
    if not {chunk.least_bytes, chunk.most_bytes} <= set(_CHUNK_BYTES) or chunk.least_bytes > chunk.most_bytes:
        yield f"uplink.chunk should go from {_CHUNK_BYTES.start} to at most {_CHUNK_BYTES[-1]} bytes"
    if min(chunk.target_s, back_off.first_s, settings.poll_s) <= 0 or back_off.most_s < back_off.first_s:
        yield "durations should be more than 0, and back_off.most_s not less than first_s"


def _address_problems(uplink: Uplink) -> Iterator[str]:
    address = urlsplit(uplink.settings.base_url)
    if address.query or address.fragment or address.username or not address.hostname:
        yield "uplink.base_url should be a plain address"
    elif address.scheme == "https":
        if uplink.tls is None:
            yield "uplink.tls is missing"
    elif address.scheme != "http" or not _is_this_machine(address.hostname):
        yield "uplink.base_url should begin with https, except for a centre on this machine"
    elif uplink.tls is not None:
        yield "uplink.tls has no use without https"


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
