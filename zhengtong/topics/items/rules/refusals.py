"""Why something about an item was not done."""

from zhengtong.foundation.refusals import N_, NotFound, Refused


class ItemUnknown(NotFound):
    """Refused: no item of this code is open to the public."""

    code = "item_unknown"
    message = N_("没有找到这个办事事项，或者它现在没有开放办理。")
    remedy = N_("请从办事指南重新查找，或拨打 12345 咨询。")


class VersionUnknown(NotFound):
    """Refused: there is no such version."""

    code = "item_version_unknown"
    message = N_("没有找到这个事项版本。")


class ItemDefective(Refused):
    """Refused: the definition has faults that the law or plain sense does not allow."""

    code = "item_defective"
    status = 422
    message = N_("“{name}”还有 {count} 处必须改正，不能发布：\n{listing}")
    remedy = N_("请逐条改正后再发布。")


class ItemMalformed(Refused):
    """Refused: the definition is not written the way definitions are."""

    code = "item_malformed"
    status = 422
    message = N_("事项内容的写法有误：\n{listing}")
    remedy = N_("请对照事项要素说明改正。")


class VersionBackdated(Refused):
    """Refused: a new version would change what was in force on a day that is past."""

    code = "item_version_backdated"
    message = N_("“{name}”已有第 {number} 版在施行，新版本不能从过去的 {valid_from} 起施行。")
    remedy = N_("请把施行日期改为 {today} 或以后。")


class VersionNumberTaken(Refused):
    """Refused: this number belongs to a published version with another content."""

    code = "item_version_number_taken"
    message = N_("“{name}”第 {number} 版已经发布，内容不能再改（{fields}）。")
    remedy = N_("请把 version 改为 {next}，valid_from 写今天或以后的日期。")


class VersionOutOfOrder(Refused):
    """Refused: a later version begins on or before the first day of an earlier one that is yet to come."""

    code = "item_version_out_of_order"
    message = N_("“{name}”第 {number} 版定于 {valid_from} 施行，新版本不能早于它。")
    remedy = N_("请把新版本的施行日期放在它之后。")


class VersionTooFar(Refused):
    """Refused: the first day is so far away that it can only be a slip."""

    code = "item_version_too_far"
    message = N_("“{name}”的施行日期 {valid_from} 在三年以后。")
    remedy = N_("请核对年份。")


class NothingToPublish(Refused):
    """Refused: the item has no draft."""

    code = "item_nothing_to_publish"
    message = N_("“{name}”没有待发布的草稿。")
    remedy = N_("请先保存草稿。")


class ItemChanged(Refused):
    """Refused: somebody changed the item after the page was opened; nothing of it was overwritten."""

    code = "item_changed"
    message = N_("“{name}”在您打开页面以后又有改动，这次没有写入。")
    remedy = N_("请重新打开页面，核对以后再提交。")


class EditorialInvalid(Refused):
    """Refused: a place, phone, question or word of the guide is not written the way it must be."""

    code = "item_editorial_invalid"
    status = 422
    message = N_("“{name}”的办事指引有 {count} 处需要修改：\n{listing}")
    remedy = N_("请改正后再保存。")


class ContactInvalid(Refused):
    """Refused: this contact cannot be written on any item."""

    code = "items_contact_invalid"
    status = 422
    message = N_("要改成的内容不对：\n{listing}")
    remedy = N_("请改正后再提交。")


class ImportUnreadable(Refused):
    """Refused: the file as a whole cannot be read, so nothing of it was taken in."""

    code = "items_import_unreadable"
    status = 422
    message = N_("文件“{name}”无法导入，未作任何改动：{reason}")
    remedy = N_("请改正文件或字段映射后重新导入。")


class MapInvalid(Refused):
    """Refused: the column map is not written the way maps are."""

    code = "items_import_map_invalid"
    status = 422
    message = N_("字段映射“{name}”有误：\n{listing}")
    remedy = N_("请对照 contrib/import-maps 下的样例改正。")
