"""Bytes to text, and mojibake back to what was written.

Text that is whole stays as it is, character for character (offsets into it are quoted elsewhere): no Unicode form,
ligature, width or quotation mark is changed. Only what a machine broke on the way is mended.
"""

from __future__ import annotations

import codecs
import re

import ftfy
import ftfy.bad_codecs  # registers "sloppy-windows-1252", which decodes every byte
from charset_normalizer import from_bytes

_MOJIBAKE_ONLY = ftfy.TextFixerConfig(
    unescape_html=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    normalization=None,
    explain=False,
)

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(r"(?i)^(?:windows|iso|latin|mac|koi8|gb|big5|shift|euc|cp|x-)[\w:-]*$")
_AS_BROWSERS_DO = dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "windows-1252", "cp1252"), "sloppy-windows-1252")
_STRANGE = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_NO_BREAK = str.maketrans({"\u00a0": " ", "\u202f": " "})
# The two bytes of a no-break space in UTF-8, read as Windows-1252, are "Â" and a space that editors then trim. No
# language ends a word in a capital Â after a small letter, a digit or a full stop; a word in capitals is let alone.
_STRAY_A = re.compile(r"(?<=[^\sA-ZÀ-ÖØ-Þ])Â+(?=\s|\Z)|(?m:^[^\S\n]*Â+[^\S\n]*$)")
_ROUNDS = 6  # ftfy takes off one layer after another; real files have one to three


def _stray_byte(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("sloppy-windows-1252"), error.end


codecs.register_error("as windows-1252", _stray_byte)


def encoding_by_mark(data: bytes) -> tuple[str, int] | None:
    """The encoding that a byte order mark at the start names, and the mark's length in bytes."""
    return next(((name, len(mark)) for mark, name in _BOMS if data.startswith(mark)), None)


def decode(data: bytes, declared: str | None = None) -> str | None:
    """The text of `data`, or None where it is not text.

    `declared` is the encoding that the file claims for itself (HTML); it counts only where the bytes are not UTF-8.
    """
    text = _decode(data, declared)
    if text is None or len(_STRANGE.findall(text)) > len(text) / 20:
        return None
    return text


def _decode(data: bytes, declared: str | None) -> str | None:
    marked = encoding_by_mark(data)
    if marked:
        return data[marked[1] :].decode(marked[0], "replace")
    if b"\0" in data:
        return _wide_without_mark(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    if declared and _DECLARED.match(declared):
        try:
            return data.decode(_AS_BROWSERS_DO.get(declared.lower(), declared), "replace")
        except (LookupError, ValueError):
            pass  # a name nobody knows; guess instead
    return _guess(data)


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 of mostly Latin letters has its zeros at every other byte; any other zero byte means binary."""
    for encoding, zeros, letters in (("utf-16-le", data[1::2], data[::2]), ("utf-16-be", data[::2], data[1::2])):
        if zeros.count(0) > 0.7 * len(zeros) and letters.count(0) == 0:
            return data.decode(encoding, "replace")
    return None


def _guess(data: bytes) -> str | None:
    """Detectors name odd code pages for short English texts, so mostly-ASCII bytes are read as Western ones.

    There, sequences that are UTF-8 stay UTF-8 and each other byte is Windows-1252 (or all are Mac Roman): files that
    were put together from two sources come out whole.
    """
    whole = data.decode("utf-8", "ignore")
    if len(data) - len(whole.encode()) > 0.3 * len(data):
        best = from_bytes(data).best()
        return str(best) if best else None
    if whole.isascii():
        best = from_bytes(data[:200_000], cp_isolation=["cp1252", "mac_roman"]).best()
        if best and best.encoding == "mac_roman":
            return data.decode("mac_roman")
    return data.decode("utf-8", "as windows-1252")


def mend(text: str) -> str:
    """`text` without mojibake, control characters and lone surrogates; line ends "\\n", no-break spaces plain ones.

    Idempotent. White space, trailing or leading, stays.
    """
    for _ in range(_ROUNDS):
        mended = ftfy.fix_text(text, _MOJIBAKE_ONLY)
        mended = _STRAY_A.sub("", mended.translate(_NO_BREAK))
        if mended == text:
            break
        text = mended
    return text


def tidy(text: str) -> str:
    """`text` mended, without white space at its edges and at its lines' ends."""
    return "\n".join(line.rstrip() for line in mend(text).split("\n")).strip()
