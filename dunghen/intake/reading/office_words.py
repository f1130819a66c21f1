"""Words of offices in which a syllable stands that is a family name too: "hồ sơ" is no Mr Hồ."""

from __future__ import annotations

from dunghen.intake.reading.known_names import unaccented

# Words of two syllables. Only the pair tells: "thu", "minh", "tuấn" and the like are given names as well.
_WORDS = """
hồ sơ|hộ tịch|hỗ trợ|hộ gia|hộ kinh|hộ nghèo|hộ khẩu|hộ dân|bảo hộ|giám hộ|số hộ|số hồ|lệ phí|tỷ lệ|tỉ lệ|
điều lệ|tờ khai|tờ trình|tổ chức|tổ công|tố giác|tổ dân|tố tụng|ô tô|vụ việc|vụ án|dịch vụ|nghiệp vụ|
nhiệm vụ|phục vụ|nội vụ|đô thị|đo đạc|mức độ|tiến độ|chế độ|bản đồ|lý do|lí do|đăng ký|đăng kí|đang xử|
đang giải|đang chờ|đăng tải|đảng viên|đảng ủy|đăng kiểm|định dạng|cao đẳng|đường bộ|đường sắt|đường thủy|
bảo dưỡng|dinh dưỡng|đào tạo|chỉ đạo|lãnh đạo|định kỳ|định danh|định giá|quyết định|gia đình|quy định|
thẩm định|giám định|đoàn thể|giai đoạn|tập đoàn|lâm nghiệp|lâm sản|làm việc|việc làm|mai táng|thương mại|
trình ký|trình duyệt|quy trình|công trình|chương trình|trường hợp|trường học|môi trường|thị trường|
hiện trường|lương thực|lương hưu|lượng hồ|số lượng|chất lượng|tiền lương|đo lường|khối lượng|lưu trữ|lưu ý|
cao tuổi|báo cáo|nâng cao|tố cáo|quảng cáo|hạ tầng|lái xe|còn lại|trả lại|cấp lại|tổng hợp|tổng số|
tổng cộng|tổng kết|tổng hồ|tổng thể|tổng lượng|tổng quan|tổng quát|mã số|mã hồ|mã đơn|mã thủ|mã định|mã cơ|
mã lĩnh|mã xã|mã tỉnh|tăng giảm|tăng cường|thai sản|trạng thái|tư pháp|từ ngày|từ tháng|từ đến|tử vong|
tự động|tư vấn|từ chối|tư liệu|đầu tư|vật tư|điện tử|đối tượng|đổi mới|đối chiếu|đổi thẻ|đối soát|đối ngoại|
sửa đổi|thay đổi|chuyển đổi|biến đổi|trao đổi|văn bản|văn phòng|văn hóa|văn hoá|văn thư|vận tải|vận hành|
công văn|chế biến|quy chế|cơ chế|quản lý|quản lí|quân sự|quân đội|quan trắc|quan hệ|quận huyện|cơ quan|
liên quan|hải quan|vi phạm|vị trí|ví dụ|đơn vị|sử dụng|sự cố|sự kiện|sự nghiệp|lịch sử|luật sư|nhân sự|
dân sự|hình sự|phạm vi|thực phẩm|sản phẩm|phân loại|phản ánh|phần mềm|phân công|phân quyền|phản hồi|
phân tích|phân bổ|phân cấp|bộ phận|lý lịch|ly hôn|xử lý|xử lí|thụ lý|pháp lý|thị trấn|tài nguyên
""".replace("\n", "").split("|")
# Without accents these begin names of people too ("Đỗ Thị …", "Phan Anh …", "Đinh Gia …").
_NAMES_TOO = {
    *("do thi", "phan anh", "phan cong", "dinh gia", "vu an", "to cong", "doan the", "ho gia", "luong huu"),
    *("ma thu", "ma linh", "dang tai", "van thu", "duong thuy", "cao dang", "lam viec", "luu y", "tu van"),
    *("to trinh", "tang cuong", "dang vien", "van hanh"),
}
_WRITTEN = frozenset(_WORDS)
_BARE = frozenset(map(unaccented, _WORDS)) - _NAMES_TOO


def is_of_offices(first: str, second: str) -> bool:
    """Whether two syllables in small letters are a word of offices; accents, if they have any, count."""
    word = f"{first} {second}"
    return word in _WRITTEN or (word == unaccented(word) and word in _BARE)
