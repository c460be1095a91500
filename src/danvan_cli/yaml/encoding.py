"""From a file's bytes to its text: the encoding, a byte order mark, characters that must not be in it, where each stands."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final, NamedTuple

from danvan_cli.findings.rule import rule
from danvan_cli.lang import _
from danvan_cli.text import INVISIBLE, UNWANTED, VIETNAMESE, legacy_encoding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_YAML_BYTES: Final = 16 * 2**20
BOM: Final = b"\xef\xbb\xbf"
_NOT_YAML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")


# A line that has letters beyond ASCII, but none of `VIETNAMESE`, in the bytes of a text without ASCII: to look for one takes a
# third of the time that it takes to look at each line.
_ASCII: Final = bytes({*range(128)} - {*b"\n"})
_FOREIGN = re.compile(
    rb"(?m)^(?:(?!\xc4[\x82\x83\x90\x91]|\xc6[\xa0\xa1\xaf\xb0]|\xe1(?:\xba[\xa0-\xbf]|\xbb[\x80-\xb9]))[^\n])+$"
)


class Remark(NamedTuple):
    """What is to be said of an index of the text; `fix` is what belongs there instead."""

    rule: str
    at: int
    message: str
    help: str | None = None
    length: int = 1
    fix: str | None = None


@rule(
    "DV101", "Tệp không phải UTF-8", "error",
    "Tệp lưu bằng bảng mã khác (UTF-16, TCVN3, VNI) sẽ thành chữ sai trong mọi văn bản làm ra từ nó.",
    wrong="lưu bằng Notepad với mã «Unicode» (UTF-16)", right="lưu lại với mã «UTF-8»",
)  # fmt: skip
@rule(
    "DV102", "Tệp có dấu BOM ở đầu", "warning",
    "Dấu BOM không nhìn thấy được, nhưng nhiều công cụ coi nó là một phần của khóa đầu tiên.",
    wrong="lưu với mã «UTF-8 with BOM»", right="lưu với mã «UTF-8»",
)  # fmt: skip
def decoded(data: bytes) -> tuple[str, bool, Remark | None]:
    """Read bytes as UTF-8: the text as far as it can be read, whether all of it can, and what there is to say."""
    if len(data) > MAX_YAML_BYTES:
        message = _("tệp lớn quá {size} MB", size=MAX_YAML_BYTES >> 20)
        how = _("chia nhỏ tệp, hoặc bỏ phần dữ liệu không thuộc kế hoạch")
        return "", False, Remark("DV107", 0, message, how)
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or (len(data) > 3 and b"\x00" in data[:2]):
        return "", False, Remark("DV101", 0, _("tệp lưu bằng mã UTF-16"), _saved_again())
    bom = data.startswith(BOM)
    data = data.removeprefix(BOM)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        good = data[: error.start].decode("utf-8")
        rest, message, save = data[error.start :], _("tệp không phải UTF-8: từ chỗ này không đọc được"), _saved_again()
        ours = VIETNAMESE.search(data.decode("utf-8", "ignore"))  # then it is broken here, or a line is from elsewhere
        line = data[data.rfind(b"\n", 0, error.start) + 1 :].split(b"\n", 1)[0] if ours else data
        kind = None if VIETNAMESE.search(line.decode("utf-8", "ignore")) else legacy_encoding(line.decode("latin-1"))
        if kind:
            message = _("tệp gõ bằng bảng mã cũ {kind}, không phải Unicode", kind=kind)
            save = _("chuyển sang Unicode bằng UniKey (Công cụ, Ctrl+Shift+F6) rồi lưu với mã «UTF-8»")
        seen = rest.decode("utf-8", "replace") if ours and not kind else rest.decode("latin-1")
        return good + seen, False, Remark("DV101", len(good), message, save)
    if not bom:
        return text, True, None
    message = _("đầu tệp có dấu BOM không nhìn thấy được")
    how = _("lưu lại với mã «UTF-8», không phải «UTF-8 with BOM»")
    return text, True, Remark("DV102", 0, message, how)


def _saved_again() -> str:
    return _("mở tệp bằng chương trình đã soạn nó rồi lưu lại với mã «UTF-8»")


@rule(
    "DV501", "Chữ gõ bằng phông cũ (TCVN3, VNI)", "error",
    "Chữ của phông .VnTime, VNI-Times dán vào sẽ hiện sai ở mọi máy.", wrong="C«ng t¸c d©n vËn",
    right="Công tác dân vận", source="Nghị định 30/2020/NĐ-CP, Phụ lục I (bộ mã Unicode)",
)  # fmt: skip
@rule(
    "DV503", "Ký tự không nhìn thấy", "warning",
    "Ký tự điều khiển, khoảng trắng rộng bằng không hoặc dấu đảo chiều chữ lọt vào khi sao chép từ trang web.",
    wrong="kế<U+200B>hoạch", right="kế hoạch",
)  # fmt: skip
def unwanted(text: str) -> Iterator[Remark]:
    """Find what is in a text but must not be."""
    plain = text.replace("\n", "").isprintable()  # nothing that is printable is unwanted
    for found in () if plain else UNWANTED.finditer(text):
        if found[0] != "\r":
            message = _("ký tự không nhìn thấy {code}", code=f"U+{ord(found[0]):04X}")
            yield Remark("DV503", found.start(), message, _("xóa ký tự này"), fix="")
    if not unicodedata.is_normalized("NFC", text):
        yield _decomposed(text)
    if plain and not _FOREIGN.search(text.encode().translate(None, _ASCII)):
        return
    start = 0
    for line in text.splitlines(keepends=True):
        if not line.isascii() and not VIETNAMESE.search(line) and (kind := legacy_encoding(line)):
            at = start + next(i for i, c in enumerate(line) if not c.isascii())
            message = _("chữ gõ bằng bảng mã cũ {kind}, hiện sai ở mọi máy", kind=kind)
            how = _("chuyển đoạn này sang Unicode bằng UniKey (Công cụ, Ctrl+Shift+F6) rồi dán lại")
            yield Remark("DV501", at, message, how)
        start += len(line)


@rule(
    "DV502", "Chữ Unicode tổ hợp (không phải dựng sẵn)", "warning",
    "Chữ tổ hợp nhìn giống nhưng tìm không ra và so sánh thành khác; danvan đọc như chữ dựng sẵn.",
    wrong="«ế» gồm ba ký tự", right="«ế» là một ký tự", source="TCVN 6909:2001",
)  # fmt: skip
def _decomposed(text: str) -> Remark:
    places = []
    start = 0
    for line in text.splitlines(keepends=True):
        if not unicodedata.is_normalized("NFC", line):
            marks = (
                i for i, c in enumerate(line) if unicodedata.combining(c) or not unicodedata.is_normalized("NFC", c)
            )
            mark = next(marks, 0)  # Hangul letters compose without a mark
            places.append(start + max(0, mark - 1))
        start += len(line)
    more = _(" (và {count} dòng nữa)", count=len(places) - 1) if len(places) > 1 else ""
    message = _("chữ Unicode tổ hợp, không phải dựng sẵn") + more
    how = _("danvan đọc như chữ dựng sẵn; chuyển cả tệp bằng UniKey để tìm kiếm được")
    return Remark("DV502", places[0] if places else 0, message, how, length=2)


def readable_yaml(text: str, *, dirty: bool) -> str:
    """Give the text that YAML may read, index for index; `dirty` if it holds what `clean` changes."""
    return _NOT_YAML.sub(" ", text) if dirty or "\u2028" in text or "\u2029" in text else text


# Where the characters of a value stand in the text that it is written as: folded lines, quotes and escapes resolved ----

BREAK = re.compile(r"\r\n|\r|\n")
_ESCAPE = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|\r?\n|.)")


def weight_of(value: str) -> int:
    """Count what folding, normalising and baring leave alone: what is seen and is neither white space nor combining."""
    return sum(1 for c in INVISIBLE.sub("", value) if not c.isspace() and not unicodedata.combining(c))


def letters_of(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Walk the written form of a scalar: where each character stands, how long it is written, which it is."""
    index, stop = start, end
    double = text[start : start + 1] == '"'
    single = text[start : start + 1] == "'"
    if text[start : start + 1] in {"|", ">"}:
        header = BREAK.search(text, start, end)
        index = header.end() if header else end
    elif double or single:
        index, stop = start + 1, end - 1
    while index < stop:
        size, char = 1, text[index]
        if double and char == "\\" and (escape := _ESCAPE.match(text, index)):
            size = len(escape[0])
            if escape[0][1] in "xuU":
                char = chr(int(escape[0].lstrip("\\xuU"), 16))
            else:
                char = " " if escape[0][1] in "ntrbevaf0LNP_ \r\n\t" else escape[0][1]
        elif single and char == "'":
            size = 2
        yield index, size, char
        index += size


def places_of(letters: Iterable[tuple[int, int, str]]) -> list[tuple[int, int]]:
    """List where each character stands that folding and normalising leave alone, the marks behind it included."""
    places: list[tuple[int, int]] = []
    for index, size, char in letters:
        if UNWANTED.match(char) or INVISIBLE.match(char) or char.isspace():
            continue
        if not unicodedata.combining(char):
            places.append((index, index + size))
        elif places:
            places[-1] = places[-1][0], index + size
    return places


def piece_of(places: list[tuple[int, int]], skip: int, size: int) -> tuple[int, int] | None:
    """Give where a piece of `size` counted characters behind `skip` others starts and ends."""
    last = skip + max(1, size) - 1
    return (places[skip][0], places[last][1]) if last < len(places) else None
