"""One row of the programme spells, with the days that its dates can mean."""

from dataclasses import dataclass
from datetime import date

from data_sources.reference_rows import Row
from data_sources.short_dates import days_meant

Days = tuple[date, date]
"""First and last day, both inclusive."""


@dataclass(frozen=True)
class SpellRow:
    """A spell as its row tells it; `number` counts rows as a person does, the header being row 1."""

    number: int
    row: Row

    @property
    def spell_id(self) -> str:
        """Its identifier."""
        return self.row["spell_id"]

    def days(self, column: str) -> Days | None:
        """Days that a date of the spell can mean; None where it is blank or no date."""
        return days_meant(self.row[column])

    def written(self) -> str:
        """Its identifier and dates, as another row's fault names it."""
        entered, left = (self.row[column] or "not established" for column in ("entered", "left"))
        return f"{self.spell_id} (entered {entered}, left {left})"

    def surely_inside(self) -> Days | None:
        """From the latest entry to the earliest exit, or to the last sighting where no exit is known."""
        entered = self.days("entered")
        until = self.days("left") or self.days("last_known_in")
        if entered is None:
            return (until[0], until[0]) if until else None
        return entered[1], until[0] if until else entered[1]

    def can_precede(self, other: "SpellRow") -> bool:
        """Whether its dates allow it to have ended by the day on which the other began (that day too)."""
        left, entered = self.days("left"), other.days("entered")
        return bool(left and entered and left[0] <= entered[1])
