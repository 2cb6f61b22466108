"""The catalogue for those who keep it: lists, the page of an item, publishing, editing, imports."""

from .browsing import browse
from .contacts import contacts
from .editing import edit
from .importing import import_file
from .page import detail
from .publishing import publish

__all__ = ["browse", "contacts", "detail", "edit", "import_file", "publish"]
