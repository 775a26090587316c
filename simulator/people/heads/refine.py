"""A finer, rounder mesh by one step of Catmull-Clark subdivision."""

from dataclasses import dataclass

import numpy as np

from simulator.people.heads.mesh import Floats, Numbers


@dataclass(frozen=True, slots=True, eq=False)
class Refinement:
    """How a mesh of quads becomes one with four times as many.

    quads: (4 m, 4) of the fine mesh. Its points are the coarse points, then one a quad, then one an edge.
    coarse: (m, 4). edges: (e, 2) points. edge_faces: (e, 2) quads beside the edge, the same twice on a rim.
    """

    quads: Numbers
    coarse: Numbers
    edges: Numbers
    edge_faces: Numbers

    def values(self, values: Floats) -> Floats:
        """Values of the fine mesh's points, (n', k), halfway between the coarse ones: no rounding."""
        return np.concatenate([values, _middles(values, self.coarse), _middles(values, self.edges)])

    def points(self, points: Floats) -> Floats:
        """The fine mesh's points, rounded as Catmull and Clark do; rims stay where they are."""
        middles, straight = _middles(points, self.coarse), _middles(points, self.edges)
        is_rim = (self.edge_faces[:, 0] == self.edge_faces[:, 1])[:, None]
        across = (straight + _middles(middles, self.edge_faces)) / np.float32(2.0)
        rounded = self._moved(points, middles, straight)
        rim = np.unique(self.edges[is_rim[:, 0]])
        rounded[rim] = points[rim]
        return np.concatenate([rounded, middles, np.where(is_rim, straight, across)])

    def _moved(self, points: Floats, middles: Floats, straight: Floats) -> Floats:
        count = len(points)
        valence = np.bincount(self.edges.ravel(), minlength=count).astype(np.float32)[:, None]
        faces = _mean_at(self.coarse, np.repeat(middles, 4, axis=0), count)
        edges = _mean_at(self.edges, np.repeat(straight, 2, axis=0), count)
        return (faces + 2.0 * edges + (valence - 3.0) * points) / np.maximum(valence, 1.0)


def refinement(quads: Numbers, count: int) -> Refinement:
    """The step for quads, (m, 4), of a mesh with `count` points."""
    sides = np.stack([quads, np.roll(quads, -1, axis=1)], axis=2).reshape(-1, 2)
    edges, first, edge_of_side, _ = np.unique(
        np.sort(sides, axis=1), axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    edge_of_side = edge_of_side.ravel()
    last = np.zeros(len(edges), np.int64)
    last[edge_of_side] = np.arange(len(sides))
    middle = count + np.arange(len(quads))
    ahead = (count + len(quads) + edge_of_side).reshape(-1, 4)
    behind = np.roll(ahead, 1, axis=1)
    fine = np.stack([quads, ahead, np.broadcast_to(middle[:, None], quads.shape), behind], axis=2)
    return Refinement(
        fine.reshape(-1, 4).astype(np.int32),
        quads,
        edges.astype(np.int32),
        np.stack([first // 4, last // 4], axis=1).astype(np.int32),
    )


def _middles(values: Floats, numbers: Numbers) -> Floats:
    """Mean of the values of each row of numbers."""
    return np.asarray(values[numbers].mean(axis=1), np.float32)


def _mean_at(numbers: Numbers, values: Floats, count: int) -> Floats:
    """Mean of the values, (k, 3), that fall to each of `count` points."""
    where = numbers.ravel()
    shares = np.maximum(np.bincount(where, minlength=count), 1)
    sums = [np.bincount(where, values[:, axis], count) / shares for axis in range(3)]
    return np.stack(sums, axis=1).astype(np.float32)
