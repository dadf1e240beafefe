"""What a reader has to be told of an interrupted time series, as codes with a sentence each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Notice:
    """A code of METHODS and its message: one sentence of cause, one of what to do."""

    code: str
    message: str

    @property
    def cause(self) -> str:
        """Its first sentence."""
        return f"{self.message.split('. ')[0]}."


class NotFitted(ValueError):
    """No model is fitted, for the reason that the notice gives."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.message)
        self.notice = notice


def refuse(code: str, message: str) -> NotFitted:
    """The exception to raise for a refusal."""
    return NotFitted(Notice(code, message))
