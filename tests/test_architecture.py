"""The rules of docs/architecture.md that a program can hold us to."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

PACKAGES = ("newsdesk", "stories", "timelines")
EDGES = ("views", "admin", "feeds", "sitemaps", "urls", "management", "templatetags", "demo")
LAYERS = [  # from the lowest; a module imports from its own layer or from below
    ["timelines"],
    ["stories.citations", "stories.document", "stories.rich_text", "stories.web_address"],
    ["stories.models"],
    ["stories"],  # modules with one job: all that are not named in another layer
    ["stories.versions", "stories.draft", "stories.prepublication", "stories.refusals", "stories.evidence"],
    ["stories.publishing", "stories.importing", "stories.reviewing", "stories.standing", "stories.killing"],
    [f"{app}.{edge}" for app in ("stories", "timelines") for edge in EDGES],
    ["newsdesk"],
]
MAX_MODULE, MAX_FUNCTION = 400, 25
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "services", "common", "core", "misc", "signals"}


@cache
def modules() -> dict[str, Path]:
    """All modules by dotted name; migrations are Django's own writing and not held to the rules."""
    root: Path = settings.BASE_DIR
    found = {}
    for path in sorted(path for package in PACKAGES for path in (root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        if "migrations" not in parts:
            found[".".join(parts).removesuffix(".__init__")] = path
    return found


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(modules()[name].read_text(encoding="utf-8"))


def imported(node: ast.AST) -> Iterator[str]:
    """The dotted names an import statement reaches, as deep as they are modules of ours."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        assert not node.level, "Relative imports hide which layer they reach; write the whole name."
        for alias in node.names:
            deeper = f"{node.module}.{alias.name}"
            yield deeper if deeper in modules() else str(node.module)


@cache
def imports(name: str) -> frozenset[str]:
    """The modules of ours that a module imports."""
    reached = {target for node in ast.walk(tree(name)) for target in imported(node)}
    return frozenset(reached & modules().keys())


def layer(name: str) -> int:
    """The number of the layer whose entry fits the name best."""
    fits = [(len(entry), number) for number, entries in enumerate(LAYERS) for entry in entries if within(name, entry)]
    return max(fits)[1]


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def each_module() -> list[str]:
    assert len(modules()) > 10
    return list(modules())


@pytest.mark.parametrize("name", each_module())
def test_imports_flow_down(name):
    upward = sorted(target for target in imports(name) if layer(target) > layer(name))
    assert not upward, f"{name} is below {upward}"


@pytest.mark.parametrize("name", [name for name in each_module() if within(name, "timelines")])
def test_timelines_know_nothing_of_stories(name):
    assert not [target for target in imports(name) if within(target, "stories")]


def test_imports_make_no_circle():
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, f"A circle: {' → '.join([*path[path.index(name) :], name])}"
        if name not in done:
            for target in sorted(imports(name) - {name}):
                visit(target, (*path, name))
            done.add(name)

    for name in modules():
        visit(name, ())


@pytest.mark.parametrize("name", each_module())
def test_functions_import_nothing(name):
    functions = [node for node in ast.walk(tree(name)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = [
        node for function in functions for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not inside, f"{name}, line {inside[0].lineno}: import at the top of the module"


@pytest.mark.parametrize("name", each_module())
def test_modules_and_functions_are_short(name):
    length = len(modules()[name].read_text(encoding="utf-8").splitlines())
    assert length <= MAX_MODULE, f"{name} has {length} lines; what are its two jobs?"
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = lines_of(node) - (lines_of(node.body[0]) if ast.get_docstring(node) else 0)
            assert lines <= MAX_FUNCTION, f"{name}.{node.name} has {lines} lines"


def lines_of(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("name", each_module())
def test_module_is_named_for_its_job(name):
    assert not NAMES_THAT_SAY_NOTHING & set(name.split("."))


@pytest.mark.parametrize("name", each_module())
def test_nothing_happens_by_signal(name):
    reached = {target for node in ast.walk(tree(name)) for target in imported(node)}
    assert not {"django.dispatch", "django.db.models.signals", "django.core.signals"} & reached
