"""Displacements of the mesh's points, by the name of what they change."""

import functools
import gzip

import numpy as np

from simulator.people.heads.files import read_head_file
from simulator.people.heads.mesh import METRES_PER_UNIT, Floats, bust


@functools.cache
def target(name: str) -> Floats:
    """What one target moves: (n, 3) metres for the points of the bust.

    name: below MakeHuman's targets ("head/head-oval") or a face unit ("unit/jawOpen").
    """
    if name.startswith("unit/"):
        text = read_head_file(f"faceunits01/targets/faceunits/{name.removeprefix('unit/')}.target")
    else:
        text = gzip.decompress(read_head_file(f"mpfb2/targets/{name}.target.gz"))
    lines = [line for line in text.splitlines() if line and not line.startswith(b"#")]
    rows = np.array(b" ".join(lines).split(), np.float32).reshape(-1, 4)
    kept = bust().kept
    everywhere = np.zeros((max(int(kept.max()), int(rows[:, 0].max(initial=0))) + 1, 3), np.float32)
    everywhere[rows[:, 0].astype(np.int32)] = rows[:, 1:]
    return everywhere[kept] * np.float32(METRES_PER_UNIT)
