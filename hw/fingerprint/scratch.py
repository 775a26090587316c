"""The accepted fingers of one visit, kept on the sensor so that it can tell one shown twice; then wiped.

Templates are personal data and the library outlives the power: nothing stays from one visit to the next.
"""

from hw.fingerprint.faults import TemplatesRemain
from hw.fingerprint.library import Found, Library

PAGES = range(20)  # two for each finger; every library of the family is larger (80 is the smallest seen)
WIPE_ATTEMPTS = 2


class Scratch:
    """The first pages of the library, which belong to the visit that runs."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._used = 0

    async def keep(self, buffer: int = 1) -> int | None:
        """Keep the features in `buffer`; their page, or None when the visit has used all pages."""
        if self._used == len(PAGES):
            return None
        page = PAGES[self._used]
        await self._library.store(page, buffer)
        self._used += 1
        return page

    async def search(self, buffer: int = 1) -> Found | None:
        """The page that `keep` gave for the finger in `buffer`; None when this visit has not kept it."""
        if not self._used:
            return None
        return await self._library.search(PAGES[: self._used], buffer)

    async def wipe(self) -> int:
        """Empty the pages and look; how many held something. TemplatesRemain when any still does."""
        found = remaining = await self._held()
        for _ in range(WIPE_ATTEMPTS):
            if not remaining:
                break
            await self._library.delete(PAGES)
            remaining = await self._held()
        if remaining:
            raise TemplatesRemain(remaining)
        self._used = 0
        return found

    async def _held(self) -> int:
        """How many of the pages hold a template."""
        return len((await self._library.held_pages()).intersection(PAGES))
