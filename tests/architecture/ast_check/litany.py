"""Every action says its litany: actor, access, audit; no switches."""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator

from .source import Fault, Source

# Foundation modules whose actions are people's doings too; the others are mechanisms that actions use.
ACTING_FOUNDATION = {"accounts", "directory", "params", "files", "packs"}
ACCESS = {"require", "may", "visible"}
# `record_export` of accounts records with the account of whoever takes a list out.
AUDIT = {"record", "record_all", "first_leaf", "record_export"}
# Function → why it is let off. Nothing else belongs here.
WITHOUT_AUDIT = {
    "zhengtong.topics.cases.actions.save_draft": "autosave: a draft is nobody's business but its author's",
    "zhengtong.topics.cases.actions.start_draft": "the same",
    "zhengtong.topics.cases.actions.discard_draft": "the same",
    "zhengtong.topics.cases.actions.look_at_case": "a bookmark: when somebody last had a case before him",
    "zhengtong.topics.cases.actions.keep_phrase": "ready words of one's own, as a draft is",
    "zhengtong.topics.cases.actions.drop_phrase": "the same",
    "zhengtong.topics.payments.actions.forget_letters": "nonces of letters too old to be read again; no payment goes",
    "zhengtong.topics.materials.actions.ask_elsewhere": "the exchange with the province is its own record",
    "zhengtong.foundation.accounts.actions.knock": "counts tries; what is counted is forgotten within minutes",
}
# Steps that a topic's action takes inside its own transaction, after it asked access and before it records.
PART_OF_ACTION = {
    "zhengtong.engines.tasks.actions.open_tasks",
    "zhengtong.engines.tasks.actions.close_tasks",
    "zhengtong.engines.slots.actions.take_place",
    "zhengtong.engines.slots.actions.move_place",
    "zhengtong.engines.slots.actions.free_place",
    "zhengtong.engines.slots.actions.set_capacity",
}
# Every row of the first argument carries its own actor.
ACTOR_IN_ROWS = {"zhengtong.topics.cases.actions.submit_case", "zhengtong.topics.cases.actions.submit_cases"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def check(sources: Iterable[Source]) -> Iterator[Fault]:
    """Faults in the public functions of all actions files."""
    modules: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        if source.role == "actions" and (source.floor in ("topics", "engines") or source.parts[1] in ACTING_FOUNDATION):
            modules[source.owner].append(source)
    for owner, files in modules.items():
        yield from _module(owner, files)


def _module(owner: str, files: list[Source]) -> Iterator[Fault]:
    functions: dict[str, Function] = {}
    home: dict[str, Source] = {}
    for source in files:
        for node in source.tree.body:
            if isinstance(node, Function):
                functions[node.name] = node
                home[node.name] = source
    for name in sorted(_public(files) & functions.keys()):
        node, source = functions[name], home[name]
        dotted = f"zhengtong.{owner}.actions.{name}"
        yield from _signature(source, node, dotted)
        if dotted in PART_OF_ACTION:
            continue
        reached = _reached(name, functions)
        if not reached & ACCESS:
            yield source.fault(node, "access", f"{name} never asks access: require(actor, verb, row)")
        if not reached & AUDIT and dotted not in WITHOUT_AUDIT:
            yield source.fault(node, "audit", f"{name} leaves no trace: audit.record(verb, thing, actor=actor)")


def _public(files: list[Source]) -> set[str]:
    """What others can call: of a package, what its __init__ brings out; of a file, names without underscore."""
    package = next((s for s in files if s.path.name == "__init__.py"), None)
    if package:
        return {name for name in package.imports if not name.startswith("_")} | {
            node.name for node in package.tree.body if isinstance(node, Function) and not node.name.startswith("_")
        }
    return {
        node.name
        for source in files
        for node in source.tree.body
        if isinstance(node, Function) and not node.name.startswith("_")
    }


def _signature(source: Source, node: Function, dotted: str) -> Iterator[Fault]:
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    if len(positional) > 1 or arguments.vararg:
        yield source.fault(node, "keyword-only", f"{node.name}: everything after the first argument is keyword-only")
    if "actor" not in {argument.arg for argument in arguments.kwonlyargs} and dotted not in ACTOR_IN_ROWS:
        yield source.fault(node, "actor", f"{node.name}: no actor, no action (keyword-only `actor`)")
    given = zip(reversed(positional), reversed(arguments.defaults), strict=False)
    defaults = dict(given) | dict(zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True))
    for argument in [*positional, *arguments.kwonlyargs]:
        default = defaults.get(argument)
        is_switch = isinstance(default, ast.Constant) and isinstance(default.value, bool)
        if is_switch or (argument.annotation and "bool" in ast.unparse(argument.annotation).split(" | ")):
            text = f"{node.name}({argument.arg}): a switch is a second action that wants a name"
            yield source.fault(node, "switch", text)


def _reached(name: str, functions: dict[str, Function]) -> set[str]:
    """Names called by a function and by all functions of its own module that it calls."""
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        for node in ast.walk(functions[waiting.pop()]):
            called = ""
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called and called not in seen:
                seen.add(called)
                if called in functions:
                    waiting.append(called)
    return seen
