"""The order document: what a pharmacy system sends about one infusion order.

A key that is absent or null is not known (`None`); an empty list means reviewed, there is none. A part of the
document that is absent is the same as a part of which nothing is known. Every part is closed and frozen, and
shows no value when printed.
"""

# Annotations are not put off: Pydantic needs all, and evaluating them from text makes the start slower.
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, Self, TypeVar, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import core_schema

from orderguard.errors import InvalidOrder
from orderguard.order_problems import problems_of
from orderguard.order_types import (
    LAB_WORDS,
    CountNumber,
    CourseNumber,
    Date,
    Flag,
    Identifier,
    Instant,
    LabValue,
    ListLength,
    OrderId,
    Quantity,
    ReactionGrade,
    Text,
    TimeZoneName,
    refusal,
)
from orderguard.strict_json import decode, read_quickly, read_with_problems

Sex = Literal["female", "male", "other", "unknown"]
DiseaseCourse = Literal[
    "relapsing-remitting",
    "active-secondary-progressive",
    "non-active-secondary-progressive",
    "primary-progressive",
    "clinically-isolated-syndrome",
]
PregnancyStatus = Literal["pregnant", "not-pregnant", "not-applicable"]
CounsellingTopic = Literal["medication-guide", "listeria", "infection-signs", "stroke-signs", "contraception"]
ConditionKind = Literal[
    "infection",
    "tuberculosis",
    "autoimmune",
    "thyroid",
    "stroke",
    "arterial-dissection",
    "angina",
    "myocardial-infarction",
    "hypertension-uncontrolled",
    "coagulopathy",
    "renal",
    "lung",
    "hepatic",
    "malignancy",
    "suspected-pml",
    "immune-thrombocytopenia",
    "hemolytic-anemia",
    "anti-gbm-disease",
    "autoimmune-hepatitis",
    "hlh",
    "adult-onset-still",
    "ttp",
    "autoimmune-encephalitis",
    "acquired-hemophilia-a",
    "immune-colitis",
    "hiv",
    "other",
]
ConditionStatus = Literal["active", "resolved"]
ImmunizationStatus = Literal["completed", "planned"]
LabTest = Literal[
    "neutrophils",
    "platelets",
    "lymphocytes",
    "cd4",
    "creatinine",
    "urinalysis-cell-counts",
    "urine-protein-creatinine-ratio",
    "tsh",
    "alt",
    "ast",
    "bilirubin-total",
]
InfectionResult = Literal["negative", "positive"]
TuberculosisResult = Literal["negative", "latent", "active"]
TuberculosisTreatment = Literal["none", "started", "completed"]
ImmunityResult = Literal["immune", "non-immune"]
ExaminationResult = Literal["normal", "abnormal"]
Setting = Literal["facility", "home"]
InfusionStatus = Literal["planned", "given", "held"]
InfusionRoute = Literal[
    "intravenous-infusion",
    "intravenous-push",
    "intravenous-bolus",
    "subcutaneous",
    "intramuscular",
    "intrathecal",
    "other",
]
Route = Literal[
    "oral",
    "intravenous",
    "intramuscular",
    "subcutaneous",
    "topical",
    "ophthalmic",
    "inhaled",
    "rectal",
    "other",
]
Diluent = Literal[
    "sodium-chloride-0.9",
    "dextrose-5",
    "dextrose-5-sodium-chloride-0.45",
    "dextrose-5-sodium-chloride-0.9",
    "sodium-chloride-0.45",
    "lactated-ringer",
    "sterile-water",
    "none",
    "other",
]
Storage = Literal["room-temperature", "refrigerated", "frozen", "other"]

SEXES: tuple[str, ...] = get_args(Sex)
DISEASE_COURSES: tuple[str, ...] = get_args(DiseaseCourse)
PREGNANCY_STATUSES: tuple[str, ...] = get_args(PregnancyStatus)
COUNSELLING_TOPICS: tuple[str, ...] = get_args(CounsellingTopic)
CONDITION_KINDS: tuple[str, ...] = get_args(ConditionKind)
CONDITION_STATUSES: tuple[str, ...] = get_args(ConditionStatus)
IMMUNIZATION_STATUSES: tuple[str, ...] = get_args(ImmunizationStatus)
LAB_TESTS: tuple[str, ...] = get_args(LabTest)
LAB_RESULT_WORDS: tuple[str, ...] = LAB_WORDS
WORD_LAB_TESTS: tuple[str, ...] = ("urinalysis-cell-counts",)
"""The tests whose result may be a word."""
TUBERCULOSIS_TREATMENTS: tuple[str, ...] = get_args(TuberculosisTreatment)
SETTINGS: tuple[str, ...] = get_args(Setting)
INFUSION_STATUSES: tuple[str, ...] = get_args(InfusionStatus)
INFUSION_ROUTES: tuple[str, ...] = get_args(InfusionRoute)
ROUTES: tuple[str, ...] = get_args(Route)
DILUENTS: tuple[str, ...] = get_args(Diluent)
STORAGE: tuple[str, ...] = get_args(Storage)

MAX_ITEMS = 1000
MAX_LABS = 5000

Item = TypeVar("Item")
ListOf = Annotated[tuple[Item, ...], ListLength(0, MAX_ITEMS)]
NonEmptyListOf = Annotated[tuple[Item, ...], ListLength(1, MAX_ITEMS)]
LabList = Annotated[tuple[Item, ...], ListLength(0, MAX_LABS)]


class Part(BaseModel):
    """A part of the order document: closed, frozen, and silent about its values."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(...)"

    def __str__(self) -> str:
        return repr(self)

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        return []


class OptionalPart(Part):
    """A part that may be absent: it is then the part of which nothing is known."""

    @classmethod
    def unknown(cls) -> Self:
        """The part of which nothing is known."""
        part: Self = _unknown(cls)
        return part


PartType = TypeVar("PartType", bound=OptionalPart)


@cache
def _unknown(part: type[PartType]) -> PartType:
    return part()


class _NullIsUnknown:
    """Reads null as the part of which nothing is known."""

    def __get_pydantic_core_schema__(
        self, source: type[OptionalPart], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        def unknown_for_null(value: object) -> object:
            return source.unknown() if value is None else value

        schema = handler(source)
        return core_schema.no_info_before_validator_function(
            unknown_for_null, schema, json_schema_input_schema=core_schema.nullable_schema(schema)
        )


OrUnknown = Annotated[PartType, _NullIsUnknown()]


class Product(Part):
    """The product ordered. All that is given must name the same product."""

    name: Text | None = Field(None, description="brand or product name")
    rxcui: Text | None = Field(None, description="RxNorm concept identifier")
    ndc: Text | None = Field(None, description="National Drug Code")
    strength_mg_per_ml: Quantity | None = Field(None, description="strength, in mg/mL")


class Indication(OptionalPart):
    """What the product is ordered for."""

    icd10cm: Text | None = Field(None, description="ICD-10-CM code")
    disease_course: DiseaseCourse | None = Field(None, description="course of multiple sclerosis")


class Course(OptionalPart):
    """The treatment course that the order is part of."""

    number: CourseNumber | None = Field(None, description="number of the course, from 1")


class Pregnancy(OptionalPart):
    """Pregnancy, and when it was tested."""

    status: PregnancyStatus | None = None
    tested_on: Date | None = Field(None, description="date of the newest pregnancy test")


class Allergy(Part):
    """An allergy or hypersensitivity."""

    substance: Text | None = Field(None, description="name of the substance")
    rxcui: Text | None = Field(None, description="RxNorm concept identifier of the substance")


class Condition(Part):
    """A diagnosis other than the indication. Its kind, or a code that maps to one, classifies it."""

    name: Text | None = Field(None, description="name of the diagnosis")
    kind: ConditionKind | None = Field(None, description="class of the diagnosis")
    icd10cm: Text | None = Field(None, description="ICD-10-CM code")
    status: ConditionStatus | None = Field(None, description="absent: not known whether it is active")
    onset: Date | None = Field(None, description="date of onset")
    resolved_on: Date | None = Field(None, description="date of resolution")


class Medication(Part):
    """What the patient takes beside this order's own premedication and prophylaxis."""

    name: Text | None = Field(None, description="name of the drug")
    rxcui: Text | None = Field(None, description="RxNorm concept identifier")
    atc: Text | None = Field(None, description="ATC code")
    dose_mg: Quantity | None = Field(None, description="single dose, in mg")
    route: Route | None = None
    start: Date | None = Field(None, description="absent: already started")
    end: Date | None = Field(None, description="absent: continuing")


class Immunization(Part):
    """A vaccination, given or planned."""

    cvx: Text | None = Field(None, description="CVX code of the vaccine")
    name: Text | None = Field(None, description="name of the vaccine")
    date: Date | None = Field(None, description="date given or planned")
    status: ImmunizationStatus | None = None


class PriorTherapy(Part):
    """An earlier disease-modifying therapy."""

    name: Text | None = Field(None, description="name of the therapy")
    ended_on: Date | None = Field(None, description="date of the last dose")


class PriorInfusion(Part):
    """Alemtuzumab given before this order."""

    product: Text | None = Field(None, description="name of the product")
    date: Date | None = Field(None, description="date of the infusion")
    dose_mg: Quantity | None = Field(None, description="dose, in mg")
    course: CourseNumber | None = Field(None, description="number of the course it belonged to, from 1")
    reaction_grade: ReactionGrade | None = Field(
        None, description="grade of the infusion reaction, 0 (none) to 5"
    )


class InfectionScreening(OptionalPart):
    """A screening test that is negative or positive."""

    result: InfectionResult | None = None
    date: Date | None = None


class HivScreening(InfectionScreening):
    """Screening for human immunodeficiency virus."""


class HepatitisBScreening(InfectionScreening):
    """Screening for hepatitis B."""


class HepatitisCScreening(InfectionScreening):
    """Screening for hepatitis C."""


class HpvScreening(InfectionScreening):
    """Screening for human papillomavirus."""


class TuberculosisScreening(OptionalPart):
    """Screening for tuberculosis, and the treatment of what was found."""

    result: TuberculosisResult | None = None
    date: Date | None = None
    treatment: TuberculosisTreatment | None = None


class VaricellaZosterScreening(OptionalPart):
    """Immunity to varicella zoster virus."""

    result: ImmunityResult | None = None
    date: Date | None = None


class SkinExamination(OptionalPart):
    """Examination of the skin for melanoma."""

    result: ExaminationResult | None = None
    date: Date | None = None


class Screening(OptionalPart):
    """Results of screening, the newest of each."""

    hiv: OrUnknown[HivScreening] = Field(default_factory=HivScreening.unknown)
    tuberculosis: OrUnknown[TuberculosisScreening] = Field(default_factory=TuberculosisScreening.unknown)
    varicella_zoster: OrUnknown[VaricellaZosterScreening] = Field(
        default_factory=VaricellaZosterScreening.unknown
    )
    hepatitis_b: OrUnknown[HepatitisBScreening] = Field(default_factory=HepatitisBScreening.unknown)
    hepatitis_c: OrUnknown[HepatitisCScreening] = Field(default_factory=HepatitisCScreening.unknown)
    skin_examination: OrUnknown[SkinExamination] = Field(default_factory=SkinExamination.unknown)
    hpv: OrUnknown[HpvScreening] = Field(default_factory=HpvScreening.unknown)


SCREENING_RESULTS: Mapping[str, tuple[str, ...]] = {
    "hiv": get_args(InfectionResult),
    "tuberculosis": get_args(TuberculosisResult),
    "varicella_zoster": get_args(ImmunityResult),
    "hepatitis_b": get_args(InfectionResult),
    "hepatitis_c": get_args(InfectionResult),
    "skin_examination": get_args(ExaminationResult),
    "hpv": get_args(InfectionResult),
}
"""The results that each screening test can have."""

SCREENING_TESTS: tuple[str, ...] = tuple(SCREENING_RESULTS)


class Lab(Part):
    """A laboratory result."""

    test: LabTest | None = Field(None, description="the test")
    value: LabValue | None = Field(
        None, description="a quantity; `normal` or `abnormal` for `urinalysis-cell-counts`"
    )
    unit: Text | None = Field(None, description="UCUM unit of the value; left out with a word")
    reference_high: Quantity | None = Field(
        None, description="upper limit of normal, in the unit of the value"
    )
    collected_on: Date | None = Field(None, description="date the specimen was collected")

    @field_validator("value")
    @classmethod
    def _words_belong_to_cell_counts(
        cls, value: Decimal | str | None, info: ValidationInfo
    ) -> Decimal | str | None:
        test = info.data.get("test")
        if type(value) is str and test is not None and test not in WORD_LAB_TESTS:
            raise refusal("must be a quantity for this test")
        return value

    @field_validator("unit")
    @classmethod
    def _words_have_no_unit(cls, unit: str | None, info: ValidationInfo) -> str | None:
        if unit is not None and type(info.data.get("value")) is str:
            raise refusal("must be left out where the value is `normal` or `abnormal`")
        return unit


class Patient(Part):
    """The patient."""

    patient_id: Identifier | None = None
    birth_date: Date | None = Field(None, description="date of birth")
    sex: Sex | None = None
    pregnancy: OrUnknown[Pregnancy] = Field(default_factory=Pregnancy.unknown)
    lactating: Flag | None = Field(None, description="breast-feeding")
    household_oral_polio: Flag | None = Field(
        None, description="someone in the household is due the oral polio vaccine"
    )
    counselling: ListOf[CounsellingTopic] | None = Field(
        None, description="topics the patient was counselled on"
    )
    contraception_until: Date | None = Field(None, description="how long effective contraception is arranged")
    allergies: ListOf[Allergy] | None = Field(None, description="all allergies; empty: reviewed, none")
    conditions: ListOf[Condition] | None = Field(
        None, description="all conditions beside the indication; empty: reviewed, none"
    )
    medications: ListOf[Medication] | None = Field(
        None, description="all medications beside this order; empty: reviewed, none"
    )
    immunizations: ListOf[Immunization] | None = Field(
        None, description="all immunizations; empty: reviewed, none"
    )
    prior_therapies: ListOf[PriorTherapy] | None = Field(
        None, description="all earlier disease-modifying therapies; empty: reviewed, none"
    )
    prior_infusions: ListOf[PriorInfusion] | None = Field(
        None, description="all alemtuzumab given before this order; empty: reviewed, none"
    )
    cytopenia_holds: CountNumber | None = Field(
        None, description="B-CLL: earlier holds for neutropenia or thrombocytopenia"
    )
    screening: OrUnknown[Screening] = Field(default_factory=Screening.unknown)
    labs: LabList[Lab] | None = Field(None, description="all laboratory results; empty: reviewed, none")
    monitoring_until: Date | None = Field(None, description="how long laboratory monitoring is arranged")


class RemsParty(OptionalPart):
    """A prescriber, pharmacy or facility in the REMS program."""

    id: Identifier | None = Field(None, description="identifier in the program")
    certified: Flag | None = Field(None, description="certified in the program")


class RemsPatient(OptionalPart):
    """The patient in the REMS program."""

    enrolled: Flag | None = Field(None, description="enrolled in the program")
    authorized_course: CourseNumber | None = Field(
        None, description="number of the course authorized, from 1"
    )
    authorized_on: Date | None = Field(None, description="date of the authorization")
    counselled: Flag | None = Field(
        None, description="medication guide, patient guide and safety card were given"
    )
    status_form_on: Date | None = Field(None, description="date of the newest Patient Status Form")


class Rems(OptionalPart):
    """What was found in the REMS program."""

    program: Text | None = Field(None, description="name of the REMS program")
    checked_at: Instant | None = Field(None, description="when the program was asked")
    prescription_form: Flag | None = Field(None, description="the prescription order form was received")
    prescriber: OrUnknown[RemsParty] = Field(default_factory=RemsParty.unknown)
    pharmacy: OrUnknown[RemsParty] = Field(default_factory=RemsParty.unknown)
    facility: OrUnknown[RemsParty] = Field(default_factory=RemsParty.unknown)
    patient: OrUnknown[RemsPatient] = Field(default_factory=RemsPatient.unknown)


def _default(word: str, words: object) -> BeforeValidator:
    """Null reads as the default, as an absent key does."""

    def default_for_null(value: object) -> object:
        return word if value is None else value

    return BeforeValidator(default_for_null, json_schema_input_type=words)


class Facility(OptionalPart):
    """Where the infusions are given."""

    id: Identifier | None = None
    resuscitation_capable: Flag | None = Field(
        None, description="equipment and staff for anaphylaxis and serious infusion reactions"
    )
    setting: Annotated[Setting, _default("facility", Setting | None)] = "facility"


class Preparation(OptionalPart):
    """How an infusion is prepared."""

    prepared_at: Instant | None = Field(None, description="when the infusion was prepared")
    drug_volume_ml: Quantity | None = Field(None, description="volume of drug drawn up, in mL")
    vials: CountNumber | None = Field(None, description="number of vials used")
    diluent: Diluent | None = Field(None, description="what the drug is diluted in")
    diluent_volume_ml: Quantity | None = Field(None, description="volume of diluent, in mL")
    final_volume_ml: Quantity | None = Field(None, description="volume infused, in mL")
    additives: ListOf[Text] | None = Field(None, description="names of what else is in the bag")
    storage: Storage | None = Field(None, description="storage of the diluted product")
    protected_from_light: Flag | None = Field(None, description="the diluted product is protected from light")
    vial_expires_on: Date | None = Field(None, description="earliest expiry date of the vials")
    vial_storage: Storage | None = Field(None, description="storage of the vials before dilution")


class Infusion(Part):
    """One planned infusion of the course."""

    scheduled_start: Instant | None = Field(None, description="planned start")
    dose_mg: Quantity | None = Field(None, description="dose, in mg")
    route: InfusionRoute | None = Field(None, description="route of administration")
    duration_minutes: Quantity | None = Field(None, description="duration, in minutes")
    rate_ml_per_hour: Quantity | None = Field(None, description="rate, in mL/h")
    observation_minutes: Quantity | None = Field(None, description="observation afterwards, in minutes")
    vital_signs_ordered: Flag | None = Field(
        None, description="vital signs are ordered before and during the infusion"
    )
    status: Annotated[InfusionStatus, _default("planned", InfusionStatus | None)] = "planned"
    preparation: OrUnknown[Preparation] = Field(default_factory=Preparation.unknown)


class Premedication(Part):
    """One dose of premedication."""

    name: Text | None = Field(None, description="name of the drug")
    rxcui: Text | None = Field(None, description="RxNorm concept identifier")
    dose_mg: Quantity | None = Field(None, description="dose, in mg")
    route: Route | None = None
    scheduled_at: Instant | None = Field(None, description="planned time")


class Prophylaxis(Part):
    """A course of prophylaxis that belongs to this order."""

    name: Text | None = Field(None, description="name of the drug")
    rxcui: Text | None = Field(None, description="RxNorm concept identifier")
    dose_mg: Quantity | None = Field(
        None, description="single dose, in mg; of a combination the sum of its parts"
    )
    route: Route | None = None
    frequency_per_day: Quantity | None = Field(None, description="doses on a day of intake")
    days_per_week: Quantity | None = Field(None, description="days of intake in a week")
    start: Date | None = Field(None, description="first day")
    end: Date | None = Field(None, description="absent or null: open-ended")


class Order(Part):
    """An infusion order, as a pharmacy system sends it."""

    schema_version: Literal["1"]
    order_id: OrderId = Field(description="the pharmacy system's own id")
    ordered_at: Instant | None = Field(None, description="when the order was written")
    time_zone: TimeZoneName = Field("UTC", description="IANA name of the zone of the infusion site")
    product: Product
    indication: OrUnknown[Indication] = Field(default_factory=Indication.unknown)
    course: OrUnknown[Course] = Field(default_factory=Course.unknown)
    patient: Patient
    rems: OrUnknown[Rems] = Field(default_factory=Rems.unknown)
    facility: OrUnknown[Facility] = Field(default_factory=Facility.unknown)
    infusions: NonEmptyListOf[Infusion]
    premedications: ListOf[Premedication] | None = Field(
        None, description="every dose of premedication; empty: none ordered"
    )
    prophylaxis: ListOf[Prophylaxis] | None = Field(
        None, description="every prophylaxis; empty: none ordered"
    )

    @classmethod
    def model_validate(cls, obj: Any, **_options: Any) -> Self:
        """Read an order from Python values: dicts, lists, and the scalars that JSON has.

        Dates, aware datetimes and Decimals are taken as well. The options of Pydantic change nothing.

        Raises:
            InvalidOrder: it is no order; carries every problem, in document order.
        """
        try:
            order: Self = cls.__pydantic_validator__.validate_python(obj)
        except ValidationError as error:
            problems = problems_of(error, obj, (), cls)
        else:
            return order
        raise InvalidOrder(problems)

    @classmethod
    def model_validate_json(cls, json_data: str | bytes | bytearray, **_options: Any) -> Self:
        """Read an order from JSON. The options of Pydantic change nothing.

        Raises:
            InvalidOrder: it is no order; carries every problem, in document order.
        """
        text = decode(json_data)
        reading = read_quickly(text)
        if reading is not None:
            try:
                order: Self = cls.__pydantic_validator__.validate_python(reading.value)
            except ValidationError:
                pass
            else:
                return order
        return cls._read_with_problems(text)

    @classmethod
    def _read_with_problems(cls, text: str) -> Self:
        document, found = read_with_problems(text)
        try:
            order: Self = cls.__pydantic_validator__.validate_python(document)
            problems = problems_of(None, document, found, cls)
        except ValidationError as error:
            problems = problems_of(error, document, found, cls)
        if problems:
            raise InvalidOrder(problems)
        return order

    @classmethod
    def model_validate_strings(cls, obj: Any, **_options: Any) -> Self:  # noqa: ARG003
        """Not offered: an order whose numbers and booleans are all text is no order.

        Raises:
            TypeError: always.
        """
        raise TypeError("an order is read with model_validate or model_validate_json")
