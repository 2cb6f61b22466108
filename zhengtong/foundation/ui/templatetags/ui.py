"""`{% load ui %}`: one tag per component, and the filters for moments, sizes, masked values.

A block tag ends with `{% end… %}`. Every component's template is `templates/ui/<tag>.html`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

import segno
from django import template
from django.core.cache import cache as kept
from django.template.context import RequestContext
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from zhengtong.foundation import clock
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.foundation.codes import name as person_name
from zhengtong.foundation.codes import phone, resident_id
from zhengtong.foundation.directory import queries as directory
from zhengtong.foundation.ui import components, formats, once
from zhengtong.foundation.ui.icons import ICONS
from zhengtong.foundation.ui.lights import light_words
from zhengtong.foundation.ui.menu import Link, links_for
from zhengtong.foundation.ui.templatetags import ui_tables
from zhengtong.foundation.ui.tones import tones

register = template.Library()
register.tags.update(ui_tables.register.tags)
_KNOWN_ICONS = frozenset(ICONS)

for each in ("full_day", "day", "hour", "moment", "file_size", "money", "capped"):
    register.filter(each, getattr(formats, each))
register.filter("mask_name", person_name.mask)
register.filter("mask_phone", phone.mask)
register.filter("mask_id", resident_id.mask)
register.filter("division_name", directory.division_name)


def _render(component: str, **context: Any) -> SafeString:
    return mark_safe(get_template(f"ui/{component}.html").render(context))  # noqa: S308 - our own template


# --- words and marks -------------------------------------------------------------------------------------------------


@register.simple_tag
@cache
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """An icon of the sprite; decoration unless it has a label of its own."""
    if name not in _KNOWN_ICONS:
        raise template.TemplateSyntaxError(f"no icon {name!r}: add it to foundation/ui/icons.py and rebuild the sprite")
    role = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="zt-icon{}" width="20" height="20" {}><use href="{}#{}"></use></svg>',
        f" {css}" if css else "",
        role,
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
@lru_cache(maxsize=4_000)
def tag(text: str, tone: str = "neutral", icon: str = "circle") -> SafeString:
    """A word in its tone, always with an icon."""
    return _render("tag", text=text, tone=tone, icon=icon)


@register.simple_tag
def status_tag(code: str) -> SafeString:
    """The tag of a status declared in `ui.tones`."""
    status = tones.get(code)
    return tag(_(status.label), status.tone, status.icon)


@register.simple_tag
def when(value: date | datetime | None, style: str = "moment") -> str:
    """<time> in Chinese words; style: moment | day | full_day | hour."""
    if value is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), getattr(formats, style)(value))


@register.simple_tag
def deadline_light(
    due: date | datetime | None,
    left: int | None = None,
    unit: str = "working_day",
    state: str = "",
    is_provisional: bool = False,
) -> SafeString:
    """Dot, words and date. state: green | yellow | red (as the rules say) | paused | done; left: days, below 0 over."""
    if not state:
        state = "green" if left is None or left > 0 else "yellow" if left == 0 else "red"
    words = light_words(state, left, is_working=unit == "working_day")
    return _light(state, words, due, is_provisional, get_language(), clock.today().year)


@lru_cache(maxsize=4_000)
def _light(state: str, words: str, due: date | None, is_provisional: bool, language: str, year: int) -> SafeString:
    """A list shows the same few over and over; how a date is written depends on the language and the year."""
    tone = components.LIGHT_TONES[state]
    return _render("deadline_light", state=state, tone=tone, words=words, due=due, is_provisional=is_provisional)


@register.inclusion_tag("ui/copy_button.html")
def copy_button(text: str, label: str = "") -> dict[str, Any]:
    """Copies the text; hidden without JavaScript."""
    return {"text": text, "label": label or _("复制")}


@register.inclusion_tag("ui/qr.html")
def qr(text: str, caption: str = "", alt: str = "") -> dict[str, Any]:
    """A QR code, drawn in the page itself."""
    # Trying all eight masks would take a quarter of the page's time; any of them can be read.
    picture = segno.make(text, error="m", micro=False, mask=0).svg_data_uri(scale=4, border=2, xmldecl=False, nl=False)
    return {"picture": picture, "caption": caption, "alt": alt or caption or _("二维码")}


# --- heads and ways --------------------------------------------------------------------------------------------------


@register.simple_block_tag(end_name="endpage_header")
def page_header(content: str, title: str, lead: str = "", kicker: str = "", status: str = "") -> str:
    """The page's one h1; what stands in the block are its actions."""
    return _render("page_header", content=content.strip(), title=title, lead=lead, kicker=kicker, status=status)


@register.inclusion_tag("ui/breadcrumb.html")
def breadcrumb(*parts: Any, label: str = "") -> dict[str, Any]:
    """Either one list of Crumb, or text, path, text, path, …, text."""
    if len(parts) == 1 and not isinstance(parts[0], str):
        return {"crumbs": parts[0], "label": label}
    pairs = [*parts, ""] if len(parts) % 2 else [*parts]
    crumbs = [components.Crumb(str(pairs[i]), str(pairs[i + 1])) for i in range(0, len(pairs), 2)]
    return {"crumbs": crumbs, "label": label}


@register.inclusion_tag("ui/tabs.html")
def tabs(items: Sequence[components.Tab], label: str = "", target: str = "") -> dict[str, Any]:
    """Views of one thing, each an address; `target` lets htmx swap only that part."""
    return {"items": items, "label": label or _("视图"), "target": target}


@register.inclusion_tag("ui/steps.html")
def steps(labels: Sequence[str], current: int, label: str = "") -> dict[str, Any]:
    """Where in a fixed order of steps one is; `current` counts from 1."""
    rows = [
        {"label": words, "number": number, "state": _step_state(number, current)}
        for number, words in enumerate(labels, 1)
    ]
    here = labels[min(max(current, 1), len(labels)) - 1] if labels else ""
    return {"rows": rows, "current": current, "count": len(labels), "here": here, "label": label}


def _step_state(number: int, current: int) -> str:
    return "done" if number < current else "current" if number == current else "future"


@register.simple_tag(takes_context=True)
def menu_links(context: RequestContext, face: str) -> list[Link]:
    """The face's navigation as this actor sees it: `{% menu_links "desk" as links %}`."""
    return links_for(context["actor"], face=face, path=context["request"].path)


@register.simple_tag(takes_context=True)
def my_posts(context: RequestContext) -> str:
    """Today's posts of whoever is signed in, as one line."""
    actor = context["actor"]
    if not actor.account_id:
        return ""
    key = f"ui.posts.{actor.account_id}"
    posts = kept.get(key)
    if posts is None:
        posts = "、".join(f"{organisation} {title}" for organisation, title in accounts.posts_of(actor.account_id))
        kept.set(key, posts, 60)
    return str(posts)


# --- blocks ----------------------------------------------------------------------------------------------------------


@register.simple_block_tag(end_name="endbuttons")
def buttons(content: str) -> str:
    """Buttons in a row, one below the other on the phone; the most important comes first."""
    return format_html('<div class="zt-buttons">{}</div>', content)


@register.simple_block_tag(end_name="endnotice")
def notice(content: str, tone: str = "info", title: str = "", live: str = "") -> str:
    """tone: info | success | warning | danger; live: status | alert, when it appears after the page."""
    return _render("notice", content=content, tone=tone, title=title, live=live, icon=_NOTICE_ICONS[tone])


_NOTICE_ICONS = {
    "info": "info-circle",
    "success": "circle-check",
    "warning": "alert-triangle",
    "danger": "alert-circle",
    "neutral": "info-circle",
}


@register.inclusion_tag("ui/empty_state.html")
def empty_state(title: str, text: str = "", icon: str = "inbox", action: str = "", path: str = "") -> dict[str, Any]:
    """Nothing here: say so, and what to do next."""
    return {"title": title, "text": text, "icon": icon, "action": action, "path": path}


@register.simple_block_tag(end_name="endsummary")
def summary(content: str, css: str = "") -> str:
    """What was filled in, as pairs: `{% row "经营者名称" %}{{ … }}{% endrow %}` inside."""
    return format_html('<dl class="zt-summary{}">{}</dl>', f" {css}" if css else "", content)


@register.simple_block_tag(end_name="endrow")
def row(content: str, label: str, change: str = "", note: str = "") -> str:
    """One pair of a summary; `change` is where it can be corrected."""
    return _render("row", content=content.strip(), label=label, change=change, note=note)


@register.inclusion_tag("ui/task_list.html")
def task_list(tasks: Sequence[components.Task], label: str = "") -> dict[str, Any]:
    """Tasks with their states, and how many are done: 3 / 8 已完成."""
    rows = [{"task": task, "status": components.TASK_STATES[task.state]} for task in tasks]
    done = sum(task.state == "done" for task in tasks)
    return {"rows": rows, "done": done, "count": len(tasks), "label": label or _("需要完成的事项")}


@register.inclusion_tag("ui/timeline.html")
def timeline(steps: Sequence[components.TimelineStep], label: str = "") -> dict[str, Any]:
    """One line for the life of a case: where, who, by when, what next."""
    return {"steps": steps, "label": label or _("办理进度")}


@register.simple_block_tag(end_name="enddialog")
def dialog(content: str, name: str, title: str) -> str:
    """A dialog, opened by `{% opens name text %}`; without JavaScript too, as the link's target."""
    return _render("dialog", content=content, name=name, title=title)


@register.inclusion_tag("ui/opens.html")
def opens(name: str, text: str, kind: str = "secondary", icon: str = "") -> dict[str, Any]:
    """The button that opens a dialog."""
    return {"name": name, "text": text, "kind": kind, "icon": icon}


@register.simple_block_tag(takes_context=True, end_name="endconfirm")
def confirm(
    context: RequestContext, content: str, name: str, text: str, title: str, path: str, kind: str = "danger"
) -> str:
    """A button that asks first: what it does stands in the block, with fields if any; then one POST to `path`."""
    return _render(
        "confirm", content=content, name=name, text=text, title=title, path=path, kind=kind,
        csrf_token=context.get("csrf_token", ""), key=once.once_key(context["request"]),
    )  # fmt: skip


# --- forms -----------------------------------------------------------------------------------------------------------


@register.inclusion_tag("ui/once_key.html", takes_context=True)
def once_key(context: RequestContext) -> dict[str, Any]:
    """The hidden field that makes the form count once."""
    return {"field": once.FIELD, "key": once.once_key(context["request"])}


@register.inclusion_tag("ui/error_summary.html")
def error_summary(errors: Mapping[str, Any] | Iterable[tuple[str, str]] | None, title: str = "") -> dict[str, Any]:
    """Everything to be mended, with a link to each field; takes the focus. {field id: message or messages}."""
    pairs = errors.items() if isinstance(errors, Mapping) else errors or ()
    rows = []
    for field, messages in pairs:
        rows += [(field, message) for message in ([messages] if isinstance(messages, str) else messages)]
    count = len(rows)
    return {"rows": rows, "title": title or ngettext("有 %s 处需要修改", "有 %s 处需要修改", count) % count}


@register.inclusion_tag("ui/inline_error.html")
def inline_error(message: str | Sequence[str] | None, name: str) -> dict[str, Any]:
    """Why the field was not taken; its id is `<name>-error`, for aria-describedby."""
    messages = [message] if isinstance(message, str) else list(message or ())
    return {"messages": [text for text in messages if text], "name": name}


@register.inclusion_tag("ui/upload_list.html", takes_context=True)
def upload_list(context: RequestContext, uploads: Sequence[components.Upload], name: str = "uploads") -> dict[str, Any]:
    """Files with their states; removing one is a plain POST."""
    rows = [{"file": upload, "status": components.UPLOAD_STATES[upload.state]} for upload in uploads]
    return {"rows": rows, "name": name, "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("ui/upload_progress.html")
def upload_progress() -> dict[str, Any]:
    """Shows how far an upload by htmx is; stands in the form, or in a [data-upload] part, that sends it."""
    return {}


@register.inclusion_tag("ui/rating_input.html")
def rating_input(
    name: str = "level", value: int | str | None = None, legend: str = "", error: str = ""
) -> dict[str, Any]:
    """Five levels with words; 1 is best. Plain radio buttons."""
    levels = [{"level": level, "chosen": str(level.value) == str(value)} for level in components.RATING_LEVELS]
    return {"name": name, "levels": levels, "legend": legend or _("您对这次服务满意吗？"), "error": error}


@register.inclusion_tag("ui/signature_pad.html")
def signature_pad(
    name: str = "signature", signer: str = "", way: str = "", legend: str = "", errors: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Sign by hand, or by word of mouth and on the printed page. Fields `<name>` (a picture as data URL),
    `<name>-way` (drawn | spoken), `<name>-signer`. The page loads ui/signature.css and ui/signature.js."""
    wrong = errors or {}
    return {
        "name": name, "signer": signer, "way": way, "legend": legend or _("签字"),
        "error": wrong.get(name, ""), "signer_error": wrong.get(f"{name}-signer", ""),
    }  # fmt: skip


@register.inclusion_tag("ui/search_box.html")
def search_box(
    action: str,
    value: str = "",
    suggest: str = "",
    placeholder: str = "",
    label: str = "",
    name: str = "q",
    size: str = "",
    ident: str = "search",
    quick: bool = False,
) -> dict[str, Any]:
    """A GET form; `suggest` answers `?q=` with ui/_suggestions.html. size "lg": home page; quick: the "/" key.

    `label` names the place of the search too, where a page has several.
    """
    words = placeholder or _("搜索事项、证照、办件")
    return {
        "action": action, "value": value, "suggest": suggest, "placeholder": words, "label": label or words,
        "name": name, "size": size, "ident": ident, "quick": quick, "place": label,
    }  # fmt: skip


@register.inclusion_tag("ui/autosave_indicator.html")
def autosave_indicator(saved_at: datetime | None = None) -> dict[str, Any]:
    """已保存 10:32; stands inside <form data-autosave="URL" data-version="N">."""
    return {"saved_at": saved_at}
