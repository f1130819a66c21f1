"""What a message calls a file or a sheet: its name, unless that looks as if it named a person."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import PurePath

from dunghen.intake.reading.known_names import is_of_a_subject, is_place, unaccented

# a citizen number, a phone number, an address to write to
_PERSONAL = re.compile(
    r"\d{9}|(?<!\d)(?:\d{3}[ ._-]?){3}(?:\d{3}|\d?)(?!\d)|(?<!\d)0\d{2,3}[ ._-]\d{3}[ ._-]\d{3}|@"
)
_LONGEST = 80
# "u16le": bytes in one order, and no family Lê
_ENCODING = re.compile(r"(?i)(utf|u|ucs)[-_]?(16|32|2)[-_]?(le|be)(?![a-z])")
_BETWEEN = re.compile(r"[\W_]+")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
# Family names of Vietnam's people, without accents; nine in ten bear one of the first fourteen.
_FAMILY_NAMES = re.compile(
    "nguyen|tran|le|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ho|ngo|duong|ly|dao|dinh|doan|lam|mai|trinh|"
    "truong|luong|luu|cao|ha|ta|chau|quach|to|thach|vuong|kieu|khuat|la|lai|tong|nong|ma|be|giang|nghiem|"
    "tang|thai|tu|au|doi|kim|van|che|mac|phung|quan|trieu|vi|hua|diep|su|uong|bach"
)
# Syllables of the names that offices give their files: beside one of these a family name is none.
_OF_OFFICES = re.compile(
    "bao|bang|bien|bieu|bo|bon|ban|bac|ca|cac|cap|cai|cach|chi|chinh|cho|chot|co|cong|cua|csv|cuoi|chua|"
    "chuan|da|danh|dau|dich|diem|dien|don|dong|dot|du|dung|den|gia|giai|giao|goc|gui|hai|han|hanh|hat|"
    "hep|het|hien|hinh|hoan|hop|huyen|index|in|json|ke|ket|khai|khoa|khu|kiem|ky|kenh|lan|lieu|linh|loai|"
    "luu|loc|luc|mau|minh|mot|moi|mua|muoi|nam|nay|ngay|ngoai|nghiep|nhan|nhap|nhat|noi|nop|nganh|nghe|"
    "nghi|phong|phu|phuong|phan|phieu|pho|qua|quan|quoc|quy|quyet|quyen|sach|sang|sau|so|sheet|si|sinh|"
    "son|su|tai|tam|tap|tat|thang|thanh|thoi|thong|thu|thuc|thue|thuoc|tiep|tien|tieu|tinh|tong|tra|"
    "trang|trong|tren|tri|truc|truoc|tu|tuc|tuan|tung|tuoi|tuyen|ubnd|ly|ho|thai|phi|do|txt|gz|ung|uy|"
    "vao|vien|viec|vi|vu|vuc|xa|xin|xlsx|xu|xuat|yeu|zip|tre|som|tuong"
)
_STREET = re.compile(
    r"\b(?:so nha|ngo \d|ngach \d|hem \d|kiet \d|thon|khu pho|to dan pho|ap \d|duong [a-z]+ [a-z]+)\b"
)


def shown_name(name: str, number: int, what: str = "file") -> str:
    """The last part of a path without control characters; "file 1" for the first one if it looks personal.

    That has a no-break space, as no name here, by which a message knows it and says it in its language.

    A citizen's or telephone number, an e-mail address, the address of a house, and a family name that is
    followed by other syllables than those of offices look personal: better a number too often than a name.
    Places of the registry and fields and procedures of our lists do not."""
    base = unicodedata.normalize("NFC", PurePath(name).name)
    plain = "".join(character for character in base if character.isprintable())
    if not plain.strip() or looks_personal(plain):
        return f"{what}\u00a0{number}"
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 8]}…{plain[-7:]}"


def is_unnamed(shown: str) -> bool:
    """Whether what `shown_name` gave is a number and no name."""
    return "\u00a0" in shown


def looks_personal(name: str) -> bool:
    """Whether a name of a file or a sheet may hold a person's name, number or address."""
    bare = _ENCODING.sub(" ", unaccented(name))
    words = [word.lower() for word in _WORD.findall(bare)]
    spelt = _BETWEEN.sub(" ", bare.lower())
    joined = any(word.startswith("nguyen") and word != "nguyen" for word in words)
    return joined or _has_family_name(name, bare) or bool(_PERSONAL.search(bare) or _STREET.search(spelt))


def _has_family_name(name: str, bare: str) -> bool:
    """Whether a family name is followed by what may be a given one, and both are no place and no field."""
    found = list(_WORD.finditer(bare))
    words = [one[0].lower() for one in found]
    return any(
        _FAMILY_NAMES.fullmatch(first)
        and not _OF_OFFICES.fullmatch(second)
        and not is_of_a_subject(first, second)
        and not is_place(name, [first, second], ([None, *words])[at], bare[found[at + 1].end() :])
        for at, (first, second) in enumerate(pairwise(words))
    )
