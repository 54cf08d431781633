"""
The message catalogues as programs read them.

The texts of the house are written in Spanish, so Spanish needs no translation; but a text that its
catalogue does not hold is sought in every fallback there is, at ten times the cost. The catalogue
of Spanish therefore says of each text that it means itself.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

PACKAGES = ("portal", "tramites", "notificaciones", "tablero")
TEMPLATES = "templates"
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
_TEXT = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_CALL = re.compile(rf"\b(?:n?gettext|_)\(\s*{_TEXT}(?:\s*,\s*{_TEXT})?")
#: A text, and its plural ('' when it has none).
Message = tuple[str, str]


def compile_catalogue(source: Path) -> bool:
    """Write the ``.mo`` beside a ``.po`` unless it is newer already; whether it was written."""
    target = source.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
        return False
    _write(polib.pofile(str(source)), target)
    return True


def write_identity(root: Path, target: Path) -> bool:
    """
    Write to ``target`` the catalogue in which every text under ``root`` means itself, unless it
    is newer than all of them already; whether it was written.
    """
    sources = list(source_files(root))
    newest = max(path.stat().st_mtime for path in sources)
    if target.exists() and target.stat().st_mtime >= newest:
        return False
    found: dict[str, str] = {}
    for path in sources:
        for text, plural in messages_in(path):
            found[text] = plural or found.get(text, "")
    catalogue = polib.POFile()
    catalogue.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Language": "es_MX",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for text, plural in sorted(found.items()):
        entry = polib.POEntry(msgid=text, msgstr="" if plural else text)
        if plural:
            entry.msgid_plural, entry.msgstr_plural = plural, {0: text, 1: plural}
        catalogue.append(entry)
    target.parent.mkdir(parents=True, exist_ok=True)
    _write(catalogue, target)
    return True


def source_files(root: Path) -> Iterator[Path]:
    """The modules and templates of the house."""
    for package in PACKAGES:
        yield from (root / package).rglob("*.py")
    for pattern in ("*.html", "*.txt"):
        yield from (root / TEMPLATES).rglob(pattern)


def messages_in(path: Path) -> Iterable[Message]:
    """The texts a file hands to gettext."""
    source = path.read_text(encoding="utf-8")
    return _of_module(source) if path.suffix == ".py" else _of_template(source)


def _of_module(source: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in CALLS and (text := _constant(node.args[0])):
            plural = _constant(node.args[1]) if "ngettext" in name and len(node.args) > 1 else ""
            yield text, plural


def _constant(node: ast.expr) -> str:
    value = node.value if isinstance(node, ast.Constant) else ""
    return value if isinstance(value, str) else ""


def _of_template(source: str) -> Iterator[Message]:
    for text, plural in _CALL.findall(templatize(source)):
        yield ast.literal_eval(text), ast.literal_eval(plural) if plural else ""


def _write(catalogue: polib.POFile, target: Path) -> None:
    temporary = target.with_suffix(".mo.tmp")
    catalogue.save_as_mofile(str(temporary))
    temporary.replace(target)
