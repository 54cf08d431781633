"""Files and functions stay small; functions say what they are for."""

import ast

import pytest

from .tree import short, sources

MAX_FILE, MAX_FUNCTION = 400, 40


def functions(tree: ast.AST):
    """Every function and method of a module."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return (node for node in ast.walk(tree) if isinstance(node, kinds))


def body_lines(node) -> int:
    """Lines of a function without its decorators."""
    return node.end_lineno - node.lineno + 1


@pytest.mark.parametrize("path", sources(), ids=short)
def test_files_and_functions_stay_small(path):
    source = path.read_text()
    long = {n.name: body_lines(n) for n in functions(ast.parse(source))}
    assert source.count("\n") <= MAX_FILE
    assert not {name: lines for name, lines in long.items() if lines > MAX_FUNCTION}


SERVICES = [path for path in sources() if "services" in path.parts or path.name == "services.py"]


@pytest.mark.parametrize("path", SERVICES, ids=short)
def test_every_use_case_says_what_it_does(path):
    module = ast.parse(path.read_text())
    silent = [
        node.name
        for node in module.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not silent


@pytest.mark.parametrize("path", SERVICES, ids=short)
def test_whoever_acts_is_told_by_name(path):
    """A use case that takes an actor takes everything by keyword, and the moment with it."""
    loose = [
        node.name
        for node in functions(ast.parse(path.read_text()))
        if any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list)
        and "actor" in {a.arg for a in [*node.args.args, *node.args.kwonlyargs]}
        and (node.args.args or "now" not in {a.arg for a in node.args.kwonlyargs})
    ]
    assert not loose


CLOCKS = {"portal/core/time.py"}


@pytest.mark.parametrize("path", sources(), ids=short)
def test_only_the_kernel_reads_the_clock(path):
    """Interfaces call portal.core.time and pass the moment down."""
    if short(path) in CLOCKS or "management" in path.parts or "ui" in path.parts:
        return
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
    }
    readings = {"timezone.now", "dt.datetime.now", "dt.date.today", "datetime.now", "date.today"}
    assert not calls & readings
