# Everything an analyst runs. Each target first sets up .venv from the hashed lock, in about a minute.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.ready
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# Where the environment keeps no bytecode, each of a hundred kernels and commands would compile the
# library again.
unexport PYTHONDONTWRITEBYTECODE
# A uv.toml or VIRTUAL_ENV of the machine must not send the set-up elsewhere.
UV := VIRTUAL_ENV="$(CURDIR)/.venv" $(BIN)/uv --no-config

# One version a package on every Python and system, and neither a host nor a path of this machine.
LOCK_OPTIONS := --all-extras --universal --fork-strategy fewest --python-version 3.11 \
	--generate-hashes --no-emit-index-url --excludes .ci/left-out.txt --custom-compile-command "make lock"

.DEFAULT_GOAL := notebooks
.PHONY: notebooks report test lab format diff lock clean help soak fuzz mutants bench

notebooks: $(STAMP) ## Run every notebook in place, then build the readable report
	@$(BIN)/python .ci/notebooks.py
	@$(MAKE) --no-print-directory report

# Notebooks that may be older than the data or library run first. The old report stays until the
# new one is whole.
report: $(STAMP) ## Build the readable report, of notebooks that show the data as they are: build/report/index.html
	@$(BIN)/python .ci/notebooks.py --stale
	@$(BIN)/python .ci/report/pages.py build/report-source
	@rm -rf build/report-new build/report-doctrees
	@$(BIN)/sphinx-build -q -c .ci/report -d build/report-doctrees build/report-source build/report-new
	@rm -rf build/report
	@mv build/report-new build/report
	@echo 'Report: $(CURDIR)/build/report/index.html'

test: $(STAMP) ## Prove it: format, lint, types, tests, doctests, and every notebook against its stored outputs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@# One run, so that no core waits for another; whole files side by side, as what a module or a
	@# notebook sets up is set up once, in the order of tests/conftest.py. The types are one of the tests.
	$(BIN)/pytest -q -n auto --dist loadfile --no-loadscope-reorder --nbval --nbval-current-env \
		tests src notebooks

soak: $(STAMP) ## Ten million random cases against exact arithmetic, for half an hour at most
	@$(BIN)/python tests/soak.py

fuzz: $(STAMP) ## Ten minutes of random texts and broken files: only the documented errors
	@$(BIN)/python tests/fuzz.py

# Its own environment, with the peers of benchmarks/requirements.in; what is imported is compiled.
bench: build/bench-venv/.ready ## Measure against peers: one table of ratios, in benchmarks/README.md and build/bench.json
	env -u OPENBLAS_CORETYPE build/bench-venv/bin/python -m pytest \
		-c benchmarks/pytest.ini --benchmark-json=build/bench-raw.json benchmarks
	@build/bench-venv/bin/python benchmarks/table.py build/bench-raw.json build/bench.json benchmarks/README.md

build/bench-venv/.ready: requirements.lock benchmarks/requirements.lock $(STAMP)
	@$(BIN)/uv --no-config venv -q --clear --python $(BIN)/python build/bench-venv
	@SETUPTOOLS_USE_DISTUTILS=stdlib VIRTUAL_ENV=build/bench-venv $(BIN)/uv --no-config \
		pip install -q --require-hashes -r requirements.lock -r benchmarks/requirements.lock
	@VIRTUAL_ENV=build/bench-venv $(BIN)/uv --no-config \
		pip install -q --no-deps --no-build-isolation --editable .
	@touch $@

mutants: $(STAMP) ## Plant faults in the code; the tests must notice. MODULES="bounds claims/audit" SAMPLE=40 for some
	@$(PYTHON) -m venv --without-pip build/mutants-env
	@$(UV) pip sync -q --python build/mutants-env --require-hashes requirements.lock
	@$(UV) pip install -q --python build/mutants-env --require-hashes -r .ci/mutants.lock
	@build/mutants-env/bin/python .ci/mutants.py $(if $(SAMPLE),--sample $(SAMPLE)) $(MODULES)

lab: $(STAMP) ## Open JupyterLab (this machine only, with a token) on the first notebook
	$(BIN)/jupyter lab --config=.ci/lab/config.py

format: $(STAMP) ## Format and tidy code and notebooks; outputs stay as they are
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

diff: $(STAMP) ## What changed in the notebooks since the last commit: cells and outputs, not JSON
	@PATH="$(CURDIR)/$(BIN):$$PATH" nbdiff --no-color --ignore-metadata HEAD notebooks

lock: $(STAMP) ## Renew requirements.lock from pyproject.toml, newest versions that fit
	$(UV) pip compile -q --upgrade $(LOCK_OPTIONS) pyproject.toml -o requirements.lock
	@# All extras are the project's: mutmut is locked beside it.
	echo mutmut | $(UV) pip compile -q --upgrade $(filter-out --all-extras,$(LOCK_OPTIONS)) -c requirements.lock - -o .ci/mutants.lock

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
	@# Compiled once here, and not at each start of a kernel where the environment keeps no bytecode.
	@$(UV) pip sync -q --compile-bytecode --require-hashes requirements.lock
	@$(UV) pip install -q --no-deps --no-build-isolation --editable .
	@touch $@
