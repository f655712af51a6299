"""Bytes of a plain text file -> the text as it is stored."""

import codecs
import re

from qualcoder_sm.errors import UnreadableFile
from qualcoder_sm.i18n import tr
from qualcoder_sm.importers.safety import empty_file

_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_SAMPLE = 4096
_SURROGATES = re.compile("[\ud800-\udfff]")
# Escape sequences and the like: a text has none, or a stray one per page.
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1f]")
_CONTROLS_PER_CHARACTER = 1 / 500
_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"PK\x03\x04", "Word, Excel or zip"),
    (b"\xd0\xcf\x11\xe0", "Word 97 or Excel 97"),
)


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The stored text of a file's bytes and the name of the encoding it was in.

    Tried in turn: byte order mark, UTF-16 by its zeros, UTF-8, Windows-1252. Line ends
    become \\n and a byte order mark goes; nothing else changes. Raises UnreadableFile for
    an empty file, another format under this ending, or an encoding none of these.
    """
    _refuse_other_formats(data, name)
    text, encoding = _decoded(data, name)
    text = normalised(text)
    if not text.strip():
        raise empty_file(name)
    if "\0" in text or len(_CONTROLS.findall(text)) > max(1, len(text) * _CONTROLS_PER_CHARACTER):
        raise UnreadableFile(
            tr("{file} holds data that is not text. Nothing was imported.", file=name)
        )
    return text, encoding


def normalised(text: str) -> str:
    """The text with \\n for every line end and without lone surrogates, which no file can hold."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def _refuse_other_formats(data: bytes, name: str) -> None:
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            raise UnreadableFile(
                tr(
                    "{file} holds a {kind} file under the wrong ending. "
                    "Rename it to its own ending and import it again. Nothing was imported.",
                    file=name,
                    kind=kind,
                )
            )


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    for mark, codec, shown in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], codec, name), shown
    if codec := _utf16_without_mark(data):
        return _strict(data, codec, name), "UTF-16"
    for codec, shown in (("utf-8", "UTF-8"), ("cp1252", "Windows-1252")):
        try:
            return data.decode(codec), shown
        except UnicodeDecodeError:
            continue
    raise _unknown_encoding(data, name)


def _strict(data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise _unknown_encoding(data, name) from error


def _utf16_without_mark(data: bytes) -> str | None:
    """The byte order, where nearly every second byte is zero on one side only."""
    sample = data[:_SAMPLE]
    if len(data) % 2 or len(sample) < 4:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _unknown_encoding(data: bytes, name: str) -> UnreadableFile:
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 16 * _SAMPLE]).best()
    if best is None:
        return UnreadableFile(
            tr(
                "{file} is not text in UTF-8 or Windows-1252. "
                "Open it in Word, save as text, import again.",
                file=name,
            )
        )
    return UnreadableFile(
        tr(
            "{file} is not text in UTF-8 or Windows-1252; it may be {guess}. "
            "Open it in Word, save as text in UTF-8, import again.",
            file=name,
            guess=best.encoding,
        )
    )
