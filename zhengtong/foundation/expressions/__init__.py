"""The one small grammar for conditions in forms, materials, rules and indicators. No Django.

    who == 'firm' and (area > 200 or present(kitchen)) and not age(born) < 18 and kind in ['hot', 'cold']

Nouns: expression (compiled once, called with values), reason (a part that did not hold).
Verbs: `compile_expression`, call, `explain`. A name that is missing is null; a comparison with null is false, only
`== null` and `!= null` ask for it. Compiling raises `ExpressionInvalid` and nothing else; evaluating never raises.
"""

from .expression import Expression, Reason, compile_expression
from .words import ExpressionInvalid

__all__ = ["Expression", "ExpressionInvalid", "Reason", "compile_expression"]
