"""Good files are kept; every bad one is refused with a sentence a citizen understands, and leaves nothing behind."""

import hashlib
import io
import random
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest
from pikepdf import Array, Dictionary, Encryption, Name, ObjectStreamMode, Stream, String

from tests.foundation.files import corpus
from zhengtong.foundation.access import ANONYMOUS
from zhengtong.foundation.audit.models import Leaf
from zhengtong.foundation.audit.queries import leaves_of, verify
from zhengtong.foundation.files import actions, kinds, queries, rules
from zhengtong.foundation.files.actions import Purpose
from zhengtong.foundation.files.models import File
from zhengtong.foundation.refusals import Forbidden


def flipped(whole: bytes, place: int, bits: int) -> bytes:
    """The same bytes with some bits of one turned."""
    return whole[:place] + bytes([whole[place] ^ bits]) + whole[place + 1 :]


GOOD = {
    "申请书.pdf": (corpus.pdf(), kinds.PDF),
    "开在第一页.pdf": (corpus.opening(Array([0, Name.Fit])), kinds.PDF),
    "转到.pdf": (corpus.opening(Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]))), kinds.PDF),
    "网址.pdf": (corpus.linked(Dictionary(S=Name.URI, URI=String("https://example.gov.cn"))), kinds.PDF),
    "带换行.pdf": (corpus.pdf() + b"\r\n\r\n", kinds.PDF),
    "照片.jpg": (corpus.picture(), kinds.JPEG),
    "渐进.JPEG": (corpus.picture(progressive=True), kinds.JPEG),
    "手机照片.jpg": (corpus.picture() + b"trailer of a phone " * 40, kinds.JPEG),
    "灰度.jpg": (corpus.picture("JPEG", (9, 1)), kinds.JPEG),
    "截图.png": (corpus.picture("PNG"), kinds.PNG),
    "说明.docx": (corpus.docx(), kinds.DOCX),
    "带图表.docx": (corpus.docx({"word/embeddings/book1.xlsx": corpus.xlsx()}), kinds.DOCX),
    "有链接.docx": (corpus.related("hyperlink", "https://example.gov.cn"), kinds.DOCX),
    "本机模板.docx": (corpus.related("attachedTemplate", r"file:///C:\Users\a\Normal.dotm"), kinds.DOCX),
    "名单.xlsx": (corpus.xlsx(), kinds.XLSX),
    "公文.ofd": (corpus.ofd(), kinds.OFD),
}

MACRO = {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}
BAD = {
    "空": (b"", rules.FileEmpty),
    "太大": (corpus.pdf() + b" " * (20 << 20), rules.FileTooLarge),
    "改名的程序": (corpus.EXE, rules.FileKindRefused),
    "脚本": (b"#!/bin/sh\nrm -rf /", rules.FileKindRefused),
    "网页": (corpus.HTML, rules.FileKindRefused),
    "矢量图": (corpus.SVG, rules.FileKindRefused),
    "带声明的矢量图": (b'<?xml version="1.0"?>' + corpus.SVG, rules.FileKindRefused),
    "纯文字": ("你好".encode(), rules.FileKindRefused),
    "一个字节": (b"\0", rules.FileKindRefused),
    "旧版文档": (corpus.OLD_WORD, rules.FileKindRefused),
    "苹果照片": (corpus.HEIC, rules.FileKindRefused),
    "动图": (corpus.picture("GIF"), rules.FileKindRefused),
    # two things at once
    "PDF 里的网页": (b"%PDF-1.7\n" + corpus.HTML + corpus.pdf(), rules.FileKindRefused),
    "PDF 尾部的网页": (corpus.pdf() + corpus.HTML, rules.FileKindRefused),
    "图片里的网页": (corpus.picture(comment=corpus.HTML), rules.FileKindRefused),
    "图片尾部的网页": (corpus.picture() + corpus.HTML, rules.FileKindRefused),
    "图片里的 PDF": (corpus.picture(comment=b"%PDF-1.4 x"), rules.FileKindRefused),
    "图片尾部的压缩包": (corpus.picture() + corpus.archive({"a.exe": b"MZ"}), rules.ArchiveRefused),
    "PDF 尾部的压缩包": (corpus.pdf() + corpus.archive({"a": b"x"}) + b"%%EOF", rules.ArchiveRefused),
    "程序加文档": (b"PK\x03\x04" + b"MZ" * 40 + corpus.docx(), rules.ArchiveRefused),
    # PDF
    "打开即运行": (corpus.opening(corpus.script()), rules.FileHasActions),
    "打开网址": (corpus.opening(Dictionary(S=Name.URI, URI=String("http://x"))), rules.FileHasActions),
    "启动程序": (corpus.opening(Dictionary(S=Name.Launch, F=String("cmd.exe"))), rules.FileHasActions),
    "内联链接里的脚本": (corpus.linked(corpus.script()), rules.FileHasActions),
    "链接打开另一台机器": (corpus.linked(Dictionary(S=Name.GoToR, F=String("//x/y.pdf"))), rules.FileHasActions),
    "连环动作": (
        corpus.linked(Dictionary(S=Name.GoTo, D=Array([0, Name.Fit]), Next=Array([corpus.script()]))),
        rules.FileHasActions,
    ),
    "流里的脚本": (
        corpus.pdf(lambda p: p.pages[0].obj.__setitem__("/X", Dictionary(S=Name.JavaScript, JS=Stream(p, b"x")))),
        rules.FileHasActions,
    ),
    "翻页即运行": (
        corpus.pdf(lambda p: p.pages[0].obj.__setitem__("/AA", Dictionary(O=corpus.script()))), rules.FileHasActions,
    ),
    "翻页打开网址": (
        corpus.pdf(
            lambda p: p.pages[0].obj.__setitem__("/AA", Dictionary(O=Dictionary(S=Name.URI, URI=String("http://x"))))
        ),
        rules.FileHasActions,
    ),
    "脚本名录": (
        corpus.pdf(lambda p: p.Root.__setitem__("/Names", Dictionary(JavaScript=Dictionary(Names=Array([]))))),
        rules.FileHasActions,
    ),
    "内嵌文件": (corpus.with_attachment(), rules.FileHasActions),
    "XFA 表单": (
        corpus.pdf(lambda p: p.Root.__setitem__("/AcroForm", Dictionary(Fields=Array([]), XFA=Stream(p, b"<xdp/>")))),
        rules.FileHasActions,
    ),
    "提交表单": (corpus.linked(Dictionary(S=Name.SubmitForm, F=String("http://x"))), rules.FileHasActions),
    "富媒体": (
        corpus.pdf(
            lambda p: p.pages[0].obj.__setitem__(
                "/Annots", Array([Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 1, 1])])
            )
        ),
        rules.FileHasActions,
    ),
    "对象流里的脚本": (
        corpus.pdf(
            lambda p: p.Root.__setitem__("/Deep", p.make_indirect(Dictionary(A=Array([Array([corpus.script()])])))),
            compress_streams=True,
            object_stream_mode=ObjectStreamMode.generate,
        ),
        rules.FileHasActions,
    ),
    "有密码": (corpus.pdf(encryption=Encryption(user="1", owner="2")), rules.FileEncrypted),
    "限制权限": (corpus.pdf(encryption=Encryption(user="", owner="2")), rules.FileEncrypted),
    "没传完的 PDF": (corpus.pdf()[:-40], rules.FileBroken),
    "没有页的 PDF": (corpus.pdf(lambda p: p.pages.__delitem__(0)), rules.FileBroken),
    "只有头尾的 PDF": (b"%PDF-1.7\n%%EOF", rules.FileBroken),
    "对象流炸弹": (corpus.object_stream_bomb(64 << 20), rules.FileBroken),
    # pictures
    "五万见方": (corpus.png_head(50_000, 50_000), rules.PictureTooLarge),
    "七千见方": (corpus.png_head(7_000, 7_000), rules.PictureTooLarge),
    "没传完的照片": (corpus.picture(size=(400, 400))[:-4000], rules.FileBroken),
    "没传完的截图": (corpus.picture("PNG", (400, 400))[:-4000], rules.FileBroken),
    "只有开头的照片": (b"\xff\xd8\xff\xe0" + b"\0" * 50, rules.FileBroken),
    "坏了一位的截图": (
        flipped(corpus.picture("PNG", (200, 200)), 900, 1),
        rules.FileBroken,
    ),
    "无数遍的照片": (corpus.endless_jpeg(), rules.FileBroken),
    # archives
    "压缩包": (corpus.archive({"a.pdf": corpus.pdf()}), rules.ArchiveRefused),
    "空压缩包": (corpus.archive({}), rules.ArchiveRefused),
    "gzip": (b"\x1f\x8b\x08\0" + b"\0" * 60, rules.ArchiveRefused),
    "rar": (b"Rar!\x1a\x07\0" + b"\0" * 60, rules.ArchiveRefused),
    "7z": (b"7z\xbc\xaf\x27\x1c" + b"\0" * 60, rules.ArchiveRefused),
    "压缩炸弹": (corpus.docx({"word/media/a.bmp": b"\0" * (30 << 20)}), rules.ArchiveRefused),
    "重叠炸弹": (corpus.overlapping(), rules.ArchiveRefused),
    "条目太多": (corpus.docx({f"word/{n}.xml": "" for n in range(5_100)}), rules.ArchiveRefused),
    "套娃": (corpus.docx({"word/a.zip": corpus.archive({"a": b"x"})}), rules.ArchiveRefused),
    "改名套娃": (corpus.docx({"word/media/a.png": corpus.archive({"a": b"x"})}), rules.ArchiveRefused),
    "两层表格": (
        corpus.docx({"word/a.xlsx": corpus.archive({"b.xlsx": corpus.xlsx()}, packing=0)}), rules.ArchiveRefused,
    ),
    "路径外逃": (corpus.docx({"../../etc/cron.d/x": b"x"}), rules.ArchiveRefused),
    "绝对路径": (corpus.docx({"/etc/passwd": b"x"}), rules.ArchiveRefused),
    "盘符": (corpus.docx({"C:\\x.txt": b"x"}), rules.ArchiveRefused),
    "宏": (corpus.docx(MACRO), rules.FileHasMacros),
    "文档里的程序": (corpus.docx({"word/a.exe": b"x"}), rules.FileHasActions),
    "文档里改名的程序": (corpus.docx({"word/media/a.png": corpus.EXE}), rules.FileHasActions),
    "OLE 对象": (corpus.docx({"word/embeddings/o.bin": corpus.OLD_WORD}), rules.FileHasActions),
    "远程模板": (corpus.related("attachedTemplate", "http://evil.example/a.dotm"), rules.FileHasActions),
    "远程模板之转义": (corpus.related("attachedTemplate", "&#104;ttp://evil.example/a"), rules.FileHasActions),
    "共享文件夹图片": (corpus.related("image", r"\\evil\share\a.png"), rules.FileHasActions),
    "加密文档": (corpus.encrypted_zip_flag(), rules.FileEncrypted),
    "没传完的文档": (corpus.docx()[:-30], rules.FileBroken),
    "OFD 里的程序": (corpus.ofd({"Doc_0/x.exe": corpus.EXE}), rules.FileHasActions),
    "坏了一位的文档": (
        flipped(corpus.docx(), 45, 255), rules.FileBroken,
    ),
}  # fmt: skip


def upload(content: bytes, citizen, name="材料.pdf", **more) -> File:
    return actions.store_upload(io.BytesIO(content), name=name, actor=citizen, purpose=Purpose.MATERIAL, **more)


def left_in(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", GOOD)
def test_good_files_are_kept(files_root, citizen, name):
    content, kind = GOOD[name]
    file = upload(content, citizen, name)
    file.refresh_from_db()
    assert (file.kind, file.size, file.name, file.state) == (kind, len(content), name, "clean")
    assert file.digest == hashlib.sha256(content).hexdigest()
    with queries.open_file(queries.file_for(citizen, file.pk)) as stream:
        assert stream.read() == content
    assert left_in(files_root) == [files_root / file.digest[:2] / file.digest[2:4] / file.digest]
    assert [leaf.verb for leaf in leaves_of(file)] == ["files.file.stored"]
    assert verify(file.audit_stream).faults == ()


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_and_leave_nothing(files_root, citizen, name):
    content, refusal = BAD[name]
    before = Leaf.objects.count()
    with pytest.raises(rules.FileRefused) as refused:
        upload(content, citizen, f"{name}.pdf")
    assert type(refused.value) is refusal
    assert left_in(files_root) == []
    assert File.objects.count() == 0
    assert Leaf.objects.count() == before
    for sentence in (str(refused.value), refused.value.remedy):
        assert re.search("[\u4e00-\u9fff]", sentence)
        assert "{" not in sentence
    assert f"「{name}" in str(refused.value)


def test_only_what_was_asked_for(files_root, citizen):
    assert upload(corpus.picture(), citizen, endings=["JPG", "png"])
    with pytest.raises(rules.FileKindUnwanted, match="只收 JPG、PNG"):
        upload(corpus.pdf(), citizen, endings=["jpg", "png"])
    with pytest.raises(rules.FileTooLarge, match="超过 1 KB"):
        upload(corpus.picture(size=(200, 200)), citizen, most=1024)


def test_nobody_signed_in_stores_nothing(files_root):
    with pytest.raises(Forbidden):
        upload(corpus.pdf(), ANONYMOUS)
    assert left_in(files_root) == []


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\王\\申请.pdf", "申请.pdf"),
        ("发票\u202efdp.exe", "发票fdp.exe.pdf"),
        ("a\0b\r\nc.pdf", "ab c.pdf"),
        ("\u200b\ufeff证明.pdf", "证明.pdf"),
        ("照片.jpg", "照片.pdf"),
        ("无后缀", "无后缀.pdf"),
        ("报告v1.2", "报告v1.2.pdf"),
        ('<a href="x">.pdf', "_a href=_x_.pdf"),
        ("", "未命名.pdf"),
        ("...", "未命名.pdf"),
        (".pdf", "pdf.pdf"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
        ("  空 格\t.pdf ", "空 格 .pdf"),
        ("\u0065\u0301.PDF", "é.PDF"),
    ],
)
def test_odd_names_are_cleaned(files_root, citizen, sent, kept):
    assert upload(corpus.pdf(), citizen, sent).name == kept


def test_equal_content_lies_once(files_root, citizen):
    one, two = upload(corpus.pdf(), citizen), upload(corpus.pdf(), citizen, "另一份.pdf")
    assert one.pk != two.pk
    assert one.digest == two.digest
    assert len(left_in(files_root)) == 1


def test_a_damaged_copy_is_replaced(files_root, citizen):
    file = upload(corpus.pdf(), citizen)
    path = left_in(files_root)[0]
    path.chmod(0o600)
    path.write_bytes(b"short")
    upload(corpus.pdf(), citizen)
    assert path.read_bytes() == corpus.pdf()
    assert file.digest == path.name


def test_a_stream_that_breaks_off_leaves_nothing(files_root, citizen):
    class Broken(io.RawIOBase):
        parts = chain([b"%PDF-1.7" * 1000])

        def read(self, size: int = -1) -> bytes:
            for part in self.parts:
                return part
            raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        actions.store_upload(Broken(), name="a.pdf", actor=citizen, purpose=Purpose.MATERIAL)  # type: ignore[arg-type]
    assert left_in(files_root) == []


def test_a_row_that_cannot_be_written_takes_its_content_along(files_root, citizen, monkeypatch):
    monkeypatch.setattr(actions, "record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        upload(corpus.pdf(), citizen)
    assert left_in(files_root) == []
    assert File.objects.count() == 0


def test_endless_streams_are_read_only_to_the_limit(files_root, citizen):
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(rules.FileTooLarge):
        actions.store_upload(stream, name="a.pdf", actor=citizen, purpose=Purpose.MATERIAL)  # type: ignore[arg-type]
    assert stream.given <= (20 << 20) + 1
    assert left_in(files_root) == []


MEASURE = """
import re, sys
from pathlib import Path
from zhengtong.foundation.files import checks, rules
def most() -> int:
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
before = most()
try:
    checks.check(Path(sys.argv[1]), "x", rules.Limits(20 << 20, 40_000_000, 200 << 20, 5000))
except rules.FileRefused as refused:
    print(refused.code, end=" ")
print((most() - before) >> 10)
"""


def repetitive(seed: int) -> bytes:
    """Ten megabytes that shrink to a fortieth."""
    noise = random.Random(seed)
    return b"".join(noise.randbytes(1024) * 40 for _ in range(256))


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read from Linux")
@pytest.mark.parametrize(
    ("name", "make", "megabytes"),
    [
        ("object stream of 256 MB", corpus.object_stream_bomb, 140),
        ("JPEG of 36 MP", lambda: corpus.picture(size=(6000, 6000), quality=30), 40),
        ("progressive JPEG of 16 MP", lambda: corpus.picture(size=(4000, 4000), quality=30, progressive=True), 140),
        ("PNG of 36 MP", lambda: corpus.picture("PNG", (6000, 6000), compress_level=1), 40),
        ("document of 90 MB", lambda: corpus.docx({f"word/{n}.xml": repetitive(n) for n in range(9)}), 40),
    ],
)
def test_memory_stays_bounded(tmp_path, name, make, megabytes):
    path = tmp_path / "file"
    path.write_bytes(make())
    done = subprocess.run([sys.executable, "-c", MEASURE, path], capture_output=True, text=True, check=True)
    grown = int(done.stdout.split()[-1])
    print(name, done.stdout)
    assert grown < megabytes, f"{name}: {done.stdout} {len(path.read_bytes()) >> 20} MB"
