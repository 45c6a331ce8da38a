"""The sizes that architecture and review hold the code to."""

import ast
from statistics import median, quantiles

from tests.architecture.source import modules

MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 50
P95_FUNCTION_LINES = 30
MEDIAN_FILE_LINES = 150


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_no_file_is_too_long_to_have_one_reason_to_change() -> None:
    lengths = {module.name: module.text.count("\n") for module in modules()}
    assert [name for name, lines in lengths.items() if lines > MAX_FILE_LINES] == []
    assert median(lengths.values()) <= MEDIAN_FILE_LINES


def test_no_function_is_too_long_to_read_at_once() -> None:
    lengths = {
        f"{module.name}:{function.lineno} {function.name}": body_lines(function)
        for module in modules()
        for function in module.functions()
    }
    assert [name for name, lines in lengths.items() if lines > MAX_FUNCTION_LINES] == []
    assert quantiles(lengths.values(), n=20)[-1] <= P95_FUNCTION_LINES
