.POSIX:
.PHONY: bench check demo fuzz screenshots soak test

python = .venv/bin/python
off_screen = QT_QPA_PLATFORM=offscreen

demo:
	@sh packaging/setup.sh run
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname)" = Darwin ]; then \
		$(python) -m linqdesk --demo; \
	else \
		echo "There is no display: taking a short tour of the demo instead."; \
		$(python) -m linqdesk --demo --tour build/tour; \
	fi

test:
	@sh packaging/setup.sh dev
	$(off_screen) $(python) -m pytest -q -n auto

check:
	@sh packaging/setup.sh dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache

bench:
	@sh packaging/setup.sh dev
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ]; then $(python) -m tests.bench; \
	elif command -v xvfb-run >/dev/null 2>&1; then \
		xvfb-run -a -s "-screen 0 1400x900x24" $(python) -m tests.bench; \
	else $(off_screen) $(python) -m tests.bench; fi

fuzz:
	@sh packaging/setup.sh dev
	LINQDESK_FUZZ=full $(off_screen) $(python) -m pytest -q --timeout=0 --durations=0 \
		tests/store/test_any_history.py tests/api/test_fuzz.py tests/local/test_film_location.py \
		tests/local/test_film_tracks.py tests/local/test_canned_text.py tests/ui/composer/test_any_edits.py

soak:
	@sh packaging/setup.sh dev
	LINQDESK_SOAK=full $(off_screen) $(python) -m pytest -q -n 4 --dist worksteal --timeout=0 --durations=0 \
		tests/faults tests/local/test_journal_rescue.py tests/local/test_journal_wal.py \
		tests/test_one_owner.py tests/journeys/test_run_out_of_disk.py

screenshots:
	@sh packaging/setup.sh dev
	sh packaging/screenshots.sh
