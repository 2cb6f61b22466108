"""The papers of cases, as the store of their applicants keeps them."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from ..models import Material


def papers_to_store(cases: Collection[UUID]) -> list[dict[str, Any]]:
    """Every file of these cases that has not been replaced, with what the counter found."""
    rows = Material.objects.filter(case__in=cases, replaced_at=None, file__state="clean")
    rows = rows.select_related("file", "case__acceptor").order_by("provided_at", "id")
    return [
        {
            "holder": row.case.applicant_id,
            "kind": row.reuse_key or f"{row.case.item_code}/{row.code}",
            "name": row.name,
            "file": row.file,
            "brought_by": row.case.filed_by,
            "provided_at": row.provided_at,
            "origin": row.case.number,
            "origin_name": row.case.item_name,
            "valid_to": row.valid_to,
            "fault": row.fault if row.state == "faulty" else "",
            "checked_by": row.case.accepted_by,
            "checked_in": row.case.acceptor.name,
            "checked_at": row.case.accepted_at,
        }
        for row in rows
    ]
