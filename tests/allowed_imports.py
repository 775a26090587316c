"""A kind of contract for import-linter: some modules may import only what is listed."""

import sys
from fnmatch import fnmatchcase

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class AllowedImports(Contract):
    """Of the modules `within`, `importers` may import directly only those that are `allowed`.

    Options are lists of patterns as in fnmatch, in which a star crosses dots. A pattern that matches
    nothing is no error, so a rule may be there before its folder; the tests show that each one bites.
    """

    type_name = "allowed"

    importers = fields.ListField(subfield=fields.StringField())
    apart_from = fields.ListField(subfield=fields.StringField(), required=False, default=[])
    within = fields.ListField(subfield=fields.StringField(), required=False, default=["*"])
    allowed = fields.ListField(subfield=fields.StringField(), required=False, default=[])
    standard_library = fields.BooleanField(required=False, default=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Broken by every import that leads out of what is allowed."""
        del verbose
        importers = self._matching(graph, "importers") - self._matching(graph, "apart_from")
        closed = self._matching(graph, "within") - self._matching(graph, "allowed") - self._always_open()
        forbidden = [
            f"{importer} -> {imported}"
            for importer in sorted(importers)
            for imported in sorted(graph.find_modules_directly_imported_by(importer) & closed)
        ]
        return ContractCheck(kept=not forbidden, metadata={"forbidden": forbidden})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """One line an import."""
        for line in check.metadata["forbidden"]:
            output.print_error(f"- {line}", bold=False)

    def _matching(self, graph: ImportGraph, option: str) -> set[str]:
        patterns: list[str] = getattr(self, option)
        return {name for name in graph.modules if any(fnmatchcase(name, pattern) for pattern in patterns)}

    def _always_open(self) -> frozenset[str]:
        return sys.stdlib_module_names if self.standard_library else frozenset()
