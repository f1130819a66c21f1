"""Which headings no mapping may name, however they are spelt, and which it may."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from dunghen.intake.mappings import all_mappings
from dunghen.intake.mappings.headings import without_accents
from dunghen.intake.privacy import is_forbidden

OF_PEOPLE = """
Tổ chức, cá nhân nộp hồ sơ|Cá nhân, tổ chức|Tổ chức và cá nhân|Cá nhân/Tổ chức|Tên cá nhân|
Doanh nghiệp|Tên doanh nghiệp|Doanh nghiệp nộp hồ sơ|Công dân, doanh nghiệp|Hộ gia đình|
Hộ kinh doanh|Hợp tác xã|Chủ đơn|Chủ hộ|ChuHS|Chủ đầu tư|Người đề nghị|Người xin cấp|Người được cấp|
Tên người khai|Đương sự|Tên đương sự|Số CMT|Số CMTND|Số ĐDCN|Giấy tờ tùy thân|SoGTTT|SĐT liên hệ|
Số liên hệ|Số ĐT liên lạc|Hộ khẩu|Hộ khẩu thường trú|Chỗ ở|Chỗ ở hiện nay|Nơi ở hiện tại|Số nhà|
Về việc|Tóm tắt|Tóm tắt hồ sơ|Ý kiến|Ý kiến lãnh đạo|Nhân viên xử lý|Tên nhân viên|NV xử lý|
Phụ trách|Phụ trách hồ sơ|Lãnh đạo|Lãnh đạo duyệt|Lãnh đạo phòng phê duyệt|Người duyệt|
Người cập nhật|owner|citizen|citizenName|Customer|Link|Link hồ sơ|URL|Đường link|Tệp|Tệp kết quả|
File|Tài liệu|Tài liệu kèm theo|Giấy tờ|description|Thông tin chung / Doanh nghiệp|data.owner|
Tổng số CMT|Đại diện pháp luật|assignee|V/v|Mã khách hàng|Chủ sử dụng đất|CB xử lý|CB thụ lý|
Bên A|Bên B|Bên chuyển nhượng|Bên nhận chuyển nhượng|Bên mua|Số CC|Học sinh|Tên học sinh|Bệnh nhân|
Mã bệnh nhân|Nguyên đơn|Bị đơn|Thân nhân|Người dân nộp hồ sơ
""".replace("\n", "").split("|")
OF_OTHERS = """
Lĩnh vực doanh nghiệp|Lĩnh vực|Hộ tịch|Chứng thực|Đất đai|Đơn vị xử lý|Đơn vị phụ trách|
Phòng phụ trách|Cơ quan chủ trì|Cơ quan chủ quản|Tổng số|Tổng số hồ sơ của cá nhân, tổ chức|
Số hồ sơ của doanh nghiệp|Số hồ sơ / Doanh nghiệp|Số hồ sơ / Công dân rút|Số lượng hồ sơ cá nhân|
Công dân rút|Hồ sơ công dân rút|Tỷ lệ hài lòng của người dân, doanh nghiệp|
Mức độ hài lòng của người dân và doanh nghiệp|Tiếp nhận|Ngày lãnh đạo phê duyệt|Thời gian liên hệ|
Ngày người dân nhận|Hỗ trợ doanh nghiệp|Sự phục vụ người dân|Tổ chức thực hiện|Tổ chức bộ máy|
Cải cách tổ chức bộ máy|Xây dựng đội ngũ cán bộ, công chức, viên chức|
Đánh giá của các tổ chức đối với CCHC|Người dân đánh giá|Doanh nghiệp đánh giá|Trạng thái|
Kênh tiếp nhận|Về việc làm|Nhà ở|Số TT|Số quyết định|Số biên nhận|Mã hồ sơ|Mã tổ chức|Mã đơn vị|
Mã định danh đơn vị|Kỳ|Chủ trương đầu tư|Chỉ đạo, điều hành|Ứng dụng công nghệ thông tin|Sở GDĐT|
Tên đơn vị|Tên cơ quan|Tên xã, phường|Tên tiêu chí|Tên chỉ số|Tiếp nhận viễn thông|ratio|status|
Hình thức nộp|Nơi nộp|Ngày nộp|Ngày hẹn trả|Công khai, minh bạch|Tiến độ giải quyết|
Dịch vụ trực tuyến|Số hóa hồ sơ|Thanh toán trực tuyến|totalReceived|profile|unit_code|dateOfRequest|
processingDays|Người dân nộp trực tuyến|Người dân nộp hồ sơ trực tuyến|Số CC, VC|Số CCHC|Bệnh viện|
Khám bệnh, chữa bệnh|Bến xe|Cơ sở sử dụng đất
""".replace("\n", "").split("|")


@st.composite
def spellings(draw: st.DrawFn, headings: list[str]) -> str:
    """A heading as files write it: capitals, accents, one word or several, other marks between them."""
    text = draw(st.sampled_from(headings))
    if draw(st.booleans()):
        text = without_accents(text.replace("Đ", "D"))
    between = draw(st.sampled_from([" ", "_", "-", "  ", "\u00a0", "\n", ""]))
    words = text.replace(",", "").split(" ")
    if between == "" and draw(st.booleans()):
        return "".join(word[:1].upper() + word[1:] for word in words)
    joined = between.join(words)
    written = [joined.upper(), joined.lower(), *([joined] if between else [])]
    return unicodedata.normalize(draw(st.sampled_from(["NFC", "NFD"])), draw(st.sampled_from(written)))


@given(spellings(OF_PEOPLE))
def test_what_tells_of_people_is_refused_in_every_spelling(heading: str) -> None:
    assert is_forbidden(heading)


@given(spellings(OF_OTHERS))
def test_what_tells_of_nobody_may_be_named_in_every_spelling(heading: str) -> None:
    assert not is_forbidden(heading)


def test_every_heading_of_the_shipped_mappings_may_be_named() -> None:
    named = {
        heading
        for mapping in all_mappings()
        for headings in (*mapping.staged.values(), *mapping.recognise, mapping.records)
        for heading in headings
    }

    assert len(named) > 100
    assert [heading for heading in sorted(named) if is_forbidden(heading)] == []
