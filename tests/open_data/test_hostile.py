"""Nothing that can stand in an address brings the site down: it answers, or refuses in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dunghen.light.routes import routes as light_routes
from dunghen.open_data import routes
from dunghen.open_data.endpoints import ENDPOINTS, Endpoint
from dunghen.scope import ADDRESS_NAMES

pytestmark = pytest.mark.slow

CODES = st.sampled_from(["25", "296", "343", "11203-2024", "VN", "nhom-seed-001"])
TEXT = st.text(max_size=40)
NASTY = st.sampled_from(
    [
        "' OR 1=1 --",
        '"; DROP TABLE report; --',
        "$authority_code",
        "\x00",
        "%00",
        "../../etc/passwd",
        "<script>alert(1)</script>",
        "{x}",
        "{0.__class__}",
        "%s",
        "\ud7ff\ufffe",
        "𝒟𝑜𝓃𝑔",
        "1e309",
        "nan",
        "-0",
        "٣",
        "9" * 400,
        "000001" + "9" * 4500,
        "2024-02-30",
        "10000-01-01",
        "0001-01-01",
        "9999-12-31",
        "\r\nSet-Cookie: a=b",
        " ",
    ]
)
VALUE = st.one_of(TEXT, NASTY)
LANGUAGE = st.one_of(st.sampled_from(["vi", "en"]), VALUE)
# The addresses beside the API: what stands in the path, and the parameters that each takes.
OTHERS = {
    "/tra-cuu": {"q": VALUE, "trang": st.one_of(st.integers(-1, 1001).map(str), VALUE), "lang": LANGUAGE},
    "/tra-cuu/{}": {"lang": LANGUAGE, "ngon-ngu": LANGUAGE},
    "/nhung/{}": {"lang": LANGUAGE},
    "/nhung/{}.svg": {"lang": LANGUAGE},
    "/nhung/{}.json": {"lang": LANGUAGE},
}


def fitting(schema: dict[str, Any]) -> st.SearchStrategy[str]:
    """Values that the description allows, or others."""
    if "enum" in schema:
        return st.one_of(st.sampled_from(schema["enum"]), VALUE)
    if schema["type"] == "integer":
        return st.one_of(st.integers(-5, 2000).map(str), VALUE)
    if schema.get("format") == "date":
        return st.one_of(st.dates().map(str), VALUE)
    return st.one_of(CODES, VALUE)


@st.composite
def requests(draw: st.DrawFn) -> tuple[Endpoint, str]:
    endpoint = draw(st.sampled_from(ENDPOINTS))
    path = endpoint.path.replace("{authority_code}", quote(draw(st.one_of(CODES, VALUE)), safe=""))
    suffix = ".csv" if endpoint.has_csv and draw(st.booleans()) else ""
    pairs = [
        (parameter.name, draw(fitting(parameter.schema)))
        for parameter in endpoint.parameters
        if draw(st.integers(0, 2)) > 0
    ]
    if draw(st.integers(0, 5)) == 0:
        pairs.append((draw(st.one_of(st.sampled_from(sorted(ADDRESS_NAMES)), VALUE)), draw(VALUE)))
    return endpoint, f"{path}{suffix}?{urlencode(pairs)}"


@st.composite
def other_addresses(draw: st.DrawFn) -> str:
    path = draw(st.sampled_from(sorted(OTHERS)))
    pairs = [(name, draw(values)) for name, values in OTHERS[path].items() if draw(st.booleans())]
    return f"{path.format(quote(draw(st.one_of(CODES, VALUE)), safe=''))}?{urlencode(pairs)}"


@pytest.fixture(scope="module")
def whole_site(published: Path) -> TestClient:
    return TestClient(Starlette(routes=[*light_routes, *routes]))


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(address=other_addresses())
@example(address="/tra-cuu?q=a&trang=000001" + "9" * 4500)
def test_light_pages_and_boxes_answer_or_refuse(whole_site: TestClient, address: str) -> None:
    response = whole_site.get(address)
    assert response.status_code in (200, 404, 422), address
    assert "set-cookie" not in response.headers
    # JSON is no page: there it is text like any other
    assert response.headers["content-type"] == "application/json" or "<script>alert" not in response.text


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=requests())
def test_every_address_gets_an_answer_or_a_refusal_in_words(
    client: TestClient, asked: tuple[Endpoint, str]
) -> None:
    _endpoint, address = asked
    response = client.get(address)
    assert response.status_code in (200, 404, 422), address
    assert "set-cookie" not in response.headers
    if response.status_code == 200:
        assert response.headers["etag"]
    elif response.headers["content-type"] == "application/json":
        refusal = response.json()
        assert {"error", "detail", "detail_vi"} <= set(refusal)
    else:
        # an empty code, or one with a slash in it, is another address, unknown to the router
        assert response.status_code == 404


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=VALUE)
def test_any_text_can_be_looked_for(client: TestClient, text: str) -> None:
    response = client.get(f"/api/v1/authorities?{urlencode({'q': text, 'limit': 3})}")
    assert response.status_code == (422 if len(text.strip()) > 200 else 200)
