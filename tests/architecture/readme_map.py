"""Writes "Where things live" in README from the first sentence of each package's and module's docstring."""

import ast
from pathlib import Path

from tests.architecture.source import ROOT, modules

README = ROOT / "README.md"
BEGIN = "<!-- map: begin (made by python -m tests.architecture.readme_map) -->"
END = "<!-- map: end -->"


def sentence(tree: ast.Module) -> str:
    return (ast.get_docstring(tree) or "").partition("\n")[0]


def rows() -> list[str]:
    described = []
    for module in modules():
        path = module.path.relative_to(ROOT)
        if path.name == "__init__.py":
            described.append((path.parent.as_posix() + "/", sentence(module.tree)))
        elif path.parent == Path("linqdesk"):
            described.append((path.as_posix(), sentence(module.tree)))
    return [f"| `{name}` | {words} |" for name, words in sorted(described)]


def rewritten(readme: str) -> str:
    """Return README's text with its map made anew."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return "\n".join([before + BEGIN, "| where | what |", "|---|---|", *rows(), END + after])


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text("utf-8")), "utf-8")
