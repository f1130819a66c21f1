"""The description is valid OpenAPI 3.1 and every answer is what it says."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator, oas31_format_checker
from openapi_spec_validator import OpenAPIV31SpecValidator
from starlette.testclient import TestClient

from dunghen import questions
from dunghen.open_data.endpoints import ENDPOINTS

pytestmark = pytest.mark.slow

ANSWERS = [
    ("/api/v1/", "/api/v1/"),
    ("/api/v1/authorities", "/api/v1/authorities?q=ninh%20giang&limit=100"),
    ("/api/v1/authorities", "/api/v1/authorities?level=province&limit=100"),
    ("/api/v1/authorities", "/api/v1/authorities?q=qwertyuiop"),
    ("/api/v1/compare", "/api/v1/compare?parent=25"),
    ("/api/v1/compare", "/api/v1/compare?parent=VN"),
    ("/api/v1/compare", "/api/v1/compare?parent=30"),
    ("/api/v1/compare", "/api/v1/compare?parent=25&definition=due"),
    ("/api/v1/indices", "/api/v1/indices"),
    ("/api/v1/sources", "/api/v1/sources"),
    ("/api/v1/checks", "/api/v1/checks"),
]


def test_the_description_is_valid(description: dict[str, Any]) -> None:
    OpenAPIV31SpecValidator(description).validate()
    assert description["openapi"] == "3.1.0"


def test_the_root_and_the_description_list_the_same(client: TestClient, description: dict[str, Any]) -> None:
    listed = client.get("/api/v1/").json()["data"]
    paths = {path for row in listed for path in (row["path"], row["csv_path"]) if path}
    assert set(description["paths"]) == paths | {"/api/v1/"}
    for row in listed:
        described = description["paths"][row["path"]]["get"]["parameters"]
        assert row["parameters"] == [one["name"] for one in described if one["in"] == "query"]


def test_every_operation_has_its_own_words(description: dict[str, Any]) -> None:
    operations = [item["get"] for item in description["paths"].values()]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names))
    assert all(operation["summary"] != operation["description"] for operation in operations)


def conforms(description: dict[str, Any], path: str, answer: Any) -> None:
    assert faults(description, path, answer) == []


def faults(description: dict[str, Any], path: str, answer: Any) -> list[str]:
    content = description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    schema = {**content["schema"], "components": description["components"]}
    checked = OAS31Validator(schema, format_checker=oas31_format_checker)
    return [f"{error.json_path}: {error.message}"[:300] for error in checked.iter_errors(answer)]


@pytest.mark.parametrize(
    ("column", "wrong"),
    [("rate", 1.5), ("band", "best"), ("last_day", "26/09/2026"), ("denominator", "4017"), ("colour", "red")],
)
def test_a_wrong_answer_would_be_noticed(
    client: TestClient, description: dict[str, Any], column: str, wrong: object
) -> None:
    answer = client.get("/api/v1/compare?parent=25").json()
    answer["data"] = [{**answer["data"][0], column: wrong}]
    assert faults(description, "/api/v1/compare", answer)


@pytest.mark.parametrize(("path", "address"), ANSWERS)
def test_answers_are_what_the_description_says(
    client: TestClient, description: dict[str, Any], path: str, address: str
) -> None:
    conforms(description, path, client.get(address).json())


@pytest.mark.parametrize(
    "endpoint", [one for one in ENDPOINTS if one.is_of_one_authority], ids=lambda e: e.key
)
def test_answers_about_authorities_are_what_the_description_says(
    client: TestClient, description: dict[str, Any], endpoint: Any
) -> None:
    of_level: dict[str, list[str]] = defaultdict(list)
    for row in questions.ask("authority_with_figures").rows:
        of_level[row["level"]].append(row["authority_code"])
    assert len(of_level) == 8
    codes = ["11203-2024", "11203", *(code for level in of_level.values() for code in level[:2])]
    for code in codes:
        answer = client.get(endpoint.path.format(authority_code=code)).json()
        conforms(description, endpoint.path, answer)


@pytest.mark.parametrize("address", ["/api/v1/authorities/zzz", "/api/v1/compare?parent=25&by=x"])
def test_refusals_are_what_the_description_says(
    client: TestClient, description: dict[str, Any], address: str
) -> None:
    error = description["components"]["schemas"]["Error"]
    OAS31Validator(error).validate(client.get(address).json())
