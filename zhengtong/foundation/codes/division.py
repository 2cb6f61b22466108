"""Division codes: GB/T 2260 (6 digits to the county), GB/T 10114 (+3 town), statistics (+3 village), grids (+2 or +3).

The stored form of a division has twelve digits, a grid fourteen (CJ/T 213) or fifteen.
"""

from dataclasses import dataclass

from zhengtong.foundation.refusals import N_

from .text import DIGITS, CodeInvalid, is_made_of, plain

PROVINCES = {
    "11": N_("北京市"), "12": N_("天津市"), "13": N_("河北省"), "14": N_("山西省"), "15": N_("内蒙古自治区"),
    "21": N_("辽宁省"), "22": N_("吉林省"), "23": N_("黑龙江省"), "31": N_("上海市"), "32": N_("江苏省"),
    "33": N_("浙江省"), "34": N_("安徽省"), "35": N_("福建省"), "36": N_("江西省"), "37": N_("山东省"),
    "41": N_("河南省"), "42": N_("湖北省"), "43": N_("湖南省"), "44": N_("广东省"), "45": N_("广西壮族自治区"),
    "46": N_("海南省"), "50": N_("重庆市"), "51": N_("四川省"), "52": N_("贵州省"), "53": N_("云南省"),
    "54": N_("西藏自治区"), "61": N_("陕西省"), "62": N_("甘肃省"), "63": N_("青海省"), "64": N_("宁夏回族自治区"),
    "65": N_("新疆维吾尔自治区"), "71": N_("台湾省"), "81": N_("香港特别行政区"), "82": N_("澳门特别行政区"),
}  # fmt: skip
# How many leading digits name a division of each level.
DEPTHS = {"province": 2, "city": 4, "district": 6, "town": 9, "village": 12}
GRID_LENGTHS = (14, 15)


class DivisionCodeInvalid(CodeInvalid):
    """Refused: not a division code."""

    code = "division_code_invalid"
    message = N_("行政区划代码“{text}”不正确。")
    remedy = N_("行政区划代码为 6 位（县级以上）、9 位（乡镇街道）或 12 位（村居）数字，网格代码为 14 或 15 位数字。")


@dataclass(frozen=True)
class Division:
    """A checked code with its level."""

    code: str
    level: str


def check_division(text: str) -> str:
    """The code in its stored form (six and nine digits are filled up to twelve), or a refusal."""
    code = plain(text)
    if len(code) in (2, 4, 6, 9):
        code = code.ljust(12, "0")
    well_formed = len(code) in (12, *GRID_LENGTHS) and is_made_of(code, DIGITS) and code[:2] in PROVINCES
    if not well_formed or _has_gap(code):
        raise DivisionCodeInvalid(text=text)
    return code


def is_valid_division(text: str) -> bool:
    """Whether the text may be stored as it is."""
    try:
        return check_division(text) == text
    except DivisionCodeInvalid:
        return False


def parse_division(text: str) -> Division:
    """Check and tell the level."""
    code = check_division(text)
    return Division(code, level(code))


def level(code: str) -> str:
    """province, city, district, town, village or grid."""
    if len(code) in GRID_LENGTHS:
        return "grid"
    depth = len(code.rstrip("0"))
    return next(name for name, digits in DEPTHS.items() if depth <= digits)


def parent(code: str) -> str | None:
    """The division above; a city without districts is the parent of its towns."""
    if level(code) == "grid":
        return code[:12]
    depths = [digits for digits in DEPTHS.values() if digits < len(code.rstrip("0"))]
    return code[: depths[-1]].ljust(12, "0") if depths else None


def ancestors(code: str) -> list[str]:
    """All divisions above, the nearest first."""
    found = []
    above = parent(code)
    while above:
        found.append(above)
        above = parent(above)
    return found


def prefix(code: str) -> str:
    """The leading digits that every division within it shares."""
    return code if level(code) == "grid" else code[: DEPTHS[level(code)]]


def contains(outer: str, inner: str) -> bool:
    """Whether the inner division is the outer one or lies within it."""
    return inner.startswith(prefix(outer))


def town_kind(code: str) -> str:
    """What a town-level code stands for by GB/T 10114: street, town, township or enterprise; empty above."""
    return _kind(code[6:9], {"street": (1, 99), "town": (100, 199), "township": (200, 399), "enterprise": (400, 599)})


def village_kind(code: str) -> str:
    """What the last three digits stand for: community, village or enterprise; empty above."""
    return _kind(code[9:12], {"community": (1, 199), "village": (200, 399), "enterprise": (400, 599)})


def make_division(county: str, town: int = 0, village: int = 0) -> str:
    """Twelve digits from six, a town number and a village number."""
    return check_division(f"{county}{town:03d}{village:03d}")


def _kind(digits: str, ranges: dict[str, tuple[int, int]]) -> str:
    number = int(digits or 0)
    return next((name for name, (first, last) in ranges.items() if first <= number <= last), "")


def _has_gap(code: str) -> bool:
    # A village needs a town; a town may hang on a city without districts, a district on a province.
    return (code[6:9] == "000" and code[9:12] != "000") or (code[2:6] == "0000" and code[6:12] != "000000")
