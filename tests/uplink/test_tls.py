"""The uplink speaks to the centre of its own authority only, and shows its certificate."""

import asyncio
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from firmware.clock import SystemClock
from firmware.uplink.link import Link, LinkLost, open_http
from firmware.uplink.settings import TlsFiles, Uplink
from tests.uplink.world import SETTINGS

pytestmark = pytest.mark.anyio
ANSWER = b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Authority:
    """Issues certificates for this machine, as PEM files in a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._key = Ed25519PrivateKey.generate()
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, folder.name)])
        self.ca_file = folder / "ca.pem"
        self.ca_file.write_bytes(self._issued(self._name, self._key, is_authority=True))

    def files_for(self, name: str) -> TlsFiles:
        """A key and certificate of that name."""
        key = Ed25519PrivateKey.generate()
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        files = TlsFiles(self.ca_file, self._folder / f"{name}.pem", self._folder / f"{name}-key.pem")
        files.certificate.write_bytes(self._issued(subject, key, is_authority=False))
        files.key.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return files

    def _issued(self, subject: x509.Name, key: Ed25519PrivateKey, *, is_authority: bool) -> bytes:
        now = SystemClock().now()
        host = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
        builder = x509.CertificateBuilder(self._name, subject, key.public_key(), x509.random_serial_number())
        builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        builder = builder.add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        return builder.add_extension(host, critical=False).sign(self._key, None).public_bytes(Encoding.PEM)


@asynccontextmanager
async def centre_with(files: TlsFiles) -> AsyncGenerator[int]:
    """A centre that asks for a certificate of its authority; its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.certificate, files.key)
    context.load_verify_locations(files.ca_file)
    context.verify_mode = ssl.CERT_REQUIRED

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(ANSWER)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context) as server:
        yield int(server.sockets[0].getsockname()[1])


async def status_with(port: int, files: TlsFiles) -> int:
    """What the centre on that port answers to an uplink with those files."""
    settings = replace(SETTINGS, base_url=f"https://127.0.0.1:{port}")
    async with open_http(Uplink(settings, files)) as http:
        return (await Link(http).ask("GET", "returned")).status


async def test_both_sides_know_each_other_by_their_authority(tmp_path: Path) -> None:
    authority = Authority(tmp_path / "nation")

    async with centre_with(authority.files_for("centre")) as port:
        assert await status_with(port, authority.files_for("terminal")) == 204


async def test_a_centre_of_another_authority_is_told_nothing(tmp_path: Path) -> None:
    nation, stranger = Authority(tmp_path / "nation"), Authority(tmp_path / "stranger")

    async with centre_with(stranger.files_for("centre")) as port:
        with pytest.raises(LinkLost):
            await status_with(port, nation.files_for("terminal"))


async def test_a_terminal_of_another_authority_gets_no_answer(tmp_path: Path) -> None:
    nation, stranger = Authority(tmp_path / "nation"), Authority(tmp_path / "stranger")
    unknown = replace(stranger.files_for("terminal"), ca_file=nation.ca_file)

    async with centre_with(nation.files_for("centre")) as port:
        with pytest.raises(LinkLost):
            await status_with(port, unknown)
