"""Donors and placebos by name, and the names of files to take away."""

from pages.parts.its.subject import Subject
from pages.parts.organisations import organisations


def named(code: str) -> str:
    """`Barts Health (R1H)`; one that today's data no longer know by its code alone."""
    known = organisations()["short_name"]
    return f"{known[code]} ({code})" if code in known.index else code


def files_of(subject: Subject) -> str:
    """The beginning of the names of files, told apart from those of the same series alone."""
    return f"{subject.file_name}-synthetic"
