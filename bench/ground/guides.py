"""Guides as a large catalogue has them: believable names and texts, the same for the same seed; and what people ask."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from random import Random
from typing import Any

# The words that stand in the most names and texts, as a catalogue of a province shows them.
COMMONEST = (
    "办理", "申请", "证", "公司", "许可", "登记", "备案", "变更", "注销", "企业", "个人", "补贴", "经营", "证明",
    "审批", "材料", "身份证", "服务", "单位", "机构",
)  # fmt: skip
STAGES = (
    "新办", "变更名称", "变更地址", "变更法定代表人", "变更负责人", "延续", "补领", "换领", "注销", "信息查询",
    "年度报告", "撤销", "遗失补办", "恢复", "暂停", "告知承诺", "跨市迁入", "跨市迁出", "首次申请", "复核",
)  # fmt: skip
WHOM = ("", "个人", "企业", "外资企业", "港澳居民", "高层次人才", "分支机构", "委托代办", "线上", "街道受理")
FORMS = (
    "{thing}{act}（{stage}）",
    "{thing}{act}{stage}",
    "{thing}{act}（{stage}，{whom}）",
    "{whom}{thing}{act}{stage}",
)
CONDITIONS = (
    "在本行政区域内有固定的场所，面积与所办事项相适应。",
    "申请人具有完全民事行为能力，提交的材料真实、有效、齐全。",
    "有与业务相适应的专业技术人员和管理人员，并经过培训。",
    "近三年内没有因同类事项受到行政处罚，未列入严重失信名单。",
    "{thing}的设施、设备符合国家标准和行业规范。",
    "办理{thing}{act}前，应当先取得有关主管部门的同意。",
    "申请人户籍在本区，或者持有本区居住证满半年。",
    "符合本市关于{thing}的规划和总量要求。",
)
QUESTIONS = (
    "办理{thing}{act}要多长时间？", "{thing}{act}要不要钱？", "别人可以代我办理{thing}吗？", "没有{material}怎么办？",
    "{said}需要哪些手续？", "证件丢了怎么补办？", "网上申请后还要去窗口吗？", "{thing}到期了怎么延续？",
)  # fmt: skip
SUMMARIES = (
    "在本区从事{thing}的单位和个人，应当在开展活动前办理本事项。{said}的，也办这一件。",
    "符合条件的申请人可以申请{thing}{act}，由{department}审核后办理。",
    "{department}负责{thing}{act}的受理、审查和决定，全程可以网上办。",
)
ASKED = (
    "我想{said}", "{said}要什么手续", "{said}怎么办", "{thing}怎么办理", "{thing}{act}在哪里办",
    "{material}丢了怎么办", "{thing}", "{said}", "{thing} {stage}", "{department}{thing}", "{thing}{act}",
    "{thing}申请条件",
)  # fmt: skip
ODD = (
    "zhizhao",
    "sbk",
    "营业执召",
    "２４小时",
    "開藥店",
    "餐饮店停车场怎么收费",
    "外星人登记",
    "12345",
    "a",
    "不动产登计",
)


@dataclass(frozen=True)
class Guide:
    """The words of one guide."""

    name: str
    short_name: str
    summary: str
    department: str
    audience: str
    conditions: tuple[str, ...]
    materials: tuple[str, ...]
    questions: tuple[str, ...]
    keywords: tuple[str, ...]

    def as_entry(self, pattern: Mapping[str, Any], code: str) -> dict[str, Any]:
        """An item that says this, with the law, limits and form of another."""
        first = pattern["materials"][0]
        return {
            **pattern,
            "code": code,
            "name": self.name,
            "short_name": self.short_name,
            "main_item": "",
            "summary": self.summary,
            "audience": [self.audience],
            "basis": [{**pattern["basis"][0], "law": f"中华人民共和国{self.short_name[:6]}管理条例"}],
            "result": {**pattern["result"], "name": f"{self.short_name}结果"},
            "themes": {"person": [], "entity": []},
            "conditions": list(self.conditions),
            "materials": [{**first, "code": f"m{at}", "name": name} for at, name in enumerate(self.materials)],
            "questions": [{"q": each, "a": "请拨打咨询电话，或者到窗口咨询。"} for each in self.questions],
            "keywords": list(self.keywords),
            "events": [],
        }


def _fields() -> list[dict[str, str]]:
    with Path(__file__).with_name("fields.tsv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def _one(random: Random, field: Mapping[str, str], **more: str) -> dict[str, str]:
    """A choice of everything that a sentence may name."""
    return {
        "department": field["department"],
        "act": field["act"],
        "material": random.choice(field["materials"].split("、")),
        "said": random.choice(field["people say"].split("、")),
        **more,
    }


def guides(count: int, seed: int = 1) -> list[Guide]:
    """So many guides, no name twice."""
    random = Random(seed)
    kinds = [
        (field, thing, stage, whom, form)
        for field in _fields()
        for thing, stage, whom, form in product(field["things"].split("、"), STAGES, WHOM, FORMS)
        if ("{whom}" in form) == bool(whom)
    ]
    random.shuffle(kinds)
    made: dict[str, Guide] = {}
    for field, thing, stage, whom, form in kinds:
        # “农药经营许可许可” is nobody's name.
        if not thing.endswith(field["act"]):
            guide = _guide(random, field, form, thing=thing, stage=stage, whom=whom)
            made.setdefault(guide.name, guide)
        if len(made) == count:
            return list(made.values())
    raise ValueError(f"only {len(made)} names can be made")


def neighbours(seed: int = 3) -> list[Guide]:
    """One guide of each kind: what else a district of the usual size offers."""
    random = Random(seed)
    return [
        _guide(random, field, "{thing}{act}", thing=thing, stage="新办", whom="")
        for field in _fields()
        for thing in field["things"].split("、")
    ]


def _guide(random: Random, field: Mapping[str, str], form: str, **given: str) -> Guide:
    words = _one(random, field, **given)
    thing, said, materials = given["thing"], field["people say"].split("、"), field["materials"].split("、")
    return Guide(
        name=form.format(**words),
        short_name=f"{thing}{given['stage']}",
        summary=random.choice(SUMMARIES).format(**words),
        department=field["department"],
        audience=field["audience"],
        conditions=tuple(each.format(**words) for each in random.sample(CONDITIONS, random.randint(2, 5))),
        materials=tuple(random.sample(materials, random.randint(3, len(materials)))),
        questions=tuple(each.format(**_one(random, field, thing=thing)) for each in random.sample(QUESTIONS, 3)),
        keywords=(words["said"], *random.sample(said, random.randint(0, 2))),
    )


def questions(count: int, seed: int = 2) -> list[str]:
    """What people type: each of the commonest words, oddities, then sentences as they come; none twice."""
    random, fields = Random(seed), _fields()
    asked = dict.fromkeys([*COMMONEST, *(f"{a} {b}" for a, b in pairwise(COMMONEST)), *ODD])
    while len(asked) < count:
        field = random.choice(fields)
        words = _one(random, field, thing=random.choice(field["things"].split("、")), stage=random.choice(STAGES))
        asked[random.choice(ASKED).format(**words)] = None
    return list(asked)[:count]
