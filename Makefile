# Provisional; the real one sets everything up.
PY := .venv/bin/python
.PHONY: check
check:
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/basedpyright
	$(PY) -m pytest -q -m "not slow"
