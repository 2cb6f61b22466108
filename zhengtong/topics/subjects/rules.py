"""What identifies a subject."""

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
