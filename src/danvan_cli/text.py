"""Vietnamese text: cleaned at the border, compared, sorted, and dates and figures as Vietnamese write them."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Literal

from danvan_cli.lang import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

# Control characters but LF and TAB, lone surrogates, zero-width, bidi and BOM: none belongs in a document.
UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)

_BEYOND_ASCII = [chr(code) for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))]
UPPER = "A-Z" + "".join(c for c in _BEYOND_ASCII if c.isupper())
"""The capital letters of Vietnamese, for the inside of a regular expression's brackets."""
LOWER = "a-z" + "".join(c for c in _BEYOND_ASCII if c.islower())
"""The small letters of Vietnamese, for the inside of a regular expression's brackets."""

_TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}  # ngang huyền hỏi ngã sắc nặng
_LETTERS = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", start=100)}
_NUMBER = re.compile(r"([0-9]+)")
_AT_ONCE = 1000
_PIECE = re.compile(rf"[\x00-\x7f]++[^\x00-\x7f]{{0,{_AT_ONCE}}}|[^\x00-\x7f]{{1,{_AT_ONCE}}}")
"""No letter of ASCII joins what stands before it."""


def clean(value: str) -> str:
    """Make a string from anybody fit to show and to store.

    NFC, line ends as LF, without control, zero-width and bidirectional marks.
    """
    if value.isascii() and value.isprintable():
        return value
    if not value.isprintable():  # nothing that is printable is unwanted, and most texts are
        value = UNWANTED.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    return value if unicodedata.is_normalized("NFC", value) else normalized(value)


def normalized(value: str, form: Literal["NFC", "NFD", "NFKC"] = "NFC") -> str:
    """Bring a text to a form of Unicode, in time that its length bounds: Python puts a run of marks in order mark by mark."""
    if len(value) <= _AT_ONCE:
        return unicodedata.normalize(form, value)
    return "".join(unicodedata.normalize(form, piece) for piece in _PIECE.findall(value))


def readable(name: str) -> str:
    r"""Give a file name as text fit to show and to store: a byte that is no UTF-8 becomes `\xe1`, none is lost."""
    return clean(name.encode("utf-8", sys.getfilesystemencodeerrors()).decode("utf-8", "backslashreplace"))


def squeeze(value: str) -> str:
    """Collapse every run of white space to one space."""
    if value.isprintable() and "  " not in value:  # no other white space is printable, and most texts are so
        return value.strip()
    return " ".join(value.split())


_PLAIN = {code: code for code in range(0x80)} | {  # plain letters too: what a table lacks takes twice as long
    ord(letter): unicodedata.normalize("NFD", letter)[0].replace("đ", "d")
    for letter in _BEYOND_ASCII
    if letter.islower()
}
_OTHER = re.compile("[^\x00-\x7f\u00a0\u2000-\u206f\u00ab\u00bb]")
"""What the table of Vietnamese letters may leave as it is although it has marks."""
_ID_WORD = re.compile("[a-z0-9]+")


def fold(value: str) -> str:
    """Lower case without marks, `đ` as `d`: for finding what was typed without a Vietnamese keyboard."""
    if value.isascii():
        return value.casefold()
    out = value.casefold().translate(_PLAIN)
    if not _OTHER.search(out):
        return out
    bare = "".join(c for c in normalized(value.casefold(), "NFD") if not unicodedata.combining(c))
    return bare.replace("đ", "d")


def slug(value: str) -> str:
    """Make an id's words of a text: `Sở Y tế` is `so-y-te`."""
    return "-".join(_ID_WORD.findall(fold(value)))


def by_marks(said: str, names: Mapping[str, str]) -> str | None:
    """Tell which of names that differ in their marks alone a text means: xã Lộc Thành or xã Lộc Thạnh; by their keys.

    None where the text has no marks, or names several.
    """
    words = toned(said)
    found = set[str]()
    for key, name in names.items():
        mine = toned(_AUTHORITY.sub("", squeeze(clean(name)).casefold()))
        if any(words[i : i + len(mine)] == mine for i in range(len(words) - len(mine) + 1)):
            found.add(key)
    return found.pop() if len(found) == 1 else None


_AUTHORITY = re.compile("^(?:ubnd|ủy ban nhân dân|uỷ ban nhân dân) ")


def toned(text: str) -> list[str]:
    """Give the words of a text with the tone at the end of each, wherever it was put: hoà is hòa."""
    parts = (unicodedata.normalize("NFD", word) for word in re.findall(r"[^\W_]+", clean(text).casefold()))
    tones = "".join(_TONES)
    return ["".join(sorted(part, key=tones.__contains__)) for part in parts]


@lru_cache(maxsize=4096)
def sort_key(value: str) -> tuple[tuple[int, int, str], ...]:
    """Order as a Vietnamese dictionary does: syllable after syllable, each by letter, then by tone; numbers by value."""
    return tuple(part for word in normalized(value.casefold()).split() for part in _syllable(word))


def _syllable(word: str) -> tuple[tuple[int, int, str], ...]:
    key: list[tuple[int, int, int, str]] = []
    for i, piece in enumerate(_NUMBER.split(word)):
        if i % 2:
            digits = piece.lstrip("0")
            key.append((1, len(digits), 0, digits))  # the longer number is the larger
            continue
        for char in piece:
            marks = unicodedata.normalize("NFD", char)
            tone = next((t for m, t in _TONES.items() if m and m in marks), 0)
            letter = unicodedata.normalize("NFC", "".join(m for m in marks if m not in _TONES))
            rank = _LETTERS.get(letter)
            key.append((2, rank, tone, "") if rank else (0, 0, 0, letter))
    # All letters of a syllable decide before its tone does; the shorter comes first.
    letters = ((kind, rank, other) for kind, rank, _, other in key)
    return (*letters, (-1, 0, ""), *((0, tone, "") for _, _, tone, _ in key))


class Ids:
    """Gives ids that nobody has: a name again is `name-2`, `name-3`, in time that their number bounds."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {*taken}
        self._last: dict[str, int] = {}

    def free(self, name: str) -> str:
        """Give a name, or the first of its followers that is free; it is taken from then on."""
        found = name
        while found in self._taken:
            self._last[name] = self._last.get(name, 1) + 1
            found = f"{name}-{self._last[name]}"
        self._taken.add(found)
        return found


def distance(left: str, right: str, limit: int) -> int:
    """Count the edits (insert, delete, replace, swap of neighbours) from one word to the other, at most `limit` + 1."""
    if left == right:
        return 0
    if abs(len(left) - len(right)) > limit or sum((Counter(left) - Counter(right)).values()) > limit:
        return limit + 1  # each letter too many takes an edit
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        new = [i]
        for j, b in enumerate(right, start=1):
            cost = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            new.append(cost)
        if min(new) > limit:
            return limit + 1
        before, row = row, new
    return min(row[-1], limit + 1)


def nearest(word: str, known: Iterable[str], *, most: int = 1) -> list[str]:
    """Find the known words that a mistyped one most likely means, nearest first.

    Marks and case count half: `so-y-tê` is as near to `so-y-te` as can be. Nothing near gives nothing.
    """
    typed = fold(word).translate(_JOINTS)
    limit = max(1, min(4, len(typed) // 3))
    scored = []
    for candidate in dict.fromkeys(known):
        plain = fold(candidate).translate(_JOINTS)
        off = distance(typed, plain, limit)
        if off > limit and len(typed) >= 3 and typed in plain:
            off = limit
        if off <= limit:
            scored.append((off, abs(len(plain) - len(typed)), candidate))
    return [candidate for *_, candidate in sorted(scored)[:most]]


def perhaps(word: str, known: Iterable[str]) -> str | None:
    """Ask whether the nearest known word was meant; None where nothing is near."""
    near = nearest(word, known)
    return _("có phải «{near}»?", near=near[0]) if near else None


def few(names: Sequence[str], most: int, between: str = "; ") -> str:
    """Name the first few, and say how many more there are."""
    more = len(names) - most
    return between.join(names[:most]) + (_(" và {count} nữa", count=more) if more > 0 else "")


def day(value: date) -> str:
    """Write a date in running text: `10/5/2023`, `05/02/2023` (days below 10, months 1 and 2 get a 0)."""
    return f"{value.day:02d}/{_month(value)}/{value.year}"


def long_day(value: date) -> str:
    """Write a date as documents do (NĐ 30/2020, Phụ lục I, II.4): `ngày 05 tháng 3 năm 2023`."""
    return f"ngày {value.day:02d} tháng {_month(value)} năm {value.year}"


def _month(value: date) -> str:
    return f"{value.month:02d}" if value.month < 3 else str(value.month)


def roman(number: int) -> str:
    """Write a number in Roman figures; empty for one that is none."""
    out = ""
    for value, letters in _ROMAN:
        out += letters * (number // value)
        number %= value
    return out


def number(value: Decimal | int) -> str:
    """Write a figure as Vietnamese do: `1.234,5`; the decimals stay as they are given."""
    return f"{Decimal(value):,f}".translate(_SEPARATORS)


def counted(count: Decimal | int) -> str:
    """Write how many there are as documents do: `02`, `14`, `1.250`; what is not whole stays as it is."""
    return f"0{number(count)}" if 0 < count < 10 and count == int(count) else number(count)


def sentences(value: str) -> str:
    """Complete the punctuation of what a person typed, once for all papers.

    A line that introduces items ends with a colon, an item with a semicolon, everything else and the last line with a
    full stop; marks that stand there are kept. A percent sign stands right behind its figure.
    """
    lines = [line.strip() for line in _PERCENT.sub("%", value).split("\n") if line.strip()]
    ends = [*map(_end, lines, [*lines[1:], ""])]
    return "\n".join(line.rstrip(",; ") + end if end else line for line, end in zip(lines, ends, strict=True))


def _end(line: str, following: str) -> str:
    """Tell which mark a line needs at its end, if any; the last line has nothing that follows."""
    last = line.rstrip("\"'”’»)]")[-1:]
    if last in _STOPS and (following or last not in {",", ";"}):
        return ""
    if following.startswith(_BULLETS):
        return ";" if line.startswith(_BULLETS) else ":"
    return "."


_STOPS = frozenset(".;:!?…,")
_BULLETS = ("-", "+", "•")
_PERCENT = re.compile(r"(?<=\d)[ \u00a0\u202f]+%")
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"),
    (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_JOINTS = dict.fromkeys(map(ord, "-_. "))
_SEPARATORS = str.maketrans(",.", ".,")

# Letters of old 8-bit fonts, as they look when their bytes are taken for Latin-1.
# Only pairs that Unicode text never holds: `giám sát, thông báo` is Vietnamese, though of Latin-1 letters alone.
_TCVN3 = re.compile("[a-zA-Z][µ¸¶·¹¨»¾¼½Æ©ÇË®ÐÎÏÑªÖ×ØÜÞßä«åæç¬ëîïñ\u00adø÷öûüþ]|[®§©«][a-zA-Z]")
_VNI = re.compile(
    r"(?i:[ae][áàâäåãõùøûúöëêïôü])|(?i:o[âäåûùøêôõï])|(?i:[uy][ùøûïäëöüåõ])|(?i:[öô][ùøûõï])|ñ[aeiouAEIOU]"
)
VIETNAMESE = re.compile(r"[\u1ea0-\u1ef9ăđơưĂĐƠƯ]")


def legacy_encoding(value: str) -> str | None:
    """Tell whether a text was typed in an 8-bit font of old: `TCVN3` or `VNI`, else None.

    Text that holds real Vietnamese letters is taken for what it is, unless what looks old outweighs them.
    """
    if value.isascii():
        return None
    real = len(VIETNAMESE.findall(value))
    old, name = max((len(pattern.findall(value)), name) for name, pattern in (("TCVN3", _TCVN3), ("VNI", _VNI)))
    return name if old > max(3, real) else None


MAY_BE_SECRET = re.compile(r"MẬT|[Mm][Ậậ][Tt]\s*:")
"""What every mark of secrecy holds; fast to look for."""
_SECRET_WORDS = tuple(map("".join, product("Mm", "Ậậ", "Tt")))
SECRET_WORD = re.compile("[Mm][Ậậ][Tt]")
"""The word of every mark, also where only its format would make capitals of it."""
SECRECY = (  # as text: it is seldom needed, and slow to compile
    r"(?m)(?:(?<![^\W\d_])(?:TUYỆT|TỐI)(?:[\s_]+|[-–])(?=MẬT)"
    r"|(?i:độ)[^\S\n]+(?=(?i:mật[^\S\n]*:\s*[«“\"'\[(]?(?:tuyệt\s+mật|tối\s+mật|mật)\b))"
    r"|(?i:đóng\s+dấu|dấu\s+chỉ)(?:\s+(?i:độ))?[^\S\n]*[«“\"']?(?=MẬT)"
    r"|(?:^|[\[(«“\"'>|:,/*#–—-])[^\S\n]*(?=MẬT[^\S\n]*(?:$|[\])»”\"'.,;:!/|#*–—-])))([Mm][Ậậ][Tt])(?![^\W\d_])"
)
"""A mark of secrecy; its first group is the word."""
WARNING = "Không ghi nội dung mật (MẬT, TỐI MẬT, TUYỆT MẬT) và dữ liệu riêng của người khiếu nại, tố cáo vào sổ này."
"""What our own workbooks say of marks; it is none."""
UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2060-\u206f\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Letters beyond `UNWANTED` that nobody sees (Unicode's Default_Ignorable_Code_Point), for the inside of brackets."""
INVISIBLE = re.compile(f"[{UNSEEN}]")


def bare(value: str) -> str:
    """Give anybody's text as it is searched for marks of secrecy: cleaned, without letters that nobody sees."""
    if value.isascii():
        return value.replace("\v", "\n").replace("\f", "\n")
    return clean(INVISIBLE.sub("", value.replace("\v", "\n").replace("\f", "\n")))


def may_be_secret(value: str) -> bool:
    """Tell whether a text may bear a mark: most do not even hold the word, which is seen much quicker."""
    return any(word in value for word in _SECRET_WORDS) and MAY_BE_SECRET.search(value) is not None


def secret_mark(value: str) -> bool:
    """Tell whether a text bears a mark of state secrecy (Luật Bảo vệ bí mật nhà nước 2018): MẬT, TỐI MẬT, TUYỆT MẬT.

    `BẢO MẬT`, `bí mật` and the like are words, not marks. The text may be anybody's, cleaned or not.
    """
    if value.isascii():
        return False
    value = bare(value)
    return may_be_secret(value) and re.search(SECRECY, value.replace(WARNING, "")) is not None
