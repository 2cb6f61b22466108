"""What permissions mean, in sentences a person reads, and where they hold."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhengtong.foundation.access import Actor
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.refusals import N_, NotFound
from zhengtong.topics.items import queries as items

WORDS = {
    "accounts.manage": N_("管理账号：开通、停用、解锁，安排岗位"),
    "audit.view": N_("查看审计记录"),
    "cases.accept": N_("受理办件"),
    "cases.archive": N_("归档办件"),
    "cases.correct": N_("要求申请人补正"),
    "cases.decide": N_("作出准予或者不予的决定"),
    "cases.decline": N_("作出不予受理的决定"),
    "cases.deliver": N_("登记送达"),
    "cases.measure": N_("看办件的统计"),
    "cases.receive": N_("收件"),
    "cases.reveal": N_("查看办件里的完整证件号码和电话，每次留痕"),
    "cases.review": N_("审查办件"),
    "cases.submit": N_("通过接口报送办件"),
    "cases.submit_for_visitor": N_("替来访者收件"),
    "cases.view": N_("查看办件"),
    "credentials.view": N_("查看证照"),
    "deliveries.custody": N_("保管原件和案卷"),
    "deliveries.hand_over": N_("开出和签收交接单"),
    "deliveries.issue": N_("发放结果"),
    "deliveries.reconcile": N_("日结签字"),
    "deliveries.view": N_("查看出件和交接"),
    "directory.manage": N_("更正机构名录，停用岗位"),
    "items.import": N_("导入事项"),
    "items.manage": N_("维护和发布办事指南"),
    "notices.manage": N_("维护消息模板，重发消息"),
    "packs.apply": N_("应用资料包"),
    "payments.collect": N_("窗口收款"),
    "payments.manage": N_("审核减免和退款，与支付平台对账"),
    "payments.view": N_("查看收费"),
    "ratings.view": N_("查看评价"),
    "tasks.oversee": N_("看分管单位的红黄灯"),
    "visits.manage": N_("设置预约时段"),
    "visits.receive": N_("接待预约"),
}


@dataclass(frozen=True)
class May:
    """A place, and what somebody may do there."""

    where: str
    sentences: list[str]


def what_he_may(actor: Actor) -> list[May]:
    """Today's grants in sentences, place by place; a permission nobody has words for stands for itself."""
    by_place: dict[tuple[str | None, str | None, str | None], set[str]] = defaultdict(set)
    for grant in actor.grants:
        by_place[grant.organisation, grant.area, grant.item].add(grant.permission)
    names = directory.organisations({place[0] for place in by_place if place[0]})
    found = []
    for (organisation, area, item), permissions in sorted(by_place.items(), key=lambda pair: str(pair[0])):
        known = names.get(organisation or "")
        place = _("全区") if organisation is None else known.name if known else organisation
        bounds = [_("只限 {name}").format(name=name) for name in (_area(area), _item(item)) if name]
        where = "，".join([place, *bounds])
        found.append(May(where, [_(WORDS.get(each, each)) for each in sorted(permissions, key=_rank)]))
    return found


def _rank(permission: str) -> int:
    order = list(WORDS)
    return order.index(permission) if permission in WORDS else len(order)


def _area(area: str | None) -> str:
    return directory.division_name(area.ljust(12, "0")) if area else ""


def _item(code: str | None) -> str:
    try:
        return str(items.item(code).name) if code else ""
    except NotFound:
        return code or ""
