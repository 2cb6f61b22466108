"""Register persons and entities, name who may act, agree to be helped, have oneself checked."""

from .helping import (
    agree_by_code,
    agree_to_help,
    ask_to_help,
    check_help_paper,
    decline_help,
    end_help,
    register_helper,
    withdraw_help,
)
from .identifying import ask_identity_check, keep_identity_check
from .registering import (
    add_representation,
    change_contact,
    claim_entity,
    end_representation,
    link_account,
    register_subject,
)

__all__ = [
    "add_representation",
    "agree_by_code",
    "agree_to_help",
    "ask_identity_check",
    "ask_to_help",
    "change_contact",
    "check_help_paper",
    "claim_entity",
    "decline_help",
    "end_help",
    "end_representation",
    "keep_identity_check",
    "link_account",
    "register_helper",
    "register_subject",
    "withdraw_help",
]
