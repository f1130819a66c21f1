"""What must never enter: headings of personal data, which no mapping may name."""

from __future__ import annotations

import re
import unicodedata

from dunghen.intake.phrases import tells_of_people

# A heading is compared without accents, capitals, spaces and marks: "Số ĐT" is "sodt".
# Forbidden as a whole heading, because harmless as a part of others:
_WHOLE = re.compile(
    "sdt|sodt|dt|tel|cmt|cmtnd|mst|dob|sex|gioitinh|dantoc|quoctich|ten|name|congdan|nguoidan|khachhang|tochuc|"
    "chusudung|benmua|benban|ongba|vochong|noio|noidung|lydo|notes?|remarks?|canbo|chuyenvien"
)
# Forbidden wherever it stands:
FORBIDDEN: dict[str, tuple[str, ...]] = {
    subject: tuple(stems.split())
    for subject, stems in {
        "applicant": "chuhoso nguoinop nguoilamdon nguoiyeucau nguoidangky nguoidaidien nguoiuyquyen "
        "nguoinhan nguoiky nguoilienhe nguoithan hovaten hoten tenkhachhang tencongdan tentochuc "
        "tendoanhnghiep tenchu tennguoi tendoituong applicant fullname ownername",
        "number": "madoituong cccd cmnd cancuoc chungminh sodinhdanh dinhdanhcanhan dinhdanhchs hochieu "
        "passport sogiayto masothue baohiemxahoi sobhxh sobhyt citizenid identitynumber taikhoan",
        "contact": "dienthoai didong hotline zalo phone mobile email thudientu fax "
        "diachi noicutru thuongtru tamtru quequan noisinh address",
        "birth": "ngaysinh namsinh ngaythangnamsinh birth",
        "text": "trichyeu ghichu noidunghoso noidungyeucau noidungbosung lydotuchoi lydobosung lydotra "
        "thongtintra thongtintiepnhan thongtinkhac ykienxuly ykiencanbo sothua thuadat",
        "attachment": "attachment dinhkem duongdan tailieunop giaytoketqua giaytobosung tentep linktai",
        "officer": "nguoixuly nguoithuly nguoitiepnhan nguoigiaiquyet nguoitra nguoiphutrach nguoithuchien "
        "canboxuly canbothuly canbotiepnhan canbogiaiquyet canbotra canbophutrach canbothuchien canbomotcua "
        "canbotheodoi tencanbo chuyenvienxuly chuyenvienthuly tenchuyenvien congchucxuly congchucthuly "
        "congchuctiepnhan lanhdaoky officer handledby processedby",
        # names of procedures and fields come from our own lists, by code
        "name": "tentthc tenthutuc tenlinhvuc tendichvucong",
    }.items()
}
_MARKS = re.compile("[\u0300-\u036f]")


def is_forbidden(heading: str) -> bool:
    """Whether a heading or field name may hold personal data, so that its column must never be read.

    Capitals, accents, spaces and marks do not count: "SỐ CCCD", "so_cccd" and "SoCCCD" are one. Of a heading
    in several rows ("Người nộp / Họ tên") each row is looked at, and the whole."""
    parts = [_letters(part) for part in (heading, *re.split("[/.]", heading))]
    stems = [stem for subject in FORBIDDEN.values() for stem in subject]
    if any(_WHOLE.fullmatch(part) or any(stem in part for stem in stems) for part in parts):
        return True
    return tells_of_people(heading)


def _letters(text: str) -> str:
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.casefold())).replace("đ", "d")
    return re.sub(r"[\W_]+", "", bare)
