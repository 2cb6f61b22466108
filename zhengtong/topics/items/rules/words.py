"""Code lists of the standards with their official words, and ours for what the standards leave open."""

from zhengtong.foundation.codes import item_code
from zhengtong.foundation.refusals import N_

# GB/T 39046-2020, annex A
TYPES = {
    "00": N_("行政权力"), "01": N_("行政许可"), "02": N_("行政处罚"), "03": N_("行政强制"), "04": N_("行政征收"),
    "05": N_("行政给付"), "06": N_("行政检查"), "07": N_("行政确认"), "08": N_("行政奖励"), "09": N_("行政裁决"),
    "10": N_("其他行政权力"), "20": N_("公共服务"),
}  # fmt: skip
BODY_KINDS = {"1": N_("法定机关"), "2": N_("授权组织"), "3": N_("受委托组织"), "9": N_("其他")}
ONLINE_DEPTHS = {1: N_("互联网咨询"), 2: N_("互联网收件"), 3: N_("互联网预审"), 4: N_("互联网受理"),
                 5: N_("互联网办理"), 6: N_("互联网办理结果信息反馈"), 7: N_("互联网电子证照反馈"),
                 8: N_("其他")}  # fmt: skip

LEVELS = item_code.LEVELS
NO_LIMIT = N_("法律未作规定")
NATURES = {"permit": N_("许可"), "filing": N_("备案"), "benefit": N_("给付"), "confirmation": N_("确认"),
           "public_service": N_("公共服务")}  # fmt: skip
CASE_TYPES = {"on_the_spot": N_("即办件"), "promised": N_("承诺件")}
AUDIENCES = {"person": N_("自然人"), "entity": N_("法人和其他组织")}
HELPERS = {"allowed": N_("亲友可以代办"), "barred": N_("须由本人办理")}
# Where an item does not say: relatives and friends may ask for what is given, not for what is permitted.
HELPED_NATURES = frozenset({"benefit", "public_service"})
CHANNELS = {"window": N_("窗口办理"), "online": N_("网上办理"), "mobile": N_("手机办理"), "post": N_("邮寄办理"),
            "kiosk": N_("自助终端办理")}  # fmt: skip
PAYABLE = {"before_acceptance": N_("受理前缴"), "after_decision": N_("决定后缴")}
REFUNDS = {"not_served": N_("没有办成的，退还"), "never": N_("不退")}
IDENTITY_LEVELS = {"none": N_("不要求"), "basic": N_("实名核验（姓名和身份证号码）"),
                   "face": N_("实名实人核验（人脸）")}  # fmt: skip
UNITS = {"working_day": N_("工作日"), "calendar_day": N_("自然日"), "month": N_("个月"), "year": N_("年"),
         "hour": N_("小时")}  # fmt: skip
POWER_SOURCES = {"local": N_("法定本级行使"), "devolved": N_("上级下放"), "authorised": N_("授权"),
                 "entrusted": N_("委托"), "stationed": N_("派驻")}  # fmt: skip
CROSS_REGION = {"national": N_("全国通办"), "provinces": N_("跨省通办"), "province": N_("全省通办"),
                "city": N_("全市通办"), "district": N_("全区通办")}  # fmt: skip
DECIDED_IN = {"local": N_("本平台"), "provincial": N_("省级系统"), "city": N_("市级系统"), "national": N_("国家系统")}
RESULT_KINDS = {"credential": N_("证照"), "document": N_("批文"), "filing": N_("备案凭证"), "payment": N_("待遇发放"),
                "none": N_("无纸质结果")}  # fmt: skip
RESULT_BY = {"local": N_("本级制发"), "city": N_("市级系统制发"), "provincial": N_("省级系统制发"),
             "national": N_("国家系统制发"), "none": N_("不制发")}  # fmt: skip
MATERIAL_TYPES = {"original": N_("原件"), "copy": N_("复印件"), "both": N_("原件和复印件")}
MATERIAL_FORMS = {"electronic": N_("电子"), "paper": N_("纸质")}
NECESSITIES = {"required": N_("必要"), "tolerable": N_("可容缺后补"), "optional": N_("非必要")}
SOURCES = {"applicant": N_("申请人自备"), "government": N_("政府部门核发"), "other": N_("其他")}
