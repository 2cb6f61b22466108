"""Fills the questions who stands behind a login and how a code reaches him; sentences of the trail."""

from uuid import UUID

from zhengtong.engines.notices import actions as notices
from zhengtong.engines.notices.rules import Fact, Happening, happenings
from zhengtong.foundation import clock
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.accounts.queries import subject_of
from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.codes import uuid7
from zhengtong.foundation.links.actions import call
from zhengtong.foundation.links.identity import identity_service
from zhengtong.foundation.links.ports import Port, ports, simulators
from zhengtong.foundation.outbox.jobs import job
from zhengtong.foundation.params import queries as params
from zhengtong.foundation.refusals import N_

from . import actions
from .queries import contacts_of, identity_check, send_code, subject_of_account

subject_of.fill(subject_of_account)

TELLER = system_actor("help-teller", "notices.make")
HELP_CODE = "subjects.help_code"
happenings.add(
    HELP_CODE,
    Happening(
        HELP_CODE, N_("代办验证码"), {"code": Fact(N_("验证码"), "381204"), "minutes": Fact(N_("几分钟内有效"), "10")}
    ),
)  # fmt: skip


def tell_code(subject_id: UUID, code: str) -> None:
    """The code by which somebody agrees to be helped, to his own telephone."""
    (who,) = contacts_of([subject_id])[subject_id]
    notices.make_messages(
        [
            notices.Telling(
                happening=HELP_CODE, key=str(uuid7()), at=clock.now(),
                people=(notices.Addressee(who.id, who.name, phone=who.phone, has_account=who.has_account),),
                facts={"code": code, "minutes": str(params.integer("subjects.code_minutes"))}, last_day=clock.today(),
            )
        ],
        actor=TELLER,
    )  # fmt: skip


send_code.fill(tell_code)

IDENTITY = "identity-check"
CHECKER = system_actor("identity-checker", "subjects.keep_identity", "links.call")
simulators.add(IDENTITY, identity_service)
ports.add(IDENTITY, Port(IDENTITY, "省统一身份认证平台", "ZHENGTONG_PORT_IDENTITY"))


@job("subjects.check_identity")
def check_identity(check: str) -> None:
    """Have the province compare; asked again, it compares again, and the first answer stays."""
    found = identity_check(UUID(check))
    if found.state != "asked":
        return
    content = {"name": found.subject.name, "id_number": found.subject.id_number}
    told = call(
        IDENTITY, "POST", "/checks", operation="check", about=f"subject:{found.subject_id}",
        content=content | ({"face": found.face} if found.face else {}), actor=CHECKER,
    )  # fmt: skip
    is_match = told.get("match") is True and (found.level == "basic" or told.get("level") == "face")
    actions.keep_identity_check(
        found, is_match="yes" if is_match else "no", serial=str(told.get("serial", "")), actor=CHECKER
    )


sentences.add("subjects.subject.identity_asked", "申请实名核验")
sentences.add("subjects.subject.identity_checked", "实名核验结果")
sentences.add("subjects.subject.registered", "登记主体")
sentences.add("subjects.subject.account_linked", "关联账号")
sentences.add("subjects.subject.contact_changed", "更新联系方式")
sentences.add("subjects.subject.representation_added", "登记代办关系")
sentences.add("subjects.subject.representation_ended", "结束代办关系")
sentences.add("subjects.subject.help_asked", "申请代办")
sentences.add("subjects.subject.help_declined", "不同意代办")
sentences.add("subjects.subject.help_withdrawn", "取消代办申请")
sentences.add("subjects.subject.help_code_wrong", "代办验证码不符")
