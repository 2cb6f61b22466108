"""People, files and cases for the examples, the longest and the rarest among them. Nobody here is real."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from zhengtong.foundation.clock import CHINA
from zhengtong.foundation.tables.declared import Empty
from zhengtong.foundation.ui import Tab, Task, TimelineStep, Upload, cells
from zhengtong.foundation.ui.listing import Act, Cell, Choice, Field, Head, Line, Listing, Pane, ViewLink

NOON = datetime(2026, 11, 22, 14, 3, tzinfo=CHINA)
TODAY = NOON.date()
DUE = date(2026, 11, 26)

# 50 characters, eight of them U+00B7: the most that the name of a person may have.
NAME_50 = "阿卜杜热西提江·麦麦提艾力·吐尔洪江·努尔艾合买提·吾斯曼江·帕尔哈提·艾尼瓦尔江·木合塔尔·玉素甫"
# Characters that older systems lose: 㼆 and 䶮 (extension A), 𬭚 and 𠮷 (planes beyond the first).
RARE_NAME = "龚㼆䶮（𠮷田𬭚店）"
# 300 characters.
ITEM_300 = (
    "食品经营许可（新办，餐饮服务，含通过网络经营、学校及托幼机构食堂承包经营、集体用餐配送、中央厨房、连锁总部食品经营管理，"
    "兼营预包装食品销售、散装食品销售和自制饮品制售），与公众聚集场所投入使用、营业前消防安全检查告知承诺，"
    "城镇污水排入排水管网许可，设置大型户外广告及在城市建筑物、设施上悬挂、张贴宣传品审批，"
    "以及从业人员预防性健康检查信息核验、餐厨垃圾收运协议备案、食品安全责任保险投保信息登记和公共场所卫生许可合并办理的"
    "一件事联办申请（仅适用于经营面积在五百平方米以上、从业人员超过三十人、设有两个以上加工操作区或者跨街道设置分店的大中型餐饮单位，"
    "变更、延续、补发和注销另按相应事项办理，不在此列）"
)
LONG_OFFICE = "本区市场监督管理局（知识产权局）行政许可与登记注册科"
LONG_ITEM = "食品经营许可（新办，餐饮服务，含网络经营、学校食堂承包经营企业及中央厨房）"
LONG_FIRM = "顺达汽车服务有限公司沙湾街道第一分公司"
LONG_ADDRESS = "沙湾街道荔枝园社区建设中路一百二十八号之三首层自编之一铺（原粮油门市部旧址）"
REASON = "经营场所与污染源距离不足 25 米。您可以在收到决定书之日起 60 日内申请行政复议。"

TASKS = [
    Task("经营者信息", "#task_list", "done", hint="已从营业执照带入"),
    Task("经营场所与面积", "#task_list", "fault"),
    Task("从业人员", "#task_list", "current", hint="至少一名食品安全管理人员"),
    Task("上传材料", "#task_list", "todo"),
    Task("核对并提交", "", "blocked", hint="前面几项完成后可以提交"),
]
TIMELINE = [
    TimelineStep("网上提交", at=NOON, who="李晓岚"),
    TimelineStep("窗口收件", at=NOON, where="政务服务中心 综合窗口 3 号", who="周敏"),
    TimelineStep(
        "审查", "current", due=DUE, where=LONG_OFFICE, who="许可科审查岗",
        next="审查人员会核对经营场所布局图。如需现场查看，会提前一天打电话给您。",
    ),
    TimelineStep("决定", "future", due=date(2026, 12, 1), is_provisional=True),
    TimelineStep("领取证照", "future", note="电子证照自动存入“我的证照”，纸质证照可邮寄。"),
]  # fmt: skip
REFUSED_TIMELINE = [
    TimelineStep("窗口收件", at=NOON),
    TimelineStep("不予许可", "refused", at=NOON, note=REASON),
]  # fmt: skip
UPLOADS = [
    Upload("经营场所布局图.pdf", 2_411_724, "clean", path="#upload_list", remove_path="."),
    Upload(
        "食品安全管理人员健康证明（正反面）2026年度体检沙湾街道社区卫生服务中心出具_扫描件最终版.jpg", 812_000, "parked"
    ),
    Upload("租赁合同.docx", 96_000, "refused", note="这份文件里有宏，不能收下。请另存为 PDF 再传。"),
    Upload("设备清单.xlsx", 4_200_000, "uploading", percent=62),
]
ROWS: list[dict[str, Any]] = [
    {"number": "2611220000138", "item": LONG_ITEM, "who": "小满餐饮店", "tag": ("已受理", "primary", "circle-check"),
     "left": 3},
    {"number": "2611220000146", "item": "高龄津贴", "who": "李*国", "tag": ("待补正", "warning", "arrow-back-up"),
     "left": 0},
    {"number": "2611210000995", "item": "机动车维修备案", "who": LONG_FIRM,
     "tag": ("上级系统办理中", "info", "external-link"), "left": -2},
]  # fmt: skip
LONGEST_ROWS: list[dict[str, Any]] = [
    {"number": "2611210001003", "item": ITEM_300, "who": NAME_50, "tag": ("准予许可", "success", "rubber-stamp"),
     "left": 1001},
    {"number": "2611210001011", "item": "补换社会保障卡", "who": RARE_NAME, "tag": ("不予许可", "danger", "ban"),
     "left": None},
]  # fmt: skip
ERRORS = {"area": "请填写经营面积，例如 85.5", "phone": ["手机号码应为 11 位，以 1 开头。"]}
TABS = [Tab("待我办", "?v=mine#tabs", True, 23), Tab("已办", "?v=done#tabs", count=1001), Tab("全部", "?v=all#tabs")]
STEPS = ["选择情形", "填写信息", "上传材料", "核对", "提交"]


def _lines(rows: Sequence[Mapping[str, Any]], *, preview: bool) -> list[Line]:
    return [
        Line(
            str(row["number"]), f"{row['number']}", "#listing",
            [
                Cell("事项", str(row["item"]), "main"),
                Cell("申请人", str(row["who"])),
                Cell("状态", cells.tag(*row["tag"]), "tight"),
                Cell("期限", cells.light(None), "light"),
                Cell("办件编号", cells.number(str(row["number"])), "tight", is_extra=True),
            ],
            preview="#listing" if preview else "",
            is_previewed=preview and row is rows[0],
        )
        for row in rows
    ]  # fmt: skip


HEADS = [Head("事项", kind="main"), Head("申请人"), Head("状态", kind="tight"), Head("期限", kind="light"),
         Head("办件编号", "number", "tight", is_extra=True)]  # fmt: skip
NO_CASES = Empty(title="还没有办件", icon="files", filtered="没有符合条件的办件", filtered_text="换一个词再试。")
_listing = partial(
    Listing, path=".", columns_path=".", views_path=".", export_path=".", heads=HEADS, empty=NO_CASES
)  # fmt: skip
LISTING = _listing(
    name="sample", title="办件清单（样例）", lines=_lines(ROWS, preview=True),
    fields=[
        Field("heap", "谁在办", "tabs", tabs=[Tab("待办", "#listing", True), Tab("我领办的", "#listing", count=3)]),
        Field(
            "work", "按工作筛选", "chips",
            tabs=[Tab("全部", "#listing", True), Tab("受理", "#listing"), Tab("送达", "#listing")],
        ),
        Field("q", "办件编号或申请人", "search"),
        Field("status", "状态", "select", choices=[Choice("", "全部状态", True), Choice("accepted", "已受理")]),
        Field("item", "事项", "chip", "x", LONG_ITEM, without="#listing"),
    ],
    query="item=x", columns=[Choice("item", "事项", True, True), Choice("number", "办件编号", True)],
    views=[ViewLink("待补正的", "#listing", True), ViewLink("本科室快到期的", "#listing", is_shared=True)],
    chosen_path=".",
    acts=[
        Act("claim", "领办", "user", "领办之后由您来办。"),
        Act("return", "退回待办", "arrow-back-up", "退回之后同事可以领办。"),
    ],
    pane=Pane("desk/components/_pane.html", ROWS[0], "#listing", str(ROWS[0]["number"]), "#listing"),
    next="20",
)  # fmt: skip
LISTING_TOLD = _listing(
    name="told", title="办件清单（批量办过之后）", lines=_lines(LONGEST_ROWS, preview=False), outcomes=[
        {"ident": "1", "label": f"2611220000138 {LONG_ITEM}", "state": "done", "words": ""},
        {"ident": "2", "label": f"2611220000146 {ITEM_300}", "state": "refused", "words": "这件工作已由周敏领办。"},
    ],
)  # fmt: skip
LISTING_NONE = _listing(name="none", title="办件清单（一件也没有）", lines=[])
LISTING_FILTERED = _listing(name="filtered", title="办件清单（筛选后没有）", lines=[], is_narrowed=True)
