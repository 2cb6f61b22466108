"""The way of the papers at the desk: pages that open in few queries, and what is said when something lacks."""

import pytest
from django.test import Client

from tests import story
from tests.faces.desk.desks import CLERK, COLLEAGUE, MOST_QUERIES, REVIEWER, Desk, words
from tests.topics.deliveries import hands
from zhengtong.foundation.accounts import queries as accounts
from zhengtong.topics.cases import actions as cases
from zhengtong.topics.cases.models import Case
from zhengtong.topics.deliveries.models import Day, Delivery, Slip

pytestmark = pytest.mark.usefixtures("district")
ISSUER = "ouyanglan"
RECEIVER = {"receiver_name": "陈志远", "receiver_number": "449906198607231598"}
SPOKEN = {"signature-signer": "陈志远", "signature-way": "spoken"}


def test_originals_in_and_out() -> None:
    clerk, case = Desk(CLERK), hands.at_the_counter()
    path = f"/desk/deliveries/custody/{case.number}/"
    wrong = clerk.post(path, {"signature-way": "drawn", "signature-signer": ""})
    assert wrong.status_code == 422 and "请至少选择一项" in words(wrong)
    sent = {"original": ["0", "9"], "name-0": "营业执照副本", "copies-0": "1", "name-9": "", "copies-9": "x", **SPOKEN}
    taken = clerk.page(clerk.post(path, sent)["Location"])
    assert "原件收取清单" in words(taken) and "陈志远" in words(taken)
    piece = hands.piece(case, "original")
    assert "营业执照副本" in words(clerk.page(path))
    back = clerk.page(clerk.post(path, {"_return": "1", "piece": [str(piece.pk)], **SPOKEN})["Location"])
    assert "原件退还清单" in words(back)
    for slip in Slip.objects.all():
        assert clerk.get(f"/desk/deliveries/slips/{slip.pk}.pdf").content.startswith(b"%PDF")


def test_many_files_on_one_slip_signed_for_line_by_line() -> None:
    clerk, reviewer = Desk(CLERK), Desk(REVIEWER)
    files = [hands.file_of(hands.at_the_counter()) for _ in range(2)]
    page = clerk.page("/desk/deliveries/slips/new/")
    assert page.count('name="piece"') == 2 and "交给 番江区市场监督管理局" in words(page)
    sent = {"to": files[0].case.department_id, "piece": [str(each.pk) for each in files]}
    path = clerk.post("/desk/deliveries/slips/new/", sent)["Location"].partition("?")[0]
    assert "签收" not in words(clerk.page(path)).replace("等待签收", "").replace("待签收", "").replace("交接签收", "")
    lines = list(Slip.objects.get().lines.order_by("pk"))
    answers = {f"line-{lines[1].pk}": "refused"}
    assert "请写明原因" in words(reviewer.post(path, answers))
    done = reviewer.post(path, {**answers, f"reason-{lines[1].pk}": "少一份"})
    assert "已签收" in words(reviewer.page(done["Location"]))
    assert [hands.piece(each.case, "file").holder_name for each in files] == ["郑卫东", "周敏"]


def test_handed_out_against_card_and_signature() -> None:
    issuer, case = Desk(ISSUER), story.granted()
    delivery = hands.ready(case)
    owner = Client()
    owner.force_login(accounts.account("chenzhiyuan"))
    assert delivery.code in words(owner.get(f"/cases/{case.number}/"))
    assert delivery.code not in issuer.page(f"/desk/cases/{case.number}/")
    found = issuer.get(f"/desk/deliveries/?q={delivery.code}")
    path = found["Location"]
    stranger = issuer.post(path, {**RECEIVER, "receiver_number": "449906197905110175", **SPOKEN})
    assert stranger.status_code == 422 and "都不一致" in words(stranger)
    unsigned = issuer.post(path, {**RECEIVER, "signature-way": "drawn", "signature-signer": "陈志远"})
    assert "请签字" in words(unsigned)
    assert Case.objects.get().status == "granted"
    assert "请由同事发放" in words(Desk(CLERK).page(path))
    assert Desk(CLERK).post(path, {**RECEIVER, **SPOKEN}).status_code == 403
    done = issuer.post(path, {**RECEIVER, **SPOKEN})
    assert "送达回证" in words(issuer.page(done["Location"]))
    assert issuer.get(f"{path}proof.pdf").content.startswith(b"%PDF")
    assert Delivery.objects.get().receiver_right == "法定代表人（负责人）"


def test_the_evening() -> None:
    clerk = Desk(CLERK)
    for sent, told in (({"counted": ""}, "请填写清点的份数"), ({"counted": "1"}, "请写明差异的原因")):
        answer = clerk.post("/desk/deliveries/day/", sent)
        assert answer.status_code == 422 and told in words(answer)
    done = clerk.post("/desk/deliveries/day/", {"counted": "1", "reason": "昨天的一份"})
    assert "已签字" in words(clerk.page(done["Location"]))
    assert clerk.get(f"/desk/deliveries/day/{Day.objects.get().day}.pdf").content.startswith(b"%PDF")


def test_few_queries_however_much_there_is() -> None:
    clerk, case = Desk(CLERK), hands.at_the_counter()
    slip = hands.handed_over()
    hands.file_of(case)
    reviewed = cases.accept_case(story.submitted(), actor=story.actor(COLLEAGUE))
    reviewed = cases.review_case(reviewed, opinion="齐全。", actor=story.actor(REVIEWER))
    ready = cases.grant_case(reviewed, actor=story.actor("xujing"))
    hands.ready(ready)
    counts = {
        path: clerk.queries(f"/desk/deliveries/{path}")
        for path in ("", "custody/", f"custody/{case.number}/", "slips/", "slips/new/", f"slips/{slip.pk}/", "day/",
                     f"{ready.number}/")
    }  # fmt: skip
    assert {path: count for path, count in counts.items() if count > MOST_QUERIES} == {}
