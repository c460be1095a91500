# Hai lệnh cho người mới: «make demo» làm thử việc chính, «make test» chạy các kiểm thử chỉ cần Python.
# «make test-office» chạy các kiểm thử còn lại: cần LibreOffice, poppler, Chromium, pip, bộ kiểm tra Open XML, axe-core.
# Máy chỉ cần Python 3.11 trở lên; mọi thứ khác được cài vào .venv. Python khác: make demo PYTHON=python3.12

PYTHON ?= $(shell sh tools/python.sh)
VENV_PYTHON := .venv/bin/python
PIP_INSTALL := $(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: demo test test-office test-lowest fire fuzz lint bench docs windows release clean
.DELETE_ON_ERROR:
# Compiled modules are kept, whatever the shell says: tests start quickly, and commands as they do for users.
unexport PYTHONDONTWRITEBYTECODE

demo: .venv/.installed
	@$(VENV_PYTHON) -m danvan_cli demo build/demo

# Rewriting every assert takes longer than it is worth while none fails: what fails runs once more, and tells both its sides.
test: .venv/.installed-test
	@$(VENV_PYTHON) -m pytest -n 2 --dist worksteal --assert=plain -p no:logging -m 'not office and not fire' $(ARGS) || { code=$$?; \
	  $(VENV_PYTHON) -m pytest --last-failed --last-failed-no-failures none -m 'not office and not fire'; exit $$code; }

# What one file makes and prints once is for all its tests: they stay together. No other file is read.
test-office: .venv/.installed-test
	@$(VENV_PYTHON) tests/tools/install_validator.py || echo "Chưa cài được bộ kiểm tra Open XML, axe-core; các kiểm thử cần chúng sẽ nói rõ." >&2
	@$(VENV_PYTHON) -m pytest -n 2 --dist loadfile --no-loadscope-reorder --assert=plain -m "office and not fire" $(ARGS) \
	  $$(grep -rl --include='test_*.py' office tests) || { code=$$?; \
	  $(VENV_PYTHON) -m pytest --last-failed --last-failed-no-failures none -m "office and not fire"; exit $$code; }

# The lowest versions that pyproject.toml allows of what it names itself; what those ask for is the newest that fits.
test-lowest: .venv/.installed-lowest
	@.venv/lowest/bin/python -m pytest -n 2 --dist worksteal -m 'not office and not fire' $(ARGS)

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

# A folder for Windows that needs nothing installed: dist/danvan-windows.zip. Another Python: PYTHON_EMBED=python-….zip
windows: .venv/.installed-test
	@$(VENV_PYTHON) tools/windows_zip.py $(if $(PYTHON_EMBED),--embed '$(PYTHON_EMBED)')

docs: .venv/.installed
	@$(VENV_PYTHON) tools/docs_site/make_site.py build/site

# The same source gives the same bytes: times in the files are those of SOURCE_DATE_EPOCH, which is always the same.
release: export SOURCE_DATE_EPOCH ?= 1580601600
release: .venv/.installed-release
	@rm -rf dist
	@PYTHONWARNINGS=ignore $(VENV_PYTHON) -m build --no-isolation --outdir dist . >/dev/null
	@$(MAKE) --no-print-directory windows
	@$(VENV_PYTHON) tools/checksums.py dist

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

.venv/.installed-lowest: .venv/.made pyproject.toml
	@echo 'Đang cài bản thấp nhất của các thư viện vào .venv/lowest…' >&2
	@$(PYTHON) -m venv --clear .venv/lowest
	@$(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check uv
	@$(VENV_PYTHON) -m uv pip install --quiet --python .venv/lowest/bin/python --resolution lowest-direct --editable '.[test]'
	@touch $@

# Compiled here once, not by each of two processes of tests at the same time.
.venv/.installed-%: .venv/.made pyproject.toml constraints.txt
	@echo 'Đang cài danvan[$*] vào .venv…' >&2
	@$(PIP_INSTALL) --editable '.[$*]'
	@$(VENV_PYTHON) -m compileall -q -j 2 src tests tools
	@touch $@
