"""From an empty database to a living district; all or nothing, so that a killed start can simply start again."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from zhengtong.foundation.access import system_actor
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.outbox.relay import relay
from zhengtong.foundation.packs import actions as packs

from .casting import Cast
from .keeping import keep
from .playing import player
from .reading import Scene, read
from .telling import tell_the_past
from .visiting import visit

PACKS = ("national", "demo")
SINCE = date(2026, 1, 1)
STAGE = system_actor("demo", "packs.apply", "accounts.manage", "cases.submit_for_visitor")


def prepare(say: Callable[[str], None] = print) -> None:
    """Apply the packs; where nobody has an account yet, bring in the cast and play the past month."""
    apply_packs()
    if accounts.has_accounts():
        return
    scene = read()
    say("正在布置示范区：账号、人物和过去一个月的办件……")
    with transaction.atomic():
        cast = bring_in(scene)
        players = player(cast, scene)
        count = players.play(say)
        visits = visit(cast, scene.visits)
    tell_the_past()
    relay()  # invitations to rate are opened by what has happened
    with transaction.atomic():
        rated = players.rate()
        players.move_papers()
        keep(cast, scene.cast["keeping"])
    say(f"已就绪：{len(cast.accounts)} 个账号，{count} 件办件，{rated} 条评价，{visits} 个大厅预约。")


def apply_packs() -> None:
    """Both packs; a second time changes nothing."""
    for name in PACKS:
        packs.apply(name, actor=STAGE)


@transaction.atomic
def bring_in(scene: Scene) -> Cast:
    """Everybody of the scene: accounts with posts, persons and firms, who may act for whom."""
    cast = Cast(STAGE)
    for entry in (*scene.cast["subjects"], *scene.activity["people"], *scene.activity["entities"]):
        cast.register(entry)
    cast.open_accounts(scene.cast)
    for each in scene.cast["representations"]:
        since = date.fromisoformat(each["from"])
        cast.represent(each["subject"], each["person"], each["right"], since, each.get("relation", ""))
    for entry in scene.activity["entities"]:
        cast.represent(entry["key"], entry["representative"], "legal_representative", SINCE)
    for subject, operator in {(e["applicant"], e["operator"]) for e in scene.activity["cases"] if "operator" in e}:
        cast.represent(subject, operator, "helper", SINCE, "relative")
    return cast


def greeting(address: str) -> str:
    """Where it is, who may sign in, what to try."""
    cast = read().cast
    lines = [
        f"政通已启动：{address}　工作台：{address}/desk/",
        f"所有演示账号的密码：{cast['password']}",
        "",
    ]
    for kind, title in (("citizen", "群众和企业"), ("staff", "工作人员"), ("client", "接入系统")):
        lines.append(title)
        lines.extend(
            f"  {entry['login']:<16}{entry['who']}；可以试：{entry['try']}"
            for entry in cast["accounts"]
            if entry["kind"] == kind and "try" in entry
        )
    return "\n".join(lines)
