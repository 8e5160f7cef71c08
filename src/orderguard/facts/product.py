"""Facts about the product and the disease it is ordered for."""

from __future__ import annotations

from orderguard.facts.context import OrderContext
from orderguard.facts.definition import boolean, word
from orderguard.facts.terminology import Terminology
from orderguard.order import DISEASE_COURSES, Product

OTHER_DISEASE = "other"


def identify(product: Product, terminology: Terminology) -> str | None:
    """The product that decides which pack judges: by name, else by codes that agree.

    Returns:
        The product id; None for a name on no list, codes that contradict each other, or nothing given.
    """
    if product.name is not None:
        return terminology.product_by_name(product.name)
    named = _products_of_codes(product, terminology)
    return named.pop() if len(named) == 1 else None


def _products_of_codes(product: Product, terminology: Terminology) -> set[str]:
    found = set()
    if product.rxcui is not None:
        found.add(terminology.product_by_rxcui(product.rxcui))
    if product.ndc is not None:
        found.add(terminology.product_by_ndc(product.ndc))
    return {entry for entry in found if entry is not None}


@boolean("product.identifiers_agree", "product name, codes and strength agree")
def identifiers_agree(ctx: OrderContext) -> bool:
    """Whether all that is given of name, RxCUI, NDC and strength names the pack's product."""
    product, own = ctx.order.product, ctx.measure.product
    entry = ctx.terminology.products[own]
    name, rxcui, ndc = ctx.peek(product, "name"), ctx.peek(product, "rxcui"), ctx.peek(product, "ndc")
    named = (
        None if name is None else ctx.terminology.product_by_name(name),
        None if rxcui is None else ctx.terminology.product_by_rxcui(rxcui),
        None if ndc is None else ctx.terminology.product_by_ndc(ndc),
    )
    return all([found in (None, own) for found in named]) and ctx.peek(product, "strength_mg_per_ml") in (
        None,
        entry.strength_mg_per_ml,
    )


@word(
    "indication.disease",
    "disease of the indication",
    words=lambda terminology: (*terminology.diseases, OTHER_DISEASE),
)
def disease(ctx: OrderContext) -> str | None:
    """The disease that the ICD-10-CM code of the indication names."""
    code = ctx.order.indication.icd10cm
    return None if code is None else ctx.terminology.disease(code)


@word("indication.disease_course", "disease course", words=DISEASE_COURSES)
def disease_course(ctx: OrderContext) -> str | None:
    """The disease course that the order states, else the one that the code settles."""
    indication = ctx.order.indication
    stated: str | None = ctx.peek(indication, "disease_course")
    if stated is not None:
        return stated
    code = ctx.peek(indication, "icd10cm")
    settled = None if code is None else ctx.terminology.disease_course(code)
    if settled is None:
        ctx.note_missing(indication, "disease_course")
    return settled


@boolean("indication.course_contradicts_code", "disease course contradicts the code")
def course_contradicts_code(ctx: OrderContext) -> bool | None:
    """Whether the order states another disease course than the code settles."""
    indication = ctx.order.indication
    code = indication.icd10cm
    if code is None:
        return None
    settled = ctx.terminology.disease_course(code)
    stated = ctx.peek(indication, "disease_course")
    return stated is not None and settled is not None and stated != settled
