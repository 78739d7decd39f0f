# Everything runs in .venv, which is made when it is missing or pyproject.toml has changed.
VENV := .venv
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
READY := $(VENV)/.ready

.PHONY: demo test check format docs bench bench-large clean

demo: $(READY)
	rm -rf demo
	$(BIN)/xlplan demo demo

test: $(READY)
	$(BIN)/python -m pytest -n auto

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

docs: $(READY)
	$(BIN)/python docs/generate.py
	$(BIN)/python docs/pictures.py

# measure.py, plain.py and returns.py are what the others share
# collect first: for minutes after thousands of files were removed, as others do, some file systems are slow to make new ones
bench: $(READY)
	for each in collect cluster consolidate distribute draft forms ledger start; do $(BIN)/python benchmarks/$$each.py || exit 1; done

bench-large: $(READY)
	$(BIN)/python benchmarks/collect.py --large

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable ".[dev]"
	touch $(READY)

clean:
	rm -rf $(VENV) demo dist
