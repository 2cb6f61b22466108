"""Reads of cases: lists, one case, its timeline and papers, what the public may see, drafts."""

from .answers import unseal_answers
from .drafts import Content, content_of, draft_for, drafts_of, reusable_materials
from .elsewhere import cases_at_the_province, for_the_province, forwarded_case
from .lists import case_for, cases_of, cases_on_desk, counts_by_status, items_filed_lately, unended_count
from .page import CasePage, MaterialLine, case_page, notice_for, take_back_until, what_i_may_do
from .papers import notice_pdf, notice_title, receipt_pdf, remedy_words, track_url
from .public import PublicStatus, may_open_by_phone, public_status
from .timeline import Moment, timeline
from .versions import Standing, standing_under

__all__ = [
    "CasePage",
    "Content",
    "MaterialLine",
    "Moment",
    "PublicStatus",
    "Standing",
    "case_for",
    "case_page",
    "cases_at_the_province",
    "cases_of",
    "cases_on_desk",
    "content_of",
    "counts_by_status",
    "draft_for",
    "drafts_of",
    "for_the_province",
    "forwarded_case",
    "items_filed_lately",
    "may_open_by_phone",
    "notice_for",
    "notice_pdf",
    "notice_title",
    "public_status",
    "receipt_pdf",
    "remedy_words",
    "reusable_materials",
    "standing_under",
    "take_back_until",
    "timeline",
    "track_url",
    "unended_count",
    "unseal_answers",
    "what_i_may_do",
]  # fmt: skip
