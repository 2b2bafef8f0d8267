"""The outcome of a calibration: its document, what is said, shown and listed of it, and the file that questions start from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from foedus.estimation.document import text_of
from foedus.estimation.estimates import record_of
from foedus.model.calibration_file import CalibrationForm
from foedus.vocabulary.record import Record, Told
from foedus.vocabulary.whole import refuse_existing, write_whole


def _told(outcome: Calibrated) -> Record:
    return record_of(CalibrationForm.model_validate(outcome.document))


@dataclass(frozen=True, repr=False)
class Calibrated(Told):
    """What historical data say about the parameters; it shows itself in notebooks.

    Write it to a file, and ``foedus.assess(case, calibration=FILE)`` draws the parameters as it says.
    """

    noun: ClassVar[str] = "calibration"
    front: ClassVar[str] = "calibration"
    document: Mapping[str, Any]
    """Everything that was found, as plain data: what the file holds."""
    tell: Callable[[Calibrated], Record] | None = field(default=_told, repr=False, compare=False)
    """Makes the record: what the data identify, which estimates leave the judged range, and the fits beside it."""

    def __repr__(self) -> str:
        return f"<Calibration {self.name}: {len(self.document['parameters'])} parameters identified>"

    @property
    def name(self) -> str:
        """Its name, as it stands in every answer that is drawn from it."""
        return str(self.document["calibration"])

    def write(self, path: str | Path) -> Path:
        """Write it to a new file, whole or not at all, and return where it is.

        Parameters
        ----------
        path : str or Path

        Raises
        ------
        FoedusError
            There is something of that name, or it cannot be written there.
        """
        target = Path(path)
        refuse_existing(str(target))
        write_whole(target, text_of(dict(self.document)))
        return target
