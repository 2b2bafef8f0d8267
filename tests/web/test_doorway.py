from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import urllib.request

import pytest

from foedus.vocabulary.errors import FoedusError
from foedus.web.doorway import serve


def test_the_command_serves_a_page_soon_and_ends_when_it_is_asked_to() -> None:
    command = [sys.executable, "-m", "foedus", "web", "asia-1953", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ) as run:
        assert run.stderr is not None
        here = re.search(r"http://127\.0\.0\.1:\d+/", run.stderr.readline())
        assert here is not None
        for _ in range(100):
            try:
                text = urllib.request.urlopen(here.group(), timeout=30).read().decode()
                break
            except OSError:
                time.sleep(0.1)
        assert "East Asia and the Pacific, autumn 1953" in text
        run.terminate()
        assert run.wait(20) in (0, -15, 130, 143)


def test_others_are_served_only_when_that_is_said() -> None:
    with pytest.raises(FoedusError, match="Add --public"):
        serve("asia-1953", host="0.0.0.0")
    with pytest.raises(FoedusError, match="Did you mean 'asia-1953'"):
        serve("asia-1593")
