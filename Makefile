# `make help` lists what there is. All of it works from a fresh checkout: Python 3.11, make and git are enough.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALLED := .venv/installed
# Browser tests stand last and take long: handed out in small numbers, none of them waits behind others.
PYTEST := $(BIN)/python -m pytest --maxschedchunk 4
LOCK := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links $(UPGRADE)
TEMPLATES := 'templates/*.html' '*/templates/*.html' 'templates/*.txt' 'templates/*.xml'
MESSAGES := --all --no-obsolete --no-wrap --add-location file $(foreach place,.venv bench tests var,--ignore $(place))
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help install run test test-fast bench reading states lint check style templates types migrations deployment format messages lock

help:  ## List the targets
	@sed -n 's/^\([a-z-]*\):.*##  *\(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

install: $(INSTALLED)  ## Build .venv from the locked requirements (nothing to do when it is up to date)

$(INSTALLED): requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Newsdesk needs Python 3.11 or newer. Set PYTHON to it.")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/dev.txt
	@touch $@

run: install  ## Serve the demo stories on http://localhost:8000; Ctrl-C ends it
	@$(BIN)/python manage.py run

test: install  ## Run the whole suite, browser tests included
	@$(PYTEST) -n auto

test-fast: install  ## Run what ends within a minute: no browser, no random examples, nothing marked slow
	@$(PYTEST) -n auto -m "not browser and not slow and not hypothesis"

bench: install  ## Measure what pages, the desk and pictures cost, on PostgreSQL at DATABASE_URL
	$(BIN)/python -m bench.pages
	$(BIN)/python -m bench.desk
	$(BIN)/python -m bench.pictures
	$(BIN)/python -m bench.search

reading: install  ## Look at readers' pages: access, weight, Lighthouse; takes Chromium, and npx for Lighthouse
	$(BIN)/python -m bench.reading

states: install  ## Draw a story's page in every state, into var/states/, for looking at; it takes a few minutes
	$(BIN)/python -m bench.states

lint: style templates types  ## Check style, templates and types

check: lint migrations deployment  ## lint, and Django's checks of migrations and of production

style: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

templates: install
	git ls-files -z -- $(TEMPLATES) | xargs -0 -r $(BIN)/djade --check --target-version 5.2

types: install
	$(BIN)/mypy

migrations: install
	$(BIN)/python manage.py makemigrations --check --dry-run

deployment: install
	DEBUG=false ALLOWED_HOSTS=news.example.org \
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(50))') \
	$(BIN)/python manage.py check --deploy --fail-level WARNING

format: install  ## Put code and templates into the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	git ls-files -z -- $(TEMPLATES) | xargs -0 -r $(BIN)/djade --target-version 5.2

messages: install  ## Read what is said to readers into the catalogues of locale/, and compile them; takes GNU gettext
	$(BIN)/python manage.py makemessages $(MESSAGES)
	$(BIN)/python manage.py compilemessages --ignore .venv

lock: install  ## Lock requirements/*.in again; UPGRADE=--upgrade takes newer versions
	$(LOCK) --output-file requirements/base.txt requirements/base.in
	$(LOCK) --constraint requirements/base.txt --output-file requirements/s3.txt requirements/s3.in
	$(LOCK) --constraint requirements/base.txt --output-file requirements/dev.txt requirements/dev.in
