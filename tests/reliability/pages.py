"""Hostile text through every page, in a real browser with the network cut.

Every text of a case and of a trial that may be free is hostile; the page is opened at the width of a telephone. No script may
run, nothing may be asked for, nothing complained of, and every word has to be readable.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casebook.casefiles import write_case
from casebook.yearly import FORUM, SERIES
from reliability.trying import Server
from trials.trialfiles import EVENTS, TRIAL

BROWSER = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
"""A Chromium on this machine, if there is one."""

EVIL = (
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=2>",
    "</style><svg onload=window.pwned=3>",
    "</title></svg><iframe src=javascript:parent.pwned=4>",
    "' onmouseover='window.pwned=5",
    "]]><x xmlns='http://www.w3.org/1999/xhtml' onclick='pwned=6'>",
    "{{constructor.constructor('pwned=7')()}} ${pwned=8} %s",
    "&lt;b&gt; &#60;script&#62;pwned=9&#60;/script&#62;",
    "\u202egnp.exe \u200b\ufeff e\u0301\u0301\u0301\u0301 \u5b57\u5b57\u5b57",
    "W" * 90,
    "word " * 30,
)
"""Texts that would run, ask, hide or burst."""
LINKS = (
    "javascript:window.pwned=10//", "data:text/html,<script>parent.pwned=11</script>", "vbscript:pwned", "//127.0.0.1:9/x.js",
    "https://example.org/" + "a" * 300, "https://example.org/?q=<script>pwned=12</script>", "http://[::1", "file:///etc/passwd",
)  # fmt: skip
"""Addresses that would run or burst."""


def quoted(text: str) -> str:
    """Return a text as YAML in single quotes."""
    return "'" + text.replace("'", "''") + "'"


def build(folder: Path, evil: str, link: str) -> None:
    """Write a case and a trial in which every free text is hostile."""
    q = quoted(evil)
    write_case(
        folder / "small",
        ("case.yaml", "title: A small world", f"title: {q}"),
        ("case.yaml", "question: Does a body form?", f"question: {q}"),
        ("case.yaml", "  Made up for tests.", f"  {evil}"),
        ("case.yaml", "name: All three", f"name: {q}"),
        ("institutions.yaml", "name: A pact with Japan", f"name: {q}"),
        ("institutions.yaml", "name: A law about Taiwan", f"name: {quoted(evil + ' 2')}"),
        ("states.yaml", '"An alliance runs part of its command"', quoted(f"Judged by hand: {evil}")),
        ("sources.yaml", '"A book of numbers, made up for tests."', quoted(f"A book: {evil}")),
        ("sources.yaml", '"https://www.example.org/a/very/long/address/that/has/no/place/to/break/in/it/at/all/numbers-of-the-world.html"', quoted(link)),
    )  # fmt: skip
    (folder / "small" / "series.yaml").write_text(SERIES)
    with (folder / "small" / "institutions.yaml").open("a", encoding="utf-8") as file:
        file.write(FORUM.replace("name: Talks of three", f"name: {quoted(evil + ' 3')}"))
    (folder / "small" / "events.yaml").write_text(
        EVENTS.replace('"A pact is signed."', q).replace('"A row about history."', q)
    )
    trial = TRIAL.replace("gain of JPN from All three", "gain of JPN from everybody")
    for name in ("gain of USA from All three", "gain of KOR from All three", "security of JPN from All three"):
        trial = trial.replace(name, name.replace("All three", "everybody"))
    for old, new in (
        ("title: A text", f"title: {q}"),
        ("author: Somebody", f"author: {q}"),
        ("thesis: Trade loosens pacts.", f"thesis: {q}"),
        ("says: Trade with the adversary makes Japan shy of a body.", f"says: {quoted('A claim that says: ' + evil)}"),
        ("falsified_if: the gain stays where it is", f"falsified_if: {quoted('it does not: ' + evil)}"),
        ('because: "It was signed when trade was low"', f"because: {quoted('Because of ' + evil)}"),
        ('citation: "A yearbook of arms, 2001."', f"citation: {quoted('A yearbook: ' + evil)}"),
        ("the row was about trade", quoted(evil)),
    ):
        assert old in trial, old
        trial = trial.replace(old, new)
    (folder / "mine.yaml").write_text(trial, encoding="utf-8")


PAGES = {
    "report": ["report", "small", "--draws", "3", "--workers", "1", "-o", "page.html"],
    "trial": ["trial", "mine.yaml", "--draws", "2", "--workers", "1", "--report", "page.html", "--json"],
    "simulate": ["simulate", "small", "--from", "1995", "--to", "2003", "--runs", "3", "--workers", "1", "--report", "page.html", "--json"],
    "system": ["system", "japan-korea", "--report", "page.html", "--json"],
}  # fmt: skip
"""Commands that write a page."""

CLIPPED = """[...document.querySelectorAll('body *')].filter(e => {
  const s = getComputedStyle(e), r = e.getBoundingClientRect();
  if (!r.width || !r.height || e.closest('svg') || s.visibility === 'hidden' || e.closest('.skip, table.cards thead')) return false;
  if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) return false;
  const own = (s.overflowX === 'hidden' || s.overflowX === 'clip') && e.scrollWidth > e.clientWidth + 1;
  let out = r.right > innerWidth + 1 || r.left < -1, up = e;
  while (out && up) { if (/auto|scroll/.test(getComputedStyle(up).overflowX)) out = false; up = up.parentElement; }
  return own || out;
}).map(e => e.tagName + '.' + e.className + ': ' + e.textContent.trim().slice(0, 60))"""
CUT = """[...document.querySelectorAll('figure svg')].filter(s => s.getBoundingClientRect().width).flatMap(s => {
  const b = s.getBoundingClientRect();
  return [...s.querySelectorAll('text')].filter(t => { const r = t.getBoundingClientRect();
    return r.width && (r.left < b.left - 2 || r.right > b.right + 2 || r.bottom > b.bottom + 2); }).map(t => t.textContent.slice(0, 60)) })"""


def opened(browser: Any, page: Path, width: int = 390) -> list[str]:
    """Return everything that is wrong with a page in a browser without a network."""
    context = browser.new_context(viewport={"width": width, "height": 800}, offline=True)
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("console", lambda m: wrong.append(f"console: {m.text[:120]}") if m.type in ("error", "warning") else None)
    tab.on("pageerror", lambda e: wrong.append(f"error: {str(e)[:120]}"))
    tab.on("dialog", lambda d: (wrong.append(f"dialog: {d.message}"), d.dismiss()))
    tab.on("request", lambda r: wrong.append(f"asked for {r.url[:120]}") if r.url != page.as_uri() else None)
    tab.goto(page.as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    tab.evaluate(
        "document.querySelectorAll('figure *, a').forEach(e => e.dispatchEvent(new MouseEvent('mouseover', {bubbles: true})))"
    )
    hrefs = tab.evaluate(
        "[...document.querySelectorAll('[href], [src], [action]')].map(e => e.getAttribute('href') || e.getAttribute('src') || '')"
    )
    wrong += [f"link to {h[:60]}" for h in hrefs if not h.startswith(("http://", "https://", "#")) and h != "data:,"]
    if tab.evaluate("typeof window.pwned !== 'undefined'"):
        wrong.append(f"a script ran: {tab.evaluate('window.pwned')}")
    if tab.evaluate("document.documentElement.scrollWidth") > width:
        wrong.append(f"it is {tab.evaluate('document.documentElement.scrollWidth')} px wide at {width}")
    wrong += [f"clipped: {t}" for t in tab.evaluate(CLIPPED)[:4]]
    wrong += [f"outside its picture: {t}" for t in tab.evaluate(CUT)[:4]]
    context.close()
    return wrong


def hostile_pages(server: Server, browser: Any, which: range) -> Iterator[tuple[str, str]]:
    """Make every page of hostile text, open it, and yield what is wrong."""
    for k in which:
        evil, link = EVIL[k % len(EVIL)], LINKS[k % len(LINKS)]
        home = server.place / "try"
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        build(home, evil, link)
        for name, command in PAGES.items():
            (home / "page.html").unlink(missing_ok=True)
            found = server.play(home, [command], 60)
            what = f"{name} with {evil[:30]!r} and {link[:20]!r}"
            if found["code"] == 2 and "Traceback" not in found["err"]:
                yield what, "" if "error: " in found["err"] else "refused without a word"
                continue
            wrong = (
                opened(browser, home / "page.html")
                if found["code"] == 0
                else [f"exit {found['code']}: {found['err'][-300:]}"]
            )
            yield what, "; ".join(wrong)
