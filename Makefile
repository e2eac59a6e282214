# Everything stays inside this folder: .venv (the program), build (what it makes).
# On a new machine this needs make and Python 3.11 or later, nothing else.

PYTHON ?= python3
LIBRARY ?= build/demo-library
TORCH := 2.13.0

BIN := .venv/bin
MATTERS := $(BIN)/matters
QUESTION := Who undertook to publish the section 19 report?

.DEFAULT_GOAL := help
.PHONY: help setup demo serve test check bench sbom lock clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/ready ## make .venv, with everything in it

# --clear: a package that left the lock leaves the environment too.
.venv/packages: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	|| { echo "This needs Python 3.11 or later; say which, as in: make setup PYTHON=python3.11"; exit 1; }
	@echo "Making .venv: a few minutes, once."
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	@touch $@

.venv/ready: .venv/packages pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup ## read the sample papers and ask them one question
	$(MATTERS) ingest data/sample --library build/demo-library
	$(MATTERS) ask "$(QUESTION)" --limit 2 --library build/demo-library
	@echo
	@echo "To ask on the page: make serve, then open http://127.0.0.1:8000"

serve: setup ## serve the page and the API (LIBRARY=DIR for your own library)
	$(MATTERS) serve --library "$(LIBRARY)"

test: setup ## run the tests
	$(BIN)/python -m pytest

check: setup ## read the code for faults: style, types, layers, dead code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture

bench: setup ## measure speed and quality again
	$(BIN)/python -m tests.benchmarks

sbom: setup ## write the bill of materials to build/sbom.json (CycloneDX)
	@mkdir -p build
	$(BIN)/python -m tests.materials > build/sbom.json

# One lock for every machine: torch without the name of its build (+cpu), and none of the
# packages that only its CUDA build needs; nor pip, which every new environment has.
lock: setup ## choose exact versions again, for requirements.lock
	@rm -rf build/lock && mkdir -p build/lock
	$(BIN)/pip-compile --quiet --extra dev --strip-extras --allow-unsafe --no-header --no-annotate \
	  --no-emit-options --upgrade-package torch==$(TORCH) --output-file build/lock/all pyproject.toml
	@echo '# Exact versions of everything, tools included. Made by: make lock' > requirements.lock
	@sed -E '/^(nvidia-|cuda-|triton=|pip=|#|$$)/d; s/\+[a-z0-9]+$$//' build/lock/all \
	| LC_ALL=C sort >> requirements.lock

clean: ## remove what these commands made
	rm -rf .venv build *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
