# The project's own commands. `make run` and `make test` are the two a
# newcomer needs; README.md gives the plain Windows lines beside them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
READY := $(VENV)/.ready

.PHONY: run test lint system campaigns bench pictures translations

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[test]'
	touch $@

# Debian's browser, fonts and database for the tests, where apt-get may
# be used; a missing one is a failure only where CI=true.
system:
	@sh tests/system.sh

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

test: $(READY) system lint
	$(BIN)/pytest
