"""S064 电子材料库: a paper is kept once per holder, with its source and its last day, and used again."""

import json
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from tests import story
from zhengtong.foundation import clock
from zhengtong.foundation.access import system_actor
from zhengtong.foundation.files.models import File
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases
from zhengtong.topics.cases.actions import Provided
from zhengtong.topics.cases.models import Case
from zhengtong.topics.cases.rules import MaterialUnusable
from zhengtong.topics.credentials import actions as credentials
from zhengtong.topics.credentials.models import Credential
from zhengtong.topics.items import queries as items
from zhengtong.topics.materials import actions as store
from zhengtong.topics.materials import queries as stored
from zhengtong.topics.materials import wiring as library
from zhengtong.topics.materials.models import StoredMaterial
from zhengtong.topics.materials.rules import MaterialExpired, MaterialKept, papers_told

pytestmark = [pytest.mark.system("S064"), pytest.mark.usefixtures("district")]
CARD, RELIEF, KEY, HER = "social-security-card", "temporary-relief", "id-card", "linxiaoyu"


def offered(login: str, holder: Any) -> dict[str, Any]:
    return cases.reusable_materials(story.actor(login), holder)


def relief_with(paper: Any, **how: Any) -> Case:
    """Her second application: the identity card that is in the store, the rest new."""
    her, filing = story.actor(HER), story.filing(RELIEF)
    wanted = filing.materials
    code = next(m.code for m in items_of(filing) if m.reuse_key == KEY)
    given = tuple(
        Provided(part.code, **(how or {"file": paper.file_id}))
        if part.code == code
        else Provided(part.code, file=story.upload(her))
        for part in wanted
    )
    holder = story.subject("lin-xiaoyu").pk
    told = actions.submit_case(replace(filing, actor=her, applicant=holder, materials=given))
    return Case.objects.get(pk=told.case_id)


def items_of(filing: Any) -> Any:
    return items.version(filing.item).materials


def test_every_paper_is_kept_once_with_its_source_and_used_again() -> None:
    first = story.kept(story.submitted(CARD))
    again = offered(HER, first.applicant_id)
    assert set(again) == {KEY}
    assert (again[KEY].origin, again[KEY].origin_name) == (first.number, first.item_name)
    second = story.kept(relief_with(again[KEY]))
    assert second.materials.get(reuse_key=KEY).file_id == first.materials.get(reuse_key=KEY).file_id
    uses = cases.uses_of_materials(story.actor(HER), first.applicant_id)[again[KEY].digest]
    assert {use.number for use in uses} >= {first.number, second.number}
    # Each content once a kind, although the same identity card came with both, and the event was heard twice.
    story.kept(second)
    rows = StoredMaterial.objects.filter(holder=first.applicant_id)
    assert rows.filter(kind=KEY).count() == 1
    assert rows.count() == len({(m.reuse_key or f"{m.case.item_code}/{m.code}", m.file.digest) for case in
                                (first, second) for m in case.materials.select_related("file", "case")
                                if m.file})  # fmt: skip
    assert actions.accept_case(second, actor=story.actor("liangxiuying")).status == "accepted"
    story.kept(second)
    mine = stored.materials_of(story.actor(HER), first.applicant_id)
    assert mine.get(kind=KEY).checked_in == second.acceptor.name


def test_by_nobody_but_its_holder_and_those_who_stand_for_him() -> None:
    case = story.kept(story.submitted(CARD))
    paper = case.materials.get(reuse_key=KEY)
    assert offered("huangjianye", case.applicant_id) == {}
    assert not stored.may_read_file(story.actor("huangjianye"), paper.file_id)
    filing = story.filing("vehicle-repair-filing")
    part, *others = filing.materials
    with pytest.raises(MaterialUnusable):
        actions.submit_case(replace(filing, materials=(Provided(part.code, file=paper.file_id), *others)))


def test_offered_while_it_is_good_by_the_item_or_by_what_was_read_on_it() -> None:
    case = story.kept(story.submitted(CARD))
    holder, today = case.applicant_id, clock.today()
    paper = offered(HER, holder)[KEY]
    assert paper.valid_to is None
    store.check_material(paper, valid_to=today, where="番江区政务服务中心", actor=story.actor("zhoumin"))
    assert offered(HER, holder)[KEY].validity_words == "照材料原件核对"
    with clock.at(clock.now() + timedelta(days=1)):
        assert offered(HER, holder) == {}
        assert stored.materials_of(story.actor(HER), holder).get(kind=KEY).is_expired
    # Handed in again, it is not younger than it was.
    story.kept(story.submitted(CARD))
    assert StoredMaterial.objects.get(holder=holder, kind=KEY).valid_to == today
    report = "public-place-health-permit/test-report"
    health = story.kept(story.submitted("public-place-health-permit"))
    kept = StoredMaterial.objects.get(holder=health.applicant_id, kind=report)
    assert kept.valid_by == "item"
    assert kept.valid_to is not None
    assert 360 < (kept.valid_to - today).days < 370


def test_what_a_counter_found_faulty_is_not_offered_again() -> None:
    case = story.submitted("temporary-relief")
    code = case.materials.get(reuse_key=KEY).code
    story.kept(case)
    clerk = story.actor("liangxiuying")
    assert KEY in cases.reusable_materials(clerk, case.applicant_id)
    actions.request_correction(case, materials={code: "照片模糊"}, actor=clerk)
    story.kept(case)
    assert cases.reusable_materials(clerk, case.applicant_id) == {}


def test_uploaded_in_advance_renamed_and_removed_by_the_holder_alone() -> None:
    her, holder = story.actor(HER), story.subject("lin-xiaoyu").pk
    file = File.objects.get(pk=story.upload(her, "身份证.pdf", story.pdf("提前存的身份证")))
    told = {"kind": KEY, "file": file, "kinds": {KEY}, "actor": her}
    with pytest.raises(MaterialExpired):
        store.upload_material(holder, name="我的身份证", valid_to=clock.today() - timedelta(days=1), **told)
    paper = store.upload_material(holder, name="我的身份证", valid_to=None, **told)
    assert offered(HER, holder)[KEY].pk == paper.pk
    assert store.upload_material(holder, name="我的身份证", valid_to=None, **told).pk == paper.pk
    assert store.rename_material(paper, name="身份证正反面", actor=her).name == "身份证正反面"
    store.remove_material(paper, actor=her)
    assert offered(HER, holder) == {}
    kept = StoredMaterial.objects.get(holder=holder, kind=KEY, origin=story.kept(story.submitted(CARD)).number)
    with pytest.raises(MaterialKept):
        store.remove_material(kept, actor=her)


def test_a_paper_the_province_keeps_is_referred_to_and_never_copied() -> None:
    holder = story.subject("lin-xiaoyu").pk
    told = library.licence_library(
        {"REQUEST_METHOD": "POST", "PATH_INFO": "/papers", "CONTENT_LENGTH": "99",
         "wsgi.input": BytesIO('{"name": "林晓雨", "id_type": "resident_id", "id_number": "449906199504181465"}'
                               .encode())},
        lambda status, headers: None,
    )  # fmt: skip
    reader = system_actor("reader", "materials.take_in")
    for paper in papers_told(json.loads(b"".join(told))):
        store.refer_to(holder, **paper, system=library.TITLE, actor=reader)
    kept = offered(HER, holder)[KEY]
    assert kept.file is None
    assert kept.reference.startswith("省电子证照库 省照")
    case = relief_with(kept, reference=kept.pk)
    used = case.materials.get(reuse_key=KEY)
    assert (used.file, used.taken_as, used.reference) == (None, "reference", kept.reference)
    assert cases.uses_of_materials(story.actor(HER), holder)[kept.reference][0].number == case.number
    with clock.at(clock.now() + timedelta(days=400)), pytest.raises(MaterialUnusable):
        relief_with(kept, reference=kept.pk)


def test_a_licence_of_ours_is_offered_as_long_as_it_is_valid() -> None:
    case = story.granted()
    licence = Credential.objects.get(case_number=case.number)
    credentials.render_credential(licence.pk, actor=system_actor("printer", "credentials.render"))
    held = offered("chenzhiyuan", case.applicant_id)["food-business"]
    assert (held.origin, held.source_words) == (case.result_number, "本区发给您的证照")
    assert "food-business" not in offered(HER, case.applicant_id)
