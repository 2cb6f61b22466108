"""What may be handed in: limits and the refusals, each a sentence that says what to do."""

import re
import unicodedata
from dataclasses import dataclass

from zhengtong.foundation.refusals import N_, Refused

UNSEEN = re.compile("[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


@dataclass(frozen=True)
class Limits:
    """Bytes, pixels, unpacked bytes, entries of an archive, pages' objects."""

    bytes: int
    pixels: int
    unpacked_bytes: int
    entries: int


class FileRefused(Refused):
    """Refused: this file is not taken."""

    code = "file_refused"
    status = 422
    message = N_("这个文件不能上传。")


class FileEmpty(FileRefused):
    """Refused: nothing in it."""

    code = "file_empty"
    message = N_("文件「{name}」是空的，没有内容。")
    remedy = N_("请重新选择或重新扫描后再上传。")


class FileTooLarge(FileRefused):
    """Refused: more bytes than allowed."""

    code = "file_too_large"
    status = 413
    message = N_("文件「{name}」超过 {megabytes} MB。")
    remedy = N_("请压缩图片、降低扫描分辨率，或分成几份上传。")


class FileKindRefused(FileRefused):
    """Refused: by its content it is not of a kind we take, whatever its name says."""

    code = "file_kind_refused"
    message = N_("文件「{name}」的实际格式不在可接收的范围内。")
    remedy = N_("可以上传 PDF、JPG、PNG、Word、Excel、OFD 文件；改文件名后缀没有用，请另存为这些格式。")


class FileKindUnwanted(FileRefused):
    """Refused: a kind we know, but not one of those asked for here."""

    code = "file_kind_unwanted"
    message = N_("文件「{name}」的格式不合要求，这里只收 {wanted}。")
    remedy = N_("请另存为这些格式，或者拍照后上传。")


class FileBroken(FileRefused):
    """Refused: it cannot be opened."""

    code = "file_broken"
    message = N_("文件「{name}」打不开，可能没有传完整或已经损坏。")
    remedy = N_("请在自己的电脑或手机上确认能打开，再重新上传。")


class PictureTooLarge(FileRefused):
    """Refused: more pixels than we open."""

    code = "picture_too_large"
    message = N_("图片「{name}」的尺寸过大（{width}×{height}）。")
    remedy = N_("请把长边缩小到 6000 像素以内再上传。")


class FileHasActions(FileRefused):
    """Refused: a PDF that does things by itself."""

    code = "file_has_actions"
    message = N_("PDF「{name}」里含有脚本、自动动作或内嵌文件，不能接收。")
    remedy = N_("请用“打印为 PDF”重新生成一份再上传。")


class FileEncrypted(FileRefused):
    """Refused: locked with a password."""

    code = "file_encrypted"
    message = N_("文件「{name}」设有密码，工作人员打不开。")
    remedy = N_("请去掉密码后再上传。")


class ArchiveRefused(FileRefused):
    """Refused: an archive, or an office file that unpacks to far more than it should."""

    code = "archive_refused"
    message = N_("文件「{name}」是压缩包或解压后过大，不能接收。")
    remedy = N_("请把里面的文件逐个上传。")


class FileHasMacros(FileRefused):
    """Refused: an office file with macros."""

    code = "file_has_macros"
    message = N_("文件「{name}」含有宏，不能接收。")
    remedy = N_("请另存为不含宏的 docx 或 xlsx，或转成 PDF 后上传。")


def clean_name(name: str) -> str:
    """The last part of the path, without marks that are not seen; at most 120 characters, ending kept."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = UNSEEN.sub("", last).strip(" .") or N_("未命名")
    stem, dot, ending = plain.rpartition(".")
    if len(plain) <= 120:
        return plain
    return f"{stem[: 119 - len(ending)]}{dot}{ending}" if dot and len(ending) <= 8 else plain[:120]
