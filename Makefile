# Two commands matter: `make run` and `make test`. Both set up what they need on a fresh machine; `make setup`
# sets up the bot alone, as it runs in production.
PYTHON ?= python3
UV := .uv/bin/uv
BIN := .venv/bin
# Compiled at once: else the first start does it, and takes three seconds more.
SYNC := $(UV) sync --locked --quiet --compile-bytecode
export UV_PROJECT_ENVIRONMENT := .venv
# Without compiled modules each of the tests' many processes would compile the whole program again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-fast test-long check format bench understand pictures setup setup-demo setup-all

run: setup-demo
	$(BIN)/python -m bot run

test: setup-all
	$(BIN)/python -m pytest -n 4 --dist loadfile

# The pure tests that take no seconds: no network, process, browser or database.
# tests/support/fast_tests.py finds them.
test-fast: setup-all
	$(BIN)/python -m pytest -n 2 --dist loadfile -m fast

test-long: setup-all
	$(BIN)/python -m pytest -m "long or not long"

check: setup-all
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/deptry bot handlers models reports spanish --extend-exclude bot/demo
	$(BIN)/deptry . --non-dev-dependency-groups dev,local-telegram
	$(BIN)/mypy

format: setup-all
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup-all
	$(BIN)/python -m tests.bench

# The pictures of README and manual, taken of the demo. Needs Chromium.
pictures: setup-all
	$(BIN)/python -m tests.tools.pictures

# The fresh phrases were written by somebody who had not seen the rules; the others are registered before them.
understand: setup-all
	$(BIN)/python -m spanish.reading tests/data/phrases.csv
	$(BIN)/python -m spanish.reading tests/data/phrases-fresh.csv --history tests/data/phrases.csv
	$(BIN)/python -m spanish.reading tests/data/phrases-fresh-2.csv --history tests/data/phrases.csv
	$(BIN)/python -m spanish.reading tests/data/phrases-fresh-3.csv --history tests/data/phrases.csv
	for agency in municipality university health-district; do \
		$(BIN)/python -m spanish.reading tests/data/agencies/$$agency.csv \
			--programme tests/data/agencies/$$agency.yaml || exit 1; \
	done

# What the bot needs, and nothing else: no demo, no tests.
setup: $(UV)
	@echo "Installing what is missing into .venv: about a minute the first time."
	$(SYNC) --no-default-groups
	@rm -f .venv/.synced

# With the demo. Where everything is there, it stays.
setup-demo: $(UV)
	@test .venv/.synced -nt uv.lock || { echo "Installing what is missing into .venv: about a minute the first time."; \
		$(SYNC) --no-default-groups --group local-telegram; }

setup-all: .venv/.synced

.venv/.synced: $(UV) uv.lock pyproject.toml
	@echo "Installing what is missing into .venv: about a minute the first time."
	$(SYNC)
	@touch $@

$(UV):
	@echo "Setting up uv, which installs the rest, into .uv…"
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check "uv>=0.11"
