"""The documents are really run: a snippet that does not do what it says fails."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[2]
FENCE = "```"


def block(language: str, *lines: str, comment: str = "") -> str:
    return "\n".join([*([comment] if comment else []), FENCE + language, *lines, FENCE, ""])


CASES = {
    "python that runs": (block("python", "x = 1") + block("python", "assert x == 1"), True),
    "python that fails": (block("python", "assert False"), False),
    "a doctest": (block("python", ">>> 1 + 1", "2"), True),
    "a doctest that fails": (block("python", ">>> 1 + 1", "3"), False),
    "a command": (block("console", "$ coopgames --version", "coopgames, version ..."), True),
    "lines left out": (block("console", "$ coopgames --help", "Usage: ...", "..."), True),
    "another output": (block("console", "$ coopgames --version", "coopgames, version x"), False),
    "a missing line": (block("console", "$ coopgames --help", "Usage: ... COMMAND"), False),
    "an error that is shown": (
        block("console", "$ coopgames rum", 'coopgames: no command "rum" (did you mean run?)'),
        True,
    ),
    "an error that is not shown": (block("console", "$ coopgames rum"), False),
    "another program": (block("console", "$ rm -r /"), False),
    "a file": (
        block("text", "hello", comment="<!-- file: greeting.txt -->")
        + block("python", "assert open('greeting.txt').read() == 'hello\\n'"),
        True,
    ),
    "what is not installed": (
        block("python", "import no_such_module", comment="<!-- needs: no_such_module -->")
        + block("python", "pass"),
        True,
    ),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_documents_are_run(pytester: pytest.Pytester, case: str) -> None:
    text, passes = CASES[case]
    pytester.makeconftest((ROOT / "conftest.py").read_text(encoding="utf-8"))
    pytester.path.joinpath("page.md").write_text(text, encoding="utf-8")
    result = pytester.runpytest("page.md", "-p", "no:cacheprovider")
    result.assert_outcomes(passed=int(passes), failed=int(not passes))


def test_the_readme_has_snippets() -> None:
    assert f"{FENCE}console\n$ coopgames" in (ROOT / "README.md").read_text(encoding="utf-8")
