# Everything a newcomer or a build machine needs. Run `make` to see the list.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

BIN := .venv/bin
# Installing is done by one core; what it leaves uncompiled is compiled beside the lint.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --constraint constraints.txt
export PIP_ROOT_USER_ACTION := ignore
# Hundreds of short processes load the same modules: what they compile is kept, whoever forbids it elsewhere.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help demo test lint types rest bytecode format unit forms rules scans robust workbook drafting packs edits arelle accuracy calibrate batches checks station steps bench fonts system wheel constraints clean

help: ## this list
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: .venv/.runtime ## the whole circle on the shipped example; needs no LibreOffice for docx and xlsx
	$(BIN)/greenforms demo

test: ## what a change must pass: system packages, lint, all tests
	$(MAKE) --no-print-directory --jobs 2 --output-sync=line .venv/.system .venv/.dev
	$(MAKE) --no-print-directory lint unit

lint: .venv/.dev ## style, types and the direction of imports
	$(MAKE) --no-print-directory --jobs 2 --output-sync types rest bytecode

types:
	$(BIN)/mypy

rest:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --platform win32 --config-file mypy-windows.ini
	$(BIN)/lint-imports --no-cache

# Compiles what was installed without it, beside the slower check of types.
bytecode:
	@$(BIN)/python -m compileall -qq .venv/lib engine extractors generator || true

format: .venv/.dev ## lets ruff put the code into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

unit: .venv/.dev ## the tests alone
	$(BIN)/python -m pytest -n 2 --dist worksteal

forms: .venv/.dev system ## what `make test` tries on the few forms that show every shape, tried on every form (five minutes)
	GREENFORMS_EVERY_FORM=1 $(BIN)/python -m pytest -n 2 tests/circle tests/render tests/workbook tests/station/test_drawing.py tests/scans/test_made_up.py

rules: .venv/.dev ## every rule on every variation of the conformance suite (a minute)
	$(BIN)/greenforms rules test

scans: .venv/.dev system ## reads two scans of every form, and scans of drawn forms (half an hour)
	$(BIN)/python -m pytest --scans tests/scans tests/shapes

robust: .venv/.dev system ## reads every file of the tests and hostile ones, within time and memory: docs/robustness.md (half an hour)
	$(BIN)/python benchmarks/robust.py

drafting: .venv/.dev system ## how well labels and slots of blanks are paired: docs/drafting.md
	$(BIN)/python benchmarks/drafting.py

packs: .venv/.dev ## false alarms on 500 clean packs, and how many of 10,000 mutations are noticed: docs/false-alarms.md (ten minutes)
	$(BIN)/python benchmarks/packs.py

edits: .venv/.dev system ## whether each of 10,000 edits of one character in our own papers is found: docs/edits.md (an hour)
	$(BIN)/python benchmarks/edits.py

arelle: .venv-arelle/.created ## what Arelle says of ten thousand pairs and sums, kept for the tests: tests/fact/arelle.json
	.venv-arelle/bin/python scripts/arelle-verdicts

accuracy: .venv/.dev system ## how exactly scans are read, beside RapidOCR and Tesseract: docs/accuracy.md (hours)
	scripts/apt-install tesseract-ocr tesseract-ocr-chi-sim
	$(BIN)/python benchmarks/accuracy.py

calibrate: .venv/.dev system ## fits the confidence of recognised fields on generated scans (an hour)
	$(BIN)/python scripts/fit-confidence

workbook: .venv/.dev system ## what a filled workbook survives: docs/workbook.md (half an hour)
	$(BIN)/python benchmarks/abuse.py

batches: .venv/.dev system ## what batches cost, on 10,000 returns and 300 scans: docs/batches.md (an hour)
	$(BIN)/python benchmarks/batches.py

checks: .venv/.dev ## what checking 500 packs costs, interrupted and resumed: docs/checks.md (ten minutes)
	$(BIN)/python benchmarks/checks.py

station: .venv/.dev ## what the station answers, alone and while a batch runs: docs/station.md
	$(BIN)/python scripts/make-artefacts
	$(BIN)/python benchmarks/answers.py

steps: .venv/.dev system ## how long a step to the next field takes in the review, in a real browser: 50 ms at most
	$(BIN)/python benchmarks/review_steps.py

bench: .venv/.dev ## speed and memory beside docxtpl, python-docx, openpyxl and pdfplumber
	$(BIN)/python scripts/make-artefacts
	$(BIN)/python benchmarks/run.py

system: .venv/.system ## LibreOffice, poppler, fonts and PostgreSQL, from the Debian archive

fonts: ## the free faces that stand in for 仿宋, 楷体, 黑体 and 宋体 in a PDF
	scripts/install-fonts

wheel: .venv/.dev ## dist/greenforms-*.whl
	$(BIN)/python -m build --wheel --no-isolation

constraints: ## takes the newest versions of all dependencies into constraints.txt
	scripts/update-constraints

clean: ## removes the virtual environment and everything built
	rm -rf .venv .venv-arelle artefacts dist build demo-out .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv-arelle/.created:
	python3 -m venv .venv-arelle
	.venv-arelle/bin/python -m pip install --quiet --disable-pip-version-check arelle-release
	touch $@

.venv/.created:
	scripts/make-venv
	touch $@

.venv/.system: scripts/install-system scripts/install-fonts | .venv/.created
	scripts/install-system
	scripts/install-fonts
	touch $@

.venv/.runtime: pyproject.toml constraints.txt scripts/browser-parts.txt | .venv/.created
	$(PIP) --editable .
	$(BIN)/python scripts/make-artefacts
	scripts/fetch-browser-parts
	touch $@

.venv/.dev: pyproject.toml constraints.txt scripts/browser-parts.txt | .venv/.created
	$(PIP) --editable '.[dev]'
	$(BIN)/python scripts/make-artefacts
	scripts/fetch-browser-parts
	touch $@ .venv/.runtime
