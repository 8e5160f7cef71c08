Feature: Complete orders that pass
  These are the orders that all other features start from, with nothing changed. Each rule that can be asked
  of them is cleared; the others do not apply. A rule that spoke up here would speak up on every good order.

  Scenario: first course, five infusions of 12 mg from Monday 2025-06-02
    A woman of 34 with relapsing-remitting multiple sclerosis, after interferon and dimethyl fumarate. There
    are no earlier infusions.

    Given a Lemtrada order for course 1
    When the order is verified
    Then the order is verified
    # product, dose and course
    And these rules are cleared:
      | product-indication-match |
      | campath-concurrent       |
      | campath-history          |
      | duplicate-alemtuzumab    |
      | dose-12mg                |
      | dose-volume-1-2ml        |
      | one-vial-per-dose        |
      | course-1-five-days       |
      | course-consecutive-days  |
      | course-number-consistent |
      | course-count-cap         |
      | indication-relapsing-ms  |
      | indication-cis           |
      | two-prior-dmt            |
      | age-minimum              |
      | age-65plus               |
    # preparation and infusion
    And these rules are cleared:
      | diluent-allowed   |
      | bag-volume-100ml  |
      | must-dilute       |
      | route-iv-infusion |
      | infusion-min-4h   |
      | infusion-long     |
      | bag-start-8h      |
      | bag-end-8h        |
      | bag-temperature   |
      | vial-storage      |
      | no-mix            |
      | setting-equipped  |
      | observe-2h        |
      | vitals-order      |
    # premedication and prophylaxis
    And these rules are cleared:
      | steroid-days-1-3         |
      | steroid-dose-1000        |
      | steroid-before-infusion  |
      | antihistamine-considered |
      | antipyretic-considered   |
      | antiviral-present        |
      | antiviral-duration       |
      | antiviral-accepted       |
    # infection and vaccines
    And these rules are cleared:
      | ci-hypersensitivity  |
      | ci-hiv               |
      | hiv-test-on-file     |
      | ci-active-infection  |
      | tb-screen            |
      | tb-active-untreated  |
      | vzv-immunity         |
      | vaccine-live-6wk     |
      | vaccine-other-6wk    |
      | vaccine-live-after   |
      | opv-household        |
      | hbv-hcv              |
      | pml-signs            |
      | listeria-counselling |
      | hpv-screen           |
    # other diseases, medicines and pregnancy
    And these rules are cleared:
      | autoimmune-history           |
      | thyroid-active               |
      | cv-cerebro-history           |
      | coagulopathy-anticoagulant   |
      | kidney-lung-liver            |
      | malignancy                   |
      | immunosuppressant-concurrent |
      | pregnancy                    |
      | pregnancy-test               |
      | contraception-4mo            |
      | lactation                    |
      | medication-unrecognised      |
      | renal-hepatic-drugs          |
    # laboratory, monitoring and REMS
    And these rules are cleared:
      | baseline-labs-complete  |
      | baseline-labs-30d       |
      | baseline-upcr-first     |
      | baseline-abnormal       |
      | baseline-skin-exam      |
      | monitoring-plan-48mo    |
      | rems-prescriber         |
      | rems-pharmacy           |
      | rems-facility           |
      | rems-patient-enrolled   |
      | rems-patient-authorized |
      | rems-prescription-form  |
      | rems-med-guide          |
    # what this order gives no reason to ask
    And these rules are not applicable:
      | course-2-three-days      |
      | course-3plus-three-days  |
      | course-interrupted       |
      | course-interval-12mo     |
      | course-interval-late     |
      | prior-course-incomplete  |
      | infusion-rate-derived    |
      | antiviral-cd4            |
      | suspect-autoimmune-event |
      | monitoring-adherence     |
      | rems-status-form         |

  Scenario: second course, three infusions of 12 mg from Monday 2026-06-08
    The first course ended on 2025-06-06, more than 12 months before. Blood counts, creatinine and urine were
    checked every 28 days since, the thyroid every 84 days.

    Given a Lemtrada order for course 2
    When the order is verified
    Then the order is verified
    # product, dose and course
    And these rules are cleared:
      | product-indication-match |
      | campath-concurrent       |
      | campath-history          |
      | duplicate-alemtuzumab    |
      | dose-12mg                |
      | dose-volume-1-2ml        |
      | one-vial-per-dose        |
      | course-2-three-days      |
      | course-consecutive-days  |
      | course-interval-12mo     |
      | course-interval-late     |
      | prior-course-incomplete  |
      | course-number-consistent |
      | course-count-cap         |
      | indication-relapsing-ms  |
      | indication-cis           |
      | two-prior-dmt            |
      | age-minimum              |
      | age-65plus               |
    # preparation and infusion
    And these rules are cleared:
      | diluent-allowed   |
      | bag-volume-100ml  |
      | must-dilute       |
      | route-iv-infusion |
      | infusion-min-4h   |
      | infusion-long     |
      | bag-start-8h      |
      | bag-end-8h        |
      | bag-temperature   |
      | vial-storage      |
      | no-mix            |
      | setting-equipped  |
      | observe-2h        |
      | vitals-order      |
    # premedication and prophylaxis
    And these rules are cleared:
      | steroid-days-1-3         |
      | steroid-dose-1000        |
      | steroid-before-infusion  |
      | antihistamine-considered |
      | antipyretic-considered   |
      | antiviral-present        |
      | antiviral-duration       |
      | antiviral-accepted       |
    # infection and vaccines
    And these rules are cleared:
      | ci-hypersensitivity  |
      | ci-hiv               |
      | hiv-test-on-file     |
      | ci-active-infection  |
      | tb-screen            |
      | tb-active-untreated  |
      | vzv-immunity         |
      | vaccine-live-6wk     |
      | vaccine-other-6wk    |
      | vaccine-live-after   |
      | opv-household        |
      | hbv-hcv              |
      | pml-signs            |
      | listeria-counselling |
      | hpv-screen           |
    # other diseases, medicines and pregnancy
    And these rules are cleared:
      | autoimmune-history           |
      | thyroid-active               |
      | cv-cerebro-history           |
      | coagulopathy-anticoagulant   |
      | kidney-lung-liver            |
      | malignancy                   |
      | immunosuppressant-concurrent |
      | pregnancy                    |
      | pregnancy-test               |
      | contraception-4mo            |
      | lactation                    |
      | suspect-autoimmune-event     |
      | medication-unrecognised      |
      | renal-hepatic-drugs          |
    # laboratory, monitoring and REMS
    And these rules are cleared:
      | baseline-labs-complete  |
      | baseline-labs-30d       |
      | baseline-upcr-first     |
      | baseline-abnormal       |
      | baseline-skin-exam      |
      | monitoring-adherence    |
      | monitoring-plan-48mo    |
      | rems-prescriber         |
      | rems-pharmacy           |
      | rems-facility           |
      | rems-patient-enrolled   |
      | rems-patient-authorized |
      | rems-prescription-form  |
      | rems-med-guide          |
      | rems-status-form        |
    # what this order gives no reason to ask
    And these rules are not applicable:
      | course-1-five-days      |
      | course-3plus-three-days |
      | course-interrupted      |
      | infusion-rate-derived   |
      | antiviral-cd4           |

  Scenario: third course, three infusions of 12 mg from Monday 2026-06-08
    The first course was in June 2024, the second ended on 2025-06-04.

    Given a Lemtrada order for course 3
    When the order is verified
    Then the order is verified
    # product, dose and course
    And these rules are cleared:
      | product-indication-match |
      | campath-concurrent       |
      | campath-history          |
      | duplicate-alemtuzumab    |
      | dose-12mg                |
      | dose-volume-1-2ml        |
      | one-vial-per-dose        |
      | course-3plus-three-days  |
      | course-consecutive-days  |
      | course-interval-12mo     |
      | course-interval-late     |
      | prior-course-incomplete  |
      | course-number-consistent |
      | course-count-cap         |
      | indication-relapsing-ms  |
      | indication-cis           |
      | two-prior-dmt            |
      | age-minimum              |
      | age-65plus               |
    # preparation and infusion
    And these rules are cleared:
      | diluent-allowed   |
      | bag-volume-100ml  |
      | must-dilute       |
      | route-iv-infusion |
      | infusion-min-4h   |
      | infusion-long     |
      | bag-start-8h      |
      | bag-end-8h        |
      | bag-temperature   |
      | vial-storage      |
      | no-mix            |
      | setting-equipped  |
      | observe-2h        |
      | vitals-order      |
    # premedication and prophylaxis
    And these rules are cleared:
      | steroid-days-1-3         |
      | steroid-dose-1000        |
      | steroid-before-infusion  |
      | antihistamine-considered |
      | antipyretic-considered   |
      | antiviral-present        |
      | antiviral-duration       |
      | antiviral-accepted       |
    # infection and vaccines
    And these rules are cleared:
      | ci-hypersensitivity  |
      | ci-hiv               |
      | hiv-test-on-file     |
      | ci-active-infection  |
      | tb-screen            |
      | tb-active-untreated  |
      | vzv-immunity         |
      | vaccine-live-6wk     |
      | vaccine-other-6wk    |
      | vaccine-live-after   |
      | opv-household        |
      | hbv-hcv              |
      | pml-signs            |
      | listeria-counselling |
      | hpv-screen           |
    # other diseases, medicines and pregnancy
    And these rules are cleared:
      | autoimmune-history           |
      | thyroid-active               |
      | cv-cerebro-history           |
      | coagulopathy-anticoagulant   |
      | kidney-lung-liver            |
      | malignancy                   |
      | immunosuppressant-concurrent |
      | pregnancy                    |
      | pregnancy-test               |
      | contraception-4mo            |
      | lactation                    |
      | suspect-autoimmune-event     |
      | medication-unrecognised      |
      | renal-hepatic-drugs          |
    # laboratory, monitoring and REMS
    And these rules are cleared:
      | baseline-labs-complete  |
      | baseline-labs-30d       |
      | baseline-upcr-first     |
      | baseline-abnormal       |
      | baseline-skin-exam      |
      | monitoring-adherence    |
      | monitoring-plan-48mo    |
      | rems-prescriber         |
      | rems-pharmacy           |
      | rems-facility           |
      | rems-patient-enrolled   |
      | rems-patient-authorized |
      | rems-prescription-form  |
      | rems-med-guide          |
      | rems-status-form        |
    # what this order gives no reason to ask
    And these rules are not applicable:
      | course-1-five-days    |
      | course-2-three-days   |
      | course-interrupted    |
      | infusion-rate-derived |
      | antiviral-cd4         |

  Scenario Outline: course <course> passes, with a note that little is known beyond three courses
    Given a Lemtrada order for course <course>
    When the order is verified
    Then the order is verified
    And rule course-count-cap is violated at level info
    And rules course-3plus-three-days, course-number-consistent and course-interval-12mo are cleared

    Examples:
      | course |
      | 4      |
      | 5      |
      | 9      |

  Scenario Outline: course <course> passes at any time of the year, here <days> days later: <why>
    Given a Lemtrada order for course <course>
    And the whole order is moved by <days> days
    When the order is verified
    Then the order is verified

    Examples: first courses that would begin on 2025-06-02
      | course | days | why                                          |
      | 1      | 1    | from a Tuesday on                            |
      | 1      | 26   | over the end of June                         |
      | 1      | 151  | over the end of summer time on 2025-11-02    |
      | 1      | 212  | over the end of the year                     |
      | 1      | 277  | over the start of summer time on 2026-03-08  |
      | 1      | 1000 | over the leap day 2028-02-29                 |

    Examples: later courses that would begin on 2026-06-08
      | course | days | why                                          |
      | 2      | 145  | over the end of summer time on 2026-11-01    |
      | 2      | 278  | over the start of summer time on 2027-03-14  |
      | 2      | 630  | over the leap day 2028-02-29                 |
      | 3      | 630  | over the leap day 2028-02-29                 |

  Scenario Outline: course 1 passes in the time zone <zone>
    Given a Lemtrada order for course 1
    And the time zone is <zone>
    When the order is verified
    Then the order is verified

    Examples: where the hours of the order still fall on the same dates
      | zone             |
      | Europe/Berlin    |
      | Europe/Lisbon    |
      | UTC              |
      | Asia/Kathmandu   |
