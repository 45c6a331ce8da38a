.POSIX:
.PHONY: check test

test:
	@sh packaging/setup.sh dev
	QT_QPA_PLATFORM=offscreen .venv/bin/python -m pytest -q

check:
	@sh packaging/setup.sh dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
