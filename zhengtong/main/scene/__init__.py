"""The demo district's people and past month: read from the pack's scene/, played by the public actions.

`prepare` makes an empty database a living district; a second call changes nothing. `greeting` says who may sign in.
"""

from .preparing import greeting, prepare

__all__ = ["greeting", "prepare"]
