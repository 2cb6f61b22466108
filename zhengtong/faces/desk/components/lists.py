"""表格与清单: rows of one kind, pairs, tasks, files, the life of a case."""

from zhengtong.foundation.ui import Task, TimelineStep, Upload

from .samples import (
    DUE,
    ITEM_300,
    LISTING,
    LISTING_FILTERED,
    LISTING_NONE,
    LISTING_TOLD,
    LONG_ADDRESS,
    LONGEST_ROWS,
    NAME_50,
    NOON,
    RARE_NAME,
    REFUSED_TIMELINE,
    ROWS,
    TASKS,
    TIMELINE,
    TODAY,
    UPLOADS,
)
from .shape import Component, Example, Group

CASES = """{% table caption=caption name=name %}
<thead><tr><th scope="col" class="zt-cell-pick"><span class="visually-hidden">选择</span></th>\
{% column "办件编号" sort="number" %}{% column "事项" %}{% column "申请人" %}{% column "状态" %}\
{% column "期限" sort="due" %}{% column "费用" kind="number" %}</tr></thead>
<tbody>{% for row in rows %}<tr data-key-row>
  <td class="zt-cell-pick"><input class="form-check-input" type="checkbox" name="case" value="{{ row.number }}" \
aria-label="选择 {{ row.number }}"></td>
  <td data-label="办件编号" class="zt-cell-tight"><span class="zt-number">{{ row.number }}</span></td>
  <td data-label="事项" class="zt-cell-main"><a href="#table" data-key-open>{{ row.item }}</a></td>
  <td data-label="申请人">{{ row.who }}</td>
  <td data-label="状态">{% tag row.tag.0 row.tag.1 row.tag.2 %}</td>
  <td data-label="期限">{% deadline_light due row.left %}</td>
  <td data-label="费用" class="zt-cell-number">{{ 1234.5|money }}</td>
</tr>{% endfor %}</tbody>
{% endtable %}"""
WIDE = """{% table caption="十栏的宽表" cards=False scroll=True %}
<thead><tr>{% for n in "abcdefghij" %}{% column "所在村居" %}{% endfor %}</tr></thead>
<tbody><tr>{% for n in "abcdefghij" %}<td class="zt-nowrap">沙湾街道荔枝园社区</td>{% endfor %}</tr></tbody>
{% endtable %}"""
NOTHING = """{% table caption="没有一行的表" %}
<thead><tr>{% column "办件编号" %}{% column "事项" %}</tr></thead>
<tbody><tr><td colspan="2">{% empty_state "没有符合条件的办件" "换一个词，或者去掉一个条件。" icon="search" %}\
</td></tr></tbody>
{% endtable %}"""
LONGEST_TIMELINE = [
    TimelineStep("网上提交", at=NOON, who=NAME_50),
    TimelineStep(ITEM_300, "current", due=DUE, where=LONG_ADDRESS, who=RARE_NAME, next=ITEM_300),
]
LONGEST_TASKS = [
    Task(ITEM_300, "#task_list", "fault", hint=LONG_ADDRESS),
    Task(f"{NAME_50}的身份证明", "#task_list", "done", hint=RARE_NAME),
]
ALL_DONE = [Task("经营者信息", "#task_list", "done"), Task("上传材料", "#task_list", "done")]
LONGEST_UPLOADS = [Upload(f"{ITEM_300}.pdf", 5_368_709_120, "clean", "#upload_list", remove_path=".")]

GROUP = Group(
    slug="lists",
    title="表格与清单",
    lead="许多同类的东西。手机上表格的每一行变成一张卡片。",
    icon="table",
    components=(
        Component(
            "table",
            "许多办件、事项、人员。行要能用 j、k、Enter、x 操作时，外面套 data-keys-list。",
            (
                Example(
                    "几行",
                    f"<div data-keys-list>{CASES}</div>",
                    {"caption": "待我办的事", "name": "table-rows", "rows": ROWS, "due": TODAY},
                ),
                Example(
                    "最长的名字",
                    CASES,
                    {
                        "caption": "三百字的事项、五十字的姓名、生僻字",
                        "name": "table-longest",
                        "rows": LONGEST_ROWS,
                        "due": DUE,
                    },
                ),
                Example("一行也没有", NOTHING),
                Example("栏太多：在框里左右滚动", WIDE),
            ),
        ),
        Component(
            "listing",
            "一张声明过的表：筛选、视图、列、导出、批量办理、旁边预览。怎样声明，见 docs/how-to/make-a-table.md。",
            (
                Example(
                    "几行，旁边开着预览",
                    "{% listing sample %}",
                    {"sample": LISTING},
                    told={},
                    note="j、k 换行，x 勾选，p 预览，Enter 打开。窄屏上没有预览，每行是一张卡片。",
                ),
                Example("批量办过之后，名字最长", "{% listing sample %}", {"sample": LISTING_TOLD}, told={}),
                Example("一件也没有", "{% listing sample %}", {"sample": LISTING_NONE}, told={}),
                Example("筛选后没有", "{% listing sample %}", {"sample": LISTING_FILTERED}, told={}),
            ),
        ),
        Component(
            "column",
            "表头的一栏。给了 sort 就能按它排序，再按一次倒过来；次序写在网址里，可以发给别人。",
            (
                Example(
                    "不能排序、能排序、数字靠右",
                    '{% table caption="三种表头" %}<thead><tr>{% column "事项" %}{% column "期限" sort="due" %}'
                    '{% column "费用" kind="number" %}</tr></thead><tbody><tr><td data-label="事项">高龄津贴</td>'
                    '<td data-label="期限">{% when due "day" %}</td><td data-label="费用" class="zt-cell-number">'
                    "{{ 0|money }}</td></tr></tbody>{% endtable %}",
                    {"due": DUE},
                    note="按一下“期限”看它变。手机上表头收起，栏名写在每一格前面（data-label）。",
                ),
            ),
        ),
        Component(
            "pager",
            "超过一页的清单下面。不数到底：过千写 1000+。",
            (
                Example("中间一页", '{% pager previous="a" next="c" shown=20 total=1001 label="翻页：中间" %}'),
                Example("第一页", '{% pager next="b" shown=20 total=57 label="翻页：第一页" %}'),
                Example("只有一页", '{% pager shown=3 label="翻页：只有一页" %}'),
            ),
        ),
        Component(
            "summary",
            "一件东西的各个方面，一行一对。提交前核对、办件页、证照页都用它。里面放 row。",
            (
                Example(
                    "能改的",
                    '{% summary %}{% row "经营者名称" change="#summary" %}小满餐饮店{% endrow %}'
                    '{% row "经营场所" change="#summary" note="来自营业执照" %}{{ address }}{% endrow %}'
                    '{% row "联系电话" change="#summary" %}{{ "13800138000"|mask_phone }}{% endrow %}{% endsummary %}',
                    {"address": LONG_ADDRESS},
                ),
                Example(
                    "最长的",
                    '{% summary %}{% row "申请人" change="#summary" %}{{ name }}{% endrow %}'
                    '{% row "法定代表人" %}{{ rare }}{% endrow %}'
                    '{% row "事项" %}{{ item }}{% endrow %}{% endsummary %}',
                    {"name": NAME_50, "rare": RARE_NAME, "item": ITEM_300},
                ),
            ),
        ),
        Component(
            "row",
            "summary 里的一对。没有内容时自己画一道横线，不留空白。",
            (
                Example(
                    "空着、带说明",
                    '{% summary %}{% row "传真" %}{% endrow %}'
                    '{% row "统一社会信用代码" note="已与登记机关核对" %}'
                    '<span class="zt-number">91350100M000100Y43</span>{% endrow %}{% endsummary %}',
                ),
            ),
        ),
        Component(
            "task_list",
            "几件事可以不按顺序做，都做完才能往下走。每件都写明状态，上面写完成了几件。",
            (
                Example("五种状态", "{% task_list tasks %}", {"tasks": TASKS}),
                Example("都做完了", '{% task_list tasks label="做完的事项" %}', {"tasks": ALL_DONE}),
                Example("最长的", '{% task_list tasks label="名字很长的事项" %}', {"tasks": LONGEST_TASKS}),
            ),
        ),
        Component(
            "timeline",
            "一件事从头到尾：到了哪里、谁在办、什么时候前、接下来做什么。",
            (
                Example("正在办", "{% timeline steps %}", {"steps": TIMELINE}),
                Example("没有批准", '{% timeline steps label="没有批准的进度" %}', {"steps": REFUSED_TIMELINE}),
                Example("最长的", '{% timeline steps label="名字很长的进度" %}', {"steps": LONGEST_TIMELINE}),
            ),
        ),
        Component(
            "upload_list",
            "已经传上来的文件和它们的检查结果。没有收下的，写明为什么、怎么办。",
            (
                Example("四种状态", "{% upload_list uploads %}", {"uploads": UPLOADS}),
                Example("最长的文件名", '{% upload_list uploads name="long-uploads" %}', {"uploads": LONGEST_UPLOADS}),
            ),
        ),
    ),
)
