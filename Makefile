# Everything an analyst runs. Each target first sets up .venv from the hashed lock, in seconds.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# A uv.toml or VIRTUAL_ENV of the machine must not send the set-up elsewhere.
UV := VIRTUAL_ENV="$(CURDIR)/.venv" $(BIN)/uv --no-config

# One version a package on every Python and system, and neither a host nor a path of this machine.
LOCK_OPTIONS := --all-extras --universal --fork-strategy fewest --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock"

.DEFAULT_GOAL := notebooks
.PHONY: notebooks test lab format lock clean help

notebooks: $(STAMP) ## Run every notebook and build the readable report in build/report/
	@$(BIN)/python .ci/notebooks.py

test: $(STAMP) ## Prove it: format, lint, types, tests, doctests, and every notebook against its stored outputs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -q
	$(BIN)/pytest -q --nbval --nbval-current-env notebooks

# Jupyter asks a container's root to say that it is meant; nothing is fetched to look for updates.
lab: $(STAMP) ## Open JupyterLab (this machine only, with a token) on the first notebook
	$(BIN)/jupyter lab --ip=127.0.0.1 $(if $(filter 0,$(shell id -u)),--allow-root) \
		--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate \
		--ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks/00-start-here.ipynb

format: $(STAMP) ## Format and tidy code and notebooks; outputs stay as they are
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

lock: $(STAMP) ## Renew requirements.lock from pyproject.toml, newest versions that fit
	$(UV) pip compile -q --upgrade $(LOCK_OPTIONS) pyproject.toml -o requirements.lock

clean: ## Remove the environment, the report and all caches
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests notebooks .ci \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} + 2>/dev/null || true

help: ## This list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

$(STAMP): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	{ echo 'Python 3.11 or newer with its venv module is needed, and "$(PYTHON)" is not one.' \
	'Name another: make PYTHON=python3.12 (on Debian: apt-get install python3-venv).' >&2; exit 1; }
	@echo 'Setting up .venv ...'
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@# uv itself comes by pip, at the version and hash of the lock.
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > .venv/uv.txt
	@$(BIN)/python -m pip install -qq --require-hashes -r .venv/uv.txt
	@$(UV) pip sync -q --require-hashes requirements.lock
	@$(UV) pip install -q --no-deps --no-build-isolation --editable .
	@touch $@
