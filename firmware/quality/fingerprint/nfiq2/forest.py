"""The random forest of NFIQ 2: a hundred trees that each vote for a useful or a useless print."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

INPUTS = 69
_TREES = 100
_MOST_NODES = 1_000_000
_NODE_ARRAYS = ("var", "thr", "left", "right", "value")
_TREE_ARRAYS = ("tree_off", "tree_n")

Indices = NDArray[np.intp]
Arrays = dict[str, NDArray[Any]]


class ForestUnreadable(Exception):
    """The bytes are not a forest that can be walked."""


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """All nodes in one row each; a leaf is its own child, so that every walk may go on to the deepest level.

    inputs: which input a node asks. limits: float32. children: (nodes, 2), at most the limit and above it.
    votes: (nodes,) bool. roots: (trees,). levels: steps from a root to the farthest leaf.
    """

    inputs: Indices
    limits: NDArray[np.float32]
    children: Indices
    votes: NDArray[np.bool_]
    roots: Indices
    levels: int

    @classmethod
    def load(cls, content: bytes) -> "Forest":
        """Read an .npz of nodes; `left` and `right` count from their tree's first node, -1 in a leaf.

        ForestUnreadable for anything that is not a forest of 100 trees over 69 inputs.
        """
        nodes, sizes = _checked(_arrays(content))
        first = np.repeat(np.cumsum(sizes) - sizes, sizes)
        own = np.arange(first.size)
        is_leaf = nodes["left"] < 0
        children = np.stack(
            [np.where(is_leaf, own, first + nodes[side]) for side in ("left", "right")], axis=1
        )
        inputs = np.where(is_leaf, 0, nodes["var"]).astype(np.intp)
        roots = np.cumsum(sizes) - sizes
        levels = _levels(children, roots)
        return cls(inputs, nodes["thr"].astype(np.float32), children, nodes["value"] > 0.5, roots, levels)

    def share_of_votes(self, features: NDArray[np.float64]) -> float:
        """The share of trees, 0 to 1, that find a print with these 69 features useful."""
        values = features.astype(np.float32)
        nodes = self.roots
        for _ in range(self.levels):
            above = values[self.inputs[nodes]] > self.limits[nodes]
            nodes = self.children[nodes, above.astype(np.intp)]
        return float(self.votes[nodes].mean())

    def score(self, features: NDArray[np.float64]) -> int:
        """NFIQ 2's score, 0 to 100."""
        return int(100.0 * self.share_of_votes(features) + 0.5)


def _arrays(content: bytes) -> Arrays:
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as stored:
            return {name: np.asarray(stored[name]) for name in (*_NODE_ARRAYS, *_TREE_ARRAYS)}
    except (ValueError, KeyError, TypeError, EOFError, OSError, zipfile.BadZipFile, zlib.error) as error:
        raise ForestUnreadable("not an .npz with the arrays of a forest") from error


def _checked(arrays: Arrays) -> tuple[Arrays, Indices]:
    """The arrays of nodes and the trees' sizes, once no index can lead out of a tree or back in it."""
    nodes = {name: arrays[name] for name in _NODE_ARRAYS}
    begins, sizes = (arrays[name].astype(np.int64) for name in _TREE_ARRAYS)
    _demand(
        begins.shape == sizes.shape == (_TREES,) and bool((sizes > 0).all()), "it has other than 100 trees"
    )
    _demand(bool((begins == np.cumsum(sizes) - sizes).all()), "its trees do not follow each other")
    shapes = {array.shape for array in nodes.values()}
    _demand(shapes == {(int(sizes.sum()),)} and sizes.sum() <= _MOST_NODES, "its arrays differ in length")
    place: NDArray[np.int64] = np.arange(int(sizes.sum()), dtype=np.int64) - np.repeat(begins, sizes)
    _check_nodes(nodes, place, np.repeat(sizes, sizes))
    return nodes, sizes.astype(np.intp)


def _check_nodes(nodes: Arrays, place: NDArray[np.int64], size: NDArray[np.int64]) -> None:
    """Each node is a leaf or asks a known input and has two children farther on in its tree of `size`."""
    left, right, asked = nodes["left"], nodes["right"], nodes["var"]
    is_leaf = (left < 0) & (right < 0)
    goes_on = (left > place) & (right > place) & (left < size) & (right < size)
    _demand(bool((is_leaf | goes_on).all()), "a child lies outside its tree")
    _demand(bool((is_leaf | ((asked >= 0) & (asked < INPUTS))).all()), "a node asks an unknown input")
    _demand(
        bool(np.isfinite(nodes["thr"]).all() and np.isin(nodes["value"], (0.0, 1.0)).all()),
        "a node is no number",
    )


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ForestUnreadable(otherwise)


def _levels(children: Indices, roots: Indices) -> int:
    """Steps from a root to the farthest leaf."""
    levels, nodes = 0, roots
    while (nodes := nodes[children[nodes, 0] != nodes]).size:
        nodes = children[nodes].ravel()
        levels += 1
    return levels
