"""A terminal's file tree, laid out by the programs that do it there, and acts of its users inside."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from host_tools.attendants import Pin
from host_tools.keys import make_demo_keys
from host_tools.provisioning import Wishes, provision_state
from host_tools.state import FolderState
from hw.disk_image.access import ROOTFS

STATE = Path("/var/lib/tram")
UMASK = 0o027  # as the units have it
LIMIT_S = 20.0
_EXAMPLE = Path(__file__).parents[2] / "host_tools" / "terminal.example.toml"
_CRASHED = 250


@dataclass(frozen=True, slots=True)
class TerminalTree:
    """The tree below `root`, in which the users of the terminal may try what they like."""

    root: Path

    def try_as(self, user: str, act: Callable[[], object]) -> int:
        """Do `act` as a user in a process that sees the tree as its root; 0, or the errno it ran into."""
        process = get_context("fork").Process(target=self._do, args=(user, act))
        process.start()
        process.join(LIMIT_S)
        if process.exitcode is None:
            process.kill()
        process.join()
        assert process.exitcode is not None
        assert process.exitcode not in (1, _CRASHED)
        return process.exitcode

    def _do(self, user: str, act: Callable[[], object]) -> None:
        number, groups = self._number_of(user), list(self._groups_of(user))
        os.chroot(self.root)
        os.chdir("/")
        os.setgroups(groups)
        os.setgid(number)
        os.setuid(number)
        os.umask(UMASK)
        try:
            act()
        except OSError as error:
            os._exit(error.errno or _CRASHED)

    def _number_of(self, user: str) -> int:
        lines = (self.root / "etc" / "passwd").read_text().splitlines()
        return next(int(line.split(":")[2]) for line in lines if line.startswith(f"{user}:"))

    def _groups_of(self, user: str) -> Iterator[int]:
        for line in (self.root / "etc" / "group").read_text().splitlines():
            _, _, number, members = line.split(":")
            if user in members.split(","):
                yield int(number)


def lay_out(root: Path) -> TerminalTree:
    """A provisioned terminal's tree below `root`, as it is after its first start."""
    shutil.copytree(ROOTFS, root, symlinks=True)
    _run("systemd-sysusers", f"--root={root}")
    state = root / STATE.relative_to("/")
    make_demo_keys(root / "centre", root / "elsewhere")
    wishes = Wishes(
        terminal=_EXAMPLE.read_bytes(),
        centre=(root / "elsewhere" / "centre.toml").read_bytes(),
        pins=(Pin("HN-0042", "135790"),),
        others=(("uplink.toml", b"for the uplink\n"), ("keys/tls-key.pem", b"for the uplink\n")),
        demo=True,
    )
    provision_state(FolderState(state), wishes, datetime(2026, 11, 20, tzinfo=UTC))
    _run("systemd-tmpfiles", f"--root={root}", "--create")
    return TerminalTree(root)


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True, timeout=LIMIT_S)
