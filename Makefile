# Attaché: every chore by one word. `make` alone lists them.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV  := .venv
BIN   := $(VENV)/bin
FACTS := ../shared/facts/facts.jsonl
# own_official asks for official texts, which are fetched and not shipped; marking holds answers, not questions
CASES ?= $(filter-out %/own_official.jsonl %/marking.jsonl,$(sort $(wildcard evals/cases/own_*.jsonl)))
# Only a run over all shipped cases may write the table; the outside questions join it where they lie beside the checkout.
SCORES := $(if $(filter file,$(origin CASES)),--scores README.md)
OUTSIDE := $(if $(SCORES),$(wildcard ../shared/bench/questions_open.jsonl))
ARGS  ?=
# How many processes run the tests, a file of tests in one of them.
JOBS  ?= 2

# PYTHON=/path/to/python chooses the interpreter; else the first of these that is 3.11 or newer.
PYTHON ?= $(firstword $(foreach p,python3.11 python3,$(shell \
	$(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $(p))))

.PHONY: help setup chat test check evals soak fuzz audit sbom encoder screenshots lock clean

help:  ## list these chores
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: $(VENV)/.runtime  ## make .venv with everything the program needs
	@echo "Ready: make chat, or $(BIN)/attache --help."

chat: $(VENV)/.runtime  ## set up, build the index if there is none, serve http://127.0.0.1:7860
	@exec $(BIN)/attache ui $(ARGS)

test: $(VENV)/.dev  ## set up for development and run all tests (ARGS="-k name" for some)
	@exec $(BIN)/python -m pytest -n $(JOBS) --dist loadfile $(ARGS)

check: $(VENV)/.dev  ## ruff, mypy, the import contracts, the bundled library against its facts
	@failed=0
	attempt() { echo "check: $$1"; "$${@:2}" || failed=1; }
	quiet() { local said; said=$$("$$@" 2>&1) || { echo "$$said"; return 1; }; }
	facts=()
	if [ -f $(FACTS) ]; then
		facts=(--facts $(FACTS))
	elif [ "$${CI:-}" = true ]; then
		echo "$(FACTS) is not there: under CI the library must be checked against it." >&2
		failed=1
	else
		echo "$(FACTS) is not there: the library is checked without it."
	fi
	attempt ruff $(BIN)/ruff check --quiet --output-format concise .
	attempt mypy $(BIN)/mypy --no-error-summary
	attempt "import contracts" quiet env NO_COLOR=1 $(BIN)/lint-imports
	attempt "locked packages" quiet $(BIN)/python -m evals.audit --floors-alone
	attempt "bundled library" $(BIN)/attache corpus check "$${facts[@]}"
	exit $$failed

soak: $(VENV)/.runtime  ## use a server for 30 minutes while acts come and go, and tell what it came to (ARGS="--minutes 5" for less)
	@exec $(BIN)/python -m evals.soak $(ARGS)

fuzz: $(VENV)/.dev  ## give the readers millions of inputs for ten minutes (needs `pip install atheris`; ARGS="--minutes 2")
	@exec $(BIN)/python -m evals.fuzz $(ARGS)

audit: $(VENV)/.dev  ## hold the locked packages to docs/advisories.toml, and to pip-audit where its database can be reached
	@exec $(BIN)/python -m evals.audit $(ARGS)

sbom: $(VENV)/.dev  ## write sbom.json, the bill of materials (CycloneDX)
	@exec $(BIN)/python -m evals.sbom sbom.json

# The library alone, in a data folder that is thrown away: what a person has taken in would change the scores.
evals: $(VENV)/.runtime  ## answer and measure our own questions, hold gates.toml, write the scores table (CASES="a.jsonl" for some)
	@home=$$(mktemp -d)
	trap 'rm -rf "$$home"' EXIT
	ATTACHE_HOME=$$home $(BIN)/attache eval run $(CASES) $(OUTSIDE) --gates gates.toml --out build/evals --anew $(SCORES) $(ARGS)

encoder: $(VENV)/.runtime  ## train the bundled encoder and lexicon anew (TEACHER=folder of a language model, ARGS="--minutes 10")
	@test -n "$(TEACHER)" || { echo "Name the folder of a causal language model: make encoder TEACHER=FOLDER" >&2; exit 2; }
	$(BIN)/python -m index.train_encoder --out build/law-encoder $(ARGS)
	$(BIN)/python -m index.train_teacher "$(TEACHER)" build/teacher --minutes 600
	$(BIN)/python -m index.train_student build/law-encoder build/teacher index/encoder
	$(BIN)/python -m index.train_lexicon build/teacher

screenshots: $(VENV)/.dev  ## take the pictures of every page in docs/screenshots anew (wants Chromium)
	@$(BIN)/python -m evals.screenshots $(ARGS)

clean:  ## remove .venv, caches and build results (never the data folder)
	@rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- installing ----------------------------------------------------------------------------------------------------------
# A stamp says which lock is installed: a second call does nothing until the lock or pyproject.toml changes. The
# development lock holds every package of the other at the same version, so installing it satisfies both.

$(VENV)/.runtime: requirements.lock pyproject.toml | $(BIN)/python
	@$(call install,requirements.lock)
	touch $@

$(VENV)/.dev: requirements-dev.lock requirements.lock pyproject.toml | $(BIN)/python
	@$(call install,requirements-dev.lock)
	touch $(VENV)/.runtime $@

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then
		echo "No Python 3.11 or newer was found. Install python3.11, or name one: make setup PYTHON=/path/to/python" >&2
		exit 1
	fi
	echo "Making $(VENV) with $$($(PYTHON) --version)."
	"$(PYTHON)" -m venv $(VENV) || {
		rm -rf $(VENV)
		echo "This Python cannot make virtual environments; on Debian and Ubuntu: apt install python3-venv" >&2
		exit 1
	}

# Install one lock, then the project itself, editable and without dependencies. pip's report becomes one running count.
define install
	started=$$SECONDS
	total=$$(grep -c '^[a-z0-9].*==' $(1))
	echo "Installing $$total packages from $(1); the first time this takes two to five minutes and 2 GB of disk."
	export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
	show() { if [ -t 1 ]; then printf '\r\033[K  %s' "$$1"; else printf '  %s\n' "$$1"; fi; }
	count() {
		n=0
		while read -r line; do
			case $$line in
				Collecting*|Processing*|"Requirement already satisfied"*)
					n=$$((n < total ? n + 1 : total))
					if [ -t 1 ] || [ $$((n % 25)) -eq 0 ]; then show "$$n/$$total"; fi ;;
				"Installing collected"*) show "unpacking (a minute or so)" ;;
			esac
		done
		if [ -t 1 ]; then printf '\r\033[K'; fi
	}
	$(BIN)/pip install --require-hashes -r $(1) 2> $(VENV)/pip-errors | count || {
		grep -v '^WARNING' $(VENV)/pip-errors >&2 || true
		echo "The install stopped; pip gives the reason above. If it misses hashes of cuda or nvidia packages, your package" >&2
		echo "index offers only the CUDA build of torch: let pip find the CPU build, 2.13.0+cpu (PyTorch's own site names" >&2
		echo "its index; set it as PIP_EXTRA_INDEX_URL), and run make again." >&2
		exit 1
	}
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable . 2> $(VENV)/pip-errors || {
		grep -v '^WARNING' $(VENV)/pip-errors >&2 || true
		exit 1
	}
	echo "Installed in $$((SECONDS - started)) s."
endef

# --- locking -------------------------------------------------------------------------------------------------------------
# Versions stay unless pyproject.toml forces a change; `make lock ARGS=--upgrade` takes the newest. Wants a package index
# with the CPU build of torch. The hashes of torch are carried over from the old lock: when its version changes, write
# the new ones (`pip hash`) by hand first.

COMPILE = CUSTOM_COMPILE_COMMAND="make lock" nice $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	--no-header --no-emit-options --annotation-style line --build-deps-for editable $(ARGS)

lock: $(VENV)/.dev  ## lock the dependencies of pyproject.toml anew (some minutes; ARGS=--upgrade for the newest)
	@work=$$(mktemp -d)
	trap 'rm -rf "$$work"' EXIT
	sed -n '/^torch==/,/# via/p' requirements.lock | grep -v '# via' > "$$work/torch"
	carry='/^torch==/ { while ((getline line < torch) > 0) print line; old = 1; next } old && /--hash/ { next } { old = 0; print }'
	compile() {
		echo "Resolving $$1"
		grep -v '^#' "$$1" | sed 's/^torch==[0-9.]*/&+cpu/' > "$$work/$$1"
		$(COMPILE) --output-file "$$work/$$1" "$${@:2}" pyproject.toml
		{ sed -n '/^#/!q;p' "$$1"; awk -v torch="$$work/torch" "$$carry" "$$work/$$1" | grep -v -e '^#' -e '^$$'; } > "$$work/new"
		sed -i "s|-c $$work/|-c |" "$$work/new"
		cp "$$work/new" "$$1"
	}
	compile requirements.lock
	compile requirements-dev.lock --extra dev --constraint "$$work/requirements.lock"
