Feature: Allergy, infection and screening before a Lemtrada course
  Lemtrada removes most lymphocytes within days, and they come back only over months. An infection that is
  active or hidden at that time can become severe. So what forbids treatment must be ruled out, and the tests
  that show it must be on file, before the first infusion.

  In all scenarios here day 1 of the first course is Monday 2025-06-02, unless a scenario says otherwise.

  @ci-hypersensitivity
  Rule: The patient is not allergic to alemtuzumab or to an ingredient of its products
    The US label (section 4) names hypersensitivity as a contraindication. The ingredients that count are
    polysorbate 80 and edetate (EDTA).

    Scenario Outline: allergy to <substance>
      Given a Lemtrada order for course 1
      And the patient is allergic to <substance>
      When the order is verified
      Then the order is rejected
      And rule ci-hypersensitivity is violated at level block
      And rule ci-hypersensitivity cannot be overridden

      Examples: the antibody and its brands
        | substance   |
        | alemtuzumab |
        | Lemtrada    |
        | Campath     |
        | MabCampath  |

      Examples: what else is in the vial
        | substance         |
        | polysorbate 80    |
        | Tween 80          |
        | EDTA              |
        | edetate disodium  |
        | disodium edetate  |

    Scenario: no allergies
      Given a Lemtrada order for course 1
      And there are no allergies
      When the order is verified
      Then the order is verified
      And rule ci-hypersensitivity is cleared

    Scenario Outline: allergy to <substance>, which is not in the vial
      Given a Lemtrada order for course 1
      And the patient is allergic to <substance>
      When the order is verified
      Then the order is verified
      And rule ci-hypersensitivity is cleared

      Examples:
        | substance     |
        | penicillin    |
        | polysorbate 20 |
        | "house dust"  |

    Scenario: nobody asked about allergies
      Given a Lemtrada order for course 1
      And the allergies are not known
      When the order is verified
      Then the order is on hold
      And rule ci-hypersensitivity is not evaluated at level block
      And rule ci-hypersensitivity points to the allergies as missing

    Scenario: an allergy whose substance is not named
      Given a Lemtrada order for course 1
      And the patient is allergic to penicillin
      And the patient has an allergy that is not named
      When the order is verified
      Then the order is on hold
      And rule ci-hypersensitivity is not evaluated
      And rule ci-hypersensitivity points to the substance of allergy 2 as missing

    Scenario: one known allergy is enough, whatever else is not named
      Given a Lemtrada order for course 1
      And the patient has an allergy that is not named
      And the patient is allergic to polysorbate 80
      When the order is verified
      Then the order is rejected
      And rule ci-hypersensitivity is violated
      And rule ci-hypersensitivity shows the substance of allergy 2 as evidence

  @ci-hiv
  Rule: The patient has no HIV infection
    The US label (section 4) names HIV infection as a contraindication: Lemtrada takes away the same cells. A
    test result and the list of conditions are both read.

    Scenario: positive HIV test
      Given a Lemtrada order for course 1
      And the result of the HIV test is positive
      When the order is verified
      Then the order is rejected
      And rule ci-hiv is violated at level block
      And rule ci-hiv cannot be overridden
      And the message of rule ci-hiv says "positive"
      And rule hiv-test-on-file is cleared

    Scenario: negative HIV test
      Given a Lemtrada order for course 1
      And the result of the HIV test is negative
      When the order is verified
      Then the order is verified
      And rule ci-hiv is cleared

    Scenario: HIV infection among the conditions in spite of a negative test
      Given a Lemtrada order for course 1
      And the patient has an active HIV infection
      When the order is verified
      Then the order is rejected
      And rule ci-hiv is violated
      And rule ci-active-infection is cleared

    Scenario: HIV infection recorded as resolved
      Given a Lemtrada order for course 1
      And the patient had an HIV infection, resolved
      When the order is verified
      Then the order is rejected
      And rule ci-hiv is violated

    Scenario Outline: HIV infection by its diagnosis code <code>
      Given a Lemtrada order for course 1
      And the patient has an active condition with code <code>
      When the order is verified
      Then the order is rejected
      And rule ci-hiv is violated
      And rule ci-active-infection is cleared

      Examples:
        | code |
        | B20  |
        | Z21  |

    Scenario: HIV infection among the conditions, and no test
      Given a Lemtrada order for course 1
      And the patient has an active HIV infection
      And there is no HIV test
      When the order is verified
      Then the order is rejected
      And rule ci-hiv is violated
      And rule hiv-test-on-file is not evaluated

    Scenario: a positive result counts whatever its date
      Given a Lemtrada order for course 1
      And the result of the HIV test is positive
      And the HIV test was 1 day after day 1
      When the order is verified
      Then the order is rejected
      And rule ci-hiv is violated
      And rule hiv-test-on-file is violated

    Scenario: positive HIV test without a date
      Given a Lemtrada order for course 1
      And the result of the HIV test is positive
      And the date of the HIV test is not known
      When the order is verified
      Then the order is rejected
      And rule ci-hiv is violated
      And rule hiv-test-on-file is not evaluated

    Scenario: no HIV test
      Given a Lemtrada order for course 1
      And there is no HIV test
      When the order is verified
      Then the order is on hold
      And rule ci-hiv is not evaluated at level block
      And rule ci-hiv points to the result of the HIV test as missing
      And rule hiv-test-on-file is not evaluated at level warn

  @hiv-test-on-file
  Rule: An HIV result is on file by day 1
    No label asks for the paper, but a public Lemtrada order form does. The rule is the project's own choice.
    How old the result may be is not judged.

    Scenario Outline: HIV test <when>, in time
      Given a Lemtrada order for course 1
      And the HIV test was <when>
      When the order is verified
      Then the order is verified
      And rules hiv-test-on-file and ci-hiv are cleared

      Examples:
        | when                |
        | on 2019-03-11       |
        | 1 day before day 1  |
        | on 2025-06-02       |

    Scenario: HIV test on the day after day 1
      Given a Lemtrada order for course 1
      And the HIV test was on 2025-06-03
      When the order is verified
      Then the order is on hold
      And rule hiv-test-on-file is violated at level warn
      And rule ci-hiv is cleared

    Scenario: HIV result without a date
      Given a Lemtrada order for course 1
      And the date of the HIV test is not known
      When the order is verified
      Then the order is on hold
      And rule hiv-test-on-file is not evaluated at level warn
      And rule hiv-test-on-file points to the date of the HIV test as missing
      And rule ci-hiv is cleared

    Scenario: a date, but no HIV result
      Given a Lemtrada order for course 1
      And the result of the HIV test is not known
      When the order is verified
      Then the order is on hold
      And rules hiv-test-on-file and ci-hiv are not evaluated

    Scenario: the course is moved before the HIV test
      Given a Lemtrada order for course 1
      And the HIV test was on 2025-05-28
      And the course starts on 2025-05-27
      And the pregnancy test was 3 days before day 1
      And the date of the REMS authorization is 2025-05-26
      When the order is verified
      Then the order is on hold
      And rule hiv-test-on-file is violated

  @ci-active-infection
  Rule: The patient has no active infection
    The US label (section 4) says to delay the course until an active infection is fully controlled. Fever and
    courses of antibiotics are not read; an order has no place for them.

    Scenario: active infection
      Given a Lemtrada order for course 1
      And the patient has an active infection since 2025-05-30
      When the order is verified
      Then the order is rejected
      And rule ci-active-infection is violated at level block
      And rule ci-active-infection cannot be overridden

    Scenario: the infection is over
      Given a Lemtrada order for course 1
      And the patient had an infection since 2025-05-30, resolved
      When the order is verified
      Then the order is verified
      And rule ci-active-infection is cleared

    Scenario Outline: <name> by its diagnosis code
      Given a Lemtrada order for course 1
      And the patient has an active condition with code <code>
      When the order is verified
      Then the order is rejected
      And rule ci-active-infection is violated

      Examples:
        | name                  | code  |
        | gastroenteritis       | A09   |
        | viral infection       | B99.9 |
        | common cold           | J00   |
        | pneumonia             | J18.9 |
        | bronchitis            | J22   |
        | pyelonephritis        | N10   |
        | urinary infection     | N39.0 |
        | cellulitis            | L03.1 |

    Scenario: an infection of which nobody knows whether it is over
      Given a Lemtrada order for course 1
      And the patient has an infection whose status is not known
      When the order is verified
      Then the order is on hold
      And rule ci-active-infection is not evaluated at level block
      And rule ci-active-infection points to the status of condition 1 as missing

    Scenario: one active infection is enough, whatever became of the other
      Given a Lemtrada order for course 1
      And the patient has an infection whose status is not known
      And the patient has an active infection
      When the order is verified
      Then the order is rejected
      And rule ci-active-infection is violated

  @tb-screen
  Rule: A tuberculosis screen is on file and at most 12 months old on day 1
    The US label (section 2.1) asks for a screen by the local guideline. The 12 months are the project's own
    choice. They are calendar months: where the day does not exist, the first of the next month counts.

    Scenario Outline: tuberculosis test of <date>, in time for 2025-06-02
      Given a Lemtrada order for course 1
      And the tuberculosis test was on <date>
      When the order is verified
      Then the order is verified
      And rule tb-screen is cleared

      Examples: just inside, and at the limit of 12 months
        | date       |
        | 2024-06-03 |
        | 2024-06-02 |

      Examples: the latest days that count
        | date       |
        | 2025-06-01 |
        | 2025-06-02 |

    Scenario: tuberculosis test a day older than 12 months
      Given a Lemtrada order for course 1
      And the tuberculosis test was on 2024-06-01
      When the order is verified
      Then the order is rejected
      And rule tb-screen is violated at level block
      And rule tb-screen can be overridden
      And the message of rule tb-screen says "13"

    Scenario: tuberculosis test on the day after day 1
      Given a Lemtrada order for course 1
      And the tuberculosis test was on 2025-06-03
      When the order is verified
      Then the order is rejected
      And rule tb-screen is violated
      And the message of rule tb-screen says "-1"

    Scenario: a test of 29 February serves until 1 March of the next year
      Day 1 is 2025-03-01 here: the whole order stands 93 days earlier.

      Given a Lemtrada order for course 1
      And the whole order is moved back by 93 days
      And the tuberculosis test was on 2024-02-29
      When the order is verified
      Then the order is verified
      And rule tb-screen is cleared

    Scenario: a test of 29 February does not serve on 2 March of the next year
      Given a Lemtrada order for course 1
      And the whole order is moved back by 92 days
      And the tuberculosis test was on 2024-02-29
      When the order is verified
      Then the order is rejected
      And rule tb-screen is violated

    Scenario: the test ages while the course is put off
      Given a Lemtrada order for course 1
      And the tuberculosis test was on 2024-06-02
      And the course starts on 2025-06-03
      When the order is verified
      Then the order is rejected
      And rule tb-screen is violated

    Scenario: no tuberculosis test
      Given a Lemtrada order for course 1
      And there is no tuberculosis test
      When the order is verified
      Then the order is on hold
      And rule tb-screen is not evaluated at level block
      And rule tb-screen can be overridden
      And rule tb-active-untreated is not evaluated

    Scenario: tuberculosis result without a date
      Given a Lemtrada order for course 1
      And the date of the tuberculosis test is not known
      When the order is verified
      Then the order is on hold
      And rule tb-screen is not evaluated
      And rule tb-screen points to the date of the tuberculosis test as missing
      And rule tb-active-untreated is cleared

  @tb-active-untreated
  Rule: No active tuberculosis, and no latent tuberculosis without treatment
    Tuberculosis can break out while lymphocytes are low, so the label warns to treat it first. An active one
    stops the course. A latent one is acceptable once its treatment is started.

    Scenario: negative tuberculosis test
      Given a Lemtrada order for course 1
      And the result of the tuberculosis test is negative
      When the order is verified
      Then the order is verified
      And rule tb-active-untreated is cleared

    Scenario Outline: active tuberculosis by test, treatment <treatment>
      Given a Lemtrada order for course 1
      And the result of the tuberculosis test is active tuberculosis
      And the treatment of tuberculosis is <treatment>
      When the order is verified
      Then the order is rejected
      And rule tb-active-untreated is violated at level block
      And rule tb-active-untreated cannot be overridden

      Examples:
        | treatment |
        | none      |
        | started   |
        | completed |

    Scenario: active tuberculosis, treatment not stated
      Given a Lemtrada order for course 1
      And the result of the tuberculosis test is active tuberculosis
      When the order is verified
      Then the order is rejected
      And rule tb-active-untreated is violated
      And rule tb-active-untreated cannot be overridden

    Scenario: active tuberculosis among the conditions in spite of a negative test
      Given a Lemtrada order for course 1
      And the patient has active tuberculosis
      When the order is verified
      Then the order is rejected
      And rule tb-active-untreated is violated
      And rule tb-active-untreated cannot be overridden
      And rule ci-active-infection is cleared

    Scenario: active tuberculosis by its diagnosis code
      Given a Lemtrada order for course 1
      And the patient has an active condition with code A15.0
      When the order is verified
      Then the order is rejected
      And rule tb-active-untreated is violated
      And rule ci-active-infection is cleared

    Scenario: tuberculosis in the past
      Given a Lemtrada order for course 1
      And the patient had tuberculosis, resolved
      When the order is verified
      Then the order is verified
      And rule tb-active-untreated is cleared

    Scenario: latent tuberculosis without treatment
      Given a Lemtrada order for course 1
      And the result of the tuberculosis test is latent tuberculosis
      And the treatment of tuberculosis is none
      When the order is verified
      Then the order is rejected
      And rule tb-active-untreated is violated at level block
      And rule tb-active-untreated can be overridden

    Scenario Outline: latent tuberculosis, treatment <treatment>
      Given a Lemtrada order for course 1
      And the result of the tuberculosis test is latent tuberculosis
      And the treatment of tuberculosis is <treatment>
      When the order is verified
      Then the order is verified
      And rule tb-active-untreated is cleared

      Examples:
        | treatment |
        | started   |
        | completed |

    Scenario: latent tuberculosis, treatment not known
      Given a Lemtrada order for course 1
      And the result of the tuberculosis test is latent tuberculosis
      When the order is verified
      Then the order is on hold
      And rule tb-active-untreated is not evaluated at level block
      And rule tb-active-untreated points to the treatment of tuberculosis as missing

    Scenario: tuberculosis of which nobody knows whether it is over
      Given a Lemtrada order for course 1
      And the patient has tuberculosis whose status is not known
      When the order is verified
      Then the order is on hold
      And rule tb-active-untreated is not evaluated
      And rule tb-active-untreated points to the status of condition 1 as missing

    Scenario: tuberculosis test without a result
      Given a Lemtrada order for course 1
      And the result of the tuberculosis test is not known
      When the order is verified
      Then the order is on hold
      And rules tb-active-untreated and tb-screen are not evaluated

  @vzv-immunity
  Rule: Immunity to varicella zoster is known before day 1
    The US label (section 2.1) asks for a history of chickenpox or shingles, a vaccination, or antibodies. A
    patient who is not immune is best vaccinated first, and the course waits 6 weeks. Immunity may rest on
    history alone, so a result without a date is taken as known before day 1.

    Scenario Outline: immune, known <when>
      Given a Lemtrada order for course 1
      And the result of the varicella test is immune
      And the varicella test was <when>
      When the order is verified
      Then the order is verified
      And rule vzv-immunity is cleared

      Examples:
        | when               |
        | on 2011-09-14      |
        | 1 day before day 1 |
        | on 2025-06-02      |

    Scenario: immune by history, without a date
      Given a Lemtrada order for course 1
      And the date of the varicella test is not known
      When the order is verified
      Then the order is verified
      And rule vzv-immunity is cleared

    Scenario: not immune
      Given a Lemtrada order for course 1
      And the result of the varicella test is non-immune
      When the order is verified
      Then the order is on hold
      And rule vzv-immunity is violated at level warn
      And the message of rule vzv-immunity says "non-immune"

    Scenario: not immune, without a date
      Given a Lemtrada order for course 1
      And the result of the varicella test is non-immune
      And the date of the varicella test is not known
      When the order is verified
      Then the order is on hold
      And rule vzv-immunity is violated at level warn

    Scenario Outline: found <result> on the day after day 1
      Given a Lemtrada order for course 1
      And the result of the varicella test is <result>
      And the varicella test was on 2025-06-03
      When the order is verified
      Then the order is rejected
      And rule vzv-immunity is violated at level block
      And rule vzv-immunity can be overridden

      Examples:
        | result     |
        | immune     |
        | non-immune |

    Scenario: nothing documented about varicella
      Given a Lemtrada order for course 1
      And there is no varicella test
      When the order is verified
      Then the order is on hold
      And rule vzv-immunity is not evaluated at level block
      And rule vzv-immunity can be overridden
      And rule vzv-immunity points to the result of the varicella test as missing

    Scenario: a date, but no varicella result
      Given a Lemtrada order for course 1
      And the result of the varicella test is not known
      When the order is verified
      Then the order is on hold
      And rule vzv-immunity is not evaluated at level block

  @hbv-hcv
  Rule: The patient carries neither hepatitis B nor hepatitis C
    With few lymphocytes the virus can flare up and damage the liver for good. The label warns of it; who is
    at high risk, and how old a result may be, is not judged.

    Scenario Outline: hepatitis B <b>, hepatitis C <c>
      Given a Lemtrada order for course 1
      And the result of the hepatitis B test is <b>
      And the result of the hepatitis C test is <c>
      When the order is verified
      Then the order is on hold
      And rule hbv-hcv is violated at level warn

      Examples:
        | b        | c        |
        | positive | negative |
        | negative | positive |
        | positive | positive |

    Scenario: both hepatitis tests negative
      Given a Lemtrada order for course 1
      And the result of the hepatitis B test is negative
      And the result of the hepatitis C test is negative
      When the order is verified
      Then the order is verified
      And rule hbv-hcv is cleared

    Scenario: old hepatitis results still count
      Given a Lemtrada order for course 1
      And the hepatitis B test was on 2016-01-04
      And the date of the hepatitis C test is not known
      When the order is verified
      Then the order is verified
      And rule hbv-hcv is cleared

    Scenario: no hepatitis B test
      Given a Lemtrada order for course 1
      And there is no hepatitis B test
      When the order is verified
      Then the order is on hold
      And rule hbv-hcv is not evaluated at level warn
      And rule hbv-hcv points to the result of the hepatitis B test as missing

    Scenario: no hepatitis C test
      Given a Lemtrada order for course 1
      And there is no hepatitis C test
      When the order is verified
      Then the order is on hold
      And rule hbv-hcv is not evaluated at level warn
      And rule hbv-hcv points to the result of the hepatitis C test as missing

    Scenario: hepatitis B positive, hepatitis C not tested
      Given a Lemtrada order for course 1
      And the result of the hepatitis B test is positive
      And there is no hepatitis C test
      When the order is verified
      Then the order is on hold
      And rule hbv-hcv is violated

  @pml-signs
  Rule: There is no suspicion of progressive multifocal leukoencephalopathy
    PML is a viral infection of the brain that can kill or disable. The label says to withhold Lemtrada at the
    first sign of it.

    Scenario: PML is suspected
      Given a Lemtrada order for course 1
      And the patient has active suspected PML
      When the order is verified
      Then the order is rejected
      And rule pml-signs is violated at level block
      And rule pml-signs cannot be overridden

    Scenario: PML by its diagnosis code
      Given a Lemtrada order for course 1
      And the patient has an active condition with code A81.2
      When the order is verified
      Then the order is rejected
      And rule pml-signs is violated
      And rule ci-active-infection is cleared

    Scenario: the suspicion of PML was cleared up
      Given a Lemtrada order for course 1
      And the patient had suspected PML, resolved
      When the order is verified
      Then the order is verified
      And rule pml-signs is cleared

    Scenario: nobody knows whether PML is still suspected
      Given a Lemtrada order for course 1
      And the patient has suspected PML whose status is not known
      When the order is verified
      Then the order is on hold
      And rule pml-signs is not evaluated at level block

  @listeria-counselling
  Rule: The patient was counselled on food that can carry Listeria
    Listeria infections, meningitis among them, occurred after infusions. The label (section 2.1) asks to tell
    patients which foods to avoid or heat. It is shown only, and holds nothing up.

    Scenario: not counselled on Listeria
      Given a Lemtrada order for course 1
      And the patient was not counselled on listeria
      When the order is verified
      Then the order is verified
      And rule listeria-counselling is violated at level info

    Scenario: counselled on Listeria only
      Given a Lemtrada order for course 1
      And the patient was not counselled on the medication guide
      When the order is verified
      Then the order is verified
      And rule listeria-counselling is cleared

    Scenario: no counselling at all
      Given a Lemtrada order for course 1
      And there is no counselling
      When the order is verified
      Then the order is verified
      And rule listeria-counselling is violated at level info

    Scenario: counselled on everything else
      Given a Lemtrada order for course 1
      And the patient was not counselled on listeria
      And the patient was counselled on signs of infection
      And the patient was counselled on signs of stroke
      And the patient was counselled on contraception
      When the order is verified
      Then the order is verified
      And rule listeria-counselling is violated

    Scenario: counselling not recorded
      Given a Lemtrada order for course 1
      And the counselling is not known
      When the order is verified
      Then the order is verified
      And rule listeria-counselling is not evaluated at level info
      And rule listeria-counselling points to the counselling as missing

  @hpv-screen
  Rule: A woman has an HPV screen of the last 12 months on file
    HPV infection of the cervix occurred after Lemtrada, so women are screened every year. Only the date is
    read. Everyone who is not recorded as male is asked about. It is shown only, and holds nothing up.

    Scenario Outline: HPV test of <date>, in time for 2025-06-02
      Given a Lemtrada order for course 1
      And the HPV test was on <date>
      When the order is verified
      Then the order is verified
      And rule hpv-screen is cleared

      Examples:
        | date       |
        | 2024-06-03 |
        | 2024-06-02 |
        | 2025-06-01 |
        | 2025-06-02 |

    Scenario Outline: HPV test of <date>, too old or too late
      Given a Lemtrada order for course 1
      And the HPV test was on <date>
      When the order is verified
      Then the order is verified
      And rule hpv-screen is violated at level info

      Examples:
        | date       |
        | 2024-06-01 |
        | 2025-06-03 |

    Scenario: an HPV test of 29 February serves until 1 March of the next year
      Given a Lemtrada order for course 1
      And the whole order is moved back by 93 days
      And the HPV test was on 2024-02-29
      When the order is verified
      Then the order is verified
      And rule hpv-screen is cleared

    Scenario: a positive HPV test is no finding of this rule
      Given a Lemtrada order for course 1
      And the result of the HPV test is positive
      When the order is verified
      Then the order is verified
      And rule hpv-screen is cleared

    Scenario: no HPV test
      Given a Lemtrada order for course 1
      And there is no HPV test
      When the order is verified
      Then the order is verified
      And rule hpv-screen is not evaluated at level info

    Scenario: HPV result without a date
      Given a Lemtrada order for course 1
      And the date of the HPV test is not known
      When the order is verified
      Then the order is verified
      And rule hpv-screen is not evaluated at level info
      And rule hpv-screen points to the date of the HPV test as missing

    Scenario: a man needs no HPV test
      Given a Lemtrada order for course 1
      And the patient is male
      And there is no HPV test
      When the order is verified
      Then the order is verified
      And rule hpv-screen is not applicable

    Scenario Outline: sex <sex>, and the HPV test too old
      Given a Lemtrada order for course 1
      And the sex of the patient is <sex>
      And the HPV test was on 2024-06-01
      When the order is verified
      Then the order is verified
      And rule hpv-screen is violated

      Examples:
        | sex                 |
        | other               |
        | recorded as unknown |
