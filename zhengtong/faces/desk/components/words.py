"""文字与标记: icons, tags, moments, amounts, masked values."""

from decimal import Decimal

from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.ui import Tone, tones
from zhengtong.foundation.ui.icons import ICONS

from .samples import DUE, NAME_50, NOON, RARE_NAME
from .shape import Component, Example, Group


def _division() -> str:
    """The code of some division served here."""
    found = directory.divisions().first()
    return found.code if found else ""


def _statuses() -> list[str]:
    """Every status that a topic has declared."""
    return sorted(code for code, _status in tones.items())


GROUP = Group(
    slug="words",
    title="文字与标记",
    lead="一个词怎样写、怎样标。颜色只重复文字和图标已经说过的话。",
    icon="language",
    is_small=True,
    components=(
        Component(
            "icon",
            "字旁边的图标。图标旁已有文字时不加说明，单独站着时必须有。",
            (
                Example("有文字作伴", '{% icon "home" %} 首页'),
                Example("单独站着，读屏软件会念", '{% icon "check" "已完成" %}'),
                Example("放大", '{% icon "certificate" "电子证照" "zt-icon-lg" %}'),
                Example(
                    "全部图标",
                    '<ul class="components-icons">{% for name in icons %}<li>{% icon name %}'
                    "<code>{{ name }}</code></li>{% endfor %}</ul>",
                    {"icons": ICONS},
                    told={},
                    note="要添新图标，写进 foundation/ui/icons.py 的名单，再重做图标文件。",
                ),
            ),
        ),
        Component(
            "tag",
            "给一样东西标上类别或特点，二到八个字。办件等有状态的东西用 status_tag。",
            (
                Example(
                    "六种色调",
                    '<div class="zt-row">{% for tone in all %}{% tag tone tone "circle-dot" %}{% endfor %}</div>',
                    {"all": [tone.value for tone in Tone]},
                ),
                Example("默认", '{% tag "即办件" %}'),
                Example("再长也不出框", '{% tag name "info" "user" %}', {"name": NAME_50}),
                Example("生僻字", '{% tag name "neutral" "user" %}', {"name": RARE_NAME}),
            ),
        ),
        Component(
            "status_tag",
            "某个主题声明过的状态。文字、色调、图标只在声明处定一次（ui.tones）。",
            (
                Example(
                    "已声明的全部状态",
                    '<div class="zt-row">{% for code in statuses %}{% status_tag code %}{% endfor %}</div>',
                    {"statuses": _statuses},
                    told={},
                ),
            ),
        ),
        Component(
            "deadline_light",
            "离期限还有多久。列表和办件页凡有期限的地方都用它，圆点、文字、日期一起出现。",
            (
                Example("按期", "{% deadline_light due 3 %}", {"due": DUE}),
                Example("快到期（规则说黄灯）", '{% deadline_light due 1 state="yellow" %}', {"due": DUE}),
                Example("今天到期", "{% deadline_light due 0 %}", {"due": DUE}),
                Example("超期", "{% deadline_light due -2 %}", {"due": DUE}),
                Example("按日历日", '{% deadline_light due 15 "calendar_day" %}', {"due": DUE}),
                Example(
                    "放假安排还没公布，日期暂定", "{% deadline_light due 1001 is_provisional=True %}", {"due": DUE}
                ),
                Example("暂停计时", '{% deadline_light None state="paused" %}'),
                Example("已办结", '{% deadline_light due state="done" %}', {"due": DUE}),
                Example("没有天数，只知道超期", '{% deadline_light None state="red" %}'),
            ),
        ),
        Component(
            "when",
            "页面上的每一个时间。机器读到的是标准写法，人读到的是中文。",
            (
                Example("日期和时刻", "{% when noon %}", {"noon": NOON}),
                Example("日期", '{% when noon "day" %}', {"noon": NOON}),
                Example("完整日期", '{% when noon "full_day" %}', {"noon": NOON}),
                Example("时刻", '{% when noon "hour" %}', {"noon": NOON}),
                Example("没有", "{% when None %}", note="什么也不显示。"),
            ),
        ),
        Component(
            "copy_button",
            "编号、查询码旁边的复制按钮。没有 JavaScript 时不出现。",
            (
                Example("编号", '<span class="zt-number">2611220000138</span> {% copy_button "2611220000138" %}'),
                Example("自己的说法", '{% copy_button "JY21234567890123" "复制证号" %}'),
            ),
        ),
        Component(
            "moment",
            "只要文字、不要 <time> 时的日期和时刻，例如在一句话里。",
            (Example("有", "{{ noon|moment }}", {"noon": NOON}), Example("没有", "{{ None|moment }}", note="空白。")),
            "filter",
        ),
        Component(
            "day", "带星期的日期；不是今年的带年份。", (Example("有", "{{ noon|day }}", {"noon": NOON}),), "filter"
        ),
        Component("full_day", "文书上的日期。", (Example("有", "{{ noon|full_day }}", {"noon": NOON}),), "filter"),
        Component("hour", "时刻。", (Example("有", "{{ noon|hour }}", {"noon": NOON}),), "filter"),
        Component(
            "file_size",
            "文件的大小。",
            (
                Example("小", "{{ 96000|file_size }}"),
                Example("大", "{{ 2411724|file_size }}"),
                Example("很大", "{{ 5368709120|file_size }}"),
            ),
            "filter",
        ),
        Component(
            "money",
            "金额，两位小数、千位分节。",
            (
                Example("有", "{{ amount|money }}", {"amount": Decimal("1234567.5")}),
                Example("零", "{{ 0|money }}"),
                Example("没有", "{{ None|money }}", note="空白，不是零。"),
            ),
            "filter",
        ),
        Component(
            "capped",
            "给人看的条数。过千不再细数。",
            (Example("千以内", "{{ 23|capped }}"), Example("过千", "{{ 1001|capped }}")),
            "filter",
        ),
        Component(
            "mask_name",
            "不必让看的人知道全名时的姓名。",
            (
                Example("两个字", '{{ "李强"|mask_name }}'),
                Example("五十个字", "{{ name|mask_name }}", {"name": NAME_50}),
                Example("生僻字", "{{ name|mask_name }}", {"name": "𬭚㼆"}),
            ),
            "filter",
        ),
        Component("mask_phone", "手机号码。", (Example("有", '{{ "13800138000"|mask_phone }}'),), "filter"),
        Component("mask_id", "身份证号码。", (Example("有", '{{ "11010519491231002X"|mask_id }}'),), "filter"),
        Component(
            "division_name",
            "行政区划代码对应的名称；查不到时显示代码本身。",
            (
                Example("本区的", "{{ code|division_name }}", {"code": _division}, told={}),
                Example("查不到", '{{ "000000000000"|division_name }}'),
                Example("没有", '{{ ""|division_name }}', note="空白。"),
            ),
            "filter",
        ),
    ),
)
