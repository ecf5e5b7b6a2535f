# make demo         install into .venv and run examples/quickstart from init to destroy
# make test         install the pinned development tools, then lint, type-check and test
# make conformance  compare iacctl with Terraform 1.15.5, configuration by configuration
# make bench        time iacctl beside Terraform 1.15.5 (ARGS="--quick", ARGS="--rows plan,apply", ...)
# make lock         pin every dependency again (UPGRADE=1 takes newer versions)
#
# `make` needs Python 3.11 or later and git; everything else goes into .venv. Choose another Python with
# `make PYTHON=/path/to/python3 ...` and another place with `make VENV=dir ...`.

SHELL := /bin/sh
VENV ?= .venv
ARGS ?=
UV_VERSION := 0.13.9

SOURCES := iac/iacctl providers/iacctl_providers state/iacctl_state
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Interpreters are tried, not just looked up: a version manager leaves names on PATH that do not run.
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; \
	then command -v $$python; break; fi; done)

# One stamp per installation step: repeated runs start at once, and a changed lock file installs again.
RUNTIME := $(VENV)/.runtime-installed
PACKAGE := $(VENV)/.package-installed
DEV := $(VENV)/.dev-installed

.DEFAULT_GOAL := help
# The installation steps share one environment.
.NOTPARALLEL:
.PHONY: help install bytecode demo test lint types layers unit conformance bench profile format lock clean

help:
	@sed -n '/^# make/s/^# //p' Makefile

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "iacctl needs Python 3.11 or later: make PYTHON=/path/to/python3" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)

$(RUNTIME): requirements.lock | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements.lock
	@touch $@

$(PACKAGE): pyproject.toml | $(RUNTIME)
	$(PIP) install --quiet --no-deps --editable .
	@touch $@

$(DEV): requirements-dev.lock | $(BIN)/python
	$(PIP) install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

install: $(PACKAGE) bytecode

# An editable install is compiled on first import, and not at all under PYTHONDONTWRITEBYTECODE: without
# this, every command would spend most of its time compiling iacctl.
bytecode: $(PACKAGE)
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m compileall -q $(SOURCES)

demo: install
	@PATH="$(abspath $(BIN)):$$PATH" examples/quickstart/demo.sh

test: lint types layers unit

lint: $(DEV)
	$(BIN)/ruff check

types: $(PACKAGE) $(DEV)
	$(BIN)/mypy

layers: $(PACKAGE) $(DEV)
	$(BIN)/lint-imports

unit: bytecode $(DEV)
	$(BIN)/pytest --numprocesses auto $(ARGS)

conformance: bytecode $(DEV)
	@$(BIN)/python -m tests.conformance.report $(ARGS)

bench: bytecode $(DEV)
	@$(BIN)/python -m benchmarks $(ARGS)

profile: bytecode
	@$(BIN)/python -m benchmarks.profiling $(ARGS)

format: $(DEV)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# The lock files name versions and hashes for every platform and Python version that iacctl supports, and no
# package index: whichever index pip is configured with must serve files with these hashes.
COMPILE = $(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-config --no-header --no-emit-index-url --no-emit-find-links $(if $(UPGRADE),--upgrade) pyproject.toml

$(VENV)/lock/bin/uv: | $(BIN)/python
	$(BIN)/python -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

lock: $(VENV)/lock/bin/uv
	$(COMPILE) --output-file requirements.lock
	$(COMPILE) --extra dev --constraints requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find $(SOURCES) tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
