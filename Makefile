# The project's own commands. `make run` and `make test` are the two a
# newcomer needs; README.md gives the plain Windows lines beside them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check \
	--constraint constraints.txt
HOST ?= 127.0.0.1
PORT ?= 8000
READY := $(VENV)/.ready
TESTED := $(VENV)/.ready-to-test

.PHONY: run test lint system campaigns bench pictures tour translations

run: $(READY)
	HOST=$(HOST) PORT=$(PORT) $(BIN)/duty-roster demo

$(READY): pyproject.toml constraints.txt
	@echo "Installing into $(VENV) (once, a minute or two) …"
	$(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	@touch $@

$(TESTED): $(READY)
	$(PIP) --editable '.[test]'
	@touch $@

# Debian's browser, fonts and database for the tests, where apt-get may
# be used; a missing one is a failure only where CI=true.
system:
	@sh tests/system.sh

lint: $(TESTED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# As many tests at a time as there are cores; each worker has a database
# server, a browser and a served county of its own.
test: $(TESTED) system lint
	$(BIN)/pytest --numprocesses auto --dist worksteal

# Properties of the solver tried three times as hard as in `make test`.
HARD := tests/solver tests/clauses tests/roster/test_judging.py \
	tests/roster/test_moves.py

# The whole demonstration county, generated anew, audited and recounted.
campaigns: $(TESTED) system
	rm -rf build/campaign
	DUTY_ROSTER_DATA=build/campaign $(BIN)/duty-roster demo --no-serve
	DUTY_ROSTER_DATA=build/campaign $(BIN)/pytest -m campaign
	DUTY_ROSTER_EFFORT=whole $(BIN)/pytest --numprocesses auto $(HARD)

# Figures, never asserted: `make bench ARGS="--seed 7 --year"`.
bench: $(TESTED)
	$(BIN)/python -m tests.benchmarks $(ARGS)

# Every page of the demonstration, on one contact sheet.
pictures: $(TESTED) system
	$(BIN)/duty-roster demo --no-serve
	$(BIN)/python -m tests.browser.pictures duty-data pictures

# The README's pictures, cut from those.
tour: pictures
	$(BIN)/python -m tests.browser.tour pictures web/tour

# Collects the pages' words; translate what is new in messages.po, again.
translations: $(TESTED)
	@mkdir -p build
	$(BIN)/pybabel -q extract -F web/babel.cfg --no-location --no-wrap \
		--sort-output --omit-header -o build/messages.pot web
	$(BIN)/pybabel -q update -i build/messages.pot -d web/translations -l en \
		--no-fuzzy-matching --no-wrap --ignore-obsolete \
		--ignore-pot-creation-date
	$(BIN)/pybabel -q compile -d web/translations -l en
