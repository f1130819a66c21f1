"""docs/api.md runs: every command is answered, and every answer shown there is what comes back."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from dunghen.open_data.endpoints import DOWNLOADS, ENDPOINTS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
SERVER = "http://localhost:8501"
LEFT_OUT = "…"
EXAMPLE = re.compile(r"```sh\n(?P<command>.+)\n```(?:\n\n```json\n(?P<answer>[^`]+)```)?")


def examples() -> list[tuple[str, Any]]:
    return [
        (found["command"], json.loads(found["answer"]) if found["answer"] else None)
        for found in EXAMPLE.finditer(PAGE)
    ]


def run(client: TestClient, command: str) -> Any:
    """What the curl command would get; knows -i, -OJ and -H only."""
    words = [word for word in shlex.split(command)[1:] if word not in ("-i", "-OJ")]
    headers = {}
    while "-H" in words:
        place = words.index("-H")
        name, _, value = words[place + 1].partition(": ")
        headers[name] = value
        del words[place : place + 2]
    (address,) = words
    assert address.startswith(SERVER)
    return client.get(address.removeprefix(SERVER), headers=headers)


def shown(example: Any, answer: Any) -> bool:
    """Whether the answer holds what the example shows; lists may go on after what is shown."""
    if example == LEFT_OUT:
        return answer is not None
    if isinstance(example, dict):
        return all(key in answer and shown(value, answer[key]) for key, value in example.items())
    if isinstance(example, list):
        long_enough = len(answer) >= len(example) and bool(answer) == bool(example)
        return long_enough and all(map(shown, example, answer))
    return type(example) in (type(answer), int) and bool(example == answer)


@pytest.mark.parametrize(("command", "answer"), examples())
def test_the_examples_are_what_comes_back(client: TestClient, command: str, answer: Any) -> None:
    response = run(client, command)
    assert response.status_code == (422 if answer and "error" in answer else 200)
    if answer is not None:
        assert shown(answer, response.json()), response.json()


def test_an_example_that_is_not_true_would_be_noticed() -> None:
    answer = {"data": [{"rate": 0.5, "late": None}], "next": None}
    assert shown({"data": [{"rate": 0.5}], "next": None}, answer)
    wrong: list[Any] = [
        {"data": [{"rate": 0.51}]},
        {"data": []},
        {"data": [{"late": 0}]},
        {"data": [{"late": LEFT_OUT}]},
        {"data": [{"colour": LEFT_OUT}]},
        {"data": [{"rate": 0.5}, {"rate": 0.5}]},
    ]
    assert not any(shown(example, answer) for example in wrong)


def test_every_endpoint_is_shown() -> None:
    text = PAGE.replace("{code}", "{authority_code}")
    for code in ("11203-2024", "296", "910", "MH"):
        text = text.replace(f"/authorities/{code}", "/authorities/{authority_code}")
    assert len(examples()) == 13
    paths = [one.path for one in ENDPOINTS] + [one.path for one in DOWNLOADS]
    assert [path for path in paths if path not in text] == []
