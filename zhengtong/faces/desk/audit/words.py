"""Leaves in sentences: what the thing is, who acted, what was said; no personal data in plain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.audit.sentences import sentence
from zhengtong.foundation.refusals import N_
from zhengtong.topics.cases import queries as cases

NOUNS = {
    "account": N_("账号"), "role": N_("角色"), "case": N_("办件"), "credential": N_("证照"),
    "credentialtype": N_("证照类型"), "calendaryear": N_("放假安排"), "day": N_("日结"), "delivery": N_("结果送达"),
    "piece": N_("原件或案卷"), "slip": N_("交接单"), "division": N_("区划"), "organisation": N_("机构"),
    "post": N_("岗位"), "file": N_("文件"), "element": N_("数据元"), "item": N_("事项"), "synonym": N_("同义词"),
    "storedmaterial": N_("存放的材料"), "message": N_("消息"), "preference": N_("提醒设置"), "template": N_("消息模板"),
    "application": N_("资料包执行"), "parameter": N_("参数"), "bill": N_("缴款通知"), "fiscalreceipt": N_("财政票据"),
    "payment": N_("收款"), "refund": N_("退款"), "statement": N_("对账单"), "rating": N_("评价"),
    "ratinginvitation": N_("评价邀请"), "subject": N_("主体"), "appointment": N_("预约"), "windowgroup": N_("窗口组"),
}  # fmt: skip
# What leaves say of themselves, by the names that most of them use; another name stands for itself.
PARTS = {
    "number": N_("编号"), "item": N_("事项"), "version": N_("版本"), "channel": N_("渠道"), "kind": N_("类别"),
    "state": N_("状态"), "status": N_("状态"), "before": N_("原来"), "after": N_("后来"), "post": N_("岗位"),
    "valid_from": N_("从"), "valid_to": N_("到"), "pack": N_("资料包"), "parts": N_("改了"), "locked": N_("锁定"),
    "happening": N_("为了"), "template": N_("模板"),
    "file": N_("文件"), "order": N_("订单"), "amount": N_("金额（分）"), "size": N_("大小"),
    "outcome": N_("结果"), "what": N_("内容"), "permissions": N_("权限"), "digest": N_("摘要"), "source": N_("来源"),
    "elsewhere": N_("上级系统"), "area": N_("区划"), "owner": N_("归属"), "rows": N_("行数"), "format": N_("格式"),
}  # fmt: skip
SYSTEM, SUBJECT, NOBODY = "system:", "subject:", "anonymous"
LONGEST, DIGEST = 80, 16


@dataclass(frozen=True)
class Told:
    """One leaf as it is shown."""

    leaf: Any
    sentence: str
    noun: str
    thing: str
    who: str
    who_key: str
    data: list[tuple[str, str]]

    @property
    def is_name(self) -> bool:
        """Whether a person or a system is named, not described."""
        return self.who_key.startswith("account:")


def told(leaves: Sequence[Any]) -> list[Told]:
    """A page of leaves, its names looked up at once."""
    who = accounts.labels_of(_keys(leaves))
    ids = [found for leaf in leaves if (found := _uuid_of(leaf.stream, "case"))]
    numbers = cases.numbers_of(ids) if ids else {}
    return [
        Told(
            leaf, _(sentence(leaf.verb)), noun_of(leaf.stream), _thing(leaf.stream, numbers, who),
            _actor(leaf.actor, who), leaf.actor, _data(leaf.data),
        )
        for leaf in leaves
    ]  # fmt: skip


def noun_of(stream: str) -> str:
    """What kind of thing a stream is of."""
    noun = stream.partition(":")[0]
    return _(NOUNS[noun]) if noun in NOUNS else noun


def thing_of(stream: str) -> str:
    """How the thing of one stream is called."""
    found = _uuid_of(stream, "case")
    return _thing(stream, cases.numbers_of([found]) if found else {}, accounts.labels_of([stream]))


def _keys(leaves: Iterable[Any]) -> set[str]:
    return {key for leaf in leaves for key in (leaf.actor, leaf.stream) if key.startswith("account:")}


def _uuid_of(stream: str, noun: str) -> UUID | None:
    if not stream.startswith(f"{noun}:"):
        return None
    try:
        return UUID(stream.partition(":")[2])
    except ValueError:
        return None


def _thing(stream: str, numbers: dict[str, str], who: dict[str, str]) -> str:
    name = stream.partition(":")[2]
    return numbers.get(name) or who.get(stream) or name


def _actor(key: str, who: dict[str, str]) -> str:
    if key.startswith(SYSTEM):
        return _("系统（{name}）").format(name=key.removeprefix(SYSTEM))
    if key.startswith(SUBJECT):
        return _("申请人本人")
    return _("还没有登录的人") if key == NOBODY else who.get(key, key)


def _data(data: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (_(PARTS[name]) if name in PARTS else name, _short(value)[: DIGEST if name == "digest" else LONGEST + 1])
        for name, value in data.items()
        if value not in ("", None, [], {})
    ]


def _short(value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
