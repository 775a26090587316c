"""Many visits, a few at a time: each in a worker process, in the order of the people."""

import logging
import multiprocessing
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import cv2

Comer = TypeVar("Comer")
Visited = TypeVar("Visited")


def play_all(visit_of: Callable[[Comer], Visited], comers: Sequence[Comer], jobs: int) -> Iterator[Visited]:
    """Each visit as soon as all before it are over. visit_of: a function of a module."""
    if jobs == 1:
        with _in_this_process():
            yield from map(visit_of, comers)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin) as workers:
        yield from workers.map(visit_of, comers)


def _begin() -> None:
    """One thread each; that the cameras are away is said once, on the page, and not in every visit."""
    cv2.setNumThreads(1)
    logging.disable(logging.WARNING)


@contextmanager
def _in_this_process() -> Generator[None]:
    """As in a worker process, until the visits are over: who plays them may want logs and threads again."""
    threads, silenced = cv2.getNumThreads(), logging.root.manager.disable
    _begin()
    try:
        yield
    finally:
        cv2.setNumThreads(threads)
        logging.disable(silenced)
