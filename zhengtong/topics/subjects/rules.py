"""What identifies a subject, and when somebody may help him."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from zhengtong.foundation.codes import credit_code, resident_id
from zhengtong.foundation.refusals import N_, Refused


class IdentityInvalid(Refused):
    """Refused: the number cannot be a number of its kind."""

    code = "identity_invalid"
    status = 422
    message = N_("证件号码不正确，请对照证件核对。")


class IdentityTaken(Refused):
    """Refused: this identity already has a login."""

    code = "identity_taken"
    message = N_("该证件号码已经注册过账号。")
    remedy = N_("请直接登录；如不是您本人注册，请拨打 12345。")


class NameDiffers(Refused):
    """Refused: the number is known under another name."""

    code = "name_differs"
    status = 422
    message = N_("姓名（名称）与该证件号码的登记不一致。")
    remedy = N_("请核对姓名和证件号码；确需更正的，请到大厅办理。")


class EntityRepresented(Refused):
    """Refused: somebody stands for this entity already; he, or a hall, lets others in."""

    code = "entity_represented"
    message = N_("「{entity}」已经有人登记为法定代表人或授权经办人，不能自行关联。")
    remedy = N_("请由该单位的法定代表人带身份证件到政务服务大厅窗口，当场把您登记为授权经办人。")


def normal_number(number: str) -> str:
    """Without blanks, letters large."""
    return "".join(number.split()).upper()


def check_identity(*, kind: str, id_type: str, id_number: str) -> None:
    """Refused unless the number passes the check of its type."""
    if id_type == "resident_id":
        valid = kind == "person" and resident_id.is_valid_resident_id(id_number)
    elif id_type == "credit_code":
        valid = kind == "entity" and credit_code.is_valid_credit_code(id_number)
    else:
        valid = 5 <= len(id_number) <= 40
    if not valid:
        raise IdentityInvalid(fields={"id_number": [IdentityInvalid.message]})


# Whoever stands for a subject by several rights acts by the strongest; a helper is the least of them.
RIGHTS = ("self", "legal_representative", "handler", "guardian", "helper")
HELPER = "helper"


class HelpForOneself(Refused):
    """Refused: nobody needs leave to act for himself."""

    code = "help_for_oneself"
    status = 422
    message = N_("这是您自己的证件号码。替自己办事不用登记。")


class HelpTooLong(Refused):
    """Refused: the last day lies in the past, or later than consent may reach."""

    code = "help_too_long"
    status = 422
    message = N_("代办的截止日期请选在今天到 {longest} 之间，到期后本人可以再同意。")


class HelpForTooMany(Refused):
    """Refused: somebody who helps so many is no longer a relative or friend."""

    code = "help_for_too_many"
    message = N_("一个人最多同时帮 {most} 个人代办。")
    remedy = N_("请先结束不再需要的代办；或者请老人到窗口，由工作人员帮着办。")


class HelpGranted(Refused):
    """Refused: he may act for this person already."""

    code = "help_granted"
    message = N_("您已经可以替{name}办事，不用再申请。")


class HelpAsked(Refused):
    """Refused: a request to this person is waiting."""

    code = "help_asked"
    message = N_("您已经向{name}提出过代办请求，正在等本人同意。")
    remedy = N_("可以在“我的账号”里查看或者取消，再重新提出。")


class HelpNotWaiting(Refused):
    """Refused: the request has been answered, withdrawn, or lies too long."""

    code = "help_not_waiting"
    message = N_("这个代办请求已经处理过，或者已经过期。")
    remedy = N_("需要的话，请重新提出一次。")


class HelpPaperMissing(Refused):
    """Refused: a signed paper was chosen as consent, and none was given."""

    code = "help_paper_missing"
    status = 422
    message = N_("请上传本人签名的委托书。")


class HelpPhoneUnknown(Refused):
    """Refused: a code goes only to the telephone that the person himself gave us."""

    code = "help_phone_unknown"
    status = 422
    message = N_("这个号码和本人在我们这里登记的不一致，不能用验证码。")
    remedy = N_("请改用“本人账号确认”或“签名的委托书”。")


class HelpCodeWrong(Refused):
    """Refused: not the code, too old, or tried too often."""

    code = "help_code_wrong"
    status = 422
    message = N_("验证码不对，或者已经过期。")
    remedy = N_("请核对短信；试错太多次的，取消后重新提出。")


class HelpEnded(Refused):
    """Refused: consent has run out or was taken back."""

    code = "help_ended"
    status = 403
    message = N_("您现在不能替{name}办事了：代办已经结束，或者到期了。")
    remedy = N_("需要继续的，请在“我的账号”里重新提出，由本人再同意一次。")


def strongest(rights: Iterable[str]) -> str:
    """The right that counts of several."""
    return min(rights, key=RIGHTS.index)


def check_help_period(last: date, *, today: date, longest: int) -> None:
    """Refused unless the last day lies between today and as far as consent may reach."""
    most = today + timedelta(days=longest)
    if not today <= last <= most:
        raise HelpTooLong(longest=most.isoformat(), fields={"valid_to": [HelpTooLong.message]})


def check_help_waits(*, state: str, open_until: datetime, now: datetime) -> None:
    """Refused unless the request waits for an answer."""
    if state != "asked" or now > open_until:
        raise HelpNotWaiting


# From nothing to the surest; an item says which it needs of whoever files.
IDENTITY_LEVELS = ("none", "basic", "face")


class NotIdentifiable(Refused):
    """Refused: only a person with a resident's card can be compared online."""

    code = "not_identifiable"
    status = 422
    message = N_("网上实名核验只能用居民身份证，其他证件请到大厅窗口核验。")


class TriedTooOften(Refused):
    """Refused: enough for one day."""

    code = "identity_tried_too_often"
    status = 429
    message = N_("今天已经核验了 {most} 次，请明天再试。")
    remedy = N_("急着办的，可以带身份证到大厅窗口办理。")


def check_identifiable(kind: str, id_type: str) -> None:
    """Refused unless a person known by his resident's card."""
    if kind != "person" or id_type != "resident_id":
        raise NotIdentifiable


def check_tries(count: int, *, most: int) -> None:
    """Refused after so many within a day."""
    if count >= most:
        raise TriedTooOften(most=most)


def known_level(level: str) -> str:
    """The level, if there is one such to be checked. Refused otherwise."""
    if level not in IDENTITY_LEVELS[1:]:
        raise NotIdentifiable
    return level


def is_enough(have: str, needed: str) -> bool:
    """Whether one level is as sure as another."""
    return IDENTITY_LEVELS.index(have) >= IDENTITY_LEVELS.index(needed)
