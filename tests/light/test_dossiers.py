"""The light page of an authority with dossiers: the same in small, without a script, still light."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dunghen import open_data
from dunghen.light.routes import routes
from tests.light.reading import read


@pytest.fixture
def small_client(small_country: Path) -> TestClient:
    return TestClient(Starlette(routes=[*routes, *open_data.routes]))


def test_what_is_read_beside_the_rate(small_client: TestClient) -> None:
    answer = small_client.get("/tra-cuu/M1", headers={"accept-encoding": "identity"})
    text = read(answer.text).text

    for told in (
        "Tính từ hồ sơ. Phạm vi: hồ sơ của riêng đơn vị.",
        "Một nửa số hồ sơ xong trong (ngày làm việc) 3 ngày",
        "9 trong 10 hồ sơ xong trong (ngày làm việc) 9 ngày",
        "Đang quá hạn, chưa xong, ngày 31/12/2025 2",
        "… quá hạn 1–7 ngày 5",
        "Thời gian quá hạn chỉ được nêu cho cả tỉnh hoặc cả huyện",
        "Phải bổ sung giấy tờ 12,5%",
    ):
        assert told in text, told
    assert "Thời gian xử lý trung bình" not in text
    assert "<script>" not in answer.text
    assert len(answer.content) < 40_000


def test_what_an_export_does_not_tell_is_unknown(small_client: TestClient) -> None:
    text = read(small_client.get("/tra-cuu/M2").text).text
    assert "Phải bổ sung giấy tờ chưa biết" in text
    assert "“Chưa biết”: bản xuất của cơ quan (ít nhất ở một kỳ) không có mục này" in text
    assert "Trả lại hoặc rút" in text
    assert "bao nhiêu hồ sơ trực tuyến, trực tiếp hay qua bưu chính" in text


def test_the_trend_is_described(small_client: TestClient) -> None:
    document = read(small_client.get("/tra-cuu/M1").text)
    (drawing,) = document.all("svg", **{"aria-labelledby": "trend-title"})
    assert "Mơ Một: tỷ lệ đúng hạn từng tháng" in drawing.all("title")[0].text
    assert "đã giải quyết" in drawing.all("desc")[0].text


def test_a_comparison_is_of_the_very_figure_of_the_headline(small_client: TestClient) -> None:
    text = read(small_client.get("/tra-cuu/M1").text).text
    assert "So với 2 xã, phường" in text
    assert "Cách tính:" not in text


def test_a_published_figure_says_that_it_is_one(small_client: TestClient) -> None:
    text = read(small_client.get("/tra-cuu/A").text).text
    assert "Số đã công bố. Phạm vi" in text
    assert "Từng tháng" not in text
