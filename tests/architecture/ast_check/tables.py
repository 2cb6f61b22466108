"""Who may refer to a table and who may write it: what imports cannot see."""

import ast
from collections.abc import Iterator

from .source import Fault, House, Source, owner_of

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
MANAGERS = {"objects", "_base_manager", "_default_manager"}
WRITERS = {"actions", "models"}
READERS = {"queries", "rules", "access"}
NOT_ROWS = {"session", "cache", "files", "storage"}


def check(source: Source, house: House) -> Iterator[Fault]:
    """Faults in references between tables, reads past the door, writes by others."""
    yield from _relations(source, house)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            yield from _manager(source, node)
        if isinstance(node, ast.Call):
            yield from _write(source, node)
            yield from _get_model(source, node)
    for function in ast.walk(source.tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _foreign_rows(source, function)


def _relations(source: Source, house: House) -> Iterator[Fault]:
    for node in ast.walk(source.tree):
        if not isinstance(node, ast.Call) or source.meaning(node.func).rpartition(".")[2] not in RELATIONS:
            continue
        target = node.args[0] if node.args else next((k.value for k in node.keywords if k.arg == "to"), None)
        if target is None:
            continue
        if isinstance(target, ast.Attribute) and target.attr == "AUTH_USER_MODEL":
            label = "accounts"
        elif isinstance(target, ast.Constant) and isinstance(target.value, str):
            label = target.value.split(".")[0] if "." in target.value else ""
        elif owner_of(source.meaning(target)) in ("", source.owner):
            continue  # a class of the same module
        else:
            yield source.fault(node, "foreign-key", "name the other table by a string, “app.Model”")
            continue
        if label and not house.may_point(source.owner, label):
            yield source.fault(
                node, "foreign-key", f"{source.owner} may not refer to {label}: tables point down the stairs"
            )


def _manager(source: Source, node: ast.Attribute) -> Iterator[Fault]:
    owner = owner_of(source.meaning(node.value))
    if source.floor in ("faces", "main"):
        yield source.fault(node, "objects", f".{node.attr} in {source.floor}: ask the owning module's queries")
    elif owner and owner != source.owner:
        yield source.fault(node, "objects", f".{node.attr} of {owner} in {source.owner}: ask its queries or actions")


def _get_model(source: Source, node: ast.Call) -> Iterator[Fault]:
    if not isinstance(node.func, ast.Attribute) or node.func.attr != "get_model" or not node.args:
        return
    first = node.args[0]
    if (
        isinstance(first, ast.Constant)
        and str(first.value).split(".")[0] != source.parts[min(1, len(source.parts) - 1)]
    ):
        yield source.fault(node, "objects", f"get_model({first.value!r}) goes around the door")


def is_write(node: ast.Call) -> str:
    """The verb, if the call looks like a write of rows and not like one of a dict, a digest or a picture."""
    if not isinstance(node.func, ast.Attribute):
        return ""
    verb, base = node.func.attr, node.func.value
    if (
        isinstance(base, ast.Attribute | ast.Name)
        and (base.attr if isinstance(base, ast.Attribute) else base.id) in NOT_ROWS
    ):
        return ""
    plain = not node.args
    named = bool(node.keywords)
    if verb.startswith("bulk_") and verb in ("bulk_create", "bulk_update"):
        return verb
    if verb in ("save", "asave", "delete", "adelete") and plain:
        return verb
    if verb in ("update", "aupdate", "create", "acreate", "get_or_create", "update_or_create") and plain and named:
        return verb
    return ""


def _write(source: Source, node: ast.Call) -> Iterator[Fault]:
    verb = is_write(node)
    if not verb:
        return
    if source.floor in ("faces", "main"):
        yield source.fault(node, "write", f".{verb}() in {source.floor}: call the owning topic's action")
    elif source.floor in ("topics", "engines") and source.role not in WRITERS:
        yield source.fault(node, "write", f".{verb}() in {source.role or source.parts[-1]}: only actions write")
    elif source.role in READERS:
        yield source.fault(node, "write", f".{verb}() in {source.role}: only actions write")


def _foreign_rows(source: Source, function: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[Fault]:
    """A row that came out of another module's door is not ours to save."""
    foreign: dict[str, str] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            owner = owner_of(source.meaning(node.value.func))
            if owner.split(".")[0] in ("topics", "engines") and owner != source.owner:
                foreign |= {target.id: owner for target in node.targets if isinstance(target, ast.Name)}
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and is_write(node) and isinstance(node.func, ast.Attribute):
            base = node.func.value
            if isinstance(base, ast.Name) and base.id in foreign:
                yield source.fault(
                    node, "write", f".{node.func.attr}() on a row of {foreign[base.id]}: call its action"
                )
