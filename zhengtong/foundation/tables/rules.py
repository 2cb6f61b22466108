"""What an address says about a table, and the refusals. Unknown parameters are left out, never an error."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from zhengtong.foundation.refusals import N_, Refused

LONGEST_TEXT = 120
LONGEST_NAME = 30
# All views, where a default view would otherwise open.
NO_VIEW = "all"


class ViewNameMissing(Refused):
    """Refused: a view without a name."""

    code = "view_name_missing"
    status = 422
    message = N_("请给这个视图起个名字，30 个字以内。")


class ViewNameTaken(Refused):
    """Refused: I have a view of this name already."""

    code = "view_name_taken"
    status = 422
    message = N_("您已经有一个叫「{name}」的视图。")
    remedy = N_("请换一个名字，或者先删除原来的视图。")


class ViewNotShareable(Refused):
    """Refused: whoever has no post has nobody to share with."""

    code = "view_not_shareable"
    status = 422
    message = N_("您没有岗位，不能与本单位共享视图。")


class ExportsWaiting(Refused):
    """Refused: enough is on its way already."""

    code = "exports_waiting"
    message = N_("您已有 {count} 份导出正在进行。")
    remedy = N_("请等它们完成，或者取消其中一份再试。")


class ExportNotReady(Refused):
    """Refused: there is no file, not yet or no longer."""

    code = "export_not_ready"
    message = N_("这份导出没有可以下载的文件：还没有做完，或者已经取消、到期删除。")
    remedy = N_("需要的话请从列表重新导出。")


class NothingChosen(Refused):
    """Refused: an action on no row."""

    code = "nothing_chosen"
    status = 422
    message = N_("还没有勾选任何一行。")
    remedy = N_("请先在列表里勾选，再选择要做的事。")


class TooManyChosen(Refused):
    """Refused: more rows than one page can show."""

    code = "too_many_chosen"
    status = 422
    message = N_("一次最多处理 {most} 行。")


@dataclass(frozen=True)
class Known:
    """What a table understands: filters with their values (None: any text), columns to sort by, columns to show."""

    filters: Mapping[str, Collection[str] | None]
    sorts: Collection[str]
    columns: Sequence[str]
    fixed: Collection[str] = ()


@dataclass(frozen=True)
class Asked:
    """An address, understood. `columns` are none where the address does not name any."""

    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = ""
    columns: tuple[str, ...] = ()
    view: str = ""

    def get(self, name: str) -> str:
        """The value of a filter; empty where it is not used."""
        return self.filters.get(name, "")

    def query(self, **changes: str) -> str:
        """The same as a query string, always in the same order; `changes` are filters, `sort` or `view`."""
        view = changes.pop("view", self.view)
        sort = changes.pop("sort", self.sort)
        pairs = sorted({**self.filters, **changes}.items())
        pairs += [("sort", sort), ("columns", ",".join(self.columns)), ("view", view)]
        return urlencode([(name, value) for name, value in pairs if value])


def plain(text: str, longest: int = LONGEST_TEXT) -> str:
    """What somebody sent, without what no text has and not longer than it may be."""
    return text.replace("\x00", "").strip()[:longest]


def read(sent: Mapping[str, str], known: Known) -> Asked:
    """What of the parameters a table understands."""
    filters = {}
    for name, values in known.filters.items():
        value = plain(sent.get(name, ""))
        if value and (values is None or value in values):
            filters[name] = value
    sort = sent.get("sort", "")
    return Asked(
        filters=filters,
        sort=sort if sort.removeprefix("-") in known.sorts else "",
        columns=columns_of(sent.get("columns", "").split(","), known),
        view=plain(sent.get("view", ""), 40),
    )


def read_query(query: str, known: Known) -> Asked:
    """The same of a stored query string."""
    return read(dict(parse_qsl(query)), known)


def columns_of(named: Collection[str], known: Known) -> tuple[str, ...]:
    """Those that exist, in the table's order, with those that always show; none where none was named."""
    if not set(named) & set(known.columns):
        return ()
    return tuple(key for key in known.columns if key in named or key in known.fixed)


def clean_name(name: str) -> str:
    """A view's name on one line. Refused: empty, too long."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise ViewNameMissing
    return name
