"""The headings of a table choose its mapping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb
import pytest

from dunghen.intake import mappings
from dunghen.intake.errors import UnusableError
from dunghen.intake.mappings.headings import places
from dunghen.intake.reading.headings import Row, heading_rows
from dunghen.intake.reading.tables import Format, HeadingRow, Rejected, SourceTable

NATIONAL = (
    *(
        "MaHoSo",
        "MaTTHC",
        "MaLinhVuc",
        "KenhThucHien",
        "ChuHoSo",
        "SoDienThoai",
        "NgayTiepNhan",
        "NgayHenTra",
    ),
    *("NgayKetThucXuLy", "NgayTra", "TrangThaiHoSo", "DonViXuLy", "DanhSachHoSoBoSung"),
)


class Headings(SourceTable):
    """A table of which only the headings are asked."""

    def __init__(self, *rows: Sequence[str], form: Format = "csv") -> None:
        super().__init__("don-vi.csv", None)
        self.format = form
        self.rows = [HeadingRow(line, tuple(row)) for line, row in enumerate(rows, 1)]

    def heading_rows(self) -> list[HeadingRow]:
        return self.rows

    def titles(self, heading: HeadingRow) -> list[str]:
        raise NotImplementedError

    def stage(
        self,
        connection: duckdb.DuckDBPyConnection,
        view: str,
        heading: HeadingRow,
        columns: Mapping[str, str],
        marks: Mapping[str, str] | None = None,
    ) -> None:
        raise NotImplementedError

    def lines(self, ordinals: Sequence[int], rows: int | None = None) -> list[int]:
        raise NotImplementedError

    def count(self) -> int:
        raise NotImplementedError

    def rejected(self, connection: duckdb.DuckDBPyConnection) -> list[Rejected]:
        raise NotImplementedError

    def misread(self, error: duckdb.Error) -> UnusableError:
        raise NotImplementedError


def test_national_fields_choose_the_national_mapping() -> None:
    table = Headings(["BÁO CÁO HỒ SƠ"], NATIONAL)

    choice = mappings.choose(table, mappings.all_mappings())

    assert choice.mapping.name == "national-sync"
    assert choice.heading.line == 2
    assert choice.columns["MaHoSo"] == "dossier_number"
    assert not {"ChuHoSo", "SoDienThoai"} & {*choice.columns}


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        ("Ngày tiếp nhận", [0]),
        ("NGÀY  TIẾP NHẬN", [0]),
        ("Nga\u0300y tie\u0302\u0301p nha\u0323\u0302n", [0]),
        ("Ngay tiep nhan", [0]),
        ("ngày_tiếp_nhận (7)", [0]),
        ("NgayTiepNhan", []),
        ("Ngày tiếp", []),
        ("", []),
    ],
)
def test_headings_are_compared_in_the_stated_way(heading: str, found: list[int]) -> None:
    assert places(["Ngày tiếp nhận"], [heading]) == found


def chosen(*headings: str, form: Format = "csv", sheet: str | None = None) -> str:
    table = Headings(headings, form=form)
    table.sheet_name, table.records = (None, sheet) if form == "json" else (sheet, None)
    return mappings.choose(table, mappings.all_mappings()).mapping.name


VIETNAMESE = (
    *(
        "STT",
        "Số hồ sơ",
        "Mã thủ tục",
        "Tên thủ tục",
        "Mã lĩnh vực",
        "Lĩnh vực",
        "Chủ hồ sơ",
        "Số điện thoại",
    ),
    *("Hình thức tiếp nhận", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc xử lý", "Ngày trả kết quả"),
    *("Trạng thái", "Đơn vị xử lý", "Ghi chú"),
)
PORTAL = (
    "departmentId",
    "departmentName",
    "departmentCode",
    "totalReceived",
    "totalOnTime",
    "avgProcessingDays",
)
WIDE = ("TEN", "MA_COQUAN", "TDGQ", "MDHL", "MDSH", "TTTT", "CLGQ", "CKMB", "TONG_SCORE", "ROW_STT")


@pytest.mark.parametrize(
    ("headings", "form", "sheet", "name"),
    [
        (NATIONAL, "csv", None, "national-sync"),
        (NATIONAL, "json", None, "national-sync"),
        ((*NATIONAL, "HinhThuc"), "workbook", "Sheet1", "national-sync"),
        (VIETNAMESE, "workbook", "Hồ sơ", "vietnamese-headings"),
        (tuple(heading.upper() for heading in VIETNAMESE), "csv", None, "vietnamese-headings"),
        ((*PORTAL, "ratio"), "json", "data.children", "portal-progress-json"),
        (PORTAL, "csv", None, "portal-progress-csv"),
        (("unit_code", "total_received", "total_on_time"), "csv", None, "portal-progress-csv"),
        (WIDE, "workbook", "Điểm năm", "index-wide-766"),
        (WIDE, "csv", None, "index-wide-766"),
        (
            ("TT", "Tiêu chí", "Điểm tối đa", "Điểm đạt được", "Xếp hạng"),
            "workbook",
            "A",
            "index-long-par-commune",
        ),
        (("Số hồ sơ xử lý", "Trước & đúng hạn", "Trễ hạn", "Cập nhật lúc"), "csv", None, "web-box"),
        (("soHoSoXuLy", "truocVaDungHan", "treHan", "capNhatLuc"), "json", None, "web-box"),
    ],
)
def test_each_known_export_chooses_its_mapping(
    headings: tuple[str, ...], form: Format, sheet: str | None, name: str
) -> None:
    assert chosen(*headings, form=form, sheet=sheet) == name


FORM = [
    ("", "Biểu số II.06a/VPCP/KSTT", "", "", "", "", "", "", "", "", "", "", "", ""),
    (
        *("", "Số TT", "Lĩnh vực giải quyết", "Số lượng hồ sơ tiếp nhận", "", "", ""),
        *("Số lượng hồ sơ đã giải quyết", "", "", "", "Số lượng hồ sơ đang giải quyết", "", ""),
    ),
    (
        *("", "", "", "Tổng số", "Trong kỳ", "", "Từ kỳ trước", "Tổng số", "Trước hạn", "Đúng hạn"),
        *("Quá hạn", "Tổng số", "Trong hạn", "Quá hạn"),
    ),
    ("", "", "", "", "Trực tuyến", "Trực tiếp, dịch vụ bưu chính", "", "", "", "", "", "", "", ""),
    ("", *(f"({number})" for number in range(1, 14))),
    ("", "1", "Đất đai", *("5",) * 11),
]


def test_the_thirteen_columns_of_form_ii06a_are_found_under_merged_headings() -> None:
    table = Headings(form="workbook")
    table.rows = heading_rows([Row(line, cells) for line, cells in enumerate(FORM, 1)])

    choice = mappings.choose(table, mappings.all_mappings())

    assert choice.mapping.name == "form-ii06a"
    assert list(choice.columns.values()) == [
        *("row_label", "field", "received_and_carried_over", "received_online", "received_offline"),
        *("carried_over", "resolved", "early", "on_due_date", "late", "open_total", "in_progress", "overdue"),
    ]
    places_ = [choice.heading.headings.index(heading) for heading in choice.columns]
    assert places_ == list(range(1, 14))


def test_no_mapping_fits_names_the_nearest_and_what_is_missing() -> None:
    table = Headings(["MaHoSo", "NgayTiepNhan", "NgayHenTra", "DonViXuLy", "KenhThucHien", "NGUYEN VAN MAU"])

    with pytest.raises(UnusableError) as refusal:
        mappings.choose(table, mappings.all_mappings())

    text = refusal.value.text("en")
    assert (
        "don-vi.csv: no mapping fits. The nearest is “national-sync”; missing headings: TrangThaiHoSo."
        in text
    )
    assert "MAU" not in text


LONGER = (
    "unit_code",
    "unit_name",
    "CKMB_max18",
    "TDGQ_max20",
    "MDHL_max18",
    "MDSH_max22",
    "TONG_SCORE_published",
)


def test_headings_with_more_words_behind_them_make_a_mapping_nearer_by_half() -> None:
    for headings, nearest in [
        # of the portal one of three is there, of the index five of six with more words
        (LONGER, "index-wide-766"),
        (LONGER[1:], "index-wide-766"),
        ((*LONGER, "total_received"), "portal-progress-csv"),
    ]:
        with pytest.raises(UnusableError) as refusal:
            chosen(*headings)
        ((key, values),) = refusal.value.sentences
        assert (key, values["name"]) == ("mapping.nearest", nearest)


@pytest.mark.parametrize("headings", [LONGER[1:4], ["CKMBx", "TDGQx", "MDHLx", "MDSHx", "TONG_SCOREx"]])
def test_a_few_headings_with_more_words_or_letters_behind_them_are_none(headings: Sequence[str]) -> None:
    with pytest.raises(UnusableError) as refusal:
        chosen(*headings)

    assert refusal.value.sentences[0][0] == "mapping.none_fits"


@pytest.mark.parametrize("rows", [[], [["NGUYEN VAN MAU", "x"]]])
def test_a_table_without_known_headings_is_told_which_mappings_there_are(rows: list[list[str]]) -> None:
    with pytest.raises(UnusableError) as refusal:
        mappings.choose(Headings(*rows), mappings.all_mappings())

    assert "form-ii06a" in refusal.value.text("en")
    assert "MAU" not in refusal.value.text("vi")


def test_two_mappings_that_fit_are_both_named() -> None:
    with pytest.raises(UnusableError) as refusal:
        chosen(*NATIONAL, *VIETNAMESE)

    assert "several mappings fit: national-sync, vietnamese-headings." in refusal.value.text("en")


def test_the_older_form_must_be_named() -> None:
    older = ["HinhThuc" if heading == "KenhThucHien" else heading for heading in NATIONAL]

    with pytest.raises(UnusableError) as refusal:
        chosen(*older)

    assert "--mapping national-sync-hinhthuc" in refusal.value.text("en")
    named = mappings.choose(Headings(older), [mappings.load("national-sync-hinhthuc")])
    assert named.columns["HinhThuc"] == "channel"


def test_a_named_mapping_that_does_not_fit_says_what_is_missing() -> None:
    with pytest.raises(UnusableError) as refusal:
        mappings.choose(Headings(VIETNAMESE), [mappings.load("web-box")])

    assert "web-box" in refusal.value.text("en")


def test_a_heading_twice_is_refused() -> None:
    with pytest.raises(UnusableError) as refusal:
        chosen(*NATIONAL, "MaHoSo")

    assert "two columns have the heading “MaHoSo”" in refusal.value.text("en")


def test_a_heading_as_written_beats_one_without_accents() -> None:
    columns = mappings.choose(Headings((*VIETNAMESE, "So ho so")), mappings.all_mappings()).columns

    assert columns["Số hồ sơ"] == "dossier_number"
    assert "So ho so" not in columns


def test_columns_that_a_file_lacks_are_left_out() -> None:
    columns = mappings.choose(Headings(NATIONAL), mappings.all_mappings()).columns

    assert "supplements" in columns.values()
    without = [heading for heading in NATIONAL if heading != "DanhSachHoSoBoSung"]
    assert "supplements" not in mappings.choose(Headings(without), mappings.all_mappings()).columns.values()


def test_a_column_that_must_be_there_is_missed() -> None:
    mapping = mappings.load("national-sync").model_copy(update={"required": ("procedure_code",)})
    without = [heading for heading in NATIONAL if heading != "MaTTHC"]

    with pytest.raises(UnusableError, match="MaTTHC"):
        mappings.choose(Headings(without), [mapping])


def test_only_the_sheets_that_a_mapping_names_are_read() -> None:
    with pytest.raises(UnusableError):
        chosen(*WIDE, form="workbook", sheet="Điểm tháng")


def test_only_the_lists_that_a_mapping_names_are_read() -> None:
    with pytest.raises(UnusableError):
        chosen(*PORTAL, form="json", sheet="data.others")


def test_the_row_with_most_columns_is_the_heading() -> None:
    table = Headings(NATIONAL[:-1], NATIONAL)

    assert mappings.choose(table, mappings.all_mappings()).heading.line == 2
