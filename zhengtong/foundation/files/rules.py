"""What may be handed in: limits and the refusals, each a sentence that says what to do."""

import re
import unicodedata
from dataclasses import dataclass

from zhengtong.foundation.refusals import N_, Refused

# What file systems and shells take for something else.
SPECIAL = re.compile(r'[<>:"|?*\x60]+')
LONGEST_NAME = 120
LONGEST_ENDING = 8


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
    message = N_("文件「{name}」超过 {limit}。")
    remedy = N_("请压缩图片、降低扫描分辨率，或分成几份上传。")


class FileKindRefused(FileRefused):
    """Refused: by its content it is not of a kind we take, whatever its name says."""

    code = "file_kind_refused"
    message = N_("文件「{name}」实际是{found}，不能接收。")
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
    """Refused: a document that does things by itself or carries other files along."""

    code = "file_has_actions"
    message = N_("文件「{name}」里含有脚本、自动动作或内嵌文件，不能接收。")
    remedy = N_("请打开文件，用“打印为 PDF”重新生成一份再上传。")


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


class FileNotParked(Refused):
    """Refused: a verdict on a file that waits for none."""

    code = "file_not_parked"
    message = N_("文件「{name}」已经有检查结论。")


def check_parked(state: str, name: str) -> None:
    """Refused: the file has been judged already."""
    if state != "parked":
        raise FileNotParked(name=name)


def in_words(size: int) -> str:
    """A number of bytes as people say it."""
    return f"{size / (1 << 20):.3g} MB" if size >= 1 << 20 else f"{max(size >> 10, 1)} KB"


def clean_name(name: str) -> str:
    """The last part of the path, without marks that are not seen or mean something; at most 120 characters."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(" " if char.isspace() else char for char in last if char.isspace() or _is_seen(char))
    plain = " ".join(SPECIAL.sub("_", seen).split()).strip(" .")
    return _shortened(plain) or N_("未命名")


def with_ending(name: str, endings: tuple[str, ...], known: frozenset[str]) -> str:
    """The name with an ending that fits the content; a known ending that does not is replaced."""
    stem, dot, ending = name.rpartition(".")
    if dot and ending.lower() in endings:
        return name
    return f"{_shortened(stem if dot and ending.lower() in known else name, LONGEST_NAME - 5)}.{endings[0]}"


def _is_seen(char: str) -> bool:
    # Control, format (direction overrides, joiners), surrogate, private and unassigned characters are not.
    return unicodedata.category(char)[0] != "C"


def _shortened(name: str, longest: int = LONGEST_NAME) -> str:
    if len(name) <= longest:
        return name
    stem, dot, ending = name.rpartition(".")
    if dot and stem and len(ending) <= LONGEST_ENDING:
        return f"{stem[: longest - 1 - len(ending)]}.{ending}"
    return name[:longest]
