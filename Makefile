# One command each: set-up is done on the way and only when something changed.
PYTHON ?= python3
VENV   := .venv
ifeq ($(OS),Windows_NT)
SHELL  := bash
BIN    := $(VENV)/Scripts
else
BIN    := $(VENV)/bin
endif
PRET   := $(VENV)/.pret

export QT_LOGGING_RULES ?= qt.qpa.*=false

.PHONY: demo run test check bench fiabilite mutations attendus captures format verrou dernieres planchers clean

demo: $(PRET)
	$(BIN)/esms-desktop demo --sortie demo

run: $(PRET)
	$(BIN)/esms-desktop

# A file of tests stays with one worker: what it makes once for all of them is made once.
test: $(PRET)
	@.ci/systeme test
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto --dist loadfile

check: $(PRET)
	$(BIN)/ruff check --no-cache .
	$(BIN)/ruff format --no-cache --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(PRET)
	@.ci/systeme test
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench

# The same tests with many more invented cases: the engines, the money, the awkward files, the undo; then 500 dossiers filed;
# then what a base must hold through (keys lost, kill -9, spoilt pages, two computers, disks that refuse), with rounds and failures.
fiabilite: $(PRET)
	@.ci/systeme test
	ESMS_DESKTOP_ESSAIS=fiabilite QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto --dist loadfile --ignore=tests/gui --ignore=tests/fiabilite
	ESMS_DESKTOP_ESSAIS=fiabilite QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto --dist load tests/fiabilite
	$(BIN)/python -m tests.fiabilite.garde $(if $(TOURS),--tours $(TOURS))

# Small faults put in a clone of the last commit, one at a time: which test sees each. GRAINE draws others.
GRAINE ?= 1
N ?= 60
mutations: $(PRET)
	@.ci/systeme test
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.mutations --graine $(GRAINE) --nombre $(N)

# Writes anew the kept texts of the tests (tests/*/attendus), to be read in the diff like code.
attendus: $(PRET)
	ESMS_DESKTOP_ATTENDUS=ecrire QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto --dist loadfile $$(grep -rl comparer tests --include='test_*.py')

captures: $(PRET)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.captures docs/captures

format: $(PRET)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# What everyone installs, to the byte: rewritten from the ranges of pyproject.toml, for Linux, Windows and macOS.
VERROUILLER := $(BIN)/uv pip compile --universal --generate-hashes --no-emit-index-url --no-header --quiet --upgrade pyproject.toml

verrou: $(PRET)
	$(VERROUILLER) -o requirements.lock
	$(VERROUILLER) --extra dev -o requirements-dev.lock

# The suite on the newest releases that the ranges allow, then on the oldest, each in an environment of its own.
dernieres: $(PRET)
	@.ci/systeme test
	.ci/bornes dernieres

planchers: $(PRET)
	@.ci/systeme test
	.ci/bornes planchers

$(PRET): pyproject.toml requirements-dev.lock .ci/systeme
	@.ci/systeme base
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(PRET)

clean:
	rm -rf $(VENV) .venv-dernieres .venv-planchers demo build dist
