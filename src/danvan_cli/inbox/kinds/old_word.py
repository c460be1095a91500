"""Word documents of before 2007."""

from __future__ import annotations

from danvan_cli.inbox.kinds.word import Word
from danvan_cli.inbox.old import Old


class OldWord(Old, Word):
    """A .doc file."""

    name = "old-word"
    suffixes = (".doc",)


KIND = OldWord()
