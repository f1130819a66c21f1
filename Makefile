# Đúng Hẹn. `make help` lists what there is.
PYTHON ?= python3
PORT ?= 8501
SIZE ?= 1000000
VENV := .venv
PY := $(VENV)/bin/python
WORKERS ?= auto
# the tests are compiled once, not at every run, even where Python is told not to write
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(PY) -m pytest -n $(WORKERS) --dist loadgroup
export PORT SIZE
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test check lint format types sql bench clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(VENV)/site.stamp ## install, build the figures if needed, serve on PORT (8501)
	@$(PY) -m dunghen serve --port $(PORT)

test: lint ## every check and every test, the browser's too
	@$(PYTEST)

check: lint ## formatting, types, SQL and the quick tests (no page is run, no browser): about a minute
	@$(PYTEST) -q --dist loadfile -m "not browser and (quick or not slow)" --ignore=tests/pages --ignore=tests/browser \
	    --durations=5 --durations-min=1

lint: $(VENV)/dev.stamp ## formatting, types and SQL only
	@$(MAKE) --no-print-directory --jobs=3 format types sql

format types sql: $(VENV)/dev.stamp
format:
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
types:
	@$(PY) -m mypy
sql: $(VENV)/sql.stamp

# the slowest of the three by far: only what changed is read again, and all of it when the rules may have changed
$(VENV)/sql.stamp: $(wildcard queries/*.sql queries/checks/*.sql dunghen/warehouse/*.sql $(shell find dunghen/intake -name '*.sql')) pyproject.toml $(VENV)/dev.stamp
	@$(PY) -m sqlfluff lint --disable-progress-bar \
	    $(if $(filter-out %.sql,$?),queries dunghen/warehouse dunghen/intake,$?)
	@touch $@

bench: $(VENV)/dev.stamp ## measure: search, pages under load, an import of SIZE dossiers (minutes)
	@for file in tests/benchmarks/*_benchmark.py; do \
	    echo "== $$file"; $(PY) -m tests.benchmarks.$$(basename $$file .py) || exit 1; done

clean: ## remove the virtual environment, caches and the built database
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis data/dunghen.duckdb

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	    echo "Đúng Hẹn needs Python 3.11 or newer; '$(PYTHON)' is missing or older." \
	         "Name another one: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "Python's venv module is missing (on Debian and Ubuntu: apt install python3-venv)." >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/site.stamp: requirements.txt | $(VENV)/bin/python
	@$(PY) -m pip install --quiet --requirement requirements.txt
	@touch $@

$(VENV)/dev.stamp: requirements.txt requirements-dev.txt | $(VENV)/bin/python
	@$(PY) -m pip install --quiet --requirement requirements-dev.txt
	@touch $@ $(VENV)/site.stamp
