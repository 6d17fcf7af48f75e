# Quarterly bulletin (季度通报). `make` alone lists the targets; what `##` says after a target is its help.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

VENV := .venv
BIN := $(VENV)/bin
RUN_STAMP := $(VENV)/.installed-run
DEV_STAMP := $(VENV)/.installed-dev
# a virtual environment does not survive a move of its folder: install again where the stamp names another place
MOVED := $(shell test -f $(RUN_STAMP) && test "$$(cat $(RUN_STAMP))" != "$(CURDIR)" && echo moved)
# the first of these that is new enough makes the environment; PYTHON=… in the environment goes before them
PYTHONS := python3.14 python3.13 python3.12 python3.11 python3
SUITABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11) or int(ensurepip.version().split(".")[0]) < 23)
PIP := $(BIN)/python -m pip --disable-pip-version-check --require-virtualenv install --quiet
UV ?= uv
LOCK := $(UV) pip compile pyproject.toml --python-version 3.11 --universal --generate-hashes --no-strip-extras \
	--no-emit-index-url --no-header --no-annotate --quiet --extra build

Q ?=
PORT ?= 3000
N ?= 5000
PYTEST := $(BIN)/python -m pytest

.PHONY: help setup quarterly ui test test-slow soak lint format lock reference-docs samples template bench clean moved

help:  ## list the targets / 列出全部命令
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  \033[1m%-16s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ---- environment -------------------------------------------------------------------------------------------------

setup: $(DEV_STAMP)  ## install everything for development into .venv / 安装开发环境

$(BIN)/python:
	@for name in $${PYTHON:-} $(PYTHONS); do \
	  if "$$name" -c '$(SUITABLE)' 2>/dev/null; then \
	    echo "创建运行环境 / creating $(VENV) with $$("$$name" --version)"; \
	    exec "$$name" -m venv --clear $(VENV); \
	  fi; \
	done; \
	echo "需要 Python 3.11 或更高版本，带 venv 和 pip 23 以上（Debian、Ubuntu：apt-get install python3-venv）。" >&2; \
	echo "Python 3.11 or newer is needed, with venv and pip 23 or newer (Debian, Ubuntu: apt-get install python3-venv)." >&2; \
	exit 1

$(RUN_STAMP): requirements.lock pyproject.toml $(MOVED) | $(BIN)/python
	@echo "安装运行环境，需要几分钟 / installing what a run needs, some minutes"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@echo "$(CURDIR)" > $@

$(DEV_STAMP): requirements-dev.lock $(RUN_STAMP)
	@echo "安装开发工具 / installing development tools"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

moved:
	@rm -rf $(VENV)
	@$(MAKE) --no-print-directory $(BIN)/python

# ---- daily use ---------------------------------------------------------------------------------------------------

quarterly: $(RUN_STAMP)  ## the notice of the latest quarter; Q=2021Q2 picks another / 生成通报
	@$(BIN)/bulletin run $(Q)

ui: export DAGSTER_HOME ?= $(CURDIR)/deploy/local
ui: $(RUN_STAMP)  ## lineage, checks and runs in a browser, on this machine only / 打开界面
	@$(BIN)/dagster dev --host 127.0.0.1 --port $(PORT)

# ---- quality -----------------------------------------------------------------------------------------------------

test: $(DEV_STAMP)  ## tests of minutes, without network, then lint / 测试
	@$(PYTEST) -n 2 --dist worksteal -m "not slow"
	@$(MAKE) --no-print-directory lint

test-slow: $(DEV_STAMP)  ## tests with LibreOffice and Chromium / 慢速测试
	@$(PYTEST) -n 2 --dist worksteal -m slow

soak: $(DEV_STAMP)  ## N random quarters, 5,000 mutants, 100 kills: docs/soak/ / 浸泡测试
	@$(BIN)/python -m tests.quarters $(N)
	@$(BIN)/python -m tests.backcheck.alterations
	@$(BIN)/python -m tests.fuzz 5000 docs/soak/fuzz.md
	@$(BIN)/python -m tests.faults.kills 100
	@$(BIN)/python -m tests.dispatch.kills 100

lint: $(DEV_STAMP)  ## style, types, layers, dependencies, SQL / 静态检查
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@if test -f .importlinter; then $(BIN)/lint-imports --no-cache; fi
	@$(BIN)/deptry .
	@$(BIN)/sqlfluff lint sql

format: $(DEV_STAMP)  ## rewrite in the project's style / 统一格式
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/sqlfluff fix sql

bench: $(RUN_STAMP)  ## where the time of a run goes / 计时
	@$(BIN)/python -m benchmarks.quarterly $(Q)

# ---- what is generated and committed -----------------------------------------------------------------------------

lock:  ## resolve both lock files anew; needs uv / 更新依赖锁定
	@command -v $(UV) > /dev/null || { echo "需要 uv / uv is needed: https://docs.astral.sh/uv/" >&2; exit 1; }
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra dev --output-file requirements-dev.lock

reference-docs: $(DEV_STAMP)  ## pages made from the code: errors, data dictionary, statements / 生成参考文档
	@$(BIN)/python docs/generate.py

samples: $(DEV_STAMP)  ## rebuild the sample sheets of data/raw and verify them / 重建样例
	@$(BIN)/python -m samples.reconstruct

template: $(RUN_STAMP)  ## rebuild templates/bulletin.docx / 重建公文底版
	@$(BIN)/python -m pipeline.document.base

clean:  ## remove caches and quarter databases; keeps data/raw, data/out and .venv / 清理
	@rm -rf data/warehouse data/work .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
