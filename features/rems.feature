Feature: The Lemtrada REMS

  In the United States the drug is available only through a safety programme, the LEMTRADA REMS.
  Prescribers, pharmacies and infusion facilities must be certified in it, each patient enrolled, and each
  course authorized anew. The rules below ask for that. Campath has no such programme.

  @rems-prescriber
  Rule: The prescriber is certified in the REMS

    The boxed warning and the REMS allow only certified prescribers to order the drug.

    Scenario: the prescriber is not certified
      Given a Lemtrada order for course 1
      And the prescriber is not certified
      When the order is verified
      Then the order is rejected
      And rule rems-prescriber is violated at level block
      And rule rems-prescriber cannot be overridden
      And rule rems-prescriber shows the certification of the prescriber as evidence

    Scenario: the prescriber is certified
      Given a Lemtrada order for course 1
      And the prescriber is certified
      When the order is verified
      Then the order is verified
      And rule rems-prescriber is cleared

    Scenario: it is not known whether the prescriber is certified
      Given a Lemtrada order for course 1
      And the certification of the prescriber is not known
      When the order is verified
      Then the order is on hold
      And rule rems-prescriber is not evaluated at level block
      And rule rems-prescriber points to the certification of the prescriber as missing

    Scenario: nothing of the REMS is known, for any of the rules
      Given a Lemtrada order for course 2
      And nothing of the REMS is known
      When the order is verified
      Then the order is on hold
      And these rules are not evaluated:
        | rems-prescriber         |
        | rems-pharmacy           |
        | rems-facility           |
        | rems-patient-enrolled   |
        | rems-patient-authorized |
        | rems-prescription-form  |
        | rems-med-guide          |
        | rems-status-form        |

  @rems-pharmacy
  Rule: The pharmacy is certified in the REMS

    Under the REMS only certified pharmacies dispense the drug.

    Scenario: the pharmacy is not certified
      Given a Lemtrada order for course 1
      And the pharmacy is not certified
      When the order is verified
      Then the order is rejected
      And rule rems-pharmacy is violated at level block
      And rule rems-pharmacy cannot be overridden

    Scenario: the pharmacy is certified
      Given a Lemtrada order for course 1
      And the pharmacy is certified
      When the order is verified
      Then the order is verified
      And rule rems-pharmacy is cleared

    Scenario: it is not known whether the pharmacy is certified
      Given a Lemtrada order for course 1
      And the certification of the pharmacy is not known
      When the order is verified
      Then the order is on hold
      And rule rems-pharmacy is not evaluated at level block
      And rule rems-pharmacy points to the certification of the pharmacy as missing

  @rems-facility
  Rule: The infusion facility is certified in the REMS

    Serious reactions must be treated on the spot, so under the REMS only certified facilities give the
    drug.

    Scenario: the facility is not certified
      Given a Lemtrada order for course 1
      And the facility is not certified
      When the order is verified
      Then the order is rejected
      And rule rems-facility is violated at level block
      And rule rems-facility cannot be overridden

    Scenario: the facility is certified
      Given a Lemtrada order for course 1
      And the facility is certified
      When the order is verified
      Then the order is verified
      And rule rems-facility is cleared

    Scenario: it is not known whether the facility is certified
      Given a Lemtrada order for course 1
      And the certification of the facility is not known
      When the order is verified
      Then the order is on hold
      And rule rems-facility is not evaluated at level block
      And rule rems-facility points to the certification of the facility as missing

  @rems-patient-enrolled
  Rule: The patient is enrolled in the REMS

    The REMS follows each patient for late harm. That begins with the enrollment form.

    Scenario: the patient is not enrolled
      Given a Lemtrada order for course 1
      And the patient is not enrolled in the REMS
      When the order is verified
      Then the order is rejected
      And rule rems-patient-enrolled is violated at level block
      And rule rems-patient-enrolled cannot be overridden

    Scenario: the patient is enrolled
      Given a Lemtrada order for course 1
      And the patient is enrolled in the REMS
      When the order is verified
      Then the order is verified
      And rule rems-patient-enrolled is cleared

    Scenario: it is not known whether the patient is enrolled
      Given a Lemtrada order for course 1
      And the REMS enrollment of the patient is not known
      When the order is verified
      Then the order is on hold
      And rule rems-patient-enrolled is not evaluated at level block
      And rule rems-patient-enrolled points to the REMS enrollment of the patient as missing

  @rems-patient-authorized
  Rule: The patient is authorized for this very course, by day 1

    The REMS authorizes each course anew, on the strength of the baseline results. An authorization for
    another course says nothing of this one. A date need not be given; one that is given must not lie after
    day 1.

    Scenario Outline: course <ordered> is ordered, the patient is authorized for course <authorized>
      Given a Lemtrada order for course <ordered>
      And the course authorized by the REMS is <authorized>
      When the order is verified
      Then the order is rejected
      And rule rems-patient-authorized is violated at level block
      And rule rems-patient-authorized cannot be overridden
      And rule rems-patient-authorized shows the course authorized by the REMS as evidence

      Examples:
        | ordered | authorized |
        | 1       | 2          |
        | 2       | 1          |
        | 2       | 3          |
        | 3       | 2          |

    Scenario Outline: course <course> is ordered and authorized
      Given a Lemtrada order for course <course>
      And the course authorized by the REMS is <course>
      When the order is verified
      Then the order is verified
      And rule rems-patient-authorized is cleared

      Examples:
        | course |
        | 1      |
        | 2      |
        | 3      |

    Scenario Outline: the authorization is of <day>, day 1 is 2025-06-02
      Given a Lemtrada order for course 1
      And the date of the REMS authorization is <day>
      When the order is verified
      Then the order is verified
      And rule rems-patient-authorized is cleared

      Examples: the day before day 1, and day 1 itself
        | day        |
        | 2025-06-01 |
        | 2025-06-02 |

    Scenario Outline: an authorization of <day> comes after day 1 on 2025-06-02
      Given a Lemtrada order for course 1
      And the date of the REMS authorization is <day>
      When the order is verified
      Then the order is rejected
      And rule rems-patient-authorized is violated at level block
      And rule rems-patient-authorized shows the date of the REMS authorization as evidence

      Examples: the day after day 1, and the day after the course
        | day        |
        | 2025-06-03 |
        | 2025-06-07 |

    Scenario: an authorization for this course without a date is enough
      Given a Lemtrada order for course 1
      And the date of the REMS authorization is not known
      When the order is verified
      Then the order is verified
      And rule rems-patient-authorized is cleared

    Scenario: an authorization for another course is found without a date as well
      Given a Lemtrada order for course 2
      And the course authorized by the REMS is 1
      And the date of the REMS authorization is not known
      When the order is verified
      Then the order is rejected
      And rule rems-patient-authorized is violated

    Scenario: it is not known for which course the patient is authorized
      Given a Lemtrada order for course 1
      And the course authorized by the REMS is not known
      When the order is verified
      Then the order is on hold
      And rule rems-patient-authorized is not evaluated at level block
      And rule rems-patient-authorized points to the course authorized by the REMS as missing

    Scenario: it is not known which course is ordered
      Given a Lemtrada order for course 1
      And the course number is not known
      When the order is verified
      Then the order is on hold
      And rule rems-patient-authorized is not evaluated at level block
      And rule rems-patient-authorized points to the course number as missing
      And these rules are not evaluated:
        | baseline-upcr-first      |
        | course-1-five-days       |
        | course-2-three-days      |
        | course-3plus-three-days  |
        | course-number-consistent |
        | rems-status-form         |

    Scenario: a date after day 1 speaks louder than a course that is not known
      Given a Lemtrada order for course 1
      And the course authorized by the REMS is not known
      And the date of the REMS authorization is 2025-06-03
      When the order is verified
      Then the order is rejected
      And rule rems-patient-authorized is violated

  @rems-prescription-form
  Rule: The REMS Prescription Ordering Form is on file

    The form ties the order to the certified prescriber and the enrolled patient. That the REMS asks for it
    was recalled and not read again at the source, so a named pharmacist may release the order without it.

    Scenario: the form is not on file
      Given a Lemtrada order for course 1
      And the REMS prescription form is not on file
      When the order is verified
      Then the order is rejected
      And rule rems-prescription-form is violated at level block
      And rule rems-prescription-form can be overridden

    Scenario: the form is on file
      Given a Lemtrada order for course 1
      And the REMS prescription form is on file
      When the order is verified
      Then the order is verified
      And rule rems-prescription-form is cleared

    Scenario: it is not known whether the form is on file
      Given a Lemtrada order for course 1
      And the receipt of the REMS prescription form is not known
      When the order is verified
      Then the order is on hold
      And rule rems-prescription-form is not evaluated at level block
      And rule rems-prescription-form can be overridden
      And rule rems-prescription-form points to the receipt of the REMS prescription form as missing

  @rems-med-guide
  Rule: The patient has the Medication Guide, the Patient Guide and the safety card

    Late harm is found early only by a patient who knows the signs. What the REMS record says is read here;
    the topics of the general counselling do not stand for it.

    Scenario: the three papers were not given
      Given a Lemtrada order for course 1
      And the patient was not given the REMS guides
      When the order is verified
      Then the order is on hold
      And rule rems-med-guide is violated at level warn

    Scenario: the three papers were given
      Given a Lemtrada order for course 1
      And the patient was given the REMS guides
      When the order is verified
      Then the order is verified
      And rule rems-med-guide is cleared

    Scenario: counselling on the medication guide does not stand for the three papers
      Given a Lemtrada order for course 1
      And the patient was counselled on the medication guide
      And the patient was not given the REMS guides
      When the order is verified
      Then the order is on hold
      And rule rems-med-guide is violated

    Scenario: the three papers are enough without a note of the counselling
      Given a Lemtrada order for course 1
      And the patient was not counselled on the medication guide
      When the order is verified
      Then the order is verified
      And rule rems-med-guide is cleared

    Scenario: it is not known whether the three papers were given
      Given a Lemtrada order for course 1
      And the handover of the REMS guides is not known
      When the order is verified
      Then the order is on hold
      And rule rems-med-guide is not evaluated at level warn
      And rule rems-med-guide points to the handover of the REMS guides as missing

  @rems-status-form
  Rule: From course 2 on, the newest Patient Status Form is at most 6 months old on day 1

    The REMS asks for the state of the patient at regular times, so that late harm is reported. The interval
    of 6 months was recalled and not read at the source. The form counts if the same day 6 months on is day
    1 or later; where that month has no such day, the first of the next month stands for it.

    Scenario Outline: the form is of <day>, day 1 is 2026-06-08
      Given a Lemtrada order for course 2
      And the date of the patient status form is <day>
      When the order is verified
      Then the order is verified
      And rule rems-status-form is cleared

      Examples: 6 months to the day, a day less, the day before day 1, and day 1 itself
        | day        |
        | 2025-12-08 |
        | 2025-12-09 |
        | 2026-06-07 |
        | 2026-06-08 |

    Scenario Outline: a form of <day> is too old or too late for day 1 on 2026-06-08
      Given a Lemtrada order for course 2
      And the date of the patient status form is <day>
      When the order is verified
      Then the order is on hold
      And rule rems-status-form is violated at level warn
      And rule rems-status-form shows the date of the patient status form as evidence

      Examples: a day more than 6 months, a year, and the day after day 1
        | day        |
        | 2025-12-07 |
        | 2025-06-08 |
        | 2026-06-09 |

    Scenario Outline: 6 months after <day> end on 1 March, for February has no such day
      Given a Lemtrada order for course 2
      And the whole order is moved back by 99 days
      And infusion 1 is on 2026-03-01
      And the date of the patient status form is <day>
      When the order is verified
      Then the order is verified
      And rule rems-status-form is cleared

      Examples:
        | day        |
        | 2025-08-29 |
        | 2025-08-30 |
        | 2025-08-31 |

    Scenario: 6 months after 28 August end on 28 February
      Given a Lemtrada order for course 2
      And the whole order is moved back by 99 days
      And infusion 1 is on 2026-03-01
      And the date of the patient status form is 2025-08-28
      When the order is verified
      Then the order is on hold
      And rule rems-status-form is violated

    Scenario: a later course asks for the form as well
      Given a Lemtrada order for course 3
      And the date of the patient status form is 2025-12-07
      When the order is verified
      Then the order is on hold
      And rule rems-status-form is violated at level warn

    Scenario: the date of the newest form is not known
      Given a Lemtrada order for course 2
      And the date of the patient status form is not known
      When the order is verified
      Then the order is on hold
      And rule rems-status-form is not evaluated at level warn
      And rule rems-status-form points to the date of the patient status form as missing

    Scenario: a first course needs no status form
      Given a Lemtrada order for course 1
      When the order is verified
      Then the order is verified
      And rule rems-status-form is not applicable
