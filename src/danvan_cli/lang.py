"""The language of the screen: Vietnamese as written in the code, English from a catalogue.

Documents are Vietnamese always and never pass through here.
"""

from __future__ import annotations

LANGUAGES = ("vi", "en")

_english: dict[str, str] = {}


def use(language: str) -> None:
    """Set the language of the screen for this process, one of `LANGUAGES`."""
    _english.clear()
    if language == "en":
        import json
        from pathlib import Path

        catalogue = Path(__file__).with_name("locale").joinpath("en.json").read_text(encoding="utf-8")
        _english.update(json.loads(catalogue))


def current() -> str:
    """Give the language in use."""
    return "en" if _english else "vi"


def _(message: str, /, **values: object) -> str:
    """Give a message of the screen in the language in use, with `{names}` filled in.

    Args:
        message: the Vietnamese text, a literal (the catalogue is checked against the literals in the code).
        values: what stands for each `{name}`.
    """
    text = _english.get(message, message)
    return text.format_map(values) if values else text
