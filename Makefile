# Hai lệnh cho người mới: «make demo» làm thử việc chính, «make test» chạy các kiểm thử chỉ cần Python.
# «make test-office» chạy các kiểm thử còn lại: cần LibreOffice, poppler, bộ kiểm tra Open XML.
# Máy chỉ cần Python 3.11 trở lên; mọi thứ khác được cài vào .venv. Python khác: make demo PYTHON=python3.12

PYTHON ?= python3
VENV_PYTHON := .venv/bin/python
PIP_INSTALL := $(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: demo test test-office fire fuzz lint bench clean
.DELETE_ON_ERROR:
# Compiled modules are kept, whatever the shell says: tests start quickly, and commands as they do for users.
unexport PYTHONDONTWRITEBYTECODE

demo: .venv/.installed
	@$(VENV_PYTHON) -m danvan_cli demo build/demo

# Rewriting every assert takes longer than it is worth while none fails: what fails runs once more, and tells both its sides.
test: .venv/.installed-test
	@$(VENV_PYTHON) -m pytest -n 2 --dist worksteal --assert=plain -m 'not office and not fire' $(ARGS) || { code=$$?; \
	  $(VENV_PYTHON) -m pytest --last-failed --last-failed-no-failures none -m 'not office and not fire'; exit $$code; }

# What one file makes and prints once is for all its tests: they stay together. No other file is read.
test-office: .venv/.installed-test
	@$(VENV_PYTHON) tests/tools/install_validator.py || echo "Chưa cài được bộ kiểm tra Open XML; các kiểm thử cần nó sẽ nói rõ." >&2
	@$(VENV_PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --assert=plain -m "office and not fire" $(ARGS) \
	  $$(grep -rl --include='test_*.py' office tests) || { code=$$?; \
	  $(VENV_PYTHON) -m pytest --last-failed --last-failed-no-failures none -m "office and not fire"; exit $$code; }

# Minutes: each command killed at each event, full disks, races, hostile files, each bound measured in a process of its own;
# then every property on many more examples.
fire: .venv/.installed-test
	@$(VENV_PYTHON) -m pytest -n 2 --dist worksteal -m fire $(ARGS)
	@$(VENV_PYTHON) -m pytest -n 2 --dist worksteal -m 'hypothesis and not office and not fire' --hypothesis-profile fire $(ARGS)

# No part of CI: inputs gather in build/fuzz, what fails in build/fuzz/failed. MINUTES are of CPU time, for each target.
fuzz: .venv/.installed-fuzz
	@failed=0; for target in $${TARGETS:-yaml workbook word template form bag pdf}; do \
	  $(VENV_PYTHON) tests/fire/fuzz/run.py $$target $${MINUTES:-10} || failed=1; done; exit $$failed

lint: .venv/.installed-lint
	@$(VENV_PYTHON) -m ruff check .
	@$(VENV_PYTHON) -m ruff format --check .
	@$(VENV_PYTHON) -m mypy

bench: .venv/.installed-bench
	@$(VENV_PYTHON) benchmarks/run.py

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo 'Cần Python 3.11 trở lên; «$(PYTHON)» là:' "$$($(PYTHON) --version 2>&1 | head -n 1)" >&2; \
	  echo 'Cài Python mới hơn rồi chỉ rõ tên, ví dụ: make demo PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { \
	  echo 'Không tạo được .venv. Trên Debian, Ubuntu: sudo apt-get install python3-venv' >&2; exit 1; }
	@touch $@

# Editable: a change of the code needs no new installation.
.venv/.installed: .venv/.made pyproject.toml constraints.txt
	@echo 'Đang cài danvan vào .venv…' >&2
	@$(PIP_INSTALL) --editable .
	@touch $@

.venv/.installed-%: .venv/.made pyproject.toml constraints.txt
	@echo 'Đang cài danvan[$*] vào .venv…' >&2
	@$(PIP_INSTALL) --editable '.[$*]'
	@touch $@
