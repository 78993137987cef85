# Zhibu (支部助手). `make help` lists what there is.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv pip
export UV_PYTHON_DOWNLOADS := never
# uv does not read pip's settings: whoever has set a mirror for pip gets it here too.
PIP_INDEX := $(shell $(PYTHON) -m pip config get global.index-url 2>/dev/null)
ifneq ($(PIP_INDEX),)
export UV_DEFAULT_INDEX ?= $(PIP_INDEX)
endif

.PHONY: help install run test check format bench lock migration clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

install: .venv/installed  ## .venv with zhibu in it

run: .venv/installed  ## start the assistant with its demo organisation
	@$(BIN)/zhibu run

test: .venv/developing  ## everything, on SQLite, PostgreSQL and in Chromium
	$(BIN)/pytest -n auto $(ARGS)

check: .venv/developing  ## format, lint, strict types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/developing  ## put the source in order
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/measuring  ## measure, side by side with others
	$(BIN)/python -m benchmarks $(ARGS)

lock: .venv/bin/uv  ## resolve the versions anew
	$(UV) compile $(LOCK) --extra build -o requirements.lock
	$(UV) compile $(LOCK) --extra build --extra dev -o requirements-dev.lock
	$(UV) compile $(LOCK) --extra build --extra dev --extra bench -o requirements-bench.lock
LOCK := pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-annotate --no-header -q

clean:  ## forget what can be made again
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/uv: requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'Zhibu needs Python 3.11 or newer: make PYTHON=python3.11 …'; exit 1; }
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

.venv/installed: .venv/bin/uv requirements.lock pyproject.toml
	@$(UV) install -q --compile-bytecode --require-hashes -r requirements.lock
	@$(UV) install -q --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q bot handlers storage scheduler web
	@touch $@

.venv/developing: .venv/installed requirements-dev.lock
	@$(UV) install -q --require-hashes -r requirements-dev.lock
	@touch $@

.venv/measuring: .venv/developing requirements-bench.lock
	@$(UV) install -q --require-hashes -r requirements-bench.lock
	@touch $@

migration: .venv/developing  ## draft a migration: make migration MESSAGE='what changes'
	$(BIN)/zhibu migrate --draft '$(MESSAGE)'
