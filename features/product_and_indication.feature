Feature: The right product and dose for the right patient

  Alemtuzumab is sold as two products that must never be mixed up. Lemtrada, 12 mg in 1.2 mL, is for
  relapsing multiple sclerosis; Campath, 30 mg in 1 mL, is for B-cell chronic lymphocytic leukaemia. The
  rules below ask whether an order for Lemtrada names one product throughout, is meant for a disease and a
  patient that the US label covers, and orders the one dose that the label knows.

  @product-indication-match
  Rule: Lemtrada is ordered for multiple sclerosis, and name, codes and strength all say Lemtrada

    Name, codes and strength are all compared, for the concentration alone does not tell the products
    apart: an old European ampoule of 30 mg in 3 mL has 10 mg/mL as Lemtrada has. The limit comes from
    sections 1 and 3 of the US label.

    Scenario Outline: a code of Lemtrada clears (<code>)
      Given a Lemtrada order for course 1
      And the RxCUI of the product is <code>
      When the order is verified
      Then the order is verified
      And rule product-indication-match is cleared

      Examples:
        | code    |
        | 1594657 |
        | 1594658 |
        | 1594659 |
        | 1594660 |
        | 1594663 |

    Scenario Outline: a code of Campath beside the name Lemtrada (<code>)
      Given a Lemtrada order for course 1
      And the RxCUI of the product is <code>
      When the order is verified
      Then the order is rejected
      And rule product-indication-match is violated at level block
      And rule product-indication-match cannot be overridden
      And rule product-indication-match shows the RxCUI of the product as evidence

      Examples:
        | code    |
        | 284679  |
        | 828265  |
        | 828267  |
        | 1656628 |
        | 1656631 |

    Scenario Outline: the package code of Lemtrada clears however it is written (<code>)
      Given a Lemtrada order for course 1
      And the NDC of the product is <code>
      When the order is verified
      Then the order is verified
      And rule product-indication-match is cleared

      Examples:
        | code           |
        | 58468-0200-1   |
        | 58468-0200-01  |
        | 58468020001    |

    Scenario Outline: the package code of Campath (<code>)
      Given a Lemtrada order for course 1
      And the NDC of the product is <code>
      When the order is verified
      Then the order is rejected
      And rule product-indication-match is violated

      Examples:
        | code          |
        | 58468-0357-1  |
        | 58468-0357-3  |
        | 58468-0357-01 |

    Scenario: codes that no list knows neither confirm nor contradict the name
      Given a Lemtrada order for course 1
      And the RxCUI of the product is 999999
      And the NDC of the product is 00000-0000-0
      When the order is verified
      Then the order is verified
      And rule product-indication-match is cleared

    Scenario Outline: another strength than Lemtrada has (<strength> mg/mL)
      Given a Lemtrada order for course 1
      And the strength of the product is <strength> mg/mL
      When the order is verified
      Then the order is rejected
      And rule product-indication-match is violated
      And rule product-indication-match shows the strength of the product as evidence

      Examples:
        | strength |
        | 9.9      |
        | 10.1     |
        | 12       |
        | 30       |

    Scenario Outline: the strength of Lemtrada clears with or without zeros at its end (<strength> mg/mL)
      Given a Lemtrada order for course 1
      And the strength of the product is <strength> mg/mL
      When the order is verified
      Then the order is verified
      And rule product-indication-match is cleared

      Examples:
        | strength |
        | 10       |
        | 10.0     |
        | 10.000   |

    Scenario: the name alone is enough
      Given a Lemtrada order for course 1
      And the RxCUI of the product is not known
      And the strength of the product is not known
      When the order is verified
      Then the order is verified
      And rule product-indication-match is cleared

    Scenario: without a name, a code of Lemtrada names the product
      Given a Lemtrada order for course 1
      And the product name is not known
      When the order is verified
      Then the order is verified
      And rule product-indication-match is cleared

    Scenario: Lemtrada for leukaemia
      Given a Lemtrada order for course 1
      And the diagnosis code is C91.10
      When the order is verified
      Then the order is rejected
      And rule product-indication-match is violated
      And rule product-indication-match shows the diagnosis code as evidence
      And rules indication-relapsing-ms and indication-cis are not applicable

    Scenario Outline: Lemtrada for another disease of the nervous system (<code>)
      Given a Lemtrada order for course 1
      And the diagnosis code is <code>
      When the order is verified
      Then the order is rejected
      And rule product-indication-match is violated
      And rules indication-relapsing-ms and indication-cis are not applicable

      Examples:
        | code  |
        | G34   |
        | G36.0 |
        | G37.9 |

    Scenario: a wrong strength is found even where the diagnosis is not known
      Given a Lemtrada order for course 1
      And the strength of the product is 30 mg/mL
      And the diagnosis code is not known
      When the order is verified
      Then the order is rejected
      And rule product-indication-match is violated
      And rules indication-relapsing-ms and indication-cis are not evaluated

    Scenario: the diagnosis is not known
      Given a Lemtrada order for course 1
      And the diagnosis code is not known
      When the order is verified
      Then the order is on hold
      And rule product-indication-match is not evaluated at level block
      And rule product-indication-match points to the diagnosis code as missing
      And rules indication-relapsing-ms and indication-cis are not evaluated

    Scenario Outline: a name that does not say which product leaves everything open (<name>)
      Given a Lemtrada order for course 1
      And the product name is <name>
      When the order is verified
      Then the order is on hold
      And rule product-covered is not evaluated at level block

      Examples:
        | name        |
        | alemtuzumab |
        | MabCampath  |

    Scenario: without a name, the code of the antibody does not say which product
      Given a Lemtrada order for course 1
      And the product name is not known
      And the RxCUI of the product is 117055
      When the order is verified
      Then the order is on hold
      And rule product-covered is not evaluated

    Scenario: neither a name nor a code
      Given a Lemtrada order for course 1
      And the product name is not known
      And the RxCUI of the product is not known
      When the order is verified
      Then the order is on hold
      And rule product-covered is not evaluated

    Scenario: without a name, codes that contradict each other leave everything open
      Given a Lemtrada order for course 1
      And the product name is not known
      And the NDC of the product is 58468-0357-1
      When the order is verified
      Then the order is on hold
      And rule product-covered is not evaluated

  @campath-concurrent
  Rule: No Campath is taken during the course

    Campath holds the same antibody as Lemtrada, so both together multiply the dose. Any overlap from day 1
    to the last infusion counts; an end on day 1 still overlaps. Campath that ended earlier is the matter of
    the rule campath-history.

    Scenario Outline: Campath from <start> to <end> overlaps the course
      Given a Lemtrada order for course 1
      And the patient takes campath into a vein from <start> to <end>
      When the order is verified
      Then the order is rejected
      And rule campath-concurrent is violated at level block
      And rule campath-concurrent cannot be overridden

      Examples: the course lasts from 2025-06-02 to 2025-06-06
        | start      | end        |
        | 2025-05-01 | 2025-06-02 |
        | 2025-06-04 | 2025-06-04 |
        | 2025-06-06 | 2025-08-29 |
        | 2025-05-01 | 2025-08-29 |

    Scenario: Campath without a stated start and end is being taken
      Given a Lemtrada order for course 1
      And the patient takes campath
      When the order is verified
      Then the order is rejected
      And rule campath-concurrent is violated

    Scenario: Campath known by its code alone
      Given a Lemtrada order for course 1
      And the patient takes a medication with RxCUI 828267
      When the order is verified
      Then the order is rejected
      And rule campath-concurrent is violated

    Scenario: Campath that ended the day before day 1 is past
      Given a Lemtrada order for course 1
      And the patient takes campath into a vein from 2025-05-01 to 2025-06-01
      When the order is verified
      Then the order is on hold
      And rule campath-concurrent is cleared
      And rule campath-history is violated at level warn

    Scenario: Campath that starts the day after the last infusion does not overlap
      Given a Lemtrada order for course 1
      And the patient takes campath into a vein from 2025-06-07
      When the order is verified
      Then the order is verified
      And rule campath-concurrent is cleared

    Scenario: the patient takes nothing
      Given a Lemtrada order for course 1
      And there are no medications
      When the order is verified
      Then the order is verified
      And rule campath-concurrent is cleared

    Scenario: the medications are not known
      Given a Lemtrada order for course 1
      And the medications are not known
      When the order is verified
      Then the order is on hold
      And rule campath-concurrent is not evaluated at level block
      And rule campath-concurrent points to the medications as missing
      And these rules are not evaluated:
        | campath-history              |
        | duplicate-alemtuzumab        |
        | coagulopathy-anticoagulant   |
        | immunosuppressant-concurrent |

    Scenario: a medication that is not named could be Campath
      Given a Lemtrada order for course 1
      And the patient takes a medication that is not named
      When the order is verified
      Then the order is on hold
      And rule campath-concurrent is not evaluated
      And these rules are not evaluated:
        | duplicate-alemtuzumab        |
        | coagulopathy-anticoagulant   |
        | immunosuppressant-concurrent |
        | campath-history              |

  @campath-history
  Rule: Earlier Campath is pointed out

    Earlier Campath is earlier exposure to the same antibody; what it did to the blood counts and the immune
    system adds to what this course does. The label warns of it. Earlier infusions, earlier therapies and
    medications that have ended are searched.

    Scenario: Campath among the earlier infusions
      Given a Lemtrada order for course 1
      And an earlier infusion of Campath 30 mg was given on 2020-03-04 in course 1
      When the order is verified
      Then the order is on hold
      And rule campath-history is violated at level warn
      And rule course-interval-12mo is not applicable
      And rule course-number-consistent is cleared

    Scenario: Campath among the earlier therapies
      Given a Lemtrada order for course 1
      And the patient was treated with campath until 2020-05-27
      When the order is verified
      Then the order is on hold
      And rule campath-history is violated at level warn

    Scenario: Campath among the medications that have ended
      Given a Lemtrada order for course 1
      And the patient takes campath into a vein from 2020-03-04 to 2020-05-27
      When the order is verified
      Then the order is on hold
      And rule campath-history is violated at level warn
      And rule campath-concurrent is cleared

    Scenario: earlier courses of Lemtrada are no Campath
      Given a Lemtrada order for course 3
      When the order is verified
      Then the order is verified
      And rule campath-history is cleared

    Scenario: no earlier infusion, therapy or medication at all
      Given a Lemtrada order for course 1
      And there are no earlier infusions
      And there are no earlier therapies
      And there are no medications
      When the order is verified
      Then the order is on hold
      And rule campath-history is cleared
      And rule two-prior-dmt is violated

    Scenario: the earlier infusions are not known
      Given a Lemtrada order for course 1
      And the earlier infusions are not known
      When the order is verified
      Then the order is on hold
      And rule campath-history is not evaluated at level warn
      And rule campath-history points to the earlier infusions as missing
      And these rules are not evaluated:
        | course-interval-12mo     |
        | course-number-consistent |
        | duplicate-alemtuzumab    |
        | monitoring-adherence     |
        | prior-course-incomplete  |
        | suspect-autoimmune-event |

    Scenario: the earlier therapies are not known
      Given a Lemtrada order for course 1
      And the earlier therapies are not known
      When the order is verified
      Then the order is on hold
      And rule campath-history is not evaluated at level warn
      And rules two-prior-dmt and immunosuppressant-concurrent are not evaluated

    Scenario: an earlier therapy that is not named could be Campath
      Given a Lemtrada order for course 1
      And the patient was treated with a drug that is not named until 2020-05-27
      When the order is verified
      Then the order is on hold
      And rule campath-history is not evaluated at level warn
      And rule immunosuppressant-concurrent is not evaluated

    Scenario: an ended medication that is not named could be Campath
      Given a Lemtrada order for course 1
      And the patient takes a medication that is not named from 2020-03-04 to 2020-05-27
      When the order is verified
      Then the order is on hold
      And rule campath-history is not evaluated at level warn
      And these rules are not evaluated:
        | campath-concurrent           |
        | duplicate-alemtuzumab        |
        | coagulopathy-anticoagulant   |
        | immunosuppressant-concurrent |

    Scenario: known Campath speaks even where the earlier infusions are not known
      Given a Lemtrada order for course 1
      And the patient was treated with campath until 2020-05-27
      And the earlier infusions are not known
      When the order is verified
      Then the order is on hold
      And rule campath-history is violated at level warn
      And these rules are not evaluated:
        | course-interval-12mo     |
        | course-number-consistent |
        | duplicate-alemtuzumab    |
        | monitoring-adherence     |
        | prior-course-incomplete  |
        | suspect-autoimmune-event |

  @dose-12mg
  Rule: Each dose is exactly 12 mg

    Section 2.3 of the US label knows one daily dose, not adapted to weight or body surface. 30 mg is the
    dose of Campath; 12.5 mg is what 1.25 mL hold.

    Scenario Outline: infusion 2 is ordered with <dose> mg
      Given a Lemtrada order for course 1
      And the dose of infusion 2 is <dose> mg
      When the order is verified
      Then the order is rejected
      And rule dose-12mg is violated at level block
      And rule dose-12mg cannot be overridden
      And the message of rule dose-12mg says "<dose>"
      And the finding of rule dose-12mg names infusion 2
      And the finding of rule dose-12mg does not name infusion 3

      Examples:
        | dose  |
        | 3     |
        | 11.9  |
        | 11.99 |
        | 12.01 |
        | 12.1  |
        | 12.5  |
        | 24    |
        | 30    |

    Scenario Outline: every infusion is ordered with 12 mg, written as <dose>
      Given a Lemtrada order for course 1
      And the dose of every infusion is <dose> mg
      When the order is verified
      Then the order is verified
      And rule dose-12mg is cleared

      Examples:
        | dose   |
        | 12     |
        | 12.0   |
        | 12.000 |

    Scenario: two wrong doses are both named
      Given a Lemtrada order for course 2
      And the dose of infusion 1 is 11.9 mg
      And the dose of infusion 3 is 30 mg
      When the order is verified
      Then the order is rejected
      And rule dose-12mg is violated
      And the finding of rule dose-12mg names infusion 1
      And the finding of rule dose-12mg names infusion 3
      And the finding of rule dose-12mg does not name infusion 2

    Scenario: the dose of one infusion is not known
      Given a Lemtrada order for course 1
      And the dose of infusion 4 is not known
      When the order is verified
      Then the order is on hold
      And rule dose-12mg is not evaluated at level block
      And rule dose-12mg points to the dose of infusion 4 as missing

    Scenario: a known wrong dose speaks louder than one that is not known
      Given a Lemtrada order for course 1
      And the dose of infusion 4 is not known
      And the dose of infusion 5 is 30 mg
      When the order is verified
      Then the order is rejected
      And rule dose-12mg is violated
      And the finding of rule dose-12mg names infusion 5

    Scenario: the dose of a held infusion is not judged
      Given a Lemtrada order for course 1
      And infusion 5 is held
      And the dose of infusion 5 is 30 mg
      When the order is verified
      Then the order is rejected
      And rule dose-12mg is cleared
      And rule course-1-five-days is violated
      And rule course-interrupted is violated

  @dose-volume-1-2ml
  Rule: Exactly 1.2 mL are drawn for each dose

    At 10 mg/mL only 1.2 mL hold 12 mg (section 2.4 of the US label). Volumes are compared as decimal
    numbers, so 1.20 is 1.2.

    Scenario Outline: <volume> mL are drawn for infusion 3
      Given a Lemtrada order for course 1
      And the drawn volume of infusion 3 is <volume> mL
      When the order is verified
      Then the order is rejected
      And rule dose-volume-1-2ml is violated at level block
      And rule dose-volume-1-2ml cannot be overridden
      And the message of rule dose-volume-1-2ml says "<volume>"
      And the finding of rule dose-volume-1-2ml names infusion 3
      And the finding of rule dose-volume-1-2ml does not name infusion 2

      Examples:
        | volume   |
        | 0.12     |
        | 1.19     |
        | 1.199999 |
        | 1.200001 |
        | 1.21     |
        | 1.25     |
        | 12       |

    Scenario Outline: the volume of 12 mg is drawn for every infusion, written as <volume>
      Given a Lemtrada order for course 1
      And the drawn volume of every infusion is <volume> mL
      When the order is verified
      Then the order is verified
      And rule dose-volume-1-2ml is cleared

      Examples:
        | volume |
        | 1.2    |
        | 1.20   |
        | 1.200  |

    Scenario: the drawn volume of one infusion is not known
      Given a Lemtrada order for course 1
      And the drawn volume of infusion 1 is not known
      When the order is verified
      Then the order is on hold
      And rule dose-volume-1-2ml is not evaluated at level block
      And rule dose-volume-1-2ml points to the drawn volume of infusion 1 as missing

  @one-vial-per-dose
  Rule: Each dose is prepared from one vial

    The vial is for single use and holds one dose (section 2.4 of the US label), so vials are neither pooled
    nor split.

    Scenario Outline: infusion 2 is prepared from <vials> vials
      Given a Lemtrada order for course 1
      And the number of vials of infusion 2 is <vials>
      When the order is verified
      Then the order is on hold
      And rule one-vial-per-dose is violated at level warn
      And the message of rule one-vial-per-dose says "<vials>"
      And the finding of rule one-vial-per-dose names infusion 2

      Examples:
        | vials |
        | 0     |
        | 2     |
        | 3     |

    Scenario: one vial for every infusion
      Given a Lemtrada order for course 1
      And the number of vials of every infusion is 1
      When the order is verified
      Then the order is verified
      And rule one-vial-per-dose is cleared

    Scenario: the number of vials is not known
      Given a Lemtrada order for course 1
      And the number of vials of infusion 2 is not known
      When the order is verified
      Then the order is on hold
      And rule one-vial-per-dose is not evaluated at level warn
      And rule one-vial-per-dose points to the number of vials of infusion 2 as missing

  @indication-relapsing-ms
  Rule: The disease is relapsing-remitting or active secondary-progressive

    The US label covers relapsing forms in adults only. Some diagnosis codes settle the course of the
    disease: G35.A is relapsing-remitting, G35.B, G35.B0, G35.B1 and G35.B2 are primary-progressive, G35.C1
    is active and G35.C2 non-active secondary-progressive. Others (G35, G35.C, G35.C0, G35.D) leave it open,
    so the order must state it. Code and statement must agree. Clinically isolated syndrome has a rule of
    its own.

    Scenario Outline: <code> with a stated course of <stated>
      Given a Lemtrada order for course 1
      And the diagnosis code is <code>
      And the disease course is <stated>
      When the order is verified
      Then the order is verified
      And rule indication-relapsing-ms is cleared

      Examples:
        | code   | stated                       |
        | G35    | relapsing-remitting          |
        | G35    | active secondary-progressive |
        | G35.A  | relapsing-remitting          |
        | G35.C  | active secondary-progressive |
        | G35.C0 | active secondary-progressive |
        | G35.C1 | active secondary-progressive |
        | G35.D  | relapsing-remitting          |

    Scenario Outline: the code <code> alone settles that the disease is covered
      Given a Lemtrada order for course 1
      And the diagnosis code is <code>
      And the disease course is not known
      When the order is verified
      Then the order is verified
      And rule indication-relapsing-ms is cleared

      Examples:
        | code   |
        | G35.A  |
        | G35.C1 |

    Scenario Outline: a disease course that the label does not cover (<stated>)
      Given a Lemtrada order for course 1
      And the disease course is <stated>
      When the order is verified
      Then the order is rejected
      And rule indication-relapsing-ms is violated at level block
      And rule indication-relapsing-ms can be overridden
      And rule indication-cis is cleared

      Examples:
        | stated                           |
        | primary-progressive              |
        | non-active secondary-progressive |

    Scenario Outline: the code <code> alone settles that the disease is not covered
      Given a Lemtrada order for course 1
      And the diagnosis code is <code>
      And the disease course is not known
      When the order is verified
      Then the order is rejected
      And rule indication-relapsing-ms is violated

      Examples:
        | code   |
        | G35.B  |
        | G35.B0 |
        | G35.B1 |
        | G35.B2 |
        | G35.C2 |

    Scenario Outline: <code> contradicts a stated course of <stated>
      Given a Lemtrada order for course 1
      And the diagnosis code is <code>
      And the disease course is <stated>
      When the order is verified
      Then the order is rejected
      And rule indication-relapsing-ms is violated
      And rule indication-relapsing-ms shows the diagnosis code as evidence
      And rule indication-relapsing-ms shows the disease course as evidence

      Examples:
        | code   | stated                       |
        | G35.A  | active secondary-progressive |
        | G35.A  | primary-progressive          |
        | G35.B0 | relapsing-remitting          |
        | G35.C1 | relapsing-remitting          |
        | G35.C2 | active secondary-progressive |

    Scenario Outline: the code <code> leaves the course open and the order does not state it
      Given a Lemtrada order for course 1
      And the diagnosis code is <code>
      And the disease course is not known
      When the order is verified
      Then the order is on hold
      And rule indication-relapsing-ms is not evaluated at level block
      And rule indication-relapsing-ms can be overridden
      And rule indication-relapsing-ms points to the disease course as missing
      And rule indication-cis is not evaluated

      Examples:
        | code   |
        | G35    |
        | G35.C  |
        | G35.C0 |
        | G35.D  |

    Scenario: clinically isolated syndrome is left to its own rule
      Given a Lemtrada order for course 1
      And the disease course is clinically isolated syndrome
      When the order is verified
      Then the order is rejected
      And rule indication-relapsing-ms is not applicable
      And rule indication-cis is violated

    Scenario: a disease other than multiple sclerosis is left to the product rule
      Given a Lemtrada order for course 1
      And the diagnosis code is G36.0
      And the disease course is primary-progressive
      When the order is verified
      Then the order is rejected
      And rule indication-relapsing-ms is not applicable
      And rule product-indication-match is violated

  @indication-cis
  Rule: Lemtrada is not given for clinically isolated syndrome

    A first attack that has not become relapsing disease does not justify the risks; the label does not
    recommend the drug for it.

    Scenario Outline: clinically isolated syndrome under the code <code>
      Given a Lemtrada order for course 1
      And the diagnosis code is <code>
      And the disease course is clinically isolated syndrome
      When the order is verified
      Then the order is rejected
      And rule indication-cis is violated at level block
      And rule indication-cis can be overridden
      And rule indication-relapsing-ms is not applicable

      Examples:
        | code  |
        | G35   |
        | G35.A |
        | G35.D |

    Scenario Outline: multiple sclerosis that is <stated> is no isolated syndrome
      Given a Lemtrada order for course 1
      And the disease course is <stated>
      When the order is verified
      Then the order is verified
      And rule indication-cis is cleared

      Examples:
        | stated                       |
        | relapsing-remitting          |
        | active secondary-progressive |

    Scenario: primary-progressive disease is no matter of this rule
      Given a Lemtrada order for course 1
      And the disease course is primary-progressive
      When the order is verified
      Then the order is rejected
      And rule indication-cis is cleared
      And rule indication-relapsing-ms is violated

    Scenario: neither code nor order tell the course of the disease
      Given a Lemtrada order for course 1
      And the disease course is not known
      When the order is verified
      Then the order is on hold
      And rule indication-cis is not evaluated at level block
      And rule indication-cis points to the disease course as missing
      And rule indication-relapsing-ms is not evaluated

    Scenario: an isolated syndrome under a code of another disease
      Given a Lemtrada order for course 1
      And the diagnosis code is G37.9
      And the disease course is clinically isolated syndrome
      When the order is verified
      Then the order is rejected
      And rule indication-cis is not applicable
      And rule product-indication-match is violated

  @two-prior-dmt
  Rule: Two earlier multiple sclerosis drugs are documented

    Because its risks are serious, the label reserves Lemtrada for patients who responded too little to two
    or more other multiple sclerosis drugs. Different drugs count, whatever the response was. A name that is
    on no list does not count; where it could decide, the rule cannot be evaluated.

    Scenario: two different drugs
      Given a Lemtrada order for course 1
      And there are no earlier therapies
      And the patient was treated with glatiramer until 2022-03-31
      And the patient was treated with teriflunomide until 2024-01-31
      When the order is verified
      Then the order is verified
      And rule two-prior-dmt is cleared

    Scenario: three different drugs
      Given a Lemtrada order for course 1
      And the patient was treated with glatiramer until 2020-03-31
      When the order is verified
      Then the order is verified
      And rule two-prior-dmt is cleared

    Scenario: one drug only
      Given a Lemtrada order for course 1
      And there are no earlier therapies
      And the patient was treated with dimethyl fumarate until 2024-09-30
      When the order is verified
      Then the order is on hold
      And rule two-prior-dmt is violated at level warn
      And the message of rule two-prior-dmt says "1"

    Scenario: no earlier drug at all
      Given a Lemtrada order for course 1
      And there are no earlier therapies
      When the order is verified
      Then the order is on hold
      And rule two-prior-dmt is violated at level warn
      And the message of rule two-prior-dmt says "0"

    Scenario: the same drug twice is one drug
      Given a Lemtrada order for course 1
      And there are no earlier therapies
      And the patient was treated with dimethyl fumarate until 2022-02-28
      And the patient was treated with "Tecfidera" until 2024-09-30
      When the order is verified
      Then the order is on hold
      And rule two-prior-dmt is violated

    Scenario: a drug for another purpose is no multiple sclerosis drug
      Given a Lemtrada order for course 1
      And there are no earlier therapies
      And the patient was treated with dimethyl fumarate until 2024-09-30
      And the patient was treated with acyclovir until 2024-09-30
      When the order is verified
      Then the order is on hold
      And rule two-prior-dmt is violated

    Scenario: a name on no list could be the second drug
      Given a Lemtrada order for course 1
      And there are no earlier therapies
      And the patient was treated with dimethyl fumarate until 2024-09-30
      And the patient was treated with "trial drug 7" until 2022-02-28
      When the order is verified
      Then the order is on hold
      And rule two-prior-dmt is not evaluated at level warn

    Scenario: a name on no list cannot make two out of none
      Given a Lemtrada order for course 1
      And there are no earlier therapies
      And the patient was treated with "trial drug 7" until 2022-02-28
      When the order is verified
      Then the order is on hold
      And rule two-prior-dmt is violated at level warn

    Scenario: a name on no list cannot undo two known drugs
      Given a Lemtrada order for course 1
      And the patient was treated with "trial drug 7" until 2022-02-28
      When the order is verified
      Then the order is verified
      And rule two-prior-dmt is cleared

    Scenario: it is not known what the patient was treated with
      Given a Lemtrada order for course 1
      And the earlier therapies are not known
      When the order is verified
      Then the order is on hold
      And rule two-prior-dmt is not evaluated at level warn
      And rule two-prior-dmt points to the earlier therapies as missing
      And rules campath-history and immunosuppressant-concurrent are not evaluated

  @age-minimum
  Rule: The patient is an adult on day 1

    The label is for adults, and its statement on children draws the line at 17 years. So an age under 17
    blocks the order and 17 asks for a second look. The age is counted in completed years on the day of the
    first infusion, not on the day of the order. Who was born on 29 February has a birthday on 1 March in a
    common year.

    Scenario Outline: born on <born>, <age> years old on 2025-06-02
      Given a Lemtrada order for course 1
      And the birth date is <born>
      When the order is verified
      Then the order is rejected
      And rule age-minimum is violated at level block
      And rule age-minimum cannot be overridden
      And the message of rule age-minimum says "<age>"
      And rule age-minimum shows the birth date as evidence

      Examples:
        | born       | age |
        | 2008-06-03 | 16  |
        | 2009-06-02 | 16  |
        | 2013-02-11 | 12  |

    Scenario Outline: 17 years old, born on <born>
      Given a Lemtrada order for course 1
      And the birth date is <born>
      When the order is verified
      Then the order is on hold
      And rule age-minimum is violated at level warn
      And the message of rule age-minimum says "17"

      Examples: 17 on day 1 itself, 17 for another day, and 18 on the third day of the course
        | born       |
        | 2008-06-02 |
        | 2007-06-03 |
        | 2007-06-04 |

    Scenario Outline: an adult on 2025-06-02, born on <born>
      Given a Lemtrada order for course 1
      And the birth date is <born>
      When the order is verified
      Then the order is verified
      And rule age-minimum is cleared

      Examples: 18 on day 1 itself, 18 since the day before, 19
        | born       |
        | 2007-06-02 |
        | 2007-06-01 |
        | 2006-06-02 |

    Scenario: born on 29 February 2008, not yet 18 on 28 February 2026
      Given a Lemtrada order for course 1
      And the birth date is 2008-02-29
      And the whole order is moved by 271 days
      And infusion 1 is on 2026-02-28
      When the order is verified
      Then the order is on hold
      And rule age-minimum is violated at level warn

    Scenario: born on 29 February 2008, 18 on 1 March 2026
      Given a Lemtrada order for course 1
      And the birth date is 2008-02-29
      And the whole order is moved by 272 days
      And infusion 1 is on 2026-03-01
      When the order is verified
      Then the order is verified
      And rule age-minimum is cleared

    Scenario: the birth date is not known
      Given a Lemtrada order for course 1
      And the birth date is not known
      When the order is verified
      Then the order is on hold
      And rule age-minimum is not evaluated at level block
      And rule age-minimum points to the birth date as missing

  @age-65plus
  Rule: From 65 years on, limited data are pointed out

    Section 8.5 of the label says that data on patients of 65 years and more are limited. The pharmacist is
    told; the order is not held up.

    Scenario Outline: 65 years or more on 2025-06-02, born on <born>
      Given a Lemtrada order for course 1
      And the birth date is <born>
      When the order is verified
      Then the order is verified
      And rule age-65plus is violated at level info
      And the message of rule age-65plus says "<age>"

      Examples:
        | born       | age |
        | 1960-06-02 | 65  |
        | 1960-06-01 | 65  |
        | 1959-06-02 | 66  |

    Scenario Outline: under 65 on 2025-06-02, born on <born>
      Given a Lemtrada order for course 1
      And the birth date is <born>
      When the order is verified
      Then the order is verified
      And rule age-65plus is cleared

      Examples: 64 for another day, 64
        | born       |
        | 1960-06-03 |
        | 1961-06-02 |

    Scenario: without a birth date the age of 65 cannot be judged
      Given a Lemtrada order for course 1
      And the birth date is not known
      When the order is verified
      Then the order is on hold
      And rule age-65plus is not evaluated at level info
      And rule age-minimum is not evaluated
