"""Pack section: roles. Sentences of the trail."""

from collections.abc import Collection, Mapping

from django.db.models import Q

from zhengtong.foundation.audit.sentences import sentences
from zhengtong.foundation.wiring.sections import Section, Stored, sections

from . import actions
from .models import Role


def _roles(keys: Collection[str], owners: Collection[str]) -> Mapping[str, Stored]:
    rows = Role.objects.filter(Q(pk__in=keys) | Q(owner__in=owners))
    return {
        row.code: Stored(
            {"code": row.code, "name": row.name, "permissions": row.permissions}, row.owner, row.ended_at is not None
        )
        for row in rows
    }


sections.add(
    "roles",
    Section(
        name="roles",
        title="角色",
        schema={
            "type": "object",
            "required": ["code", "name", "permissions"],
            "additionalProperties": False,
            "properties": {
                "code": {"type": "string", "minLength": 2, "maxLength": 40},
                "name": {"type": "string", "minLength": 1, "maxLength": 40},
                "permissions": {"type": "array", "items": {"type": "string", "pattern": r"^[a-z_]+\.[a-z_]+$"}},
            },
        },
        current=_roles,
        create=actions.write_role,
        update=actions.write_role,
        end=actions.end_role,
    ),
)

sentences.add("accounts.account.registered", "开通账号")
sentences.add("accounts.account.signed_in", "登录")
sentences.add("accounts.account.signed_out", "退出登录")
sentences.add("accounts.account.sign_in_failed", "登录失败")
sentences.add("accounts.account.password_changed", "修改密码")
sentences.add("accounts.account.phone_changed", "更换手机号")
sentences.add("accounts.account.exported", "导出清单")
sentences.add("accounts.account.post_assigned", "安排岗位")
sentences.add("accounts.account.post_ended", "结束任职")
sentences.add("accounts.account.closed", "停用账号")
sentences.add("accounts.account.reopened", "启用账号")
sentences.add("accounts.account.unlocked", "解除锁定")
sentences.add("accounts.account.password_given", "重置为初始密码")
sentences.add("accounts.role.written", "设置角色权限")
sentences.add("accounts.role.ended", "停用角色")
