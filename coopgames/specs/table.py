"""What every table of a TOML file has in common: all its mistakes at once, in plain words.

pydantic finds the mistakes; here they are put into words for someone who knows TOML and has never
heard of pydantic.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import CoreSchema, ErrorDetails, InitErrorDetails, PydanticCustomError
from pydantic_core.core_schema import with_info_after_validator_function

from coopgames.mistakes import unknown
from coopgames.specs.source import ElsewhereMistake, Location, Source

Line = Annotated[str, Field(max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""Text of one line; no control characters, which could make a terminal lie."""
Text = Annotated[str, Field(pattern=r"^[^\x00-\x08\x0b-\x1f\x7f]*$")]
"""Text of any number of lines."""
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
NAME = r"^[^\s#()\x00-\x1f\x7f]+( [^\s#()\x00-\x1f\x7f]+)*$"
LABEL = NAME.removesuffix("$") + r"(\([^#()\x00-\x1f\x7f]*\))?$"
Slug = Annotated[str, Field(max_length=100, pattern=SLUG)]
"""A name that can also name a folder."""
Name = Annotated[str, Field(max_length=100, pattern=NAME)]
"""A name that cannot be taken for a label with parameters or a number."""
Label = Annotated[str, Field(max_length=500, pattern=LABEL)]
"""A name, perhaps with parameters."""
Whole = Annotated[int, Field(le=2**63 - 1)]
"""A whole number that TOML can write and compiled code can hold."""
Number = Annotated[float, Field(allow_inf_nan=False)]


def wrong(problems: Sequence[tuple[Location, str, str]]) -> ValidationError:
    """Make the error that reports several problems of one table or field.

    Parameters
    ----------
    problems : sequence of (location, kind, text)
        Where (from there on), ``"mistake"``, ``"elsewhere"`` or ``"key"``, and what is wrong.
    """
    return ValidationError.from_exception_data(
        "TOML",
        [
            InitErrorDetails(type=PydanticCustomError(kind, text), loc=at, input=None)
            for at, kind, text in problems
        ],
    )


class Table(BaseModel):
    """A table with known keys; nothing is coerced."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, field_title_generator=lambda name, _: name
    )

    @classmethod
    def also_wrong(cls, data: dict[str, Any]) -> list[tuple[Location, str]]:  # noqa: ARG003
        """Find what cannot be seen one key at a time; `data` may be wrong in any other way."""
        return []

    @model_validator(mode="wrap")
    @classmethod
    def _all_at_once(cls, data: Any, handler: ModelWrapValidatorHandler[Table]) -> Table:
        problems: list[tuple[Location, str, str]] = []
        try:
            table = handler(data)
        except ValidationError as error:
            problems += [cls._problem(e) for e in error.errors(include_url=False)]
        if isinstance(data, dict):
            problems += [(at, "mistake", text) for at, text in cls.also_wrong(data)]
        if problems:
            raise wrong(problems)
        return table

    @classmethod
    def _problem(cls, error: ErrorDetails) -> tuple[Location, str, str]:
        at = error["loc"]
        if error["type"] == "missing":
            field = cls.model_fields[str(at[-1])]
            return at, "mistake", f"missing ({field.description})"
        if error["type"] == "extra_forbidden":
            return at, "key", unknown("key", printable(str(at[-1])), cls.model_fields)
        if error["type"] == "key" and len(at) > 1 and at[-1] in cls.model_fields:
            # The commonest slip of TOML: a line of the file's own below the first [table].
            return at, "key", f'no key "{at[-1]}" here; it belongs above the first [table]'
        return at, *_plain(error)


@dataclass(frozen=True)
class Written:
    """A field that is written in one shape and read as another value.

    Parameters
    ----------
    shape : type
        What is written; the JSON Schema describes this.
    read : callable
        ``(written, info) -> value``; may raise a `Mistake` or what `wrong` makes.
    """

    shape: Any
    read: Callable[[Any, ValidationInfo], Any]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Tell pydantic to check the shape, then to read."""
        return with_info_after_validator_function(self.read, handler.generate_schema(self.shape))


def mistakes(error: ValidationError, source: Source) -> list[str]:
    """Put what pydantic found into lines ``FILE, line N: field: what is wrong``.

    Parameters
    ----------
    error : ValidationError
        What a `Table` raised.
    source : Source
        What it was given.

    Returns
    -------
    list of str
        In the order of the file, each once.
    """
    found: list[tuple[float, str]] = []
    for e in error.errors(include_url=False):
        # Tags such as <table> tell pydantic's alternatives apart; nobody wrote them.
        at = tuple(part for part in e["loc"] if not str(part).startswith("<"))
        kind, text = _plain(e)
        order, place = source.place(at)
        if kind == "elsewhere":
            found += [(order, line) for line in text.splitlines()]
            continue
        named = at[:-1] if kind == "key" else at
        name = ".".join(printable(part) for part in named if isinstance(part, str))
        where = f"{place}: {name}: " if name else f"{place}: "
        found += [(order, where + line) for line in text.splitlines()]
    return list(dict.fromkeys(line for _, line in sorted(found, key=lambda pair: pair[0])))


_NEEDS = {
    "int_type": "a whole number",
    "float_type": "a number",
    "string_type": "text in quotes",
    "bool_type": "true or false",
    "list_type": "an array, [ … ],",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "finite_number": "a finite number",
}
_BOUNDS = {
    "greater_than_equal": ("ge", "is too small; it must be at least"),
    "greater_than": ("gt", "is too small; it must be more than"),
    "less_than_equal": ("le", "is too large; it must be at most"),
    "less_than": ("lt", "is too large; it must be less than"),
}


def _plain(error: ErrorDetails) -> tuple[str, str]:
    """Kind and plain words of one of pydantic's errors."""
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    if kind in ("mistake", "elsewhere", "key"):
        return kind, error["msg"]
    if kind == "value_error":
        cause = context["error"]
        return "elsewhere" if isinstance(cause, ElsewhereMistake) else "mistake", str(cause)
    if kind == "shape":
        return "mistake", f"{said(value)}; {error['msg']} is needed"
    if kind in _NEEDS:
        return "mistake", f"{said(value)}; {_NEEDS[kind]} is needed"
    if kind == "literal_error":
        words = context["expected"].replace("'", '"')
        needed = "true, or else no such line," if words == "True" else words
        return "mistake", f"{said(value)}; {needed} is needed"
    if kind in _BOUNDS:
        bound, words = _BOUNDS[kind]
        return "mistake", f"{said(value, bare=True)} {words} {context[bound]:g}"
    if kind in ("too_short", "string_too_short"):
        one = "one character" if kind == "string_too_short" else "one"
        return "mistake", f"is empty; at least {one} is needed"
    if kind == "string_too_long":
        return "mistake", f"{said(value)}; at most {context['max_length']} characters are allowed"
    if kind == "string_pattern_mismatch":
        return "mistake", f"{said(value, bare=True)} {_pattern(context['pattern'])}"
    return "mistake", f"{said(value)}; {error['msg']}"


def _pattern(pattern: str) -> str:
    if pattern == SLUG:
        return (
            "is no name; write small letters, digits and single hyphens, as in my-first-experiment"
        )
    if pattern == NAME:
        return "is no name; write one line without parentheses, # and blanks at its ends"
    return "must be one line of ordinary characters"


def printable(text: str) -> str:
    """Write control characters and line breaks as escapes, so that a message stays one line."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def said(value: object, *, bare: bool = False) -> str:
    """Say in TOML's words what was written.

    Parameters
    ----------
    value : object
        A value that `tomllib` read.
    bare : bool, default False
        Only the value, without what kind of thing it is.
    """
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            quoted = f'"{printable(value if len(value) <= 40 else value[:39] + "…")}"'
            return quoted if bare else f"{quoted} is text"
        case int() if value.bit_length() > 64:
            return f"a number of {value.bit_length()} bits"
        case int() | float():
            return f"{value}" if bare else f"{value} is a number"
        case list():
            return "this is an array"
        case dict():
            return "this is a table"
        case datetime.date() | datetime.time():
            return f"{value} is a date or time without quotes"
        case None:
            return "this is null"
    return f"this is a {type(value).__name__}"
