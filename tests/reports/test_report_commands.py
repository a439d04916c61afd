"""``coopgames report`` and ``coopgames plot``."""

import json

import pytest
from click.testing import CliRunner

from coopgames.cli.plot import plot
from coopgames.cli.report import report
from coopgames.mistakes import Mistake
from coopgames.reports import FIGURES


def test_report_writes_into_the_folder_and_prints_where(small):
    result = CliRunner().invoke(report, [str(small.folder)])
    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == str(small.folder / "report.html")
    assert (small.folder / "report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_report_as_json(small, tmp_path):
    out = tmp_path / "page.html"
    result = CliRunner().invoke(report, [str(small.folder), "-o", str(out), "--json"])
    content = json.loads(result.stdout)
    assert content["report"] == str(out)
    assert content["bytes"] == out.stat().st_size
    assert content["verdict"].startswith("Coordination emerged")


def test_a_folder_without_results_is_one_line(tmp_path):
    for command, rest in ((report, []), (plot, ["heatmap"])):
        result = CliRunner().invoke(command, [str(tmp_path), *rest])
        assert isinstance(result.exception, Mistake)
        assert "\n" not in str(result.exception)
        assert "no folder of results" in str(result.exception)


def test_plot_lists_its_kinds():
    listed = CliRunner().invoke(plot, ["--list"]).stdout.splitlines()
    assert [line.split()[0] for line in listed] == list(FIGURES)


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_plot_writes_a_file(small, tmp_path, suffix):
    out = tmp_path / f"flow.{suffix}"
    result = CliRunner().invoke(plot, [str(small.folder), "flow", "-o", str(out)])
    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == str(out)
    assert out.stat().st_size > 5000


def test_plot_without_a_kind_says_what_is_missing(small):
    result = CliRunner().invoke(plot, [str(small.folder)])
    assert "--list lists the kinds" in str(result.exception)
