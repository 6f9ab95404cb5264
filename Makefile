# 常用命令：make site 建站，make serve 预览，make check 查数据，make test 测试，make audit 逐页查，make bench 测速，make redteam 用坏数据和故障试，make clean 清理。
# The same commands in English: build, preview, check the data, test, audit every page, measure, try bad data and faults, clean up.
PUBLISHER ?= data
OUTPUT ?= output
PYTHON := $(or $(PYTHON),$(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done))
RUN := .venv/bin/python
FOR := --publisher "$(PUBLISHER)" --output "$(OUTPUT)"
PIP := $(RUN) -m pip --disable-pip-version-check install -qq --require-hashes
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help site serve check test audit bench redteam clean

help:
	@sed -n '1,2s/^# //p' Makefile

site: .venv/site
	@$(RUN) -m scripts build $(FOR)

serve: .venv/site
	@$(RUN) -m scripts serve $(FOR)

check: .venv/site
	@$(RUN) -m scripts check --publisher "$(PUBLISHER)"

test: .venv/browser
	@$(RUN) -m pytest -q -m "not audit"

audit: .venv/browser
	@$(RUN) -m pytest -q -m audit

bench: .venv/site
	@$(RUN) tests/bench/run.py

redteam: .venv/tests
	@$(RUN) tests/redteam/run.py

clean:
	rm -rf .venv .build output .output-* content/disclosures bench.json redteam.json .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What is installed follows the pinned list: a changed list makes it anew.
.venv/site: requirements.txt
	@test -n "$(PYTHON)" || { echo "需要 Python 3.11 或更新的版本。Python 3.11 or newer is needed."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "缺少 venv，请先装：apt-get install python3-venv。Python's venv is missing: install python3-venv."; exit 1; }
	@echo "正在准备运行环境 .venv，约一分钟…… Setting up .venv, about a minute."
	@rm -rf .venv && $(PYTHON) -m venv .venv
	@$(PIP) -r requirements.txt
	@touch $@

.venv/tests: requirements-test.txt .venv/site
	@echo "正在准备测试环境…… Setting up what the tests need."
	@$(PIP) -r requirements-test.txt
	@touch $@

# Looked for every time (cheap), because a browser may be removed; fails when there is none.
.PHONY: .venv/browser
.venv/browser: .venv/tests
	@$(RUN) tests/browser/find.py --install
