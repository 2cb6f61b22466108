"""提示与结论: what went wrong, what was done, what is empty, what is asked before it is done."""

from .samples import ERRORS, ITEM_300, NAME_50
from .shape import Component, Example, Group

LONGEST_ERRORS = {**ERRORS, "": f"“{ITEM_300}”暂时不能网上提交，请到窗口办理。"}

GROUP = Group(
    slug="notices",
    title="提示与结论",
    lead="告诉人发生了什么、要做什么。话说完整，不吓人，不推责。",
    icon="info-circle",
    components=(
        Component(
            "error_summary",
            "表单没有收下时，放在表单上面。它会抢占焦点，每一行都能跳到那一格。一页只能有一个。",
            (
                Example(
                    "几处要改，最长的一句",
                    "{% error_summary errors %}",
                    {"errors": LONGEST_ERRORS},
                    note="打开本页时焦点就在这里。",
                ),
                Example("没有要改的", "{% error_summary errors %}", {"errors": {}}, note="什么也不显示。"),
            ),
        ),
        Component(
            "notice",
            "页面里的一段提醒。页面打开以后才出现的，用 live 让读屏软件念出来。",
            (
                Example(
                    "说明",
                    '{% notice "info" "窗口也能办" %}<p>带上身份证到任何一个政务服务大厅，工作人员会帮您填。</p>'
                    "{% endnotice %}",
                ),
                Example("办成了", '{% notice "success" %}<p>提交成功，不用再来。</p>{% endnotice %}'),
                Example(
                    "要您做一件事",
                    '{% notice "warning" "还差一份材料" %}'
                    '<p>请在 11月26日 前补上<a href="#notice">经营场所布局图</a>。</p>'
                    "{% endnotice %}",
                ),
                Example("没办成", '{% notice "danger" "没有保存" %}<p>请检查网络后再试。</p>{% endnotice %}'),
                Example("不带感情", '{% notice "neutral" %}<p>这份草稿三十天后自动删除。</p>{% endnotice %}'),
                Example(
                    "最长的",
                    '{% notice "info" title live="status" %}<p>{{ item }}</p>{% endnotice %}',
                    {"title": f"{NAME_50}提交了新的申请", "item": ITEM_300},
                ),
            ),
        ),
        Component(
            "empty_state",
            "这里暂时什么也没有。说清楚为什么，给一条路。",
            (
                Example(
                    "有路可走",
                    '{% empty_state "还没有办件" "提交申请以后，在这里看进度、补材料、领结果。" icon="clipboard-list" '
                    'action="去办事" path="#empty_state" %}',
                ),
                Example(
                    "好消息", '{% empty_state "今天的事都办完了" "新来的办件会出现在这里。" icon="circle-check" %}'
                ),
                Example("只有一句", '{% empty_state "没有符合条件的事项" %}'),
                Example("最长的", "{% empty_state title item %}", {"title": f"没有找到“{NAME_50}”", "item": ITEM_300}),
            ),
        ),
        Component(
            "confirm",
            "按下去收不回来的事，先问一句。里面写清后果，可以带要填的格；没有 JavaScript 也能用。",
            (
                Example(
                    "收不回来的",
                    '{% confirm "withdraw" "撤回申请" "确定撤回这份申请吗？" "." %}'
                    "<p>撤回后不再办理，已填的内容会留在草稿里，可以改好再提交。</p>{% endconfirm %}",
                ),
                Example(
                    "要写理由的",
                    '{% confirm "decide" "作出决定" "确定准予许可吗？" "." kind="primary" %}<div class="zt-field">'
                    '<label class="zt-label" for="confirm-reason">理由和依据</label>'
                    '<textarea class="form-control" id="confirm-reason" name="reason"></textarea></div>'
                    "{% endconfirm %}",
                    note="这里按了不会发生任何事，只回到本页。",
                ),
            ),
        ),
        Component(
            "dialog",
            "说明、选择这类不离开当前页的小事。大事用单独的页面。",
            (
                Example(
                    "按钮和对话框",
                    '{% opens "explain" "什么是一次告知" %}{% dialog "explain" "什么是一次告知" %}'
                    "<p>材料不齐的，当场一次讲清要补的全部内容，不分几次说。</p>{% enddialog %}",
                ),
                Example(
                    "最长的",
                    '{% opens "long-dialog" "看事项全称" %}'
                    '{% dialog "long-dialog" item %}<p>{{ name }}</p>{% enddialog %}',
                    {"item": ITEM_300, "name": NAME_50},
                ),
            ),
        ),
        Component(
            "opens",
            "打开对话框的按钮。没有 JavaScript 时它是跳到对话框的链接。",
            (
                Example(
                    "三种样子",
                    '<div class="zt-row">{% opens "explain" "次要" %}{% opens "explain" "主要" "primary" %}'
                    '{% opens "explain" "带图标" "secondary" "help-circle" %}</div>',
                ),
            ),
        ),
    ),
)
