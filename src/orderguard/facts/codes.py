"""Names and codes in the one form in which value sets compare them.

Every function returns None for a code that cannot be read. Such a code is on no list.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ICD10CM = re.compile(r"[A-Z][0-9][0-9A-Z]\.?[0-9A-Z]{0,4}")
_ATC = re.compile(r"[A-Z][0-9]{2}(?:[A-Z](?:[A-Z](?:[0-9]{2})?)?)?")
_DIGITS = re.compile(r"[0-9]+")
_NDC = re.compile(r"([0-9]{4,5})-([0-9]{3,4})(?:-[0-9]{1,2})?")
_LABELER = 5
_PRODUCT = 4
_NDC_OF_11 = 11
_NDC_OF_10 = 10
_REMEMBERED = 4096  # orders name the same drugs and diseases again and again


@lru_cache(maxsize=_REMEMBERED)
def name_key(name: str) -> str:
    """A name without surrounding blanks, runs of blanks folded, in one case."""
    return " ".join(name.split()).casefold()


@lru_cache(maxsize=_REMEMBERED)
def number_key(code: str) -> str | None:
    """A numeric code (CVX, RxCUI) without leading zeros."""
    text = code.strip()
    return (text.lstrip("0") or "0") if _DIGITS.fullmatch(text) else None


@lru_cache(maxsize=_REMEMBERED)
def icd10cm_key(code: str) -> str | None:
    """An ICD-10-CM code in capitals and without the dot."""
    text = code.strip()
    if not text.isascii():
        return None
    text = text.upper()
    return text.replace(".", "") if _ICD10CM.fullmatch(text) else None


@lru_cache(maxsize=_REMEMBERED)
def atc_key(code: str) -> str | None:
    """An ATC code, or the beginning of one that ends with a level, in capitals."""
    text = code.strip()
    if not text.isascii():
        return None
    text = text.upper()
    return text if _ATC.fullmatch(text) else None


def ndc_keys(code: str) -> tuple[str, ...]:
    """The products, in the 5-4 form, that a National Drug Code may name; its package part is left out.

    Ten digits without hyphens can be read in three ways, so they give three keys. Empty for what is no NDC.
    """
    text = code.strip()
    match = _NDC.fullmatch(text)
    if match is not None:
        return (f"{match[1].zfill(_LABELER)}-{match[2].zfill(_PRODUCT)}",)
    if not _DIGITS.fullmatch(text):
        return ()
    if len(text) == _NDC_OF_11:
        return (f"{text[:5]}-{text[5:9]}",)
    if len(text) == _NDC_OF_10:
        return (f"{text[:5]}-{text[5:9]}", f"{text[:5]}-0{text[5:8]}", f"0{text[:4]}-{text[4:8]}")
    return ()
