"""What lies in the memory of another process."""

from collections.abc import Iterable, Iterator
from pathlib import Path

PIECE_BYTES = 1 << 20


def found_in_memory(pid: int, pieces: Iterable[bytes]) -> set[bytes]:
    """Which of `pieces` the process could read in what it may write to."""
    missing, found = set(pieces), set[bytes]()
    for data in memory_of(pid, max(map(len, missing))):
        here = {piece for piece in missing if piece in data} if data.strip(b"\0") else set[bytes]()
        found, missing = found | here, missing - here
    return found


def memory_of(pid: int, overlap: int) -> Iterator[bytes]:
    """The writable memory of a process, in pieces that overlap; what cannot be read is left out."""
    with Path(f"/proc/{pid}/mem").open("rb", 0) as memory:
        for first, end in _writable(pid):
            for start in range(first, end, PIECE_BYTES):
                memory.seek(start)
                try:
                    yield memory.read(min(PIECE_BYTES + overlap, end - start))
                except OSError:
                    break


def _writable(pid: int) -> list[tuple[int, int]]:
    lines = [line.split() for line in Path(f"/proc/{pid}/maps").read_text("ascii", "replace").splitlines()]
    spans = [words[0].split("-") for words in lines if words[1].startswith("rw")]
    return [(int(first, 16), int(end, 16)) for first, end in spans]
