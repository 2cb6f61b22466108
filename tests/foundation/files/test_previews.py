"""Pages as pictures: bounded, cached by content, drawn outside the process; what cannot be drawn says so."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests import story
from zhengtong.foundation.access import Actor
from zhengtong.foundation.files import actions, drawing, previews, store
from zhengtong.foundation.files.models import File
from zhengtong.foundation.refusals import NotFound

pytestmark = pytest.mark.usefixtures("files_root")
WHO = Actor(key="staff:1", kind="staff", name="审查员")


def kept(content: bytes, name: str) -> File:
    return actions.store_upload(io.BytesIO(content), name=name, actor=WHO, purpose=actions.Purpose.MATERIAL)


def pages(count: int, size: tuple[float, float] = (595, 842)) -> bytes:
    pdf, out = pikepdf.new(), io.BytesIO()
    for _ in range(count):
        pdf.add_blank_page(page_size=size)
    pdf.save(out)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_page_is_drawn_once_and_goes_with_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    file = kept(story.pdf("布局图"), "布局图.pdf")
    assert previews.page_count(file) == 1
    picture = opened(previews.page_picture(file, page=1, size="page"))
    assert (picture.format, picture.width) == ("JPEG", 1100)
    assert opened(previews.page_picture(file, page=1, size="close")).width == 2200
    monkeypatch.setattr(drawing, "__file__", "/nowhere")
    assert previews.page_picture(file, page=1, size="page")
    store.remove(file.digest)
    assert not previews.folder_of(file.digest).exists()


def test_pages_are_counted_and_no_other_is_there() -> None:
    file = kept(pages(3), "三页.pdf")
    assert previews.page_count(file) == 3
    for page, size in ((0, "page"), (4, "page"), (1, "huge")):
        with pytest.raises(NotFound):
            previews.page_picture(file, page=page, size=size)


def test_a_photograph_is_turned_as_it_was_taken_and_made_smaller() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (3000, 1500), "white").save(out, "JPEG", exif=exif)
    picture = opened(previews.page_picture(kept(out.getvalue(), "照片.jpg"), page=1, size="page"))
    assert picture.width < picture.height
    assert picture.width <= 1100


def test_a_strip_without_end_stays_small() -> None:
    file = kept(pages(1, (14, 14_000)), "长条.pdf")
    picture = opened(previews.page_picture(file, page=1, size="close"))
    assert picture.width * picture.height <= drawing.MOST_PIXELS * 1.01


@pytest.mark.parametrize("spoil", [lambda path: path.write_bytes(b"%PDF-1.7 broken"), lambda path: path.unlink()])
def test_what_cannot_be_drawn_is_said(spoil: Callable[[Path], object]) -> None:
    file = kept(pages(1), "坏.pdf")
    assert previews.page_count(file) == 1
    path = store.path_of(file.digest)
    path.chmod(0o600)
    spoil(path)
    with pytest.raises(previews.PageNotDrawn):
        previews.page_picture(file, page=1, size="page")
    assert list(previews.folder_of(file.digest).iterdir()) == []


def test_other_kinds_are_not_drawn() -> None:
    file = kept(story.workbook(), "表.xlsx")
    assert previews.page_count(file) == 0
    with pytest.raises(NotFound):
        previews.page_picture(file, page=1, size="page")
