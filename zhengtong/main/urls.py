"""All routes on one page. The noun of a URL is the file in the face that answers it."""

from django.urls import path, re_path

from zhengtong.faces.desk import accounts as desk_accounts
from zhengtong.faces.desk import cases as desk_cases
from zhengtong.faces.desk import components as desk_components
from zhengtong.faces.desk import drafts as desk_drafts
from zhengtong.faces.desk import files as desk_files
from zhengtong.faces.desk import items as desk_items
from zhengtong.faces.desk import tasks as desk_tasks
from zhengtong.faces.gateway.api import api, nothing_here
from zhengtong.faces.gateway.health import health
from zhengtong.faces.portal import accounts, cases, credentials, drafts, files, home, items, ratings, subjects, tracking
from zhengtong.foundation.ui import pages
from zhengtong.foundation.ui.preferences import save_preferences

PORTAL = [
    path("", home.home, name="home"),
    path("items/", items.search, name="items"),
    path("items/suggest/", items.suggest, name="items-suggest"),
    path("items/<slug:code>/", items.guide, name="item"),
    path("accounts/register/", accounts.register, name="register"),
    path("accounts/sign-in/", accounts.sign_in, name="sign-in"),
    path("accounts/sign-out/", accounts.sign_out, name="sign-out"),
    path("accounts/password/", accounts.password, name="password"),
    path("subjects/", subjects.mine, name="subjects"),
    path("subjects/entities/new/", subjects.add_entity, name="entity-new"),
    path("cases/", cases.mine, name="cases"),
    path("cases/new/<slug:item>/", drafts.new, name="case-new"),
    path("cases/drafts/<uuid:draft>/", drafts.overview, name="draft"),
    path("cases/drafts/<uuid:draft>/form/<slug:section>/", drafts.form, name="draft-form"),
    path("cases/drafts/<uuid:draft>/save/<slug:section>/", drafts.save, name="draft-save"),
    path("cases/drafts/<uuid:draft>/materials/", drafts.materials, name="draft-materials"),
    path("cases/drafts/<uuid:draft>/materials/<slug:code>/", drafts.material, name="draft-material"),
    path("cases/drafts/<uuid:draft>/check/", drafts.check, name="draft-check"),
    path("cases/drafts/<uuid:draft>/discard/", drafts.discard, name="draft-discard"),
    path("cases/<str:number>/", cases.detail, name="case"),
    path("cases/<str:number>/submitted/", cases.submitted, name="case-submitted"),
    path("cases/<str:number>/receipt.pdf", cases.receipt, name="case-receipt"),
    path("cases/<str:number>/notices/<slug:kind>.pdf", cases.notice, name="case-notice"),
    path("cases/<str:number>/take-back/", cases.take_back, name="case-take-back"),
    path("cases/<str:number>/withdraw/", cases.withdraw, name="case-withdraw"),
    path("cases/<str:number>/correction/", cases.correction, name="case-correction"),
    path("files/<uuid:file>/", files.download, name="file"),
    path("t/", tracking.look_up, name="tracking"),
    path("t/<str:number>", tracking.status, name="tracking-status"),
    path("credentials/", credentials.mine, name="credentials"),
    path("credentials/<uuid:credential>/", credentials.detail, name="credential"),
    path("credentials/<uuid:credential>/file.pdf", credentials.file, name="credential-file"),
    path("v/", credentials.look_up, name="verification"),
    path("v/<str:code>", credentials.verify, name="verification-result"),
    path("ratings/<str:number>/", ratings.rate, name="rating"),
]
DESK = [
    path("desk/", desk_tasks.inbox, name="desk"),
    path("desk/accounts/sign-in/", desk_accounts.sign_in, name="desk-sign-in"),
    path("desk/accounts/sign-out/", desk_accounts.sign_out, name="desk-sign-out"),
    path("desk/accounts/password/", desk_accounts.password, name="desk-password"),
    path("desk/tasks/<int:task>/claim/", desk_tasks.claim, name="desk-task-claim"),
    path("desk/tasks/<int:task>/return/", desk_tasks.give_back, name="desk-task-return"),
    path("desk/tasks/<int:task>/hand-over/", desk_tasks.hand_over, name="desk-task-hand-over"),
    path("desk/cases/", desk_cases.browse, name="desk-cases"),
    path("desk/cases/export/", desk_cases.export, name="desk-cases-export"),
    path("desk/cases/new/", desk_drafts.new, name="desk-case-new"),
    path("desk/cases/drafts/<uuid:draft>/", desk_drafts.intake, name="desk-draft"),
    path("desk/cases/drafts/<uuid:draft>/save/", desk_drafts.save, name="desk-draft-save"),
    path("desk/cases/drafts/<uuid:draft>/discard/", desk_drafts.discard, name="desk-draft-discard"),
    path("desk/cases/<str:number>/", desk_cases.detail, name="desk-case"),
    path("desk/cases/<str:number>/receipt.pdf", desk_cases.receipt, name="desk-case-receipt"),
    path("desk/cases/<str:number>/notices/<slug:kind>.pdf", desk_cases.notice, name="desk-case-notice"),
    path("desk/cases/<str:number>/correction/", desk_cases.correction, name="desk-case-correction"),
    path("desk/cases/<str:number>/<slug:verb>/", desk_cases.act, name="desk-case-act"),
    path("desk/files/<uuid:file>/", desk_files.download, name="desk-file"),
    path("desk/components/", desk_components.overview, name="desk-components"),
    path("desk/components/<slug:group>/", desk_components.group, name="desk-component-group"),
    path("desk/items/", desk_items.browse, name="desk-items"),
    path("desk/items/import/", desk_items.import_file, name="desk-items-import"),
    path("desk/items/contacts/", desk_items.contacts, name="desk-items-contacts"),
    path("desk/items/<slug:code>/", desk_items.detail, name="desk-item"),
    path("desk/items/<slug:code>/publish/", desk_items.publish, name="desk-item-publish"),
    path("desk/items/<slug:code>/edit/", desk_items.edit, name="desk-item-edit"),
]
GATEWAY = [
    path("api/", api.urls),
    re_path(r"^api/(?P<rest>.*)$", nothing_here, name="api-nothing"),
    path("health", health, name="health"),
]
EVERYWHERE = [
    path("preferences/", save_preferences, name="preferences"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("offline/", pages.offline, name="offline"),
]
urlpatterns = [*GATEWAY, *DESK, *EVERYWHERE, *PORTAL]
handler500 = "zhengtong.foundation.ui.pages.server_error"
