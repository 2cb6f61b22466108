"""导航: heads of pages, ways back, views, steps, search, buttons."""

from zhengtong.foundation.ui import Crumb, Tab

from .samples import ITEM_300, LONG_OFFICE, NAME_50, STEPS, TABS
from .shape import Component, Example, Group

MENU = """{% menu_links "desk" as links %}<ul class="zt-side-group">{% for link in links %}<li>
<a class="zt-side-link" href="{{ link.entry.path }}"{% if link.current %} aria-current="page"{% endif %}>\
{% icon link.entry.icon %}{% translate link.entry.label %}\
{% if link.count %}<span class="zt-count">{{ link.count|capped }}</span>{% endif %}</a>
</li>{% endfor %}</ul>"""
LONG_STEPS = ["选择最符合您实际情况的办理情形", "填写经营者和经营场所信息", "核对并提交"]
LONG_TABS = [Tab(NAME_50, "?v=1#tabs", True, 1001), Tab("上级系统办理中", "?v=2#tabs", count=0)]

GROUP = Group(
    slug="navigation",
    title="导航",
    lead="我在哪里、能去哪里、下一步按什么。",
    icon="map-pin",
    components=(
        Component(
            "page_header",
            "每一页的题目，只有一个。下面一句话说这页能做什么，右边放最主要的一两个按钮。",
            (
                Example(
                    "齐全的",
                    '{% page_header "食品经营许可（新办）" lead="小满餐饮店 · 办件编号 2611220000138" kicker=office %}'
                    '<a class="btn btn-secondary" href="#page_header">{% icon "printer" %}打印回执</a>'
                    "{% endpage_header %}",
                    {"office": LONG_OFFICE},
                ),
                Example("只有题目", '{% page_header "待办" %}{% endpage_header %}'),
                Example(
                    "最长的",
                    "{% page_header item lead=name %}{% endpage_header %}",
                    {"item": ITEM_300, "name": NAME_50},
                ),
            ),
        ),
        Component(
            "breadcrumb",
            "从首页到这里的路，页面深到第三层才用。",
            (
                Example(
                    "三层",
                    '{% breadcrumb "首页" "#breadcrumb" "我的办件" "#breadcrumb" "高龄津贴" label="当前位置：三层" %}',
                ),
                Example(
                    "最长的",
                    '{% breadcrumb crumbs label="当前位置：最长" %}',
                    {"crumbs": [Crumb("首页", "#breadcrumb"), Crumb(ITEM_300, "#breadcrumb"), Crumb(NAME_50)]},
                ),
            ),
        ),
        Component(
            "tabs",
            "同一样东西的几种看法，各有网址。不是用来分步骤的。",
            (
                Example("三种看法", '{% tabs items label="办件的看法" %}', {"items": TABS}),
                Example("名字很长", '{% tabs items label="名字很长的看法" %}', {"items": LONG_TABS}),
            ),
        ),
        Component(
            "steps",
            "必须按次序走的几步。手机和长辈版上只说“第几步”。",
            (
                Example("走到中间", '{% steps labels 2 label="步骤：中间" %}', {"labels": STEPS}),
                Example("第一步", '{% steps labels 1 label="步骤：第一步" %}', {"labels": STEPS}),
                Example("名字很长", '{% steps labels 3 label="步骤：名字很长" %}', {"labels": LONG_STEPS}),
            ),
        ),
        Component(
            "search_box",
            "按词找东西。给了 suggest，输入时出现建议；quick 是工作台顶上那个，按 / 就到。",
            (
                Example(
                    "一般的",
                    '{% search_box "#search_box" placeholder="事项名称、代码" label="找事项" ident="search-plain" %}',
                ),
                Example(
                    "大的，带着找过的词",
                    '{% search_box "#search_box" value=name label="找办件" size="lg" ident="search-large" %}',
                    {"name": NAME_50},
                ),
            ),
        ),
        Component(
            "buttons",
            "一排按钮，最要紧的在最前。手机和长辈版上一个占一行。",
            (
                Example(
                    "各种轻重",
                    '{% buttons %}<button class="btn btn-primary">主要</button>'
                    '<button class="btn btn-secondary">次要</button>'
                    '<button class="btn btn-danger">收不回来</button>'
                    '<button class="btn btn-outline-danger">收不回来，先问一句</button>'
                    '<a class="btn btn-quiet" href="#buttons">不抢眼</a>{% endbuttons %}',
                ),
                Example(
                    "不能按",
                    '{% buttons %}<button class="btn btn-primary" disabled>主要</button>'
                    '<button class="btn btn-secondary" disabled>次要</button>{% endbuttons %}',
                    note="尽量不用：让人按了再说明为什么不行，比灰着强。",
                ),
                Example(
                    "大小",
                    '{% buttons %}<button class="btn btn-primary btn-lg">大</button>'
                    '<button class="btn btn-primary">一般</button><button class="btn btn-primary btn-sm">小</button>'
                    "{% endbuttons %}",
                ),
            ),
        ),
        Component(
            "menu_links",
            "某一端的导航，只列这个人能用的。由外框使用，页面一般不用。",
            (Example("您自己的", MENU),),
        ),
        Component(
            "my_posts",
            "登录的人今天在哪些岗位上，一行。由外框使用。",
            (Example("您自己的", "{% my_posts %}", note="没有岗位的人，什么也不显示。"),),
        ),
        Component(
            "zt-tile",
            "能整块按下去的入口，多个排成格子。",
            (
                Example(
                    "一般的和最长的",
                    '<div class="zt-grid"><a class="zt-tile" href="#zt-tile"><span class="zt-tile-icon">'
                    '{% icon "building-store" %}</span><span><span class="zt-tile-title">开办餐饮店</span>'
                    '<span class="zt-tile-text">一张表，五个部门一起办</span></span></a>'
                    '<a class="zt-tile" href="#zt-tile"><span class="zt-tile-icon">{% icon "user" %}</span><span>'
                    '<span class="zt-tile-title">{{ name }}</span></span></a></div>',
                    {"name": NAME_50},
                ),
            ),
            "style",
        ),
        Component(
            "zt-details",
            "多数人不用看的内容，按一下展开。",
            (
                Example(
                    "合着", '<details class="zt-details"><summary>可以请人代办吗？</summary><p>可以。</p></details>'
                ),
                Example(
                    "展开",
                    '<details class="zt-details" open><summary>{{ item }}</summary>'
                    "<p>代办人带双方身份证和委托书。</p></details>",
                    {"item": ITEM_300},
                ),
            ),
            "style",
        ),
    ),
)
