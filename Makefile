# One command for each chore. The first one makes the virtual environment.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
ENGINES := $(VENV)/engines-installed
DOCS := $(VENV)/docs-installed
# The peers want older versions of what the chores want: they get an environment of their own.
BENCH := .venv-bench

.PHONY: help test engines lint types docs bench check

help:  ## list the chores
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(INSTALLED): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --editable '.[dev]'
	touch $@

test: $(INSTALLED)  ## run the tests, the doctests and the README
	$(BIN)/python -m pytest $(ARGS)

$(ENGINES): $(INSTALLED)
	$(BIN)/pip install --quiet --editable '.[engines-dev]'
	touch $@

engines: $(ENGINES)  ## run the tests of the engines in the engines themselves
	$(BIN)/python -m pytest tests/engines tests/how_to

lint: $(INSTALLED)  ## check style and formatting
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(INSTALLED)  ## check the types
	$(BIN)/mypy

$(DOCS): $(INSTALLED)
	$(BIN)/pip install --quiet --editable '.[docs]'
	touch $@

docs: $(DOCS)  ## build the documentation into build/docs
	$(BIN)/sphinx-build --nitpicky --fail-on-warning --keep-going --builder html docs build/docs

$(BENCH)/installed: pyproject.toml benchmarks/requirements.txt
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/pip install --quiet --editable . --requirement benchmarks/requirements.txt
	touch $@

bench: $(BENCH)/installed  ## measure portalclean and its peers side by side
	$(BENCH)/bin/python -m benchmarks $(ARGS)

check:  ## do all that is done before a merge, in a copy outside the tree
	.ci/run
