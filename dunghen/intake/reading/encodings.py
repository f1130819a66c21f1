"""Which encoding a Vietnamese text is in: Unicode, Windows-1258, or one of the two that live in fonts.

TCVN3 (also called ABC) and VNI are no code pages of a computer but of its fonts: their bytes are letters
of Western Europe until drawn by a font of theirs. They are recognised to be named, not read: a letter half
converted in a code or a name is worse than a refusal, and every office has a program that converts them.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from dunghen.intake.errors import UnusableError

# every letter of Vietnamese beyond ASCII, and the signs that exports really hold
_LETTERS = frozenset(
    "ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ"
    "ĂÂĐÊÔƠƯÀẢÃÁẠẰẲẴẮẶẦẨẪẤẬÈẺẼÉẸỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌỒỔỖỐỘỜỞỠỚỢÙỦŨÚỤỪỬỮỨỰỲỶỸÝỴ"
    "–—“”‘’…«»°±½²³×\u00a0"
)
# syllables that some heading, status or name of an office always holds
# fmt: off
_SYLLABLES = frozenset([
    "bộ", "bước", "cấp", "chính", "chưa", "của", "công", "dân", "đã", "đang", "đến",
    "đơn", "đúng", "được", "giấy", "giải", "hạn", "hành", "hẹn", "hồ", "hình", "huyện",
    "kết", "kênh", "lĩnh", "lượng", "mã", "một", "muộn", "ngày", "người", "nhận", "nộp",
    "nội", "phố", "phòng", "phường", "quá", "quả", "quận", "quyền", "quyết", "sơ", "số",
    "sở", "tên", "thành", "tháng", "thái", "thị", "thời", "thủ", "thực", "thức", "thuộc",
    "tiếp", "tỉnh", "tổng", "trạng", "trả", "trễ", "trong", "trước", "trực", "tục", "tuyến",
    "tư", "ủy", "vị", "vực", "việc", "vụ", "xã", "xử", "yêu",
])
# fmt: on
_WORD = re.compile(r"[^\W\d_]+")
# letters and words are counted in Python, which would take longer than the import of a large file
PARTS, PART = 64, 16 * 1024

# TCVN 5712:1993, third table, over the letters its bytes are in Western Europe
_TCVN3 = str.maketrans(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
)
_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT, _CIRCUMFLEX, _BREVE = "\u0300\u0301\u0309\u0303\u0323\u0302\u0306"
# VNI for Windows: a plain vowel and, after it, a letter that stands for its marks
_VNI = str.maketrans(
    dict(zip("øùûõï", (_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT), strict=True))
    | dict(zip("ØÙÛÕÏ", (_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT), strict=True))
    | {"â": _CIRCUMFLEX, "Â": _CIRCUMFLEX, "ê": _BREVE, "Ê": _BREVE}
    | {
        letter: _CIRCUMFLEX + mark
        for letter, mark in zip("àáåãäÀÁÅÃÄ", (_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT) * 2, strict=True)
    }
    | {
        letter: _BREVE + mark
        for letter, mark in zip("èéúüëÈÉÚÜË", (_GRAVE, _ACUTE, _HOOK, _TILDE, _DOT) * 2, strict=True)
    }
    | dict(zip("ôöñæóòîÔÖÑÆÓÒÎ", "ơưđỉĩịỵƠƯĐỈĨỊỴ", strict=True))
)


def wide_encoding(head: bytes) -> str | None:
    """Python's name of a UTF-16, told by its mark or by the zeros that every second byte then is."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) // 4 and even * 10 < odd:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) // 4 and odd * 10 < even else None


def narrow_encoding(file: str, sample: bytes) -> str:
    """Python's name of the encoding of some text: "utf-8" or "cp1258".

    A few bad bytes among much good UTF-8 leave it UTF-8: their rows are rejected one by one. Raises
    UnusableError for TCVN3 and VNI, by name, and for anything else."""
    if _is_unicode(sample):
        return "utf-8"
    excerpt = _excerpt(sample)
    western = excerpt.decode("latin-1")
    readings = {
        "cp1258": unicodedata.normalize("NFC", excerpt.decode("cp1258", "replace")),
        "TCVN3": western.translate(_TCVN3),
        "VNI": unicodedata.normalize("NFC", western.translate(_VNI)),
    }
    scores = {name: (_syllables(text), _share_of_letters(text)) for name, text in readings.items()}
    best = max(scores, key=lambda name: scores[name])
    syllables, share = scores[best]
    if best == "cp1258" and share > 0.98:
        return "cp1258"
    if best != "cp1258" and syllables and share > 0.9:
        raise UnusableError("reading.font_encoding", file=file, encoding=best)
    raise UnusableError("reading.encoding", file=file)


def font_encoding(text: str) -> str | None:
    """The name "TCVN3" or "VNI" where a Unicode text has letters that only such fonts show as Vietnamese."""
    scores = {
        "TCVN3": _syllables(text.translate(_TCVN3)),
        "VNI": _syllables(unicodedata.normalize("NFC", text.translate(_VNI))),
    }
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > _syllables(unicodedata.normalize("NFC", text)) else None


def _is_unicode(sample: bytes) -> bool:
    try:
        sample.decode("utf-8")
    except UnicodeDecodeError:
        text = sample.decode("utf-8", "replace")
        beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
        return 3 * text.count("\ufffd") <= beyond_ascii
    return True


def _excerpt(sample: bytes) -> bytes:
    """What tells one old encoding from another: some parts spread over a long sample, cut between lines."""
    if len(sample) <= PARTS * PART:
        return sample
    places = range(0, len(sample), len(sample) // PARTS)
    parts = [sample[place : place + PART] for place in places]
    return b"".join(part[part.find(b"\n") + 1 : part.rfind(b"\n") + 1] for part in parts)


def _syllables(text: str) -> int:
    """How many words beyond ASCII are syllables of offices."""
    words = (word for word in _WORD.findall(text.lower()) if not word.isascii())
    return sum(word in _SYLLABLES for word in words)


def _share_of_letters(text: str) -> float:
    beyond = [character for character in text if character > "\x7f"]
    return sum(character in _LETTERS for character in beyond) / max(len(beyond), 1)
