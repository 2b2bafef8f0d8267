"""What roads through a browser need: the browser, the pages that take long at first, and the one address that is wrong."""

from __future__ import annotations

import shutil
import time
from typing import Any

from playwright.sync_api import Error

BROWSER = next((p for p in map(shutil.which, ("chromium", "chromium-browser", "google-chrome")) if p), None)
SLOW = (
    "/c/asia-1953?draws=20",
    "/c/asia-1953?draws=20&without=dispute",
    "/t/large-allies-pay-more?draws=3",
    "/c/indo-pacific-2020/years",
)
"""Pages with draws or years that roads begin at: they are waited for once."""
WRONG = "/c/asia-1593"
"""The one wrong address that is opened in a browser, which counts the answer to it as an error."""


def until(page: Any, script: str, seconds: float = 30) -> None:
    """Ask *page* again and again until *script* is true of it, also while it goes to another address.

    The driver's own waiting evaluates the text inside the page when it is not true at once, and that the page's policy forbids.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if page.evaluate(script):
                return
        except Error as err:
            if "context was destroyed" not in str(err):
                raise
        page.wait_for_timeout(50)
    raise AssertionError(f"after {seconds} s it is still not so: {script}")
