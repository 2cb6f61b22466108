"""Make messages, send them out, hear what became of them; keep templates; everybody's own preferences."""

from .keeping import define_from_pack, edit_template, end_from_pack
from .making import Addressee, Telling, make_messages
from .preferring import add_email, bind_wechat, choose_channels, confirm_email, forget_email
from .reading import mark_all_read, mark_read
from .sending import send_again, send_due, take_reports

__all__ = [
    "Addressee",
    "Telling",
    "add_email",
    "bind_wechat",
    "choose_channels",
    "confirm_email",
    "define_from_pack",
    "edit_template",
    "end_from_pack",
    "forget_email",
    "make_messages",
    "mark_all_read",
    "mark_read",
    "send_again",
    "send_due",
    "take_reports",
]  # fmt: skip
