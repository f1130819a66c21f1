"""Words and phrases by which a heading tells of people, of what they wrote, or of their papers.

Many of these words stand in harmless headings too ("Lĩnh vực doanh nghiệp", "Đơn vị phụ trách"), so it counts
where they stand: each list below says so. A heading that begins as a count, a share or a day holds no people.
"""

from __future__ import annotations

import re
import unicodedata

_PEOPLE = (
    "ca nhan|to chuc|doanh nghiep|dn|nguoi dan|cong dan|khach hang|ho gia dinh|ho kinh doanh|hop tac xa|htx|"
    "duong su|nguoi nop|hoc sinh|sinh vien|benh nhan|nguyen don|bi don|than nhan"
)
# Numbers of papers and telephones, wherever they stand and whatever the heading begins with:
_NUMBERS = r"\b(cmt|cmtnd|ddcn|sddcn|gttt|sgttt|sdt|so dt|so can cuoc|so cc(?! vc)|so nha(?! dat))\b"
_NUMBERS_TOGETHER = r"so(cmt|ddcn|gttt)|sdt|sodtlien|^(cmt(nd)?|ddcn|gttt|sodt|socc|sonha)$"
# As a whole heading: who comes to a counter, one or several, and perhaps what they do there; single words.
# What people handed in online is a count.
_WHOLE = (
    rf"(ten |thong tin |ho ten )?({_PEOPLE})( (va|hoac|hay|{_PEOPLE}))*"
    r"( (nop(?!.* truc tuyen)|de nghi|yeu cau|dung ten|dang ky|lam don|gui|xin|duoc cap)( \w+)*)?|"
    r"ma (ca nhan|doanh nghiep|nguoi dan|cong dan|khach hang|hoc sinh|sinh vien|benh nhan)|"
    r"ho|dem|ho dem|cho o|noi o|(cho|noi) o hien (nay|tai)|v v|nv|"
    r"staff|owners?|handlers?|approvers?|users?|user ?names?|clients?|persons?|people|"
    r"subject|summary|comments?|description|opinions?|documents?|"
    r"lanh dao(( \w+)* (duyet|ky|phe duyet|phu trach|xu ly|giai quyet|chi dao|phan cong)( \w+)*)?"
)
# As the beginning of a heading:
_HEAD = (
    r"(ten )?nguoi\b(?! dan\b)|(ten )?ca nhan\b|"
    r"(ten )?chu (don(?! vi)|ho|hs|dau tu|co so|so huu|su dung|the|phuong tien|xe|dat|nha|rung|tau|nguon)\b|"
    r"(phu trach|y kien|giay to|tai lieu|links?|urls?|files?|tep)\b|"
    r"(nv|cb) (xu ly|thu ly|tiep nhan|phu trach|giai quyet)\b|"
    r"ben (a|b|chuyen|nhan|mua|ban)\b"
)
# Wherever they stand between other words:
_ANYWHERE = (
    r"\b(duong su|ho gia dinh|ho khau|tom tat|lien he|tuy than|ca nhan to chuc|to chuc ca nhan)\b|"
    r"\bdai dien phap luat\b|"
    r"(?<!tiep )\bnhan vien\b|\bve viec\b(?! lam\b)|"
    r"\b(owners?|citizens?|customers?|assignees?|handlers?|employees?|approvers?|urls?|href|hyperlinks?|links?|tep|"
    r"files?)\b"
)
_FIGURES = (
    r"(tong|so (ho so|luong|luot|ngay|vu|truong hop)|t[yi] le|muc do|diem|chi so|"
    r"thoi (gian|diem|han)|ngay|han|total|number of|count|share|rate|date)\b"
)
_FIGURES_TOGETHER = r"tong|so(hoso|luong|luot|ngay)|t[yi]le|mucdo|chiso|thoigian|ngay|total"
# In a heading that is one word, these are looked for within it: long enough to stand in no other.
_TOGETHER = (
    r"duongsu|hogiadinh|hokhau|tomtat|lienhe|tuythan|canhantochuc|tochuccanhan|daidienphapluat|(?<!tiep)nhanvien|"
    r"veviec(?!lam)|duonglink|citizen|customer|assignee|employee|hyperlink"
)
_MARKS = re.compile("[\u0300-\u036f]")
# "SoGTTT" and "soGTTT" are two words
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_SPACED = tuple(map(re.compile, (_WHOLE, _HEAD, _ANYWHERE)))


def _without_spaces(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r" \?| |\\b", "", pattern).replace(r"(\w+)*", r"\w*"))


_ONE_WORD = (*map(_without_spaces, (_WHOLE, _HEAD)), re.compile(_TOGETHER))


def tells_of_people(heading: str) -> bool:
    """Whether a heading names people or bodies at a counter, an officer, their papers, files or free text.

    Accents, capitals and marks do not count, and words may be written together ("ChuHS", "duongsu"). Of a
    heading in several rows ("Thông tin / Doanh nghiệp") each row is looked at, and the whole."""
    parts = [_words(part) for part in (heading, *re.split("[/.]", heading))]
    if any(
        re.search(_NUMBERS, " ".join(words)) or re.search(_NUMBERS_TOGETHER, "".join(words[:1]))
        for words in parts
    ):
        return True
    return not _holds_figures(parts[0]) and any(map(_tells, parts))


def _words(text: str) -> list[str]:
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text)).replace("đ", "d").replace("Đ", "D")
    return [word.lower() for word in _WORD.findall(bare)]


def _holds_figures(words: list[str]) -> bool:
    return bool(re.match(_FIGURES, " ".join(words)) or re.match(_FIGURES_TOGETHER, "".join(words[:1])))


def _tells(words: list[str]) -> bool:
    text = " ".join(words)
    whole, head, anywhere = _ONE_WORD if len(words) == 1 else _SPACED
    return bool(whole.fullmatch(text) or head.match(text) or anywhere.search(text))
