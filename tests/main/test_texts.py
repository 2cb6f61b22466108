"""Every marked text is there in every language, whole and compiled."""

from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.conf import settings
from django.utils import translation

from zhengtong.main.commands import texts


def test_nothing_is_missing_or_stale() -> None:
    assert texts.problems() == []


def test_every_language_offered_has_a_catalogue() -> None:
    offered = {translation.to_locale(code) for code, _ in settings.LANGUAGES} - {"zh_Hans"}
    assert offered == set(texts.PLURALS)


def test_what_is_missing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    made = texts.Catalog()
    made.add("从来没有译过的一句话", locations=[("zhengtong/x.py", 0)])
    monkeypatch.setattr(texts, "texts", lambda: made)
    said = texts.problems()
    assert any(line.startswith("en: 没有译文") and "从来没有译过的一句话" in line for line in said)
    assert any(line.startswith("zh_Hant: 请运行") for line in said)


@pytest.mark.parametrize(
    ("text", "made", "fits"),
    [
        ("还差 {count} 份", "{count} missing", True),
        ("还差 {count} 份", "{number} missing", False),
        ("%(day)s 前", "by %(day)s", True),
        ("%(day)s 前", "soon", False),
        (("%s 天", "%s 天"), ("%s day", "%s days"), True),
        (("%s 天", "%s 天"), ("one day", "days"), False),
    ],
)
def test_placeholders_are_kept(text: str, made: str, fits: bool) -> None:
    assert (texts._amiss(Message(text, made)) == "") is fits


def test_templates_and_code_are_both_read(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text('{% load i18n %}\n   {% translate "甲" %}\n {% blocktranslate %}乙 {{ n }}{% endblocktranslate %}')
    code = tmp_path / "code.py"
    code.write_text('A = N_("丙" "丁")\nB = ngettext("%s 戊", "%s 戊", 2)\nC = print("己")\n')
    assert [found for path in (page, code) for found, _ in texts._marked(path)] == [
        "甲", "乙 %(n)s", "丙丁", ("%s 戊", "%s 戊"),
    ]  # fmt: skip


def test_traditional_characters_follow_the_exceptions() -> None:
    assert texts.traditional("准予行政许可，{who}制发") == "准予行政許可，{who}製發"
    assert texts.traditional("行政复议") == "行政復議"
