"""`uplink.toml` is read strictly, and never leads to a plain connection off the machine."""

from pathlib import Path

import pytest

from firmware.uplink.__main__ import CONFIGURATION, main
from firmware.uplink.settings import TlsFiles, UplinkFileInvalid, load_uplink

SECURE = """
base_url = "https://centre.example/terminals"
poll_s = 20
chunk = { least_bytes = 32768, most_bytes = 262144, target_s = 4 }
back_off = { first_s = 2, most_s = 300 }
tls = { ca_file = "keys/ca.pem", certificate = "keys/tls.pem", key = "keys/tls-key.pem" }
"""
TLS_LINE = SECURE.strip().splitlines()[-1]
LOCAL = SECURE.replace("https://centre.example/terminals", "http://127.0.0.1:8443").replace(TLS_LINE, "")


def written(folder: Path, text: str) -> Path:
    (folder / "uplink.toml").write_text(text)
    return folder / "uplink.toml"


def test_certificates_are_looked_for_beside_the_file(tmp_path: Path) -> None:
    uplink = load_uplink(written(tmp_path, SECURE))

    keys = tmp_path / "keys"
    assert uplink.tls == TlsFiles(keys / "ca.pem", keys / "tls.pem", keys / "tls-key.pem")


@pytest.mark.parametrize("host", ["127.0.0.1:8443", "localhost", "[::1]:80"])
def test_a_centre_on_this_machine_may_be_asked_in_clear(tmp_path: Path, host: str) -> None:
    assert load_uplink(written(tmp_path, LOCAL.replace("127.0.0.1:8443", host))).tls is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (LOCAL.replace("127.0.0.1", "10.0.0.1"), "should begin with https"),
        (LOCAL.replace("127.0.0.1", "localhost.example"), "should begin with https"),
        (SECURE.replace(TLS_LINE, ""), "uplink.tls is missing"),
        (LOCAL + TLS_LINE, "no use without https"),
        (SECURE.replace("https://", "https://me:secret@"), "should be a plain address"),
        (SECURE.replace("/terminals", "?a=1"), "should be a plain address"),
        (SECURE.replace("https", "ftp"), "should begin with https"),
        (SECURE.replace("32768", "0"), "uplink.chunk"),
        (SECURE.replace("262144", "262145"), "uplink.chunk"),
        (SECURE.replace("262144", "1024"), "uplink.chunk"),
        (SECURE.replace("first_s = 2", "first_s = 400"), "durations"),
        (SECURE.replace("poll_s = 20", "poll_s = 0"), "durations"),
        (SECURE + "retries = 3\n", "unknown ['retries']"),
        (SECURE.replace("ca_file", "authority"), "unknown ['authority']"),
        ("base_url = ", "Invalid value"),
    ],
)
def test_settings_that_cannot_be_used_are_named(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(UplinkFileInvalid) as refused:
        load_uplink(written(tmp_path, text))

    assert problem in str(refused.value)
    assert "secret" not in str(refused.value)


def test_the_program_says_what_is_wrong_and_ends(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main([str(tmp_path)])

    assert code == CONFIGURATION
    assert "uplink.toml" in capsys.readouterr().err
