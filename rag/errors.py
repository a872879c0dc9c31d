"""What can go wrong, in sentences that a reader can act on."""

from __future__ import annotations


class OnrecordError(Exception):
    """Base of all errors that onrecord raises on purpose. Users will read the message: say what to do."""


class BadInput(OnrecordError):
    """A file, a question or a setting can't be used; the message names it and the reason."""


class ArchiveError(OnrecordError):
    """The archive can't be opened or written; the message says how to mend it."""


class WriterError(OnrecordError):
    """The chat model failed; the extractive answer is given instead."""
