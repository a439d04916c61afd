"""The report in a real browser: axe-core finds no fault, nothing is cut off, nothing is fetched.

Runs where Chromium and axe-core are there: a browser on the PATH, or named in CHROMIUM; and
axe.min.js named in AXE_CORE, or under node_modules here or for the whole machine. To get them:
``apt-get install chromium`` and ``npm install --no-save axe-core``.
"""

import functools
import html
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from coopgames.reports import report

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


@functools.cache
def browser():
    named = os.environ.get("CHROMIUM")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


@functools.cache
def axe():
    places = [Path("node_modules"), *(Path(p) for p in ("/usr/lib/node_modules",
              "/usr/local/lib/node_modules"))]  # fmt: skip
    files = [place / "axe-core" / "axe.min.js" for place in places]
    if named := os.environ.get("AXE_CORE"):
        files = [Path(named)]
    return next((path for path in files if path.is_file()), None)


pytestmark = pytest.mark.skipif(browser() is None, reason="no Chromium here (set CHROMIUM)")

ASK = """
axe.run(document).then((found) => put(found.violations.map((v) => ({
  id: v.id, impact: v.impact, help: v.help,
  where: v.nodes.slice(0, 5).map((n) => n.target.join(" ")),
}))), (error) => put([{ id: "axe", impact: "serious", help: String(error), where: [] }]));
"""

MEASURE = """
const wide = [...document.querySelectorAll("body *")].filter((e) =>
  !e.closest("svg, .scroll, pre") && e.getBoundingClientRect().right > innerWidth + 1);
put({
  scrolls: document.documentElement.scrollWidth > innerWidth,
  wide: wide.map((e) => e.tagName + "." + e.className),
  fetched: performance.getEntriesByType("resource").map((e) => e.name),
  drawings: [...document.querySelectorAll("figure svg")].filter((e) => e.clientWidth).length,
});
"""


def answer(page, tmp_path, script, width):
    """Open a page in a browser of a width, run a script in it and give what it put down."""
    inside = tmp_path / "page.html"
    put = (
        "const put = (x) => { const e = document.createElement('pre'); e.id = 'answer';"
        "e.textContent = JSON.stringify(x); document.body.append(e); };"
    )
    inside.write_text(
        page.replace("</body>", f"<script>{put}\n{script}</script></body>"), encoding="utf-8"
    )
    # A window cannot be as narrow as a phone, but a frame in it can.
    frame = tmp_path / "frame.html"
    frame.write_text(
        f'<iframe src="page.html" style="width:{width}px;height:900px;border:0"></iframe>'
        "<script>setInterval(() => { const a = document.querySelector('iframe').contentDocument"
        "?.getElementById('answer'); if (a) document.title = a.textContent; }, 50)</script>"
    )
    shown = subprocess.run(
        [browser(), "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files",
         f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={max(width, 500)},1000",
         "--virtual-time-budget=30000", "--dump-dom", frame.as_uri()],
        capture_output=True, text=True, timeout=180, check=True,
    )  # fmt: skip
    found = re.search(r"<title>(.*?)</title>", shown.stdout, re.DOTALL)
    assert found, shown.stderr[-2000:]
    return json.loads(html.unescape(found[1]))


@pytest.mark.skipif(axe() is None, reason="no axe-core here (set AXE_CORE to axe.min.js)")
@pytest.mark.parametrize("width", [1280, 400])
def test_axe_finds_no_fault(small, tmp_path, width):
    # Unfolded, so that what is shown on demand is looked at too.
    page = report(small).replace("<details ", "<details open ")
    script = axe().read_text(encoding="utf-8") + ASK
    found = answer(page, tmp_path, script, width)
    assert found == []


SORT = """
const cells = () => [...document.querySelectorAll(".standings tbody .name")];
const names = () => cells().map((e) => e.textContent);
const press = (n) => document.querySelectorAll('.standings thead [role="button"]')[n].click();
const first = names();
press(1); const up = names();
press(1); const down = names();
press(0); const again = names();
put({ first, up, down, again });
"""


def test_the_standings_can_be_sorted(small, tmp_path):
    found = answer(report(small), tmp_path, SORT, 1280)
    names = small.standings.sort("rank")["strategy"].to_list()
    assert found["first"] == found["again"] == names
    assert found["up"] == found["down"][::-1] == sorted(names)


@pytest.mark.parametrize("width", [1280, 400])
def test_nothing_sticks_out_and_nothing_is_fetched(small, tmp_path, width):
    found = answer(report(small), tmp_path, MEASURE, width)
    assert found == {"scrolls": False, "wide": [], "fetched": [], "drawings": 5}
