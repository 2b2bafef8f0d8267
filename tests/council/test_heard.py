from __future__ import annotations

from foedus.council.heard import AWAY, READING, Heard


def test_somebody_is_here_for_as_long_as_they_were_heard() -> None:
    heard = Heard(0.0)
    heard.hear(1, "KOR", 0.0)
    heard.hear(2, "KOR", 5.0)
    heard.hear(3, None, 5.0)
    assert heard.here(10.0) == {"KOR": 2}
    assert heard.here(AWAY + 1.0) == {"KOR": 1}
    assert heard.here(AWAY + 6.0) == {}
    assert heard.ago(1, 10.0) == 10.0
    assert heard.ago(9, 10.0) is None


def test_a_page_without_script_counts_longer_until_its_script_is_heard() -> None:
    heard = Heard(0.0)
    heard.hear(1, "KOR", 0.0, READING)
    assert heard.here(READING - 1.0) == {"KOR": 1}
    heard.hear(1, "KOR", 8.0)
    assert heard.here(8.0 + AWAY - 1.0) == {"KOR": 1}
    assert heard.here(8.0 + AWAY + 1.0) == {}
    heard.hear(1, "KOR", 9.0)
    heard.forget(1)
    assert heard.here(10.0) == {}
