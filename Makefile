# Two commands matter: `make run` and `make test`. Both set up what they need on a fresh machine.
PYTHON ?= python3
UV := .uv/bin/uv
BIN := .venv/bin
export UV_PROJECT_ENVIRONMENT := .venv
# Without compiled modules each of the tests' many processes would compile the whole program again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-fast test-long check format bench understand setup setup-production

run: setup
	$(BIN)/python -m bot run

test: setup
	$(BIN)/python -m pytest -n 4 --dist loadfile

# The pure tests that take no seconds: no network, process, browser or database. tests/purity.py finds them.
test-fast: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile -m fast

test-long: setup
	$(BIN)/python -m pytest -m "long or not long"

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/deptry bot handlers models reports spanish --extend-exclude bot/demo
	$(BIN)/deptry . --non-dev-dependency-groups dev,local-telegram
	$(BIN)/mypy

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup
	$(BIN)/python -m tests.bench

# The fresh phrases were written by somebody who had not seen the rules; the others are registered before them.
understand: setup
	$(BIN)/python -m spanish.reading tests/data/phrases.csv
	$(BIN)/python -m spanish.reading tests/data/phrases-fresh.csv --history tests/data/phrases.csv
	$(BIN)/python -m spanish.reading tests/data/phrases-fresh-2.csv --history tests/data/phrases.csv
	$(BIN)/python -m spanish.reading tests/data/phrases-fresh-3.csv --history tests/data/phrases.csv
	for agency in municipality university health-district; do \
		$(BIN)/python -m spanish.reading tests/data/agencies/$$agency.csv \
			--programme tests/data/agencies/$$agency.yaml || exit 1; \
	done

setup: .venv/.synced

# Compiled at once: else the first start does it, and takes three seconds more.
.venv/.synced: $(UV) uv.lock pyproject.toml
	$(UV) sync --locked --quiet --compile-bytecode
	@touch $@

# Without the demo and what only developers need.
setup-production: $(UV)
	$(UV) sync --locked --quiet --compile-bytecode --no-default-groups
	@rm -f .venv/.synced

$(UV):
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check "uv>=0.11"
