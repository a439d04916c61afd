"""``coopgames schema``."""

import json

from click.testing import CliRunner
from jsonschema import Draft202012Validator

from coopgames.cli import coopgames
from coopgames.mistakes import Mistake
from coopgames.specs import load, schema
from coopgames.specs import shipped as ours


def run(*arguments):
    return CliRunner().invoke(coopgames, ["schema", *arguments], standalone_mode=False)


def test_it_prints_the_schema():
    result = run()
    assert result.exit_code == 0
    assert json.loads(result.stdout) == schema()
    Draft202012Validator.check_schema(json.loads(result.stdout))


def test_it_writes_the_schema_and_says_how_to_name_it(tmp_path):
    file = tmp_path / "coopgames.schema.json"
    result = run("-o", str(file))
    assert json.loads(file.read_text(encoding="utf-8")) == schema()
    assert "#:schema ./coopgames.schema.json" in result.stdout


def test_the_line_for_the_editor_is_a_comment_to_us(tmp_path):
    file = tmp_path / "mine.toml"
    shipped = next(iter(ours().values())).read_text(encoding="utf-8")
    file.write_text(f"#:schema ./coopgames.schema.json\n{shipped}", encoding="utf-8")
    assert load(file) == load(next(iter(ours())))


def test_the_help_says_how_an_editor_uses_it():
    assert "#:schema ./coopgames.schema.json" in run("--help").stdout


def test_where_it_cannot_be_written(tmp_path):
    result = run("-o", str(tmp_path / "no" / "x.json"))
    assert isinstance(result.exception, Mistake)
    assert "cannot be written" in str(result.exception)
