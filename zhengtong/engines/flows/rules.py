"""Transition tables: what is possible from here, and a refusal that says so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from zhengtong.foundation.refusals import N_, Message, Refused
from zhengtong.foundation.refusals.words import listed


class TransitionRefused(Refused):
    """Refused: from this state the verb is not possible; the data name the state and what is."""

    code = "transition_refused"
    message = N_("当前状态是「{state}」，不能{verb}。")
    remedy = N_("现在可以：{possible}。")


class FlowEnded(TransitionRefused):
    """Refused: nothing follows this state any more."""

    code = "flow_ended"
    remedy = N_("这已经是最后一步，没有后续操作。")


class FlowBroken(ValueError):
    """The table itself is wrong: found when it is written, not when somebody clicks."""


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table; several sources mean the same step from each of them."""

    verb: str
    source: str | tuple[str, ...]
    target: str
    permission: str = ""
    title: str = ""

    @property
    def sources(self) -> tuple[str, ...]:
        return (self.source,) if isinstance(self.source, str) else self.source


@dataclass(frozen=True, slots=True)
class Flow:
    """A table of transitions over named states; `states` gives each its words and the first is where life begins."""

    name: str
    states: Mapping[str, str]
    transitions: tuple[Transition, ...]
    _rows: dict[tuple[str, str], Transition] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for row in self.transitions:
            for state in (*row.sources, row.target):
                if state not in self.states:
                    raise FlowBroken(f"{self.name}: {row.verb} names the unknown state {state!r}")
            for source in row.sources:
                if self._rows.setdefault((source, row.verb), row) is not row:
                    raise FlowBroken(f"{self.name}: {row.verb} leaves {source!r} twice")
        if stranded := set(self.states) - self._reached_from([self.first]):
            raise FlowBroken(f"{self.name}: nothing leads to {sorted(stranded)}")

    @property
    def first(self) -> str:
        return next(iter(self.states))

    @property
    def ends(self) -> frozenset[str]:
        """States that nothing follows."""
        return frozenset(self.states) - {source for source, _ in self._rows}

    def check(self, state: str, verb: str) -> Transition:
        """The transition, or a refusal naming the state and what is possible from it."""
        if row := self._rows.get((state, verb)):
            return row
        possible = self.verbs_from(state)
        refusal = TransitionRefused if possible else FlowEnded
        raise refusal(
            flow=self.name,
            state=Message(self.states.get(state, state)),
            state_code=state,
            verb=Message(self._words(verb)),
            verb_code=verb,
            possible=listed(row.title or row.verb for row in possible),
            possible_codes=[row.verb for row in possible],
        )

    def may(self, state: str, verb: str) -> bool:
        """Whether the verb is possible from here."""
        return (state, verb) in self._rows

    def verbs_from(self, state: str) -> tuple[Transition, ...]:
        """What is possible from here, in the order of the table."""
        return tuple(row for row in self.transitions if state in row.sources)

    def sources_of(self, verb: str) -> frozenset[str]:
        """Where the verb is possible."""
        return frozenset(source for source, known in self._rows if known == verb)

    def table(self) -> str:
        """The flow as a Markdown table, for the documentation."""
        lines = ["| 操作 | 从 | 到 | 权限 |", "|---|---|---|---|"]
        for row in self.transitions:
            sources = "、".join(self.states[source] for source in row.sources)
            verb = f"{row.title} `{row.verb}`" if row.title else f"`{row.verb}`"
            permission = f"`{row.permission}`" if row.permission else ""
            lines.append(f"| {verb} | {sources} | {self.states[row.target]} | {permission} |")
        return "\n".join(lines) + "\n"

    def mermaid(self) -> str:
        """The flow as a Mermaid state diagram."""
        lines = ["stateDiagram-v2", *(f'    state "{words}" as {state}' for state, words in self.states.items())]
        lines.append(f"    [*] --> {self.first}")
        for row in self.transitions:
            lines.extend(f"    {source} --> {row.target}: {row.title or row.verb}" for source in row.sources)
        lines.extend(f"    {state} --> [*]" for state in self.states if state in self.ends)
        return "\n".join(lines) + "\n"

    def _words(self, verb: str) -> str:
        return next((row.title for row in self.transitions if row.verb == verb and row.title), verb)

    def _reached_from(self, starts: Iterable[str]) -> set[str]:
        reached, waiting = set[str](), list(starts)
        while waiting:
            state = waiting.pop()
            if state not in reached:
                reached.add(state)
                waiting.extend(row.target for row in self.transitions if state in row.sources)
        return reached
