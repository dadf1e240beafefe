# Every target works on a fresh clone; see README.md for the same commands on Windows.
PYTHON ?= python3
PORT ?= 8501
PUBLISHED ?= ../shared/data
FUZZ_EXAMPLES ?= 500
VENV := .venv
BIN := $(VENV)/bin
export PYTHONUTF8 := 1
# Small matrices: threads that share one wait for each other longer than they reckon.
export OPENBLAS_NUM_THREADS ?= 1

.PHONY: run setup test fuzz check refresh bench bundle lock clean

run: $(VENV)/.ready  ## start the app, building the warehouse first where needed
	@$(BIN)/python -m sql publish
	@nice $(BIN)/python -m indicators screen --keep --quiet &
	@exec $(BIN)/python serve.py --port $(PORT)

setup: $(VENV)/.ready-dev  ## .venv with runtime and development packages

$(VENV)/.ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; set PYTHON=..." if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-dev.txt
	@touch $@

test: setup  ## all tests but the live ones
	@$(BIN)/python -m pytest -n 3 --dist worksteal

fuzz: setup  ## damage files in other ways than `test` does: make fuzz FUZZ_EXAMPLES=500
	@FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(BIN)/python -m pytest -n 2 tests/sources -k "damaged or cut"

check: setup  ## formatting, lint, types, SQL lint, catalogue and reference data
	@$(BIN)/python -m ruff format --check --quiet .
	@$(BIN)/python -m ruff check --quiet .
	@$(BIN)/python -m mypy
	@$(BIN)/python -m sqlfluff lint --quiet sql
	@$(BIN)/python -m indicators check
	@$(BIN)/python -m data_sources.reference_tables

refresh: $(VENV)/.ready  ## discover, fetch, parse, build, check, publish from the live sources
	@$(BIN)/python -m data_sources fetch; fetched=$$?; $(BIN)/python -m sql publish && \
		$(BIN)/python -m indicators screen --keep --quiet && exit $$fetched

bench: setup  ## time the build and the pages; writes bench/results.json
	@$(BIN)/python -m bench

bundle: $(VENV)/.ready  ## rebuild the embedded bundle: make bundle PUBLISHED=DIR
	@$(BIN)/python -m data_sources.bundling "$(PUBLISHED)"

lock: setup  ## compile the pinned requirement files from the .in files
	@$(BIN)/python -m uv pip compile -q --universal --python-version 3.11 --no-header requirements.in -o requirements.txt
	@$(BIN)/python -m uv pip compile -q --universal --python-version 3.11 --no-header requirements-dev.in -o requirements-dev.txt

clean:  ## remove the environment and everything written
	rm -rf $(VENV) data
