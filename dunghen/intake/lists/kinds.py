"""The kinds of lists that can be brought: their columns, and what files call them."""

from __future__ import annotations

from dataclasses import dataclass

_PROCEDURE_CODE = (
    *("procedure_code", "Mã thủ tục", "Mã TTHC", "Mã thủ tục hành chính", "Mã số TTHC", "Mã số thủ tục"),
    *("Mã số", "MaTTHC", "MaThuTuc"),
)
_PROCEDURE_NAME = (
    *("procedure_name_vi", "Tên thủ tục", "Tên TTHC", "Tên thủ tục hành chính", "Thủ tục hành chính"),
    *("TenTTHC", "TenThuTuc"),
)
_FIELD = ("field", "Lĩnh vực", "Tên lĩnh vực", "Lĩnh vực thủ tục hành chính", "LinhVuc", "TenLinhVuc")
_FIELD_CODE = ("field_code", "Mã lĩnh vực", "MaLinhVuc")
_PORTAL_CODE = (
    *("portal_code", "Mã cổng", "Mã đơn vị trên Cổng", "Mã trên Cổng Dịch vụ công", "Mã định danh điện tử"),
    *("Mã định danh", "MaDonVi"),
)
_AUTHORITY_NAME = (
    *("authority_name", "Tên đơn vị", "Tên cơ quan", "Tên cơ quan, đơn vị", "Cơ quan", "Đơn vị"),
)
_AUTHORITY_CODE = (
    *("authority_code", "Mã đơn vị hành chính", "Mã ĐVHC", "Mã đơn vị", "Mã Tổng cục Thống kê", "Mã GSO"),
)


@dataclass(frozen=True)
class Kind:
    """One kind of list: our columns with the headings that mean them, and which of them a file must have.

    Of `one_of` a file needs at least one."""

    name: str
    columns: dict[str, tuple[str, ...]]
    required: tuple[str, ...]
    one_of: tuple[str, ...] = ()


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "procedures",
            {
                "procedure_code": _PROCEDURE_CODE,
                "procedure_name_vi": _PROCEDURE_NAME,
                "procedure_name_en": ("procedure_name_en", "Tên tiếng Anh"),
                "field": _FIELD,
                "field_code": _FIELD_CODE,
            },
            required=("procedure_code", "procedure_name_vi"),
            one_of=("field", "field_code"),
        ),
        Kind(
            "fields",
            {
                "field": ("field", "Mã của Đúng Hẹn"),
                "field_name_vi": ("field_name_vi", *_FIELD[1:]),
                "field_name_en": ("field_name_en", "Tên tiếng Anh"),
                "field_code": _FIELD_CODE,
            },
            required=("field_name_vi",),
        ),
        Kind(
            "field_codes",
            {"field_code": _FIELD_CODE, "field": _FIELD},
            required=("field_code", "field"),
        ),
        Kind(
            "departments",
            {
                "authority_code": (*_PORTAL_CODE, *_AUTHORITY_CODE),
                "authority_name": _AUTHORITY_NAME,
                "short_name": ("short_name", "Tên viết tắt", "Tên ngắn"),
                "parent_code": ("parent_code", "Mã tỉnh", "Mã tỉnh, thành phố", "Thuộc tỉnh"),
            },
            required=("authority_code", "authority_name", "parent_code"),
        ),
        Kind(
            "portal_codes",
            {
                "portal_code": _PORTAL_CODE,
                "authority_code": _AUTHORITY_CODE,
                "authority_name": _AUTHORITY_NAME,
            },
            required=("portal_code",),
            one_of=("authority_code", "authority_name"),
        ),
    )
}
