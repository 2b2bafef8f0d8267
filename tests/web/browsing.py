"""What roads through a browser need: the browser, the pages that take long at first, and the one address that is wrong."""

from __future__ import annotations

import shutil

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
