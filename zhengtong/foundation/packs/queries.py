"""What applying a pack would do, and what stands in its way."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from pathlib import Path

from django.conf import settings

from zhengtong.foundation.access import Actor, require

from . import access, exporting  # noqa: F401 - access declares who may
from .loading import Pack, PackEntry, load_pack
from .reading import Place, Problem
from .rules import Difference, Kind, PackInvalid, differences
from .sections import Entry, Fault, Section, Stored, pack_owner, sections


@dataclass(frozen=True)
class Step:
    """What happens to one entry."""

    section: str
    key: str
    label: str
    kind: Kind
    pack: str
    entry: Entry
    place: Place | None = None
    owner: str = ""
    differences: tuple[Difference, ...] = ()


@dataclass
class Plan:
    """Every step in the order of application, and the warnings."""

    pack: Pack
    steps: list[Step] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many entries of each kind."""
        found = Counter(step.kind.value for step in self.steps)
        return {kind.value: found[kind.value] for kind in Kind}

    @property
    def is_clean(self) -> bool:
        """Whether applying would change nothing."""
        return all(step.kind in (Kind.UNCHANGED, Kind.DRIFT) for step in self.steps)

    def of(self, *kinds: Kind) -> list[Step]:
        return [step for step in self.steps if step.kind in kinds]


class Known:
    """What exists: the living rows of the database and, while a pack is checked, what it declares."""

    def __init__(self, pack: Pack | None = None) -> None:
        self._pack = pack
        self._governed = {pack_owner(name) for name in pack.chain} if pack else set()
        self._stored: dict[tuple[str, str], Entry | None] = {}

    def has(self, section: str, key: str) -> bool:
        # A section nobody registered belongs to a module that is not installed: nothing to check against.
        return section not in sections or self.entry(section, key) is not None

    def entry(self, section: str, key: str) -> Entry | None:
        declared = self._pack.entries.get(section, {}).get(key) if self._pack else None
        if declared:
            return declared.data or declared.raw
        if (section, key) not in self._stored:
            self.look_up(section, [key])
        return self._stored[section, key]

    def look_up(self, section: str, keys: Collection[str]) -> None:
        """Ask for many at once and remember them."""
        rows = sections.get(section).current(tuple(keys), ()) if section in sections else {}
        for key in keys:
            row = rows.get(key)
            lives = row is not None and not row.ended and row.owner not in self._governed
            self._stored[section, key] = row.entry if row and lives else None


def pack(name: str, root: Path | None = None) -> Pack:
    """A pack as written, with the problems met in reading it."""
    return load_pack(name, root or settings.PACKS_ROOT)


def plan(name: str, root: Path | None = None) -> Plan:
    """What applying the pack would do; refused with every mistake at once when it has any."""
    loaded = pack(name, root)
    found = Plan(loaded)
    if not loaded.problems:
        _check(loaded, found)
    if loaded.problems:
        problems = sorted(set(loaded.problems), key=lambda problem: (problem.place, problem.sentence))
        listing = "\n".join(f"  {problem}" for problem in problems)
        raise PackInvalid(name=name, count=len(problems), listing=listing, problems=[str(p) for p in problems])
    found.steps = [step for section in in_order() for step in _steps(loaded, section)]
    return found


def desk_edits(actor: Actor, name: str, root: Path | None = None) -> dict[Path, str]:
    """The files of a pack as they must read to say what was edited at the desk; writing them is the caller's."""
    require(actor, "packs.plan")
    return exporting.files_with_desk_edits(pack(name, root))


def in_order() -> list[Section]:
    """The sections, each after those it names; a name nobody registered is passed over."""
    known = dict(sections.items())
    graph = {name: [above for above in section.after if above in known] for name, section in known.items()}
    return [known[name] for name in TopologicalSorter(graph).static_order()]


def _check(loaded: Pack, found: Plan) -> None:
    known = Known(loaded)
    for name, entries in loaded.entries.items():
        section = sections.get(name)
        for entry in entries.values():
            _note(loaded, found, entry, section.check(entry.data, known))
        data = {key: entry.data for key, entry in entries.items()}
        for key, fault in section.check_set(data, known):
            _note(loaded, found, entries[key], [fault])


def _note(loaded: Pack, found: Plan, entry: PackEntry, faults: Iterable[Fault]) -> None:
    for fault in faults:
        problem = Problem(entry.written.place(fault.path), fault.sentence)
        (found.warnings if fault.is_warning else loaded.problems).append(problem)


def _steps(loaded: Pack, section: Section) -> list[Step]:
    entries = loaded.entries.get(section.name, {})
    governed = {pack_owner(name) for name in loaded.chain}
    stored = section.current(tuple(entries), tuple(governed))
    steps = [_step(section, entry, stored.get(entry.key), governed) for entry in entries.values()]
    for key, row in stored.items():
        if key not in entries and row.owner in governed and not row.ended:
            label = section.label(row.entry)
            steps.append(Step(section.name, key, label, Kind.ENDED, loaded.name, row.entry, owner=row.owner))
    return steps


def _step(section: Section, entry: PackEntry, row: Stored | None, governed: set[str]) -> Step:
    owner = pack_owner(entry.pack)
    found = tuple(differences(row.entry, entry.data)) if row else ()
    if row is None:
        kind = Kind.CREATED
    elif row.owner not in governed:
        same = not found and not row.ended and not row.owner.startswith("pack:")
        kind = Kind.ADOPTED if same else Kind.DRIFT
    elif row.ended:
        kind = Kind.REVIVED
    elif found or row.owner != owner:
        kind = Kind.CHANGED
    else:
        kind = Kind.UNCHANGED
    return Step(
        section.name, entry.key, section.label(entry.data), kind, entry.pack, entry.data,
        entry.written.place(), row.owner if row else "", found,
    )  # fmt: skip
