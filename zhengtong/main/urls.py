"""All routes on one page. The noun of a URL is the file in the face that answers it."""

from django.urls import path, re_path

from zhengtong.faces.desk import accounts as desk_accounts
from zhengtong.faces.desk import cases as desk_cases
from zhengtong.faces.desk import drafts as desk_drafts
from zhengtong.faces.desk import files as desk_files
from zhengtong.faces.desk import items as desk_items
from zhengtong.faces.desk import tasks as desk_tasks
from zhengtong.faces.gateway.api import api, nothing_here
from zhengtong.faces.gateway.health import health
from zhengtong.foundation.ui import pages
from zhengtong.foundation.ui.preferences import save_preferences

DESK = [
    path("desk/", desk_tasks.inbox, name="desk"),
    path("desk/accounts/sign-in/", desk_accounts.sign_in, name="desk-sign-in"),
    path("desk/accounts/sign-out/", desk_accounts.sign_out, name="desk-sign-out"),
    path("desk/accounts/password/", desk_accounts.password, name="desk-password"),
    path("desk/tasks/<int:task>/claim/", desk_tasks.claim, name="desk-task-claim"),
    path("desk/tasks/<int:task>/return/", desk_tasks.give_back, name="desk-task-return"),
    path("desk/tasks/<int:task>/hand-over/", desk_tasks.hand_over, name="desk-task-hand-over"),
    path("desk/cases/", desk_cases.browse, name="desk-cases"),
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
    path("desk/items/", desk_items.browse, name="desk-items"),
    path("desk/items/import/", desk_items.import_file, name="desk-items-import"),
    path("desk/items/<slug:code>/", desk_items.detail, name="desk-item"),
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
urlpatterns = [*GATEWAY, *DESK, *EVERYWHERE]
handler500 = "zhengtong.foundation.ui.pages.server_error"
