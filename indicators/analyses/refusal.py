"""Refusing an analysis: a code for machines and one plain sentence for people."""

from typing import Any


class Refusal(Exception):
    """Why an analysis was not run: a `code` such as `BAD_SPEC` or `BAD_DATA`, and a sentence."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message

    def as_result(self) -> dict[str, Any]:
        """The document printed in place of a result."""
        return {"ok": False, "code": self.code, "message": self.message}


def warn(code: str, message: str) -> dict[str, str]:
    """One entry of a result's `warnings`."""
    return {"code": code, "message": message}
