"""Reads of cases: lists, one case, its timeline and papers, what the public may see, drafts."""

from ..rules import PROPOSALS, VERDICTS
from .answers import unseal_answers
from .drafts import (
    REFERENCE,
    Content,
    Use,
    content_of,
    draft_for,
    drafts_of,
    provided_in,
    reusable_materials,
    uses_of_materials,
)
from .elsewhere import cases_at_the_province, for_the_province, forwarded_case
from .hands import hands_on, paper_count, paper_names, taken_in_count
from .lists import case_for, cases_of, cases_on_desk, counts_by_status, items_filed_lately, unended_count
from .numbers import numbers_of, stream_of_number
from .online import HEAPS, OnlineShare, cases_behind, online_share, recorded_visits
from .pace import BEHIND, Pace, cases_behind_pace, kept_limits, pace
from .page import CasePage, MaterialLine, case_page, notice_for, take_back_until, what_i_may_do
from .papers import notice_pdf, notice_title, receipt_pdf, remedy_words, track_url
from .public import PublicStatus, may_open_by_phone, public_status
from .revealing import Field, carried_across
from .reviewing import (
    KINDS,
    Correction,
    Point,
    checklist,
    corrections_of,
    findings_of,
    gaps_of,
    house_phrases,
    may_note_gaps,
    merged,
    my_phrases,
    phrases_at_hand,
    points_of,
)  # fmt: skip
from .signing import Waiting, signed_by, waiting_for_decision, words_of
from .storing import papers_to_store
from .telling import Contact, cases_by_number, cases_to_tell, corrections_to_tell, people_to_tell, told_facts
from .timeline import Moment, timeline
from .versions import Standing, standing_under
from .waiting import money_due

__all__ = [
    "BEHIND",
    "HEAPS",
    "KINDS",
    "PROPOSALS",
    "REFERENCE",
    "VERDICTS",
    "CasePage",
    "Contact",
    "Content",
    "Correction",
    "Field",
    "MaterialLine",
    "Moment",
    "OnlineShare",
    "Pace",
    "Point",
    "PublicStatus",
    "Standing",
    "Use",
    "Waiting",
    "carried_across",
    "case_for",
    "case_page",
    "cases_at_the_province",
    "cases_behind",
    "cases_behind_pace",
    "cases_by_number",
    "cases_of",
    "cases_on_desk",
    "cases_to_tell",
    "checklist",
    "content_of",
    "corrections_of",
    "corrections_to_tell",
    "counts_by_status",
    "draft_for",
    "drafts_of",
    "findings_of",
    "for_the_province",
    "forwarded_case",
    "gaps_of",
    "hands_on",
    "house_phrases",
    "items_filed_lately",
    "kept_limits",
    "may_note_gaps",
    "may_open_by_phone",
    "merged",
    "money_due",
    "my_phrases",
    "notice_for",
    "notice_pdf",
    "notice_title",
    "numbers_of",
    "online_share",
    "pace",
    "paper_count",
    "paper_names",
    "papers_to_store",
    "people_to_tell",
    "phrases_at_hand",
    "points_of",
    "provided_in",
    "public_status",
    "receipt_pdf",
    "recorded_visits",
    "remedy_words",
    "reusable_materials",
    "signed_by",
    "standing_under",
    "stream_of_number",
    "take_back_until",
    "taken_in_count",
    "timeline",
    "told_facts",
    "track_url",
    "unended_count",
    "unseal_answers",
    "uses_of_materials",
    "waiting_for_decision",
    "what_i_may_do",
    "words_of",
]  # fmt: skip
