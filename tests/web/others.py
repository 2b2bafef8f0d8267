"""The browsers in which it is seen that nothing is Chromium's alone; each is left out where it is not installed."""

from __future__ import annotations

import pytest

from web.firefox import FIREFOX, Firefox
from web.webkit import WEBKIT, WebKit

OTHERS = (
    pytest.param(Firefox, id="firefox", marks=pytest.mark.skipif(FIREFOX is None, reason="no Firefox here")),
    pytest.param(WebKit, id="webkit", marks=pytest.mark.skipif(not WEBKIT, reason="no WebKitWebDriver here")),
)
