"""What a verb means in words: declared by the module that owns the verb, read by whoever shows a trail."""

from zhengtong.foundation.wiring import Registry

sentences: Registry[str, str] = Registry("audit sentences")


def sentence(verb: str) -> str:
    """The owner's words for a verb, or the verb itself where nobody declared any."""
    return sentences.get(verb) if verb in sentences else verb
