# The commands of the house. `make up` and `make test` need only Python 3.11+, make and the package registries.

PYTHON ?= python3
RUN = .venv/bin

.DEFAULT_GOAL := help
.PHONY: help up test check lint bench lock messages clean prepare

help: ## this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 20

up: prepare ## everything, with the demo: prints the addresses (PORT=8000); Ctrl-C stops it
	@exec $(RUN)/huiguan up

test: prepare ## all tests, browser included (ARGS="tests/tenants -k dues")
	@$(RUN)/huiguan browser install
	@$(RUN)/huiguan messages compile
	@exec $(RUN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

check: prepare ## what CI runs: format, lint, types, import contracts, migrations, messages, chart, tests
	@exec $(RUN)/huiguan check

lint: prepare ## the same without the tests
	@exec $(RUN)/huiguan check --without tests

bench: prepare ## the benchmarks, one JSON line each (NAME=provisioning)
	@exec $(RUN)/python -m tests.bench.run $(NAME) $(ARGS)

lock: prepare ## resolve pyproject.toml again into requirements.lock
	@$(PYTHON) bin/prepare.py uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --upgrade \
		--group dev pyproject.toml --output-file requirements.lock

messages: prepare ## collect the texts of all apps into their .po files
	@$(RUN)/huiguan messages extract

clean: ## remove the environment and ALL run data, the database included (asks first)
	@$(PYTHON) bin/clean.py

prepare:
	@$(PYTHON) bin/prepare.py
