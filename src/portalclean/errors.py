"""What can go wrong, under one base.

An ordinary bad page is never an exception: it gives an empty article that says why. These are for misuse
(a wrong type, an unknown stage) and for captures over their budget.
"""

from __future__ import annotations

__all__ = [
    "BrokenGold",
    "BrokenWeights",
    "CaptureTooLarge",
    "CaptureTypeError",
    "ColumnError",
    "MissingExtra",
    "PortalCleanError",
    "SiteRuleError",
    "StageError",
    "UnknownEncoding",
    "UnknownStage",
]


class PortalCleanError(Exception):
    """The base of every error that this package raises."""


class CaptureTypeError(PortalCleanError, TypeError):
    """The capture is of a type that ``extract`` does not read."""


class UnknownEncoding(PortalCleanError, LookupError):
    """The encoding that the caller named is not one that Python can decode."""


class ColumnError(PortalCleanError, ValueError):
    """A table lacks a column that it was said to have, or the column cannot be used; the message says why."""


class MissingExtra(PortalCleanError, ImportError):
    """An optional part of the package needs something that is not installed; the message says what."""


class BrokenGold(PortalCleanError, ValueError):
    """A gold file cannot be read, or a record of it is not what gold is; the message says where."""


class BrokenWeights(PortalCleanError, ValueError):
    """A file of weights cannot be read, or is not one of a network that this version runs."""


class SiteRuleError(PortalCleanError, ValueError):
    """A file of site rules cannot be read, or says what no rule can; the message says where."""


class StageError(PortalCleanError, TypeError):
    """A stage returned what no stage may return, or its name is taken."""


class UnknownStage(PortalCleanError, KeyError):
    """A pipeline has no stage of this name; the message lists those that it has."""

    def __str__(self) -> str:
        return str(self.args[0])


class CaptureTooLarge(PortalCleanError, ValueError):
    """The capture is over one of its budgets: bytes, units or depth."""
