"""Each component with its arguments: what it says, to eyes and to screen readers, and that it trusts no text."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from html import unescape
from typing import Any

import pytest
from django.template import RequestContext, Template, TemplateSyntaxError
from django.test import RequestFactory

from tests.foundation.ui import sample
from zhengtong.foundation import clock
from zhengtong.foundation.ui import Crumb, Tab, Task, TimelineStep, Upload

Draw = Callable[..., str]
EVIL = "<evil onclick='x'>&"


@pytest.fixture(autouse=True)
def _sample() -> Iterator[None]:
    with sample.registered(), clock.at(sample.NOON):
        yield


@pytest.fixture
def draw() -> Draw:
    def drawn(source: str, path: str = "/", **context: Any) -> str:
        request = RequestFactory().get(path)
        return Template("{% load ui %}" + source).render(RequestContext(request, context)).strip()

    return drawn


def words(html: str) -> str:
    """What a person reads."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def test_icon(draw: Draw) -> None:
    assert 'aria-hidden="true"' in draw('{% icon "home" %}')
    assert "icons.svg#home" in draw('{% icon "home" %}')
    assert 'role="img" aria-label="完成"' in draw('{% icon "check" "完成" %}')
    with pytest.raises(TemplateSyntaxError, match=r"icons\.py"):
        draw('{% icon "no-such-icon" %}')


def test_tag_has_icon_and_word(draw: Draw) -> None:
    html = draw("{% tag word 'warning' 'clock' %}", word=EVIL)
    assert "tone-warning" in html and "#clock" in html and "<evil" not in html


def test_status_tag_is_declared(draw: Draw) -> None:
    assert words(draw("{% status_tag 'sample.accepted' %}")) == "已受理"
    with pytest.raises(KeyError, match=r"no 'sample\.unknown'"):
        draw("{% status_tag 'sample.unknown' %}")


def test_when(draw: Draw) -> None:
    html = draw("{% when moment %}", moment=sample.NOON)
    assert html == '<time datetime="2026-11-22T14:03:00+08:00">11月22日 周日 14:03</time>'
    assert draw("{% when moment 'full_day' %}", moment=date(2026, 1, 2)).endswith(">2026年1月2日</time>")
    assert draw("{% when moment %}", moment=None) == ""


@pytest.mark.parametrize(
    ("arguments", "tone", "said"),
    [
        ("due 3", "success", "还剩 3 个工作日 11月26日 周四"),
        ("due 1 state='yellow'", "warning", "还剩 1 个工作日 11月26日 周四"),
        ("due 0", "warning", "今天到期 11月26日 周四"),
        ("due -2", "danger", "已超期 2 个工作日 11月26日 周四"),
        ("due 15 'calendar_day' is_provisional=True", "success", "还剩 15 天 11月26日 周四 （暂定）"),
        ("None state='paused'", "neutral", "计时暂停"),
        ("None state='red'", "danger", "已超期"),
        ("due state='done'", "neutral", "已办结 11月26日 周四"),
    ],
)
def test_deadline_light(draw: Draw, arguments: str, tone: str, said: str) -> None:
    html = draw(f"{{% deadline_light {arguments} %}}", due=date(2026, 11, 26))
    assert f"tone-{tone}" in html
    assert words(html) == said


def test_copy_button_is_hidden_until_it_works(draw: Draw) -> None:
    html = draw("{% copy_button text %}", text=EVIL)
    assert " hidden>" in html and "<evil" not in html


def test_qr_is_drawn_in_the_page(draw: Draw) -> None:
    html = draw("{% qr 'https://example.org/t/1' '扫码看进度' %}")
    assert 'src="data:image/svg+xml' in html and 'alt="扫码看进度"' in html


def test_page_header(draw: Draw) -> None:
    html = draw("{% page_header title lead='说明' status='sample.accepted' %}<a>去</a>{% endpage_header %}", title=EVIL)
    assert html.count("<h1>") == 1 and "<evil" not in html and "<a>去</a>" in html
    assert "zt-buttons" not in draw("{% page_header '标题' %} {% endpage_header %}")


def test_breadcrumb(draw: Draw) -> None:
    by_words = draw("{% breadcrumb '首页' '/' '我的办件' %}")
    by_list = draw("{% breadcrumb crumbs %}", crumbs=[Crumb("首页", "/"), Crumb("我的办件")])
    assert by_words == by_list
    assert by_words.count("<a ") == 1 and 'aria-current="page">我的办件' in by_words


def test_tabs(draw: Draw) -> None:
    html = draw("{% tabs items target='#list' %}", items=[Tab("待办", "?a", True, 1001), Tab("全部", "?b")])
    assert html.count('aria-current="page"') == 1 and "1000+" in html
    assert 'hx-target="#list"' in html and 'href="?b"' in html


def test_steps(draw: Draw) -> None:
    html = draw("{% steps labels 2 %}", labels=["填写", "材料", "提交"])
    assert html.count('aria-current="step"') == 1
    assert "第 2 步，共 3 步： 材料" in words(html)


def test_pager_keeps_the_query_and_turns_by_cursor(draw: Draw) -> None:
    html = draw("{% pager next='n1' shown=20 total=1001 %}", path="/cases/?state=x&cursor=old")
    assert 'href="/cases/?state=x&amp;cursor=n1"' in html and "上一页" not in html
    assert words(html) == "共 1000+ 条，本页 20 条 下一页"
    assert "zt-pager-turns" not in draw("{% pager shown=3 %}")


@pytest.mark.parametrize(
    "source",
    [
        "{% breadcrumb '首页' '/' '高龄津贴' label=name %}",
        "{% steps labels 1 label=name %}",
        "{% pager shown=3 label=name %}",
        "{% search_box '/items/' label=name %}",
    ],
)
def test_two_of_them_on_a_page_have_names_of_their_own(draw: Draw, source: str) -> None:
    assert 'aria-label="另一处"' in draw(source, labels=["填写"], name="另一处")
    assert 'aria-label=""' not in draw(source, labels=["填写"], name="")


def test_notice(draw: Draw) -> None:
    html = draw("{% notice 'danger' title live='alert' %}<p>请重试</p>{% endnotice %}", title=EVIL)
    assert 'role="alert"' in html and "tone-danger" in html and "<p>请重试</p>" in html and "<evil" not in html


def test_empty_state(draw: Draw) -> None:
    assert "<a " not in draw("{% empty_state '还没有办件' %}")
    assert 'href="/items/">去办事' in draw("{% empty_state '还没有办件' action='去办事' path='/items/' %}")


def test_summary(draw: Draw) -> None:
    html = draw(
        "{% summary %}{% row label change='/x/' note='来自营业执照' %}{{ value }}{% endrow %}"
        "{% row '传真' %}{% endrow %}{% endsummary %}",
        label="名称",
        value=EVIL,
    )
    assert "<evil" not in html and html.count("<dt>") == 2
    assert "—" in html and '修改<span class="visually-hidden">名称</span>' in html


def test_task_list_counts(draw: Draw) -> None:
    tasks = [Task("一", "/1/", "done"), Task("二", "/2/", "fault"), Task("三", "/3/", "blocked")]
    html = draw("{% task_list tasks %}", tasks=tasks)
    assert words(html).startswith("1 / 3 已完成")
    assert 'href="/2/"' in html and 'href="/3/"' not in html
    assert all(word in html for word in ("已完成", "需要修改", "暂不能开始"))


def test_timeline_says_where_who_by_when_and_what_next(draw: Draw) -> None:
    html = draw("{% timeline steps %}", steps=sample.TIMELINE)
    said = words(html)
    assert html.count('aria-current="step"') == 1
    for part in ("综合窗口 3 号", "周敏", "11月26日 周四 前", "下一步", "12月1日 周二 前 （暂定）"):
        assert part.replace(" ", "") in said.replace(" ", "")
    assert "未通过" in draw("{% timeline steps %}", steps=[TimelineStep("不予许可", "refused")])


def test_table(draw: Draw) -> None:
    html = draw("{% table caption='待办' %}<tbody></tbody>{% endtable %}")
    assert "<caption>待办</caption>" in html and "zt-table-cards" in html
    scrolled = draw("{% table caption='宽表' cards=False scroll=True %}{% endtable %}")
    assert 'role="region" tabindex="0" aria-label="宽表"' in scrolled and "zt-table-cards" not in scrolled


@pytest.mark.parametrize(
    ("path", "order", "next_sort"),
    [("/x/?q=1&cursor=c", None, "due"), ("/x/?sort=due", "ascending", "-due"), ("/x/?sort=-due", "descending", "due")],
)
def test_column_turns_the_order_round(draw: Draw, path: str, order: str | None, next_sort: str) -> None:
    html = draw("{% column '期限' sort='due' %}", path=path)
    assert f"sort={next_sort}" in html and "cursor" not in html
    assert (f'aria-sort="{order}"' in html) if order else ("aria-sort" not in html)
    assert "<a" not in draw("{% column '期限' %}")


def test_dialog_opens_as_a_link_target_too(draw: Draw) -> None:
    opener = draw("{% opens 'withdraw' '撤回' %}")
    assert 'href="#withdraw"' in opener and 'role="button"' in opener
    assert 'id="withdraw" aria-labelledby="withdraw-title"' in draw("{% dialog 'withdraw' '撤回' %}？{% enddialog %}")


def test_confirm_posts_once(draw: Draw) -> None:
    html = draw("{% confirm 'withdraw' '撤回' '确定吗？' '/x/' %}<p>说明</p>{% endconfirm %}")
    assert 'method="post" action="/x/"' in html and "<p>说明</p>" in html
    assert re.search(r'name="csrfmiddlewaretoken" value="\w{64}"', html)
    assert re.search(r'name="idempotency_key" value="[0-9a-f-]{36}"', html)


def test_once_key(draw: Draw) -> None:
    assert re.fullmatch(r'<input type="hidden" name="idempotency_key" value="[0-9a-f-]{36}">', draw("{% once_key %}"))


def test_error_summary_takes_the_focus_and_leads_to_the_fields(draw: Draw) -> None:
    html = draw("{% error_summary errors %}", errors={"area": "请填写面积", "phone": ["太短", EVIL], "": "总的问题"})
    assert 'role="alert"' in html and "autofocus" in html and "有 4 处需要修改" in html
    assert '<a href="#phone">太短</a>' in html and "<evil" not in html and "<li>总的问题</li>" in html
    assert draw("{% error_summary errors %}", errors={}) == ""


def test_inline_error(draw: Draw) -> None:
    assert 'id="area-error"' in draw("{% inline_error '请填写面积' 'area' %}")
    assert draw("{% inline_error None 'area' %}") == ""


def test_upload_list(draw: Draw) -> None:
    html = draw("{% upload_list uploads %}", uploads=[*sample.UPLOADS, Upload(EVIL)])
    assert all(word in html for word in ("已上传", "正在检查", "未收下", "正在上传", "2.3 MB", "宏"))
    assert 'value="62"' in html and "<evil" not in html
    assert 'method="post" action="."' in html


def test_rating_is_five_radio_buttons_with_words(draw: Draw) -> None:
    html = draw("{% rating_input value='2' %}")
    assert html.count('type="radio"') == 5 and html.count(" checked") == 1
    assert words(html) == "您对这次服务满意吗？ 非常满意 满意 基本满意 不满意 非常不满意"
    assert re.search(r'value="2" checked', html)
    assert 'aria-describedby="level-error"' in draw("{% rating_input error='请选一项' %}")


def test_search_box_is_a_plain_form(draw: Draw) -> None:
    html = draw("{% search_box '/items/' value=words suggest='/s/' %}", words=EVIL)
    assert 'method="get" action="/items/"' in html and "<evil" not in html and 'data-suggest="/s/"' in html
    assert "data-key-search" in draw("{% search_box '/desk/cases/' quick=True %}")


def test_autosave_indicator(draw: Draw) -> None:
    assert words(draw("{% autosave_indicator at %}", at=datetime(2026, 11, 22, 10, 32, tzinfo=clock.CHINA))) == (
        "已保存 10:32"
    )
    assert words(draw("{% autosave_indicator %}")) == "填写时自动保存"


def test_masks(draw: Draw) -> None:
    assert draw("{{ '李晓岚'|mask_name }} {{ '13812345678'|mask_phone }}") == "李** 138****5678"
    assert draw("{{ '449906199003070017'|mask_id }}") == "449906********0017"


def test_division_name(draw: Draw, db: None) -> None:
    assert draw("{{ '449906001000'|division_name }}|{{ ''|division_name }}") == "449906001000|"
