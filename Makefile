# One command each: set-up is done on the way and only when something changed.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PRET   := $(VENV)/.pret

export QT_LOGGING_RULES ?= qt.qpa.*=false

.PHONY: demo run test check bench fiabilite captures format clean

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

# The same tests with many more invented cases: the engines, the money, the awkward files, the undo; then 500 dossiers filed.
fiabilite: $(PRET)
	@.ci/systeme test
	ESMS_DESKTOP_ESSAIS=fiabilite QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto --dist loadfile --ignore=tests/gui --ignore=tests/fiabilite
	ESMS_DESKTOP_ESSAIS=fiabilite QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto --dist load tests/fiabilite

captures: $(PRET)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.captures docs/captures

format: $(PRET)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(PRET): pyproject.toml .ci/systeme
	@.ci/systeme base
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	@touch $(PRET)

clean:
	rm -rf $(VENV) demo build dist
