"""What is refused is refused in words; what is kept by clients is kept no longer than its snapshot."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dunghen.open_data import routes
from dunghen.open_data.endpoints import ENDPOINTS

ONE = "/api/v1/authorities/296/results"


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/api/v1/authorities/99999999", "99999999"),
        ("/api/v1/authorities/99999999/results", "99999999"),
        ("/api/v1/authorities/99999999/scores.csv", "99999999"),
        ("/api/v1/authorities/99999999/indicators", "99999999"),
        ("/api/v1/authorities?parent=nowhere", "nowhere"),
        ("/api/v1/compare?parent=nowhere", "nowhere"),
        ("/api/v1/compare.csv?trong=nowhere", "nowhere"),
        ("/api/v1/indices?index=beauty", "beauty"),
        ("/api/v1/indices?index=par_index&edition=1066", "1066"),
        ("/api/v1/authorities/25/scores?index=beauty", "beauty"),
        ("/api/v1/sources?source_id=hearsay", "hearsay"),
        ("/api/v1/checks?authority_code=nowhere", "nowhere"),
    ],
)
def test_unknown_codes_are_404_in_both_languages(client: TestClient, address: str, code: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    refusal = response.json()
    assert refusal["code"] == code
    assert refusal["error"].startswith("unknown_")
    assert code in refusal["detail"]
    assert code in refusal["detail_vi"]
    assert refusal["detail"] != refusal["detail_vi"]


@pytest.mark.parametrize(
    ("address", "parameter", "allowed"),
    [
        ("/api/v1/compare", "parent", ""),
        ("/api/v1/compare?parent=", "parent", ""),
        ("/api/v1/compare?parent=25&colour=red", "colour", "definition"),
        ("/api/v1/compare?parent=25&q=x", "q", "level"),
        ("/api/v1/compare?parent=25&trong=25", "trong", ""),
        ("/api/v1/compare?parent=25&definition=best", "definition", "not_late"),
        ("/api/v1/compare?parent=25&cap=village", "cap", "commune"),
        (f"{ONE}?from=yesterday", "from", "YYYY-MM-DD"),
        (f"{ONE}?to=2023-02-30", "to", "YYYY-MM-DD"),
        (f"{ONE}?from=2024-01-01&to=2023-01-01", "from", "after"),
        (f"{ONE}?by=mood", "by", "channel"),
        (f"{ONE}?authority_code=25", "authority_code", "coverage"),
        (f"{ONE}?limit=5", "limit", "coverage"),
        ("/api/v1/authorities?q=x&limit=0", "limit", "1000"),
        ("/api/v1/authorities?q=x&limit=1001", "limit", "next"),
        ("/api/v1/authorities?q=x&limit=-1", "limit", "whole number"),
        ("/api/v1/authorities?q=x&limit=9999999", "limit", "whole number"),
        ("/api/v1/authorities?era=golden", "era", "former"),
        ("/api/v1/authorities?q=" + "x" * 201, "q", "200"),
        ("/api/v1/authorities?parent=" + "x" * 201, "parent", "200"),
        ("/api/v1/checks?kind=rumour", "kind", "oddity"),
        ("/api/v1/sources?kind=press", "kind", "source_id"),
        ("/api/v1/?x=1", "x", "none"),
    ],
)
def test_bad_parameters_are_422_naming_them(
    client: TestClient, address: str, parameter: str, allowed: str
) -> None:
    response = client.get(address)
    assert response.status_code == 422
    refusal = response.json()
    assert refusal["parameter"] == parameter
    assert allowed in refusal.get("allowed", "")
    assert parameter in refusal["detail"]
    assert parameter in refusal["detail_vi"]
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("/api/v1/compare?trong=25&cach=portal", "/api/v1/compare?parent=25&definition=portal"),
        (
            "/api/v1/compare?parent_code=25&definition_code=portal",
            "/api/v1/compare?parent=25&definition=portal",
        ),
        (f"{ONE}?den=2023-12-31", f"{ONE}?last_day=2023-12-31"),
        ("/api/v1/compare?parent=25&level=", "/api/v1/compare?parent=25"),
    ],
)
def test_short_names_and_identifiers_mean_the_same(client: TestClient, address: str, same: str) -> None:
    assert client.get(address).json() == client.get(same).json()


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
@pytest.mark.parametrize("address", ["/api/v1/", ONE, "/api/v1/compare.csv?parent=25", "/robots.txt"])
def test_addresses_can_only_be_read(client: TestClient, method: str, address: str) -> None:
    response = client.request(method, address)
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, OPTIONS"
    assert response.json()["error"] == "method"


def test_other_sites_may_read(client: TestClient) -> None:
    assert client.get(ONE, headers={"Origin": "https://example.org"}).headers[
        "access-control-allow-origin"
    ] == ("*")
    preflight = client.options(ONE, headers={"Access-Control-Request-Method": "GET"})
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in preflight.headers["access-control-allow-headers"]


@pytest.mark.parametrize("address", [ONE, f"{ONE}.csv", "/api/v1/", "/api/v1/openapi.json", "/sitemap.xml"])
def test_nothing_is_sent_twice_to_who_has_it(client: TestClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"] == first.headers["cache-control"]
    assert "max-age" in first.headers["cache-control"]
    assert first.headers["vary"] == "Accept-Encoding"


def test_the_etag_tells_questions_apart(client: TestClient) -> None:
    tags = {
        client.get(address).headers["etag"]
        for address in (ONE, f"{ONE}.csv", f"{ONE}?by=field", "/api/v1/authorities/25/results")
    }
    assert len(tags) == 4
    assert all(tag.startswith(f'W/"{client.get(ONE).json()["snapshot"]}') for tag in tags)


def test_a_bad_request_is_refused_even_with_a_known_etag(client: TestClient) -> None:
    tag = client.get(ONE).headers["etag"]
    assert client.get(f"{ONE}?by=mood", headers={"If-None-Match": tag}).status_code == 422


def test_head_gives_the_headers_of_get(client: TestClient) -> None:
    head, got = client.head(ONE), client.get(ONE)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == got.headers["etag"]
    assert head.headers["content-length"] == str(len(got.content))


def test_without_a_published_file_there_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DUNGHEN_DATABASE", str(tmp_path / "none.duckdb"))
    alone = TestClient(Starlette(routes=routes))
    for address in (ONE, "/healthz", "/sitemap.xml"):
        response = alone.get(address)
        assert response.status_code == 503
        assert response.json()["error"] == "no_database"
        assert str(tmp_path) not in response.text


def test_every_endpoint_answers_at_its_address(client: TestClient) -> None:
    for endpoint in ENDPOINTS:
        address = endpoint.path.format(authority_code="25")
        query = "?parent=25" if endpoint.key == "compare" else ""
        assert client.get(address + query).status_code == 200
        csv_status = client.get(f"{address}.csv{query}").status_code
        assert csv_status == (200 if endpoint.has_csv else 404)


def test_health_names_the_snapshot(client: TestClient) -> None:
    response = client.get("/healthz")
    assert response.json()["status"] == "ok"
    assert response.json()["snapshot"] == client.get("/api/v1/").json()["snapshot"]
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/api/v1/authorities/H44.100", "/api/v1/authorities/07900"),
        (
            "/api/v1/authorities/h44.100/results.csv?to=2025-12-31",
            "/api/v1/authorities/07900/results.csv?to=2025-12-31",
        ),
        ("/api/v1/compare?parent=H44&level=commune", "/api/v1/compare?parent=25&level=commune"),
        ("/nhung/H44.100.svg?lang=en", "/nhung/07900.svg?lang=en"),
        ("/nhung/H44.100", "/nhung/07900"),
    ],
)
def test_a_code_of_the_portal_leads_to_ours(client: TestClient, address: str, target: str) -> None:
    response = client.get(address, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (308, target)
    assert response.headers["access-control-allow-origin"] == "*"


def test_whoever_takes_any_answer_has_it(client: TestClient) -> None:
    assert client.get(ONE, headers={"If-None-Match": "*"}).status_code == 304


def test_what_is_allowed_is_said_in_both_languages(client: TestClient) -> None:
    refusal = client.get("/api/v1/authorities?q=x&limit=0").json()
    assert "a whole number from 1 to 1000" in refusal["detail"]
    assert "số nguyên từ 1 đến 1000" in refusal["detail_vi"]
    assert "whole" not in refusal["detail_vi"]
