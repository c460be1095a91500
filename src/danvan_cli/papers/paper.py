"""What a kind of paper says of itself: its template, what it is for, which command makes it."""

from __future__ import annotations

from typing import ClassVar

from danvan_cli.word.shape import Part


class Paper(Part):
    """A paper: its fields are the names that its template may use."""

    template: ClassVar[str]
    """The template's name, which is the module's: `bao-cao` of `bao_cao.py`."""
    about: ClassVar[str]
    command: ClassVar[str]
    """What makes it."""
    official: ClassVar[bool]
    """Whether it is a document in the sense of Nghị định 30/2020, whose form is judged."""
    listed: ClassVar[int]
    """Where it stands among the others; what says nothing stands last, by name."""

    def __init_subclass__(cls, *, about: str, command: str = "", official: bool = True, listed: int = 1000) -> None:
        """Take what the kind says of itself behind its name."""
        super().__init_subclass__()
        cls.template = cls.__module__.rpartition(".")[2].replace("_", "-")
        cls.about, cls.command, cls.official, cls.listed = about, command, official, listed
