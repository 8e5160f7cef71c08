Feature: Campath: conditions, vaccines, other drugs, contraception
  What else must be known of the patient. The label (sections 1, 2.3, 5 and 8) is the source where nothing
  else is said.

  @cll-autoimmune-cytopenia
  Rule: After an autoimmune anemia or thrombocytopenia treatment stops for good
    An active one always counts, a resolved one when it began on or after the day of the first dose.

    Scenario Outline: active
      Given a Campath order for a week of maintenance
      And the patient has active <condition>
      When the order is verified
      Then the order is rejected
      And rule cll-autoimmune-cytopenia is violated at level block
      And rule cll-autoimmune-cytopenia cannot be overridden

      Examples:
        | condition               |
        | hemolytic anemia        |
        | immune thrombocytopenia |

    Scenario Outline: resolved
      Given a Campath order for a week of maintenance
      And the patient had <condition> since <onset>, resolved
      When the order is verified
      Then the order is <decision>
      And rule cll-autoimmune-cytopenia is <outcome>

      Examples:
        | condition               | onset      | decision | outcome  |
        | hemolytic anemia        | 2025-05-11 | verified | cleared  |
        | hemolytic anemia        | 2025-05-12 | rejected | violated |
        | immune thrombocytopenia | 2025-05-11 | verified | cleared  |
        | immune thrombocytopenia | 2025-05-12 | rejected | violated |

    Scenario: resolved, and when it began is not known
      Given a Campath order for a week of maintenance
      And the patient had hemolytic anemia, resolved
      When the order is verified
      Then the order is on hold
      And rule cll-autoimmune-cytopenia is not evaluated at level block
      And rule cll-autoimmune-cytopenia points to the onset of condition 1 as missing

    Scenario: resolved before the first dose
      Given a Campath order for the first dose
      And the patient had immune thrombocytopenia since 2025-06-01, resolved
      When the order is verified
      Then the order is verified
      And rule cll-autoimmune-cytopenia is cleared

    Scenario Outline: by its code
      Given a Campath order for a week of maintenance
      And the patient has an active condition with code <code>
      When the order is verified
      Then the order is rejected
      And rule cll-autoimmune-cytopenia is violated

      Examples:
        | code  |
        | D59.0 |
        | D59.1 |
        | D69.3 |

  @cll-serious-infection
  Rule: Treatment waits while the patient has an infection

    Scenario Outline: active (for infections)
      Given a Campath order for the first dose
      And the patient has active <condition>
      When the order is verified
      Then the order is rejected
      And rule cll-serious-infection is violated at level block
      And rule cll-serious-infection cannot be overridden

      Examples:
        | condition    |
        | infection    |
        | tuberculosis |

    Scenario Outline: resolved (for infections)
      Given a Campath order for the first dose
      And the patient had <condition>, resolved
      When the order is verified
      Then the order is verified
      And rule cll-serious-infection is cleared

      Examples:
        | condition    |
        | infection    |
        | tuberculosis |

    Scenario: whether it is active is not known
      Given a Campath order for the first dose
      And the patient has an infection whose status is not known
      When the order is verified
      Then the order is on hold
      And rule cll-serious-infection is not evaluated at level block
      And rule cll-serious-infection points to the status of condition 1 as missing

    Scenario Outline: by its code (for infections)
      Given a Campath order for the first dose
      And the patient has an active condition with code <code>
      When the order is verified
      Then the order is rejected
      And rule cll-serious-infection is violated

      Examples:
        | code  |
        | J18.9 |
        | A15.0 |
        | N39.0 |

    Scenario: a condition that is not classified
      Given a Campath order for the first dose
      And the patient has an active condition that is not classified
      When the order is verified
      Then the order is on hold
      And rule cll-serious-infection is not evaluated at level block
      And rule cll-autoimmune-cytopenia is not evaluated
      And rule cll-hiv is not evaluated

  @cll-hiv
  Rule: An HIV infection holds the order
    The label knows no contraindication, a reference forbids alemtuzumab; the pharmacist decides.

    Scenario: a negative test
      Given a Campath order for the first dose
      When the order is verified
      Then the order is verified
      And rule cll-hiv is cleared

    Scenario: a positive test
      Given a Campath order for the first dose
      And the result of the HIV test is positive
      When the order is verified
      Then the order is on hold
      And rule cll-hiv is violated at level warn

    Scenario: a positive test of after the infusion
      Given a Campath order for the first dose
      And the result of the HIV test is positive
      And the HIV test was on 2025-07-01
      When the order is verified
      Then the order is on hold
      And rule cll-hiv is violated at level warn

    Scenario: HIV among the conditions
      Given a Campath order for the first dose
      And the patient has active HIV infection
      When the order is verified
      Then the order is on hold
      And rule cll-hiv is violated at level warn

    Scenario Outline: by its code (for HIV)
      Given a Campath order for the first dose
      And the patient has an active condition with code <code>
      When the order is verified
      Then the order is on hold
      And rule cll-hiv is violated

      Examples:
        | code |
        | B20  |
        | Z21  |

    Scenario: no test is known
      Given a Campath order for the first dose
      And there is no HIV test
      When the order is verified
      Then the order is on hold
      And rule cll-hiv is not evaluated at level warn

  @cll-live-vaccine
  Rule: No live vaccine is given from the first dose on
    There is no stated end of it; vaccines planned for later count too.

    Scenario Outline: the day of the first dose
      Given a Campath order for a week of maintenance
      And the patient received MMR (CVX 03) on <date>
      When the order is verified
      Then the order is <decision>
      And rule cll-live-vaccine is <outcome>

      Examples:
        | date       | decision | outcome  |
        | 2025-05-11 | verified | cleared  |
        | 2025-05-12 | rejected | violated |
        | 2025-05-20 | rejected | violated |

    Scenario: planned for years later
      Given a Campath order for a week of maintenance
      And a vaccination with CVX 37 is planned for 2030-01-01
      When the order is verified
      Then the order is rejected
      And rule cll-live-vaccine is violated at level block
      And rule cll-live-vaccine cannot be overridden

    Scenario Outline: vaccines that are not live
      Given a Campath order for a week of maintenance
      And the patient received a vaccine with CVX <code> on 2025-05-20
      When the order is verified
      Then the order is verified
      And rule cll-live-vaccine is cleared

      Examples:
        | code |
        | 10   |
        | 150  |
        | 187  |
        | 206  |

    Scenario Outline: a code that may mean a live vaccine
      Given a Campath order for a week of maintenance
      And the patient received a vaccine with CVX <code> on 2025-05-20
      When the order is verified
      Then the order is on hold
      And rule cll-live-vaccine is violated at level warn

      Examples:
        | code |
        | 26   |
        | 88   |
        | 89   |
        | 91   |
        | 188  |
        | 214  |

    Scenario: on the day of a first dose
      Given a Campath order for the first dose
      And the patient received a vaccine with CVX 21 on 2025-06-02
      When the order is verified
      Then the order is rejected
      And rule cll-live-vaccine is violated

    Scenario: before a first dose
      Given a Campath order for the first dose
      And the patient received a vaccine with CVX 21 on 2025-06-01
      When the order is verified
      Then the order is verified
      And rule cll-live-vaccine is cleared

    Scenario: the date is not known
      Given a Campath order for a week of maintenance
      And the patient received a vaccine with CVX 03 on a date that is not known
      When the order is verified
      Then the order is on hold
      And rule cll-live-vaccine is not evaluated at level block

    Scenario Outline: a vaccine that is not classified
      Given a Campath order for a week of maintenance
      And the patient received a vaccine that is not classified on <date>
      When the order is verified
      Then the order is <decision>
      And rule cll-live-vaccine is <outcome>

      Examples:
        | date       | decision | outcome       |
        | 2025-05-11 | verified | cleared       |
        | 2025-05-12 | on hold  | not evaluated |

    Scenario: the vaccinations are not known
      Given a Campath order for the first dose
      And the immunizations are not known
      When the order is verified
      Then the order is on hold
      And rule cll-live-vaccine is not evaluated at level block

  @cll-single-agent
  Rule: Campath is given alone
    Another antineoplastic from the first to the last infusion of the order holds it. Earlier ones do
    not.

    Scenario: fludarabine beside it
      Given a Campath order for the first dose
      And the patient takes fludarabine
      When the order is verified
      Then the order is on hold
      And rule cll-single-agent is violated at level warn

    Scenario Outline: the dates of the other drug
      Given a Campath order for a week of maintenance
      And the patient takes fludarabine <dates>
      When the order is verified
      Then the order is <decision>
      And rule cll-single-agent is <outcome>

      Examples:
        | dates            | decision | outcome  |
        | until 2025-06-01 | verified | cleared  |
        | until 2025-06-02 | on hold  | violated |
        | from 2025-06-06  | on hold  | violated |
        | from 2025-06-07  | verified | cleared  |

    Scenario Outline: drugs that are none
      Given a Campath order for the first dose
      And the patient takes <drug>
      When the order is verified
      Then the order is verified
      And rule cll-single-agent is cleared

      Examples:
        | drug         |
        | azathioprine |
        | prednisone   |
        | metformin    |

    Scenario: an earlier therapy
      Given a Campath order for the first dose
      And the patient was treated with fludarabine until 2025-06-01
      When the order is verified
      Then the order is verified
      And rule cll-single-agent is cleared

    Scenario: a drug without a name
      Given a Campath order for the first dose
      And the patient takes a medication that is not named
      When the order is verified
      Then the order is on hold
      And rule cll-single-agent is not evaluated at level warn

    Scenario: the medications are not known
      Given a Campath order for the first dose
      And the medications are not known
      When the order is verified
      Then the order is on hold
      And rule cll-single-agent is not evaluated at level warn

  @cll-contraception
  Rule: Women use contraception until 6 months after the last dose
    The texts say 3 or 6 months; 6 is the safer reading. It is for information only.

    Scenario Outline: six calendar months
      Given a Campath order for the first dose
      And the patient is female
      And contraception is planned until <until>
      When the order is verified
      Then the order is verified
      And rule cll-contraception is <outcome>

      Examples:
        | until      | outcome  |
        | 2025-12-01 | violated |
        | 2025-12-02 | cleared  |
        | 2026-06-02 | cleared  |

    Scenario: it is for information
      Given a Campath order for the first dose
      And the patient is female
      And contraception is planned until 2025-07-01
      When the order is verified
      Then the order is verified
      And rule cll-contraception is violated at level info

    Scenario: the end is not known
      Given a Campath order for the first dose
      And the patient is female
      When the order is verified
      Then the order is verified
      And rule cll-contraception is not evaluated at level info
      And rule cll-contraception points to the end of contraception as missing

    Scenario: a man
      Given a Campath order for the first dose
      When the order is verified
      Then the order is verified
      And rule cll-contraception is not applicable
