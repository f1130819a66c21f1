"""The parser of all commands: in its help and in what it refuses it speaks one language only."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, NoReturn, TypeVar

from dunghen.intake.errors import UnusableError
from dunghen.words.intake import LANGUAGES, in_both, tell

UNUSABLE = 2
Value = TypeVar("Value")
# What argparse says, in English whatever the language → the words that say it, and what they are filled with.
_REFUSALS = {
    "required": re.compile(r"the following arguments are required: (?P<names>.+)"),
    "one_value": re.compile(r"expected one argument"),
    "some_values": re.compile(r"expected at least one argument"),
    "no_value": re.compile(r"ignored explicit argument (?P<value>.+)"),
    "choice": re.compile(r"invalid choice: (?P<value>.+) \(choose from (?P<choices>.+)\)"),
    "unrecognised": re.compile(r"unrecognized arguments: (?P<words>.+)", re.DOTALL),
    "ambiguous": re.compile(r"ambiguous option: (?P<option>.+) could match (?P<options>.+)"),
}
_OF_ARGUMENT = re.compile(r"argument (?P<name>[^:]+): (?P<message>.+)", re.DOTALL)


def language_of(arguments: Sequence[str]) -> str:
    """The language that a command line asks for with `--lang`, before it is parsed; else Vietnamese."""
    looking = argparse.ArgumentParser(add_help=False)
    looking.add_argument("--lang", nargs="?")
    asked, _ = looking.parse_known_args(arguments)
    return asked.lang if asked.lang in LANGUAGES else LANGUAGES[0]


class Parser(argparse.ArgumentParser):
    """A parser of arguments that speaks the language it is given."""

    def __init__(self, *, language: str, **settings: Any) -> None:
        self.language = language
        super().__init__(add_help=False, formatter_class=partial(_Formatter, language), **settings)
        self._values = self.add_argument_group(self.told("arguments.values"))
        self._options = self.add_argument_group(self.told("arguments.options"))
        self.add_argument("-h", "--help", action="help", help=self.told("arguments.help"))

    def told(self, key: str, **values: object) -> str:
        """A text of the intake in the language of the parser."""
        return tell(key, self.language, **values)

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:
        """Adds a value or an option, in the group of its kind."""
        is_option = names[0].startswith("-")
        return (self._options if is_option else self._values).add_argument(*names, **settings)

    def take(
        self,
        name: str,
        metavar: str,
        about: str,
        filling: Mapping[str, object] | None = None,
        **settings: Any,
    ) -> None:
        """Adds a value, or an option with one; `metavar` and `about` are keys of what it is called and of
        what is said of it, which `filling` fills in."""
        told = self.told(f"help.{about}", **filling or {})
        self.add_argument(name, metavar=self.told(f"arguments.name.{metavar}"), help=told, **settings)

    def take_flag(self, name: str, about: str) -> None:
        """Adds an option that is given or not; `about` is the key of what is said of it."""
        self.add_argument(name, action="store_true", help=self.told(f"help.{about}"))

    def take_choice(self, name: str, choices: Sequence[str], about: str, **settings: Any) -> None:
        """Adds an option with one of some values; `about` is the key of what is said of it."""
        self.add_argument(name, choices=choices, help=self.told(f"help.{about}"), **settings)

    def add_language(self, default: str = argparse.SUPPRESS) -> None:
        """Adds the language to speak, which is told in both: nobody has to read the other one to find it."""
        self.add_argument("--lang", choices=LANGUAGES, default=default, help=in_both("arguments.language"))

    def commands(self, key: str, metavar: str, *, required: bool) -> Commands:
        """What may follow; `key` is that of its title, `metavar` that of what it is called in the usage."""
        title, name = self.told(key), self.told(metavar)
        added = self.add_subparsers(title=title, metavar=name, required=required, parser_class=Parser)
        return Commands(added, self.language)

    def reader(self, read: Callable[[str], Value]) -> Callable[[str], Value]:
        """What reads a value (`type=`), made of what reads one and raises `UnusableError` for others."""
        return partial(_read, read, self.language)

    def error(self, message: str) -> NoReturn:
        """Says how the command is used and what is wrong with its arguments, and exits with 2."""
        self.print_usage(sys.stderr)
        said = self.told("arguments.refused", program=self.prog, message=_translated(message, self.language))
        self.exit(UNUSABLE, f"{said}\n")


class Commands:
    """The commands of a parser, which speak its language."""

    def __init__(self, added: Any, language: str) -> None:
        self._added, self._language = added, language

    def add(self, name: str, key: str, **filling: object) -> Parser:
        """Adds a command; `key` is that of the text which says what it does, which `filling` fills in."""
        about = tell(key, self._language, **filling)
        parser: Parser = self._added.add_parser(name, help=about, description=about, language=self._language)
        # not given here, the language given before the command stays
        parser.add_language()
        return parser


class _Formatter(argparse.HelpFormatter):
    def __init__(self, language: str, prog: str) -> None:
        super().__init__(prog)
        self._usage_word = tell("arguments.usage", language)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, self._usage_word if prefix is None else prefix)


def _read(read: Callable[[str], Value], language: str, text: str) -> Value:
    try:
        return read(text)
    except UnusableError as error:
        raise argparse.ArgumentTypeError(error.text(language)) from None


def _translated(message: str, language: str) -> str:
    if found := _OF_ARGUMENT.fullmatch(message):
        told = _translated(found["message"], language)
        return tell("arguments.of_argument", language, name=found["name"], message=told)
    for key, pattern in _REFUSALS.items():
        if found := pattern.fullmatch(message):
            return tell(f"arguments.{key}", language, **found.groupdict())
    return message
