"""README's map of the code is made from the modules' own words."""

from tests.architecture.readme_map import README, rewritten


def test_the_map_in_readme_says_what_the_modules_say() -> None:
    text = README.read_text("utf-8")
    assert rewritten(text) == text, "run: .venv/bin/python -m tests.architecture.readme_map"
