"""Experiments and strategies as TOML, so that what is quoted or found can be saved and run."""

from __future__ import annotations

import json
import re
from typing import Any


def toml_text(spec: dict[str, Any]) -> str:
    """Write a canonical experiment or strategy as TOML; what is None, the default, is left out.

    Parameters
    ----------
    spec : dict
        Of text, numbers, truth values, lists and dicts of these, as JSON can hold it.
    """
    plain = {k: v for k, v in spec.items() if v is not None and not isinstance(v, dict)}
    lines = [f"{_key(k)} = {_top(v)}" for k, v in plain.items()]
    for name, table in spec.items():
        if isinstance(table, dict):
            lines += _section([name], table)
    return "\n".join(lines) + "\n"


def array_text(name: str, rows: list[dict[str, Any]]) -> str:
    """Write an array of tables, ``[[name]]`` each; what is None is left out.

    Parameters
    ----------
    name : str
        The key of the array.
    rows : list of dict
        Of what JSON can hold.
    """
    lines = []
    for row in rows:
        lines += ["", f"[[{_key(name)}]]"]
        lines += [f"{_key(k)} = {_top(v)}" for k, v in row.items() if v is not None]
    return "\n".join(lines) + "\n" if lines else ""


def _section(path: list[str], table: dict[str, Any]) -> list[str]:
    lines = ["", f"[{'.'.join(_key(part) for part in path)}]"]
    inner = {k: v for k, v in table.items() if isinstance(v, dict)}
    for k, v in table.items():
        if v is not None and k not in inner:
            lines.append(f"{_key(k)} = {_top(v)}")
    for k, v in inner.items():
        lines += _section([*path, k], v)
    return lines


def _top(value: Any) -> str:
    """Write a value of a key: longer lists with an item a line."""
    if isinstance(value, list) and value and len(_value(value)) > 72:
        return "[\n" + "".join(f"    {_value(item)},\n" for item in value) + "]"
    return _value(value)


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, dict):
        pairs = (f"{_key(k)} = {_value(v)}" for k, v in value.items() if v is not None)
        return f"{{ {', '.join(pairs)} }}"
    return repr(value)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else f'"{_escaped(key)}"'


def _string(text: str) -> str:
    """Write text as a basic string: JSON's escapes are TOML's, but for one character."""
    if "\n" in text:
        # Over several lines, as people write it; a line end right after the quotes is no part.
        return '"""\n' + "\n".join(_escaped(line) for line in text.split("\n")) + '"""'
    return f'"{_escaped(text)}"'


def _escaped(line: str) -> str:
    return json.dumps(line, ensure_ascii=False)[1:-1].replace("\x7f", "\\u007f")
