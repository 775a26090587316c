"""The library of a simulated sensor: templates in its flash, and the search in them."""

import struct
from collections.abc import Iterator

import numpy as np

from hw.fingerprint.codes import Confirmation, Instruction
from simulator.fingerprint.answer import Acknowledgement, Answer, Commands, Data, Wanted, says
from simulator.fingerprint.templates import TEMPLATE_BYTES, Template, TemplateBuffers, are_of_one_finger

MATCH_SCORE = 120  # of two templates of one finger; others do not match at all
SEARCH_S_A_TEMPLATE = 0.001  # data sheet of the R307: under 1 s for 1000
INDEX_PAGE = 256  # templates that one page of the index tells of

_BUFFER, _PAGE = struct.Struct(">B"), struct.Struct(">B")
_PLACE = struct.Struct(">BH")
_RANGE = struct.Struct(">BHH")
_SPAN = struct.Struct(">HH")
_COUNT, _SCORE = struct.Struct(">H"), struct.Struct(">H")
_FOUND = struct.Struct(">HH")


class Library:
    """Survives the loss of power; `buffers` are what it works on."""

    def __init__(self, size: int, buffers: TemplateBuffers) -> None:
        self._size = size
        self._buffers = buffers
        self._pages: dict[int, Template] = {}

    def __len__(self) -> int:
        return len(self._pages)

    def commands(self) -> Commands:
        """What the library and the buffers answer."""
        return {
            Instruction.MATCH: self._match,
            Instruction.SEARCH: self._search,
            Instruction.SEARCH_FAST: self._search,
            Instruction.COMBINE_FEATURES: self._combine,
            Instruction.STORE_TEMPLATE: self._store,
            Instruction.LOAD_TEMPLATE: self._load,
            Instruction.UPLOAD_TEMPLATE: self._upload,
            Instruction.DOWNLOAD_TEMPLATE: self._download,
            Instruction.DELETE_TEMPLATES: self._delete,
            Instruction.EMPTY_LIBRARY: self._empty,
            Instruction.COUNT_TEMPLATES: self._count,
            Instruction.READ_INDEX: self._index,
        }

    def page_of(self, template: Template, begin: int = 0, count: int = 1 << 16) -> int | None:
        """The first page in a range that holds a template of the same finger."""
        for page in sorted(self._pages):
            if begin <= page < begin + count and are_of_one_finger(template, self._pages[page]):
                return page
        return None

    def free_pages(self) -> Iterator[int]:
        """The pages that hold nothing, in order."""
        return (page for page in range(self._size) if page not in self._pages)

    def keep(self, page: int, template: Template) -> Confirmation:
        """Write a page, whatever it held."""
        if page >= self._size:
            return Confirmation.PAGE_OUT_OF_RANGE
        self._pages[page] = template
        return Confirmation.OK

    def holds(self, page: int) -> bool:
        """Whether a page holds a template."""
        return page in self._pages

    def _match(self, _: bytes) -> Answer:
        one, other = (self._buffers.get(number) for number in (1, 2))
        if one is None or other is None or not are_of_one_finger(one, other):
            return says(Confirmation.NO_MATCH, _SCORE.pack(0))
        return says(Confirmation.OK, _SCORE.pack(MATCH_SCORE))

    def _search(self, arguments: bytes) -> Answer:
        buffer, begin, count = _RANGE.unpack(arguments)
        template = self._buffers.get(buffer)
        page = None if template is None else self.page_of(template, begin, count)
        took_s = len(self._pages) * SEARCH_S_A_TEMPLATE
        if page is None:
            return says(Confirmation.NOT_FOUND, _FOUND.pack(0, 0), took_s)
        return says(Confirmation.OK, _FOUND.pack(page, MATCH_SCORE), took_s)

    def _combine(self, _: bytes) -> Answer:
        held = self._buffers.all_held()
        if len(held) < 2 or not are_of_one_finger(*held):
            return says(Confirmation.FEATURES_DIFFER)
        for number in (1, 2):
            self._buffers.put(number, held[-1])
        return says(Confirmation.OK)

    def _store(self, arguments: bytes) -> Answer:
        buffer, page = _PLACE.unpack(arguments)
        template = self._buffers.get(buffer)
        return says(Confirmation.TEMPLATE_EMPTY if template is None else self.keep(page, template))

    def _load(self, arguments: bytes) -> Answer:
        buffer, page = _PLACE.unpack(arguments)
        if page >= self._size or buffer not in self._buffers.numbers:
            return says(Confirmation.PAGE_OUT_OF_RANGE)
        if page not in self._pages:
            return says(Confirmation.TEMPLATE_INVALID)
        self._buffers.put(buffer, self._pages[page])
        return says(Confirmation.OK)

    def _upload(self, arguments: bytes) -> Answer:
        template = self._buffers.get(*_BUFFER.unpack(arguments))
        if template is None:
            yield Acknowledgement(Confirmation.CANNOT_SEND_TEMPLATE)
            return
        yield Acknowledgement(Confirmation.OK)
        yield Data(template)

    def _download(self, arguments: bytes) -> Answer:
        (buffer,) = _BUFFER.unpack(arguments)
        if buffer not in self._buffers.numbers:
            yield Acknowledgement(Confirmation.CANNOT_TAKE_DATA)
            return
        yield Acknowledgement(Confirmation.OK)
        yield Wanted(TEMPLATE_BYTES, lambda content: self._take(buffer, content))

    def _take(self, buffer: int, content: bytes) -> None:
        if len(content) == TEMPLATE_BYTES:
            self._buffers.put(buffer, content)

    def _delete(self, arguments: bytes) -> Answer:
        begin, count = _SPAN.unpack(arguments)
        if begin + count > self._size:
            return says(Confirmation.CANNOT_DELETE)
        for page in range(begin, begin + count):
            self._pages.pop(page, None)
        return says(Confirmation.OK)

    def _empty(self, _: bytes) -> Answer:
        self._pages.clear()
        return says(Confirmation.OK)

    def _count(self, _: bytes) -> Answer:
        return says(Confirmation.OK, _COUNT.pack(len(self._pages)))

    def _index(self, arguments: bytes) -> Answer:
        (number,) = _PAGE.unpack(arguments)
        pages = range(number * INDEX_PAGE, (number + 1) * INDEX_PAGE)
        held = np.array([page in self._pages for page in pages], np.uint8)
        return says(Confirmation.OK, np.packbits(held, bitorder="little").tobytes())
