"""表单: whole sections as the form engine draws them, and the parts that stand around them."""

from typing import Any

from zhengtong.engines.forms.rules import compile_form

from .samples import ERRORS, ITEM_300, LONG_ADDRESS, NAME_50, NOON, RARE_NAME
from .shape import Component, Example, Group


def _every_widget(mark: str) -> list[dict[str, Any]]:
    """One field of each kind; the mark keeps the ids of several forms on one page apart."""
    kinds = ["热食类食品制售", "冷食类食品制售（需要专用操作间）", ITEM_300]
    grouped = [
        {"value": "a", "label": "荔枝园社区", "group": "沙湾街道"},
        {"value": "b", "label": NAME_50, "group": "石楼镇"},
    ]
    return [
        {"key": f"{mark}_name", "title": "经营者姓名", "required": True, "help": "照身份证填写，间隔号用“·”",
         "autocomplete": "name"},
        {"key": f"{mark}_id", "title": "身份证号码", "widget": "id_number", "required": True},
        {"key": f"{mark}_code", "title": "统一社会信用代码", "widget": "credit_code"},
        {"key": f"{mark}_phone", "title": "手机号码", "widget": "phone", "required": True, "autocomplete": "tel"},
        {"key": f"{mark}_area", "title": "经营面积", "widget": "number", "unit": "平方米", "required": True,
         "help": "按房产证或租赁合同填写"},
        {"key": f"{mark}_money", "title": "投入资金", "widget": "money"},
        {"key": f"{mark}_day", "title": "计划开业日期", "widget": "date"},
        {"key": f"{mark}_place", "title": "所在村居", "widget": "division_picker", "required": True},
        {"key": f"{mark}_type", "title": "主体业态", "widget": "select", "options": grouped},
        {"key": f"{mark}_size", "title": "规模", "widget": "radio", "options": ["小型", "中型", "大型"],
         "required": True},
        {"key": f"{mark}_kinds", "title": "经营项目", "widget": "checkboxes", "options": kinds, "required": True},
        {"key": f"{mark}_net", "title": "是否从事网络经营", "widget": "yes_no", "required": True},
        {"key": f"{mark}_note", "title": "其他需要说明的情况", "widget": "textarea"},
    ]  # fmt: skip


STAFF = {
    "key": "staff", "title": "从业人员", "repeat": {"min": 1, "max": 3},
    "fields": [
        {"key": "name", "title": "姓名", "required": True},
        {"key": "health_until", "title": "健康证有效期至", "widget": "date", "required": True},
    ],
}  # fmt: skip
DEFINITION: dict[str, Any] = {
    "sections": [
        {"key": "blank", "title": "空白", "fields": _every_widget("blank")},
        {"key": "given", "title": "填好的", "fields": _every_widget("given")},
        {"key": "wrong", "title": "要改的", "fields": _every_widget("wrong")},
        {"key": "people", "title": "从业人员", "fields": [STAFF]},
    ]
}
FORM = compile_form(DEFINITION, {})
GIVEN: dict[str, Any] = {
    "given_name": NAME_50, "given_id": "11010519491231002X", "given_code": "91350100M000100Y43",
    "given_phone": "13800138000", "given_area": 85.5, "given_money": 1234567.5, "given_day": "2026-12-01",
    "given_place": "a", "given_type": "b", "given_size": "中型", "given_kinds": ["热食类食品制售", ITEM_300],
    "given_net": False, "given_note": f"{LONG_ADDRESS}\n{RARE_NAME}",
}  # fmt: skip
MARKS = {"given_name": "实名信息", "given_code": "营业执照", "given_area": "上一次申请"}
BAD: dict[str, Any] = {"wrong_phone": "1380013800", "wrong_area": "八十五", "wrong_id": "110105194912310021"}
WRONG = FORM.validate_section("wrong", BAD).errors
STAFFED: dict[str, Any] = {"staff": [{"name": NAME_50, "health_until": "2027-01-01"}, {"name": RARE_NAME}]}
STAFF_WRONG = FORM.validate_section("people", STAFFED).errors
PLACES = {"division_picker": [("a", "荔枝园社区", "沙湾街道"), ("b", "大岭村", "石楼镇")]}
SHOWN = {"definition": {"sections": [{"key": "people", "title": "从业人员", "fields": [STAFF]}]}}

GROUP = Group(
    slug="forms",
    title="表单",
    lead="问人要信息。一格一问，问法、说明、错误都连在那一格上；没有 JavaScript 也能填。",
    icon="writing-sign",
    components=(
        Component(
            "form_error_summary",
            "按表单定义填的表没有收下时，放在最上面；条目里的错误会说是第几条。一页只能有一个。",
            (
                Example(
                    "条目里的错误",
                    "{% form_error_summary errors sections %}",
                    {"errors": STAFF_WRONG, "sections": FORM.sections},
                    told={"errors": STAFF_WRONG},
                    note="打开本页时焦点就在这里；按一下跳到那一格。",
                ),
            ),
        ),
        Component(
            "address_picker",
            "问地址：先选村（社区），再写路名和门牌。名单按街道和镇分组，没有 JavaScript 也能选。",
            (
                Example(
                    "空着",
                    '<form>{% address_picker places name="blank-address" legend="经营场所" %}</form>',
                    {"places": PLACES["division_picker"]},
                ),
                Example(
                    "填好了，最长的",
                    '<form>{% address_picker places "given-address" "b" place legend=title required=False %}</form>',
                    {"places": PLACES["division_picker"], "place": LONG_ADDRESS, "title": "送达地址"},
                ),
                Example(
                    "没有收下",
                    '<form>{% address_picker places "wrong-address" errors=errors legend="现住址" %}</form>',
                    {
                        "places": PLACES["division_picker"],
                        "errors": {"wrong-address-division": "请选择村（社区）", "wrong-address-place": ["请写明门牌"]},
                    },
                ),
            ),
        ),
        Component(
            "form_section",
            "按定义画出一节表。<form>、令牌和按钮归页面。已知的信息先替人填好，并写明来处（marks）。",
            (
                Example(
                    "每种格子，空着",
                    "<form>{% form_section section answers choices=choices %}</form>",
                    {"section": FORM.section("blank"), "answers": {}, "choices": PLACES},
                    told={},
                ),
                Example(
                    "填好了，带来处，最长的名字",
                    "<form>{% form_section section answers marks=marks choices=choices %}</form>",
                    {"section": FORM.section("given"), "answers": GIVEN, "choices": PLACES, "marks": MARKS},
                    told={"answers": GIVEN, "marks": MARKS},
                ),
                Example(
                    "没有收下",
                    "<form>{% form_section section answers errors choices=choices %}</form>",
                    {"section": FORM.section("wrong"), "answers": BAD, "errors": WRONG, "choices": PLACES},
                    told={"answers": BAD, "errors": WRONG},
                ),
                Example(
                    "一组可以加几条；因为别的回答才出现",
                    '<form method="post">{% csrf_token %}\n'
                    "{% form_section section answers errors revealed=revealed %}</form>",
                    {
                        "section": FORM.section("people"),
                        "answers": STAFFED,
                        "errors": STAFF_WRONG,
                        "revealed": ("staff",),
                    },
                    told={**SHOWN, "answers": STAFFED},
                ),
            ),
        ),
        Component(
            "form_answers",
            "填好的表用文字写出来：提交前核对、审查时阅读、打印申请表。",
            (
                Example(
                    "能改的，最长的名字",
                    "{% form_answers display urls=urls heading=3 %}",
                    {
                        "display": FORM.display(GIVEN, names={"a": "荔枝园社区"})[1:2],
                        "urls": {"given": "#form_answers"},
                    },
                    told={},
                ),
                Example(
                    "空着的、成条的",
                    "{% form_answers display heading=3 %}",
                    {"display": [section for section in FORM.display(STAFFED) if section.key == "people"]},
                    told={},
                ),
            ),
        ),
        Component(
            "inline_error",
            "手写的一格没有收下的原因，放在标题和格子之间；格子用 aria-describedby 指着它。",
            (
                Example(
                    "一格",
                    '<div class="zt-field is-invalid"><label class="zt-label" for="area">经营面积</label>'
                    '<p class="zt-hint" id="area-hint">按房产证或租赁合同填写</p>{% inline_error errors.area "area" %}'
                    '<div class="input-group zt-w-12"><input class="form-control is-invalid" id="area" name="area" '
                    'inputmode="decimal" aria-describedby="area-hint area-error" aria-invalid="true">'
                    '<span class="input-group-text">平方米</span></div></div>',
                    {"errors": ERRORS},
                ),
                Example("很长的", '{% inline_error item "long" %}', {"item": f"“{ITEM_300}”不在您的经营范围里。"}),
                Example("没有错误", '{% inline_error None "none" %}', note="什么也不显示。"),
            ),
        ),
        Component(
            "zt-field",
            "手写的一格：标题、说明、格子。标题必有；选填的在标题后写明，必填的不写。",
            (
                Example(
                    "选填",
                    '<div class="zt-field"><label class="zt-label" for="fax">传真 '
                    '<span class="zt-optional">（选填）</span></label>\n'
                    '<input class="form-control zt-w-12" id="fax"></div>',
                ),
                Example(
                    "不能改",
                    '<div class="zt-field"><label class="zt-label" for="holder">经营者姓名</label>'
                    '<input class="form-control" id="holder" value="{{ name }}" readonly>'
                    '<p class="zt-source">{% icon "id" %}来自营业执照</p></div>',
                    {"name": NAME_50},
                ),
                Example(
                    "停用",
                    '<div class="zt-field"><label class="zt-label" for="off">所在村居</label>'
                    '<select class="form-select zt-w-12" id="off" disabled><option>先选街道</option></select></div>',
                    note="尽量不用：不能填的格子不如不出现。",
                ),
            ),
            "style",
        ),
        Component(
            "zt-choice",
            "选一个或几个，整行都能按。",
            (
                Example(
                    "单选",
                    '<fieldset class="zt-fieldset"><legend class="zt-legend">领取方式</legend><div class="zt-choices">'
                    '<div class="zt-choice">'
                    '<input class="form-check-input" type="radio" name="by" id="by-post" checked>'
                    '<label for="by-post">邮寄<span class="zt-choice-hint">寄到{{ address }}</span></label></div>'
                    '<div class="zt-choice"><input class="form-check-input" type="radio" name="by" id="by-hand">'
                    '<label for="by-hand">窗口自取</label></div></div></fieldset>',
                    {"address": LONG_ADDRESS},
                ),
                Example(
                    "多选，有一项不能选",
                    '<fieldset class="zt-fieldset"><legend class="zt-legend">带来的材料</legend>\n'
                    '<div class="zt-choices"><div class="zt-choice">'
                    '<input class="form-check-input" type="checkbox" id="paper-1" checked>'
                    '<label for="paper-1">身份证</label></div><div class="zt-choice">'
                    '<input class="form-check-input" type="checkbox" id="paper-2" disabled>'
                    '<label for="paper-2">营业执照<span class="zt-choice-hint">系统里已有，不用带</span></label></div>'
                    "</div></fieldset>",
                ),
            ),
            "style",
        ),
        Component(
            "upload_progress",
            "上传到了几成。放在发送文件的表单里，或者套着 data-upload 的那一块里。",
            (
                Example(
                    "还没开始传",
                    '<div data-upload><label class="zt-label" for="file">再传一份</label>'
                    '<input class="form-control" type="file" id="file">{% upload_progress %}</div>',
                    note="进度条传的时候才出现；已经传上来的文件用 upload_list（表格与清单）。",
                ),
            ),
        ),
        Component(
            "autosave_indicator",
            "放在会自动保存的表单里，告诉人存好了没有。表单写 data-autosave 和 data-version。",
            (
                Example("还没填", "{% autosave_indicator %}"),
                Example("存好了", "{% autosave_indicator noon %}", {"noon": NOON}),
                Example(
                    "没存上",
                    '<output class="zt-autosave" data-state="failed">{% icon "cloud-off" %}'
                    "<span>未能保存，请检查网络</span></output>",
                    note="由脚本换成这个样子；别处先存过时写“另一处已经改过这份草稿”。",
                ),
            ),
        ),
        Component(
            "rating_input",
            "办完以后请人评一评。五级都有文字，1 最好。",
            (
                Example("还没选", "<form>{% rating_input %}</form>"),
                Example(
                    "选了，自己的问法",
                    '<form>{% rating_input "again" value=2 legend=name %}</form>',
                    {"name": f"{NAME_50}，您对窗口的服务满意吗？"},
                ),
                Example("没选就提交", '<form>{% rating_input "missing" error="请选一项" %}</form>'),
            ),
        ),
        Component(
            "signature_pad",
            "请人签字：手写在屏上，或者口头确认、在打印件上签。页面自己引入 ui/signature.css 和 ui/signature.js。",
            (
                Example(
                    "还没签",
                    '<form>{% signature_pad "sign-new" %}</form>',
                    note="没有 JavaScript 时只有口头确认一种；图片随表单送出，服务器存成文件、记下摘要。",
                ),
                Example(
                    "最长的名字，口头确认",
                    '<form>{% signature_pad "sign-spoken" signer=name way="spoken" %}</form>',
                    {"name": NAME_50},
                ),
                Example(
                    "没签就提交",
                    '<form>{% signature_pad "sign-wrong" errors=errors %}</form>',
                    {"errors": {"sign-wrong": "请签字", "sign-wrong-signer": "请填写签字人的姓名"}},
                ),
            ),
        ),
        Component(
            "once_key",
            "每个会改东西的表单里都要有。网络不好按了两次，也只算一次。",
            (
                Example(
                    "看不见的一格", '<form method="post">{% csrf_token %}{% once_key %}</form>', note="什么也看不见。"
                ),
            ),
        ),
        Component(
            "translated",
            "把规则给出的一句话换成读者的语言，数字和名称填回句子里。",
            (Example("一句", "{{ message|translated }}", {"message": WRONG["wrong_phone"][0]}, told={}),),
            "filter",
        ),
    ),
)
