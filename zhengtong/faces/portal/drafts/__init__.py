"""An application in the making: choose for whom, fill in section by section, hand in papers, check, submit."""

from .checking import check
from .filling import form, save
from .papers import material, materials
from .starting import discard, new, overview

__all__ = ["check", "discard", "form", "material", "materials", "new", "overview", "save"]
