"""The notebook of an observer: with its hours, in their own export, and in nothing that anybody else gets."""

from __future__ import annotations

import io
import zipfile

import pytest
from served_place import Place
from test_council_app import PATHS

from foedus.council import notebook
from foedus.council.acts import Viewer
from foedus.council.council_app import parts_of
from foedus.council.export import export_files, taken
from foedus.council.gates import Gates

NOTE = "marker-of-a-coach"


def files_of(place: Place, who: str) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(place.get(who, "/export.zip").content)) as held:
        return {name: held.read(name).decode() for name in held.namelist()}


def test_an_observer_keeps_notes_that_nobody_else_reads(place: Place) -> None:
    place.secrets["coach"] = place.hall.links.give("observer", None, "Another coach")[1]
    events = place.hall.room.count
    answer = place.post("observer", {"words": f"{NOTE} one"}, "/note").json()
    assert answer["back"] == "/r/small/observer/notes"
    assert (
        place.post("observer", {"words": f"{NOTE} two\nlines"}, "/note", json=False)
        .headers["location"]
        .endswith("/notes")
    )
    assert place.hall.room.count == events, "a note is no event: not even that something was noted is told"
    page = place.get("observer", "/notes").text
    assert page.index(f"{NOTE} two") < page.index(f"{NOTE} one"), "the newest stands first"
    assert "1949, table" in page
    assert "<time" in page
    own = files_of(place, "observer")
    assert [f"{NOTE} one" in own[notebook.FILE], f"(1949, table): {NOTE} two lines" in own[notebook.FILE]] == [
        True,
        True,
    ]
    assert not any(NOTE in text for name, text in own.items() if name != notebook.FILE)
    for who in ("USA", "RUS", "facilitator", "coach"):
        place.hall.gates = Gates(place.hall.links)
        at = "observer" if who == "coach" else who
        said = [place.get(who, p, of=at).text for p in (*PATHS, "/notes", "/stand?seat=GBR") if p != "/stream"]
        viewer = place.hall.links.session(place.secrets[who])
        assert viewer is not None
        said += [str(dict(parts_of(place.hall, viewer.viewer, p))) for p in ("room", "console", "orders", "notes")]
        if who != "coach":
            said += files_of(place, who).values()
        assert not any(NOTE in text for text in said), who
    for audience in (Viewer("facilitator"), Viewer("observer")):
        files = export_files(taken(place.hall.store, "small"), audience, names=True)
        assert not any(NOTE in text for text in files.values())


def test_what_cannot_be_noted_is_said_and_the_notebook_can_be_deleted(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notebook, "_MOST", 1)
    assert place.get("USA", "/notes").status_code == 404
    assert place.post("USA", {"words": "x"}, "/note").status_code == 403
    assert "nothing to note" in place.post("observer", {"words": " "}, "/note").json()["sentence"]
    assert "longer than 4 KB" in place.post("observer", {"words": "é" * 4000}, "/note").json()["sentence"]
    assert place.post("observer", {"words": NOTE}, "/note").status_code == 200
    place.hall.gates = Gates(place.hall.links)
    assert "notebook is full" in place.post("observer", {"words": "y"}, "/note").json()["sentence"]
    assert place.post("observer", {"what": "delete"}, "/note").status_code == 400
    assert NOTE in place.get("observer", "/notes").text
    assert place.post("observer", {"what": "delete", "sure": "yes"}, "/note").status_code == 200
    assert NOTE not in place.get("observer", "/notes").text
    assert notebook.FILE not in files_of(place, "observer")
