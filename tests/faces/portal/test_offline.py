"""Without a network: guides stay readable, answers wait on the device; signing out leaves nothing there."""

import gzip

from tests import story
from tests.faces.conftest import Open
from tests.faces.portal.citizens import OWNER, RESTAURANT
from zhengtong.topics.cases import actions
from zhengtong.topics.cases import queries as cases

# A question to the page, asked again until the time is over; a promise that nobody keeps would be waited for for ever.
READY = "() => navigator.serviceWorker.controller?.state === 'activated'"
KEPT = """async () => (await Promise.all((await caches.keys()).map(async (name) =>
    (await (await caches.open(name)).keys()).map((one) => new URL(one.url).pathname)))).flat()"""
DATABASES = "async () => (await indexedDB.databases()).map((one) => one.name)"


def test_answers_wait_on_the_device_and_signing_out_leaves_nothing(open_portal: Open) -> None:
    owner = story.actor(OWNER)
    draft = actions.start_draft(RESTAURANT, applicant=story.subject("weizhenyuan").pk, actor=owner)
    tab = open_portal(OWNER, width=390)
    path = f"/cases/drafts/{draft.pk}/form/premises/"
    tab.goto(path)
    tab.wait_for_function(READY)
    tab.context.set_offline(True)
    tab.fill("[name=shop_name]", "味真园梅园店")
    tab.press("[name=shop_name]", "Tab")
    tab.get_by_text("已存在本机，联网后自动上传").wait_for()
    assert cases.content_of(cases.draft_for(owner, draft.pk)).answers.get("shop_name") is None
    # The page is closed, and opened again when the line is back.
    other = tab.context.new_page()
    tab.close()
    other.context.set_offline(False)
    with other.expect_response(lambda answer: "/save/" in answer.url) as sent:
        other.goto(path)
    assert "idempotency_key" in (sent.value.request.post_data or "")
    other.wait_for_function("() => document.querySelector('[name=shop_name]')?.value === '味真园梅园店'")
    # Kept again, and changed elsewhere meanwhile: shown, not overwritten.
    other.context.set_offline(True)
    other.fill("[name=shop_name]", "味真园湖边店")
    other.press("[name=shop_name]", "Tab")
    other.get_by_text("已存在本机，联网后自动上传").wait_for()
    newest = cases.draft_for(owner, draft.pk)
    content = cases.content_of(newest)
    content.answers["shop_name"] = "味真园总店"
    actions.save_draft(
        newest, content={"answers": content.answers, "materials": {}, "done": []}, version=newest.version, actor=owner
    )
    other.context.set_offline(False)
    other.goto(path)
    other.get_by_text("这一部分在另一处改过了").wait_for()
    assert other.input_value("[name=shop_name]") == "味真园总店"
    assert "味真园湖边店" in other.locator(".zt-notice.tone-warning").inner_text()
    assert other.evaluate(DATABASES) == ["zt-outbox"]
    other.locator("summary:has-text('我的账户')").click()
    with other.expect_navigation():
        other.get_by_role("button", name="退出登录").click()
    assert other.evaluate(DATABASES) == []


def test_the_page_is_read_aloud_part_by_part(open_portal: Open) -> None:
    tab = open_portal(look="light.elder.on", width=390)
    tab.add_init_script(
        "window.said = []; speechSynthesis.speak = (one) => { said.push(one.text); setTimeout(() => one.onend(), 40) }"
    )
    tab.goto(f"/items/{RESTAURANT}/")
    tab.get_by_role("button", name="读给我听").click()
    tab.wait_for_function("() => said.length > 2")
    assert tab.locator(".zt-reading").count() == 1
    assert "食品经营许可（新办，餐饮服务）" in tab.evaluate("said")
    tab.get_by_role("button", name="不读了").click()
    assert tab.locator(".zt-reading").count() == 0
    silent = open_portal(width=390)
    silent.add_init_script("Object.defineProperty(window, 'speechSynthesis', { value: undefined })")
    sizes: dict[str, int] = {}
    silent.on("response", lambda answer: sizes.update({answer.url: len(gzip.compress(answer.body(), 9))}))
    silent.goto(f"/items/{RESTAURANT}/", wait_until="load")
    assert silent.locator("[data-read]").is_hidden()
    ours = {url: size for url, size in sizes.items() if "/portal/read.js" in url}
    assert ours == {}


def test_a_guide_and_the_way_out_of_it_without_a_network(open_portal: Open) -> None:
    tab = open_portal(OWNER, width=390)
    tab.goto("/")
    tab.wait_for_function(READY)
    tab.goto(f"/items/{RESTAURANT}/")
    tab.goto("/cases/")
    tab.wait_for_function(f"() => ({KEPT})().then((kept) => kept.includes('/items/{RESTAURANT}/'))")
    # Nothing of hers is in the store: no page of a person, and the guide as anybody sees it.
    kept = tab.evaluate(KEPT)
    assert all(one == "/offline/" or one.startswith(("/static/", "/items/")) for one in kept), kept
    tab.context.set_offline(True)
    tab.goto(f"/items/{RESTAURANT}/")
    assert tab.get_by_role("heading", level=1).inner_text().startswith("食品经营许可")
    assert tab.get_by_text("现在没有网络，看到的是上次打开时存下的内容").is_visible()
    assert tab.get_by_role("link", name="登录").first.is_visible()
    tab.goto("/cases/")
    assert tab.get_by_role("heading", name="现在没有网络").is_visible()
    tab.context.set_offline(False)
    told = tab.request.get("/manifest.webmanifest").json()
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}
    assert all(tab.request.get(icon["src"]).ok for icon in told["icons"])
    assert told["display"] == "standalone"
