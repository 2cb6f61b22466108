"""打印: what stands on paper only, what stays off it, and the code that leads from paper back to the page."""

from .samples import LONG_ITEM, NAME_50, RARE_NAME
from .shape import Component, Example, Group

GROUP = Group(
    slug="print",
    title="打印",
    lead="每一页都能直接打印：导航、按钮、对话框不上纸，颜色变黑白，一行一段不从中间断开。按 Ctrl+P 看看本页。",
    icon="printer",
    components=(
        Component(
            "qr",
            "从纸上回到网页。二维码总是白底黑码，深色显示时也一样。",
            (
                Example("有说明", '{% qr "https://example.org/t/2611220000138" "微信或浏览器扫一扫，不用登录" %}'),
                Example("没有说明", '{% qr "https://example.org/v/1" alt="查验这份证照的二维码" %}'),
                Example("很长的网址", '{% qr url "查验证照" %}', {"url": f"https://example.org/v/{'a1' * 90}"}),
            ),
        ),
        Component(
            "zt-only-print",
            "只印在纸上的话，例如打印人、打印时间、怎样查验。",
            (
                Example(
                    "一行",
                    '<p class="zt-only-print">本页由{{ name }}（{{ rare }}）打印，以网上查到的为准。</p>',
                    {"name": NAME_50, "rare": RARE_NAME},
                    note="屏幕上看不见，打印时才有。",
                ),
            ),
            "style",
        ),
        Component(
            "zt-no-print",
            "不必印的内容。按钮、页签、翻页、搜索框已经如此，不用再标。",
            (Example("一段", '<p class="zt-no-print">这段话只在屏幕上。</p>'),),
            "style",
        ),
        Component(
            "zt-card",
            "一张卡片放一件事。打印时不从中间断开。",
            (
                Example(
                    "收件凭证",
                    '<section class="zt-card"><p class="zt-card-title"><strong>收件凭证</strong></p>'
                    '{% summary %}{% row "事项" %}{{ item }}{% endrow %}{% row "申请人" %}{{ name }}{% endrow %}'
                    '{% row "收件编号" %}<span class="zt-number">2611220000138</span>{% endrow %}'
                    "{% endsummary %}</section>",
                    {"item": LONG_ITEM, "name": RARE_NAME},
                ),
            ),
            "style",
        ),
    ),
)
