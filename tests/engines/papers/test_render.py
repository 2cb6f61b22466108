"""Papers as they come out: archivable, accessible, readable, and safe from what people write into them."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from tests.engines.papers.reading import text_of
from zhengtong.engines.papers.queries import TEMPLATES, render
from zhengtong.engines.papers.rules import PAPERS, CharacterMissing
from zhengtong.foundation import clock
from zhengtong.foundation.clock import CHINA

NOON = datetime(2026, 11, 22, 12, tzinfo=CHINA)
LONG = "番江区鑫隆晟燊䶮㛃𬭎𠅤𣲗𬳽国际餐饮管理服务有限责任公司番江城中街道文昌路第一百二十八号分公司"
CREDENTIAL: dict[str, Any] = {
    "title": "食品经营许可证",
    "number": "JY24499060001237",
    "identifier": "1.2.156.3005.2.11449906MB2C00001X001.JY24499060001237.001.7",
    "fields": [
        ("经营者名称", "番江区老街坊云吞面馆"),
        ("法定代表人（负责人）", "陈晓岚"),
        ("住所", "云州市番江区城中街道文昌路 128 号首层"),
    ],
    "organ": "番江区市场监督管理局",
    "issued_on": date(2026, 11, 22),
    "validity": "2026年11月22日至2031年11月21日",
    "verify_url": "https://example.test/v/8F3K-2M9Q-7TXA",
}
RECEIPT: dict[str, Any] = {
    "number": "2611220001236",
    "item": "食品经营许可（新办，餐饮服务）",
    "applicant": "陈**",
    "organ": "番江区政务服务和数据管理局",
    "place": "番江区政务服务中心综合窗口",
    "received_at": NOON,
    "track_url": "https://example.test/t/2611220001236",
    "materials": [("食品经营许可申请书", "电子", 1), ("经营场所布局图", "纸质", 2)],
    "more": [("经办人", "梁**")],
    "notes": ["材料需要补正的，我们会一次告知全部内容。"],
}
NOTICE: dict[str, Any] = {
    "title": "不予行政许可决定书",
    "number": "番市监许不〔2026〕7号",
    "organ": "番江区市场监督管理局",
    "addressee": "番江区老街坊云吞面馆",
    "signed_on": date(2026, 11, 24),
    "paragraphs": ["你（单位）提出的申请，本机关于2026年11月23日受理。", "经审查，决定不予行政许可。"],
    "listing": [("经营场所布局图", "缺少分隔标注")],
    "closing": ["请知悉。"],
    "basis": ["《中华人民共和国食品安全法》第三十三条"],
    "remedy": "如不服本决定，可以自收到之日起六十日内申请行政复议。",
    "contact": "许可科",
    "verify_url": "https://example.test/v/9A7B",
}
SAMPLE: dict[str, Any] = {"title": "房屋租赁合同", "lines": [("承租人", "陈晓岚")]}
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
SLIP: dict[str, Any] = {
    "title": "原件收取清单",
    "number": "收261122-000042",
    "organ": "番江区政务服务中心",
    "facts": [("办件编号", "2611220001236"), ("申请人", LONG)],
    "columns": ["材料名称", "份数"],
    "rows": [["房屋租赁合同", "2"], [LONG, "1"]],
    "notes": ["凭本清单领回。"],
    "signatures": [("申请人签字", "陈晓岚", "电子签名", DOT), ("经手人", "周敏", "", "")],
    "code": "https://example.test/t/2611220001236",
    "caption": "扫码查询进度",
}
ALL = {"credential": CREDENTIAL, "receipt": RECEIPT, "notice": NOTICE, "slip": SLIP, "sample": SAMPLE}


def pages(made: bytes) -> int:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        return len(pdf.pages)


def test_every_paper_has_a_template() -> None:
    assert set(ALL) == set(PAPERS)
    assert all((TEMPLATES / f"{name}.typ").exists() for name in PAPERS)


@pytest.mark.parametrize("name", ALL)
def test_archivable_accessible_and_named(name: str) -> None:
    with pikepdf.open(io.BytesIO(render(name, ALL[name]))) as pdf:
        meta = pdf.open_metadata()
        assert (meta["pdfaid:part"], meta["pdfaid:conformance"], meta["pdfuaid:part"]) == ("2", "A", "1")
        assert pdf.Root.Lang == "zh-CN"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo["/Title"]) == ALL[name].get("title", "收件凭证")
        for page in pdf.pages:
            for font in page.Resources.Font.values():
                descriptor = font.DescendantFonts[0].FontDescriptor
                assert "/FontFile3" in descriptor or "/FontFile2" in descriptor


def test_a_credential_says_all_it_was_told() -> None:
    said = text_of(render("credential", CREDENTIAL))
    told = (*("食品经营许可证", "JY24499060001237", "番江区老街坊云吞面馆", "陈晓岚", "番江区市场监督管理局"),)
    for words in (
        *told,
        "2026年11月22日至2031年11月21日",
        "二〇二六年十一月二十二日",
        "此件为电子凭证，扫码核验",
        "经营者名称",
    ):
        assert words in said


def test_a_receipt_says_all_it_was_told() -> None:
    said = text_of(render("receipt", RECEIPT))
    told = (
        "收件凭证",
        "2611220001236",
        "陈**",
        "番江区政务服务中心综合窗口",
        "2026年11月22日12时00分",
        "经营场所布局图",
        "梁**",
    )
    for words in (*told, RECEIPT["track_url"], "共2项"):
        assert words in said.replace(" ", "")


def test_a_notice_says_all_it_was_told() -> None:
    said = text_of(render("notice", NOTICE))
    for words in (
        *NOTICE["paragraphs"],
        NOTICE["number"],
        NOTICE["remedy"],
        "缺少分隔标注",
        "第三十三条",
        "2026年11月24日",
    ):
        assert words in said
    assert said.index("缺少分隔标注") < said.index("请知悉") < said.index("第三十三条") < said.index("六十日")


def test_a_short_notice_needs_no_more_than_its_words() -> None:
    made = render("notice", {key: NOTICE[key] for key in ("title", "organ", "signed_on", "paragraphs")})
    assert pages(made) == 1
    assert "核验" not in text_of(made)


def test_a_slip_says_what_changed_hands_and_who_signed() -> None:
    said = text_of(render("slip", SLIP))
    for part in ("收261122-000042", "房屋租赁合同", "凭本清单领回。", "申请人签字", "陈晓岚", "周敏", "扫码查询进度"):
        assert part in said
    bare = {key: SLIP[key] for key in ("title", "number", "organ", "facts", "columns", "rows")}
    assert pages(render("slip", bare)) == 1


def test_a_sample_says_that_it_is_one() -> None:
    said = text_of(render("sample", SAMPLE))
    for words in ("房屋租赁合同", "陈晓岚", "示例材料", "不是真实材料"):
        assert words in said


def test_rare_characters_of_names_are_printed() -> None:
    made = render("credential", CREDENTIAL | {"fields": [("经营者名称", LONG)]})
    assert LONG in text_of(made)
    assert pages(made) == 1


def test_a_character_no_font_has_is_refused_by_name() -> None:
    with pytest.raises(CharacterMissing) as refused:
        render("credential", CREDENTIAL | {"fields": [("经营者名称", "\U0002ffff面馆")]})
    assert "\U0002ffff" in refused.value.data["characters"] or "2ffff" in refused.value.data["characters"]


@pytest.mark.parametrize("count", [1, 6, 14])
def test_fields_of_any_number_stay_on_one_page(count: int) -> None:
    fields = [(f"第{n}项登记内容", "云州市番江区城中街道文昌路一百二十八号首层自编三号铺" * 2) for n in range(count)]
    assert pages(render("credential", CREDENTIAL | {"fields": fields})) == 1


def test_a_very_long_field_goes_to_an_annex() -> None:
    scope = "热食类食品制售；" * 60
    made = render("credential", CREDENTIAL | {"fields": [*CREDENTIAL["fields"], ("经营项目", scope)]})
    said = text_of(made)
    assert pages(made) == 2
    assert "详见附页" in said and scope in said


def test_a_long_receipt_repeats_its_heading_and_counts_its_pages() -> None:
    said = text_of(render("receipt", RECEIPT | {"materials": [("经营场所使用证明", "纸质", 1)] * 40})).replace(" ", "")
    assert said.count("材料名称") == 2
    assert "第1页，共2页" in said and "第2页，共2页" in said


@pytest.mark.parametrize(
    "written",
    [
        '#panic("x")',
        "$x$ *b* _i_ `c` \\ <a> @ref // /* */",
        '"; #read("/etc/passwd")',
        "{{7*7}}",
        "= 标题\n- 列表",
        "&lt;b&gt;",
    ],
)
def test_what_people_write_is_text_and_nothing_else(written: str) -> None:
    said = text_of(render("notice", NOTICE | {"addressee": written, "title": "受理通知书"}))
    for word in written.split():
        assert word in said.replace("\u00a0", " ")


def test_the_same_data_at_the_same_moment_make_the_same_bytes() -> None:
    with clock.at(NOON):
        assert render("credential", CREDENTIAL) == render("credential", CREDENTIAL)


@pytest.mark.parametrize("name", ALL)
def test_a_picture_of_the_first_page(name: str) -> None:
    with Image.open(io.BytesIO(render(name, ALL[name], form="png"))) as picture:
        wide = picture.width > picture.height
        assert picture.format == "PNG" and wide is (name == "credential")


def test_threads_do_not_mix_their_papers() -> None:
    def holder(number: int) -> bool:
        made = render("credential", CREDENTIAL | {"fields": [("经营者名称", f"第{number}号面馆")]})
        return f"第{number}号面馆" in text_of(made)

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(holder, range(24)))


def test_templates_reach_for_nothing_outside() -> None:
    for template in TEMPLATES.glob("*.typ"):
        source = Path(template).read_text()
        assert not re.search(r"@preview|(?<!\w)(read|csv|yaml|plugin)\(", source)
