"""What a form is and what its answers must be; pure Python."""

from .compile import compile_form, element_faults, element_with_defaults, form_faults, with_elements
from .definition import (
    WIDGETS,
    AnswersInvalid,
    Choice,
    Element,
    Field,
    FormDefinitionInvalid,
    Repeat,
    Section,
)
from .display import DisplayRow, DisplaySection
from .form import Form, Turn
from .merge import MergedForm, merge_forms
from .messages import Message
from .parsing import page_values, parse
from .prefilling import Prefilled, prefill
from .validate import FormResult
from .vocabulary import DEFINITION_SCHEMA, ELEMENT_SCHEMA

__all__ = [
    "DEFINITION_SCHEMA", "ELEMENT_SCHEMA", "WIDGETS", "AnswersInvalid", "Choice", "DisplayRow", "DisplaySection",
    "Element", "Field", "Form", "FormDefinitionInvalid", "FormResult", "MergedForm", "Message", "Prefilled", "Repeat",
    "Section", "Turn", "compile_form", "element_faults", "element_with_defaults", "form_faults", "merge_forms",
    "page_values", "parse", "prefill", "with_elements",
]  # fmt: skip
