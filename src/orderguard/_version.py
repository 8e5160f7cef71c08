"""The version of the software (SemVer)."""

__version__ = "0.1.0"
