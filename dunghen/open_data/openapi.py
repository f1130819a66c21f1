"""The OpenAPI 3.1 description, made from the table of endpoints."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from dunghen import questions
from dunghen.open_data import shapes
from dunghen.open_data.endpoints import AUTHORITY_CODE, DOWNLOADS, ENDPOINTS, VERSION, Download, Endpoint
from dunghen.open_data.parameters import Parameter
from dunghen.scope import LONGEST_VALUE
from dunghen.words import say

_JSON = "application/json"
_ETAG: dict[str, dict[str, Any]] = {
    "ETag": {"schema": {"type": "string"}, "description": "Changes with the snapshot."},
    "Cache-Control": {"schema": {"type": "string"}},
}


def document() -> dict[str, Any]:
    """The description of every address under /api/v1/; columns carry the comments of the warehouse."""
    comments = _comments()
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Đúng Hẹn",
            "version": VERSION,
            "summary": say("open_data.title", "en"),
            "description": f"{say('open_data.about', 'vi')}\n\n{say('open_data.about', 'en')}",
        },
        "servers": [{"url": "/"}],
        "paths": {
            path: {"get": operation}
            for endpoint in ENDPOINTS
            for path, operation in _operations(endpoint, comments)
        }
        | {one.path: {"get": _operation(one, one.key, _file(one))} for one in DOWNLOADS},
        "components": {
            "schemas": {
                "Definition": _described(shapes.DEFINITION, comments),
                "Source": _described(shapes.SOURCE, comments),
                "Error": shapes.ERROR,
            }
        },
    }


def _operations(endpoint: Endpoint, comments: dict[str, str]) -> list[tuple[str, dict[str, Any]]]:
    answer = _described(shapes.envelope(endpoint.row, endpoint.extra), comments)
    operations = [(endpoint.path, _operation(endpoint, endpoint.key, {_JSON: {"schema": answer}}))]
    if endpoint.has_csv:
        table: dict[str, Any] = {"text/csv": {"schema": {"type": "string"}}}
        operations += [(f"{endpoint.path}.csv", _operation(endpoint, f"{endpoint.key}_csv", table))]
    return operations


def _file(download: Download) -> dict[str, Any]:
    return {download.media_type: {"schema": {"type": "string", "format": "binary"}}}


def _operation(endpoint: Endpoint | Download, name: str, content: dict[str, Any]) -> dict[str, Any]:
    described = [_parameter(parameter) for parameter in endpoint.parameters]
    if endpoint.is_of_one_authority:
        described.insert(0, _path_parameter())
    return {
        "operationId": name,
        "summary": endpoint.summary("en"),
        "description": endpoint.summary("vi"),
        "parameters": described,
        "responses": {
            "200": {"description": "The answer.", "headers": _ETAG, "content": content},
            "304": {"description": "Nothing changed since the ETag in If-None-Match."},
            "404": _refusal("A code in the request does not exist."),
            "422": _refusal("A parameter is not known or has a value it cannot have."),
            "503": _refusal("The figures cannot be read at the moment."),
        },
    }


def _refusal(description: str) -> dict[str, Any]:
    return {
        "description": description,
        "content": {_JSON: {"schema": {"$ref": "#/components/schemas/Error"}}},
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": _words(parameter.name),
        "schema": parameter.schema,
    }


def _path_parameter() -> dict[str, Any]:
    return {
        "name": AUTHORITY_CODE,
        "in": "path",
        "required": True,
        "description": _words(AUTHORITY_CODE),
        "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_VALUE},
        "examples": {"district": {"value": "296"}, "commune": {"value": "11203-2024"}},
    }


def _words(parameter: str) -> str:
    return (
        f"{say(f'open_data.parameter.{parameter}', 'en')} / {say(f'open_data.parameter.{parameter}', 'vi')}"
    )


def _comments() -> dict[str, str]:
    """The warehouse's comment on every column that is told the same of wherever it stands."""
    told: dict[str, set[str]] = defaultdict(set)
    for row in questions.ask("column_by_table").rows:
        if row["column_comment_en"]:
            told[row["column_name"]].add(row["column_comment_en"])
    return {column: next(iter(comments)) for column, comments in told.items() if len(comments) == 1}


def _described(schema: Any, comments: dict[str, str]) -> Any:
    """The shape with its comment on every column that has one."""
    if isinstance(schema, list):
        return [_described(part, comments) for part in schema]
    if not isinstance(schema, dict):
        return schema
    described = {key: _described(part, comments) for key, part in schema.items()}
    properties = described.get("properties")
    if isinstance(properties, dict):
        for name, shape in properties.items():
            if name in comments and "$ref" not in shape:
                properties[name] = {**shape, "description": comments[name]}
    return described
