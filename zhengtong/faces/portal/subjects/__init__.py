"""I myself: how I am reached, whom I stand for, whom I help and who helps me."""

from .contact import contact
from .entities import add_entity
from .helping import answer, ask, end
from .identifying import identify
from .mine import mine

__all__ = ["add_entity", "answer", "ask", "contact", "end", "identify", "mine"]
