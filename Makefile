# Two commands: `make` sets everything up and runs the main job, `make test` passes the tests.
# Needs Python 3.11 or newer with pip, make and git.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
UV     := $(BIN)/uv

.PHONY: assess setup test test-plain lint docs bench clean

assess: setup
	$(BIN)/foedus assess indo-pacific-2020

setup: $(VENV)/ready

$(VENV)/ready: pyproject.toml uv.lock
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "foedus needs Python 3.11 or newer: make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	test -x $(UV) || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@echo "Fetching and unpacking what foedus needs: some minutes on a slow network or a busy machine, and nothing is said meanwhile."
	VIRTUAL_ENV=$(abspath $(VENV)) $(UV) sync --quiet --frozen --active --inexact --all-extras --compile-bytecode
	@echo "Set up. What runs first compiles the theory for this machine, once: a minute or two, on a busy machine ten or more."
	touch $@

test: setup
	$(BIN)/pytest -n 2

test-plain: setup
	NUMBA_DISABLE_JIT=1 $(BIN)/pytest tests/kernels tests/games tests/simulation/test_plan.py

lint: setup
	$(BIN)/ruff check src tests tools benchmarks
	$(BIN)/ruff format --check src tests tools benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	@if command -v tsc >/dev/null; then tsc --project tools/jsconfig.json; else \
	  echo "no tsc here: the types of the scripts are not checked (npm install --global typescript@5)"; fi

docs: setup
	$(BIN)/python tools/build_docs.py

bench: setup
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
