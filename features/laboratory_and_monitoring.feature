Feature: Laboratory results before a course, and monitoring between and after courses

  Lemtrada can harm blood cells, kidneys, thyroid and liver, and may raise the risk of melanoma. So there
  are tests before each course, monthly and three-monthly tests after it, and a yearly look at the skin.
  Only what is dated on or before day 1 counts as done before the course. A complete blood count with
  differential is read as neutrophils, platelets and lymphocytes.

  @baseline-labs-complete
  Rule: Every baseline test has a result by day 1

    Without a value from before the course, later changes cannot be read. Sections 2.6, 5.1, 5.8 and 5.10 of
    the US label name the tests. A test that stands nowhere in the results is lacking; a result whose value
    or unit cannot be read is not lacking, but leaves the rule not evaluated.

    Scenario Outline: the <test> is lacking
      Given a Lemtrada order for course 1
      And there is no <test> result
      When the order is verified
      Then the order is rejected
      And rule baseline-labs-complete is violated at level block
      And rule baseline-labs-complete cannot be overridden
      And rules baseline-labs-30d and baseline-abnormal are cleared

      Examples:
        | test             |
        | neutrophil count |
        | platelet count   |
        | lymphocyte count |
        | creatinine       |
        | urinalysis       |
        | TSH              |
        | ALT              |
        | AST              |
        | bilirubin        |

    Scenario: the protein-creatinine ratio is lacking
      Given a Lemtrada order for course 1
      And there is no protein-creatinine ratio result
      When the order is verified
      Then the order is rejected
      And rule baseline-labs-complete is violated
      And rule baseline-upcr-first is violated

    Scenario: every test has a result, and the CD4 count is none of them
      Given a Lemtrada order for course 1
      When the order is verified
      Then the order is verified
      And rule baseline-labs-complete is cleared

    Scenario: a result of day 1 itself counts
      Given a Lemtrada order for course 1
      And the newest TSH result is from day 1
      When the order is verified
      Then the order is verified
      And rule baseline-labs-complete is cleared

    Scenario: a result of the day after day 1 does not count
      Given a Lemtrada order for course 1
      And the newest TSH result is from day 2
      When the order is verified
      Then the order is rejected
      And rule baseline-labs-complete is violated
      And the message of rule baseline-labs-complete says "tsh"

    Scenario: the results of an earlier course are results, if old ones
      Given a Lemtrada order for course 2
      And the TSH result of 2026-05-26 is left out
      When the order is verified
      Then the order is rejected
      And rule baseline-labs-complete is cleared
      And rule baseline-labs-30d is violated

    Scenario: there is no result at all
      Given a Lemtrada order for course 1
      And there are no laboratory results
      When the order is verified
      Then the order is rejected
      And rule baseline-labs-complete is violated
      And rule baseline-upcr-first is violated
      And rules baseline-labs-30d and baseline-abnormal are not applicable

    Scenario: a platelet count without its value
      Given a Lemtrada order for course 1
      And the value of the newest platelet count result is not known
      When the order is verified
      Then the order is on hold
      And rule baseline-labs-complete is not evaluated at level block
      And rule baseline-labs-complete points to the value of the newest platelet count result as missing
      And rules baseline-labs-30d and baseline-abnormal are not evaluated

    Scenario: a platelet count without its unit
      Given a Lemtrada order for course 1
      And the unit of the newest platelet count result is not known
      When the order is verified
      Then the order is on hold
      And rule baseline-labs-complete is not evaluated at level block
      And rule baseline-labs-complete points to the unit of the newest platelet count result as missing
      And rules baseline-labs-30d and baseline-abnormal are not evaluated

    Scenario: a platelet count in a unit in which platelets are not counted
      Given a Lemtrada order for course 1
      And the platelet count is 231 mg/dL
      When the order is verified
      Then the order is on hold
      And rule baseline-labs-complete is not evaluated at level block
      And rules baseline-labs-30d and baseline-abnormal are not evaluated

    Scenario: a lacking test speaks louder than one that cannot be read
      Given a Lemtrada order for course 1
      And there is no lymphocyte count result
      And the value of the newest TSH result is not known
      When the order is verified
      Then the order is rejected
      And rule baseline-labs-complete is violated
      And the message of rule baseline-labs-complete says "lymphocytes"
      And rule baseline-labs-30d is not evaluated

    Scenario: a result that does not say of which test
      Given a Lemtrada order for course 1
      And a laboratory result without a test is from 2025-05-20
      When the order is verified
      Then the order is on hold
      And rule baseline-labs-complete is not evaluated at level block
      And these rules are not evaluated:
        | baseline-abnormal   |
        | baseline-labs-30d   |
        | baseline-upcr-first |

    Scenario: the laboratory results are not known
      Given a Lemtrada order for course 1
      And the laboratory results are not known
      When the order is verified
      Then the order is on hold
      And rule baseline-labs-complete is not evaluated at level block
      And rule baseline-labs-complete points to the laboratory results as missing
      And these rules are not evaluated:
        | baseline-abnormal   |
        | baseline-labs-30d   |
        | baseline-upcr-first |

  @baseline-labs-30d
  Rule: The baseline results are at most 30 days old on day 1

    The REMS form of 2019 asks for recent results before each course. The age is counted in days from the
    newest result up to day 1, so results can grow too old when day 1 slips. A lacking test is the matter of
    the rule baseline-labs-complete.

    Scenario Outline: all results are <days> days old on day 1
      Given a Lemtrada order for course 1
      And the laboratory results are from <days> days before day 1
      When the order is verified
      Then the order is verified
      And rule baseline-labs-30d is cleared

      Examples:
        | days |
        | 0    |
        | 1    |
        | 29   |
        | 30   |

    Scenario Outline: all results are <days> days old, which is too old
      Given a Lemtrada order for course 1
      And the laboratory results are from <days> days before day 1
      When the order is verified
      Then the order is rejected
      And rule baseline-labs-30d is violated at level block
      And rule baseline-labs-30d cannot be overridden
      And the message of rule baseline-labs-30d says "<days>"

      Examples:
        | days |
        | 31   |
        | 32   |
        | 365  |

    Scenario Outline: the <test> alone is 31 days old
      Given a Lemtrada order for course 1
      And the newest <test> result is from 31 days before day 1
      When the order is verified
      Then the order is rejected
      And rule baseline-labs-30d is violated
      And rule baseline-labs-30d shows the date of the newest <test> result as evidence

      Examples:
        | test                     |
        | neutrophil count         |
        | platelet count           |
        | lymphocyte count         |
        | creatinine               |
        | urinalysis               |
        | protein-creatinine ratio |
        | TSH                      |
        | ALT                      |
        | AST                      |
        | bilirubin                |

    Scenario: a result of day 1 itself is recent
      Given a Lemtrada order for course 1
      And the laboratory results are from day 1
      When the order is verified
      Then the order is verified
      And rule baseline-labs-30d is cleared

    Scenario: an old result beside a recent one does not matter
      Given a Lemtrada order for course 1
      And a further platelet count of 198,000 per microlitre is from 2024-11-04
      When the order is verified
      Then the order is verified
      And rule baseline-labs-30d is cleared

    Scenario: day 1 slips, and results of 2025-05-20 are just recent enough
      Given a Lemtrada order for course 1
      And the course starts on 2025-06-19
      And the pregnancy test was on 2025-06-17
      When the order is verified
      Then the order is verified
      And rule baseline-labs-30d is cleared

    Scenario: day 1 slips by a day more, and results of 2025-05-20 are too old
      Given a Lemtrada order for course 1
      And the course starts on 2025-06-20
      And the pregnancy test was on 2025-06-17
      When the order is verified
      Then the order is rejected
      And rule baseline-labs-30d is violated

    Scenario: the limit holds for each course, not for the first only
      Given a Lemtrada order for course 2
      And the newest bilirubin result is from 2026-05-08
      When the order is verified
      Then the order is rejected
      And rule baseline-labs-30d is violated
      And the message of rule baseline-labs-30d says "31"

    Scenario: results of a later course, 30 days old
      Given a Lemtrada order for course 2
      And the newest bilirubin result is from 2026-05-09
      When the order is verified
      Then the order is verified
      And rule baseline-labs-30d is cleared

    Scenario: a lacking test has no age
      Given a Lemtrada order for course 1
      And there is no bilirubin result
      When the order is verified
      Then the order is rejected
      And rule baseline-labs-30d is cleared
      And rule baseline-labs-complete is violated

    Scenario: the date of a result is not known
      Given a Lemtrada order for course 1
      And the date of the newest TSH result is not known
      When the order is verified
      Then the order is on hold
      And rule baseline-labs-30d is not evaluated at level block
      And rule baseline-labs-complete is not evaluated

    Scenario: without any result there is no age to judge
      Given a Lemtrada order for course 1
      And there are no laboratory results
      When the order is verified
      Then the order is rejected
      And rule baseline-labs-30d is not applicable
      And rule baseline-abnormal is not applicable
      And rules baseline-labs-complete and baseline-upcr-first are violated

  @baseline-upcr-first
  Rule: The urine protein-creatinine ratio is measured before the course

    Immune-mediated kidney disease shows as protein in the urine. The label asks for the ratio before
    treatment starts, so it blocks the first course; the REMS form repeats it for later ones, where this
    rule warns. As one of the baseline tests a lacking ratio violates the rule baseline-labs-complete as
    well.

    Scenario: the first course without the ratio
      Given a Lemtrada order for course 1
      And there is no protein-creatinine ratio result
      When the order is verified
      Then the order is rejected
      And rule baseline-upcr-first is violated at level block
      And rule baseline-upcr-first cannot be overridden
      And rule baseline-labs-complete is violated

    Scenario Outline: course <course> without the ratio
      Given a Lemtrada order for course <course>
      And there is no protein-creatinine ratio result
      When the order is verified
      Then the order is rejected
      And rule baseline-upcr-first is violated at level warn
      And rule baseline-labs-complete is violated at level block

      Examples:
        | course |
        | 2      |
        | 3      |

    Scenario Outline: course <course> with the ratio
      Given a Lemtrada order for course <course>
      When the order is verified
      Then the order is verified
      And rule baseline-upcr-first is cleared

      Examples:
        | course |
        | 1      |
        | 2      |
        | 3      |

    Scenario Outline: the ratio is read in the unit <unit>
      Given a Lemtrada order for course 1
      And the protein-creatinine ratio is <value> <unit>
      When the order is verified
      Then the order is verified
      And rule baseline-upcr-first is cleared

      Examples:
        | value | unit    |
        | 0.08  | mg/mg   |
        | 0.08  | g/g     |
        | 80    | mg/g    |
        | 9.05  | mg/mmol |

    Scenario: the ratio of day 1 itself counts
      Given a Lemtrada order for course 1
      And the newest protein-creatinine ratio result is from day 1
      When the order is verified
      Then the order is verified
      And rule baseline-upcr-first is cleared

    Scenario: the ratio was measured the day after day 1
      Given a Lemtrada order for course 1
      And the newest protein-creatinine ratio result is from day 2
      When the order is verified
      Then the order is rejected
      And rule baseline-upcr-first is violated at level block
      And rule baseline-labs-complete is violated

    Scenario: the ratio before the first course is on file without its value
      Given a Lemtrada order for course 1
      And the value of the newest protein-creatinine ratio result is not known
      When the order is verified
      Then the order is on hold
      And rule baseline-upcr-first is not evaluated at level block
      And rules baseline-labs-complete and baseline-labs-30d are not evaluated

    Scenario: the ratio before a later course is on file without its value
      Given a Lemtrada order for course 2
      And the value of the newest protein-creatinine ratio result is not known
      When the order is verified
      Then the order is on hold
      And rule baseline-upcr-first is not evaluated at level warn
      And rules baseline-labs-complete and baseline-labs-30d are not evaluated

    Scenario: the ratio is lacking and it is not known before which course
      Given a Lemtrada order for course 1
      And there is no protein-creatinine ratio result
      And the course number is not known
      When the order is verified
      Then the order is rejected
      And rule baseline-upcr-first is not evaluated at level block
      And rule baseline-upcr-first points to the course number as missing
      And rule baseline-labs-complete is violated
      And these rules are not evaluated:
        | course-1-five-days       |
        | course-2-three-days      |
        | course-3plus-three-days  |
        | course-number-consistent |
        | rems-patient-authorized  |
        | rems-status-form         |

  @baseline-abnormal
  Rule: The baseline results are not far out of range

    A value that is out of range before the course may be a sign of harm by an earlier one, or hide harm by
    this one. The US label states no numbers; these are a choice of this project: platelets at least
    100,000 and neutrophils at least 1,000 per microlitre; ALT and AST at most three times, bilirubin at
    most twice and creatinine at most once the upper limit of normal that the laboratory gives with the
    result; urinalysis normal. The newest results on or before day 1 are judged; of several on that day all
    must pass.

    Scenario Outline: a platelet count of <count> <unit> is too low
      Given a Lemtrada order for course 1
      And the platelet count is <count> <unit>
      When the order is verified
      Then the order is on hold
      And rule baseline-abnormal is violated at level warn
      And rule baseline-abnormal shows the value of the newest platelet count result as evidence

      Examples:
        | count  | unit                    |
        | 0      | per microlitre          |
        | 99,999 | per microlitre          |
        | 99.999 | thousand per microlitre |
        | 99.999 | billion per litre       |

    Scenario Outline: a platelet count of <count> <unit> is enough
      Given a Lemtrada order for course 1
      And the platelet count is <count> <unit>
      When the order is verified
      Then the order is verified
      And rule baseline-abnormal is cleared

      Examples:
        | count   | unit                    |
        | 100,000 | per microlitre          |
        | 100,001 | per microlitre          |
        | 100     | thousand per microlitre |
        | 100     | billion per litre       |

    Scenario Outline: a neutrophil count of <count> <unit> is too low
      Given a Lemtrada order for course 1
      And the neutrophil count is <count> <unit>
      When the order is verified
      Then the order is on hold
      And rule baseline-abnormal is violated at level warn
      And rule baseline-abnormal shows the value of the newest neutrophil count result as evidence

      Examples:
        | count | unit                    |
        | 0     | per microlitre          |
        | 999   | per microlitre          |
        | 0.999 | thousand per microlitre |
        | 0.999 | billion per litre       |

    Scenario Outline: a neutrophil count of <count> <unit> is enough
      Given a Lemtrada order for course 1
      And the neutrophil count is <count> <unit>
      When the order is verified
      Then the order is verified
      And rule baseline-abnormal is cleared

      Examples:
        | count | unit                    |
        | 1000  | per microlitre          |
        | 1001  | per microlitre          |
        | 1     | thousand per microlitre |
        | 1     | billion per litre       |

    Scenario Outline: <test> of <value> <unit>, the upper limit being <limit>, is too high
      Given a Lemtrada order for course 1
      And the <test> is <value> <unit> with an upper limit of <limit>
      When the order is verified
      Then the order is on hold
      And rule baseline-abnormal is violated at level warn
      And rule baseline-abnormal shows the value of the newest <test> result as evidence

      Examples: just above the limit, and far above it
        | test       | value   | unit       | limit |
        | ALT        | 121     | U/L        | 40    |
        | ALT        | 120.001 | U/L        | 40    |
        | ALT        | 400     | IU/L       | 40    |
        | AST        | 121     | U/L        | 40    |
        | AST        | 120.001 | IU/L       | 40    |
        | bilirubin  | 2.41    | mg/dL      | 1.2   |
        | bilirubin  | 41      | micromol/L | 20    |
        | creatinine | 1.11    | mg/dL      | 1.1   |
        | creatinine | 98      | micromol/L | 97    |

    Scenario Outline: <test> of <value> <unit>, the upper limit being <limit>, is not too high
      Given a Lemtrada order for course 1
      And the <test> is <value> <unit> with an upper limit of <limit>
      When the order is verified
      Then the order is verified
      And rule baseline-abnormal is cleared

      Examples: at the limit and just below it
        | test       | value | unit       | limit |
        | ALT        | 120   | U/L        | 40    |
        | ALT        | 119   | U/L        | 40    |
        | AST        | 120   | U/L        | 40    |
        | AST        | 119   | IU/L       | 40    |
        | bilirubin  | 2.4   | mg/dL      | 1.2   |
        | bilirubin  | 2.39  | mg/dL      | 1.2   |
        | bilirubin  | 40    | micromol/L | 20    |
        | creatinine | 1.1   | mg/dL      | 1.1   |
        | creatinine | 1.09  | mg/dL      | 1.1   |
        | creatinine | 97    | micromol/L | 97    |

    Scenario: an abnormal urinalysis
      Given a Lemtrada order for course 1
      And the urinalysis is abnormal
      When the order is verified
      Then the order is on hold
      And rule baseline-abnormal is violated at level warn

    Scenario Outline: a second urinalysis that is abnormal, of <day>
      Given a Lemtrada order for course 1
      And a further abnormal urinalysis is from <day>
      When the order is verified
      Then the order is <decision>
      And rule baseline-abnormal is <outcome>

      Examples: the first one is of 2025-05-20
        | day        | decision | outcome  |
        | 2025-05-20 | on hold  | violated |
        | 2025-05-19 | verified | cleared  |

    Scenario: a normal urinalysis
      Given a Lemtrada order for course 1
      And the urinalysis is normal
      When the order is verified
      Then the order is verified
      And rule baseline-abnormal is cleared

    Scenario: lymphocytes, TSH and protein-creatinine ratio have no limit here
      Given a Lemtrada order for course 1
      And the lymphocyte count is 150 per microlitre
      And the TSH is 45 mIU/L
      And the protein-creatinine ratio is 900 mg/g
      When the order is verified
      Then the order is verified
      And rule baseline-abnormal is cleared

    Scenario: one of two results of the newest day is too low
      Given a Lemtrada order for course 1
      And a further platelet count of 99,999 per microlitre is from 2025-05-20
      When the order is verified
      Then the order is on hold
      And rule baseline-abnormal is violated

    Scenario: one of two results of the newest day is too high
      Given a Lemtrada order for course 1
      And a further ALT of 121 U/L with an upper limit of 40 is from 2025-05-20
      When the order is verified
      Then the order is on hold
      And rule baseline-abnormal is violated

    Scenario: an older result that was too low does not matter
      Given a Lemtrada order for course 1
      And a further platelet count of 60,000 per microlitre is from 2025-05-19
      When the order is verified
      Then the order is verified
      And rule baseline-abnormal is cleared

    Scenario: a newer result that is too low matters
      Given a Lemtrada order for course 1
      And a further platelet count of 60,000 per microlitre is from 2025-05-21
      When the order is verified
      Then the order is on hold
      And rule baseline-abnormal is violated

    Scenario: a result of the day after day 1 is not judged
      Given a Lemtrada order for course 1
      And a further platelet count of 60,000 per microlitre is from 2025-06-03
      When the order is verified
      Then the order is verified
      And rule baseline-abnormal is cleared

    Scenario: a lacking test is not judged
      Given a Lemtrada order for course 1
      And there is no platelet count result
      When the order is verified
      Then the order is rejected
      And rule baseline-abnormal is cleared
      And rule baseline-labs-complete is violated

    Scenario Outline: the laboratory gives no upper limit with the <test>
      Given a Lemtrada order for course 1
      And the upper limit of the newest <test> result is not known
      When the order is verified
      Then the order is on hold
      And rule baseline-abnormal is not evaluated at level warn
      And rule baseline-abnormal points to the upper limit of the newest <test> result as missing

      Examples:
        | test       |
        | ALT        |
        | AST        |
        | bilirubin  |
        | creatinine |

    Scenario: a low platelet count speaks louder than an upper limit that is not known
      Given a Lemtrada order for course 1
      And the platelet count is 99,999 per microlitre
      And the upper limit of the newest creatinine result is not known
      When the order is verified
      Then the order is on hold
      And rule baseline-abnormal is violated at level warn

    Scenario: without any result there is nothing out of range
      Given a Lemtrada order for course 1
      And there are no laboratory results
      When the order is verified
      Then the order is rejected
      And rule baseline-abnormal is not applicable
      And rule baseline-labs-30d is not applicable
      And rules baseline-labs-complete and baseline-upcr-first are violated

  @baseline-skin-exam
  Rule: The skin was examined within 12 months before day 1, with a normal result

    The boxed warning of the label names melanoma: the skin is examined before treatment and every year. The
    examination counts if the same day 12 months on is day 1 or later; where that month has no such day, the
    first of the next month stands for it.

    Scenario Outline: the skin was examined on <day>, day 1 is 2025-06-02
      Given a Lemtrada order for course 1
      And the skin examination was on <day>
      When the order is verified
      Then the order is verified
      And rule baseline-skin-exam is cleared

      Examples: 12 months to the day, a day less, the day before day 1, and day 1 itself
        | day        |
        | 2024-06-02 |
        | 2024-06-03 |
        | 2025-06-01 |
        | 2025-06-02 |

    Scenario Outline: an examination on <day> is too old or too late for day 1 on 2025-06-02
      Given a Lemtrada order for course 1
      And the skin examination was on <day>
      When the order is verified
      Then the order is on hold
      And rule baseline-skin-exam is violated at level warn
      And rule baseline-skin-exam shows the date of the skin examination as evidence

      Examples: a day more than 12 months, two years, and the day after day 1
        | day        |
        | 2024-06-01 |
        | 2023-06-02 |
        | 2025-06-03 |

    Scenario: 12 months after 29 February end on 1 March
      Given a Lemtrada order for course 1
      And the whole order is moved back by 93 days
      And infusion 1 is on 2025-03-01
      And the skin examination was on 2024-02-29
      When the order is verified
      Then the order is verified
      And rule baseline-skin-exam is cleared

    Scenario: 12 months after 28 February end on 28 February
      Given a Lemtrada order for course 1
      And the whole order is moved back by 93 days
      And infusion 1 is on 2025-03-01
      And the skin examination was on 2024-02-28
      When the order is verified
      Then the order is on hold
      And rule baseline-skin-exam is violated

    Scenario: the skin examination had an abnormal result
      Given a Lemtrada order for course 1
      And the result of the skin examination is abnormal
      When the order is verified
      Then the order is on hold
      And rule baseline-skin-exam is violated at level warn
      And the message of rule baseline-skin-exam says "abnormal"

    Scenario: an abnormal result speaks louder than a date that is not known
      Given a Lemtrada order for course 1
      And the result of the skin examination is abnormal
      And the date of the skin examination is not known
      When the order is verified
      Then the order is on hold
      And rule baseline-skin-exam is violated

    Scenario: no skin examination is on file
      Given a Lemtrada order for course 1
      And there is no skin examination
      When the order is verified
      Then the order is on hold
      And rule baseline-skin-exam is not evaluated at level warn

    Scenario: the date of the skin examination is not known
      Given a Lemtrada order for course 1
      And the date of the skin examination is not known
      When the order is verified
      Then the order is on hold
      And rule baseline-skin-exam is not evaluated at level warn
      And rule baseline-skin-exam points to the date of the skin examination as missing

    Scenario: the result of the skin examination is not known
      Given a Lemtrada order for course 1
      And the result of the skin examination is not known
      When the order is verified
      Then the order is on hold
      And rule baseline-skin-exam is not evaluated at level warn
      And rule baseline-skin-exam points to the result of the skin examination as missing

  @monitoring-adherence
  Rule: The monitoring since the last course has no gap

    An autoimmune disease that begins in a gap of the monitoring stays unseen. The label asks for blood
    counts, creatinine and urinalysis every month and for TSH every three months. That a month is at most
    31 and three months are at most 92 days between results is a choice of this project. The last earlier
    infusion begins the first interval, day 1 ends the last one. In the examples the last earlier infusion
    was on 2025-06-06 and day 1 is 2026-06-08.

    Scenario Outline: no <test> for 32 days in autumn
      Given a Lemtrada order for course 2
      And the <test> result of 2025-11-18 is from 2025-11-22
      When the order is verified
      Then the order is on hold
      And rule monitoring-adherence is violated at level warn
      And the message of rule monitoring-adherence says "32"

      Examples: the result before it is of 2025-10-21
        | test             |
        | neutrophil count |
        | platelet count   |
        | creatinine       |
        | urinalysis       |

    Scenario Outline: no <test> for <days> days in autumn
      Given a Lemtrada order for course 2
      And the <test> result of 2025-11-18 is from <day>
      When the order is verified
      Then the order is verified
      And rule monitoring-adherence is cleared

      Examples: the result before it is of 2025-10-21
        | test             | day        | days |
        | neutrophil count | 2025-11-21 | 31   |
        | platelet count   | 2025-11-21 | 31   |
        | creatinine       | 2025-11-21 | 31   |
        | urinalysis       | 2025-11-21 | 31   |
        | platelet count   | 2025-11-20 | 30   |

    Scenario Outline: a monthly <test> was left out
      Given a Lemtrada order for course 2
      And the <test> result of 2026-01-13 is left out
      When the order is verified
      Then the order is on hold
      And rule monitoring-adherence is violated at level warn
      And the message of rule monitoring-adherence says "56"

      Examples:
        | test             |
        | neutrophil count |
        | platelet count   |
        | creatinine       |
        | urinalysis       |

    Scenario Outline: a urinalysis of <day> in place of one that was left out
      Given a Lemtrada order for course 2
      And the urinalysis result of 2026-01-13 is left out
      And a further normal urinalysis is from <day>
      When the order is verified
      Then the order is <decision>
      And rule monitoring-adherence is <outcome>

      Examples: the results around it are of 2025-12-16 and 2026-02-10
        | day        | decision | outcome  |
        | 2026-01-16 | verified | cleared  |
        | 2026-01-17 | on hold  | violated |
        | 2026-01-10 | verified | cleared  |
        | 2026-01-09 | on hold  | violated |

    Scenario Outline: the last monthly results stand <days> days before the newest
      Given a Lemtrada order for course 2
      And the earlier infusions and their monitoring are moved back by <moved> days
      When the order is verified
      Then the order is <decision>
      And rule monitoring-adherence is <outcome>

      Examples:
        | moved | days | decision | outcome  |
        | 10    | 31   | verified | cleared  |
        | 11    | 32   | on hold  | violated |

    Scenario Outline: no TSH for <days> days
      Given a Lemtrada order for course 2
      And the TSH result of 2025-11-18 is from <day>
      When the order is verified
      Then the order is verified
      And rule monitoring-adherence is cleared

      Examples: the result before it is of 2025-08-26
        | day        | days |
        | 2025-11-25 | 91   |
        | 2025-11-26 | 92   |

    Scenario: no TSH for 93 days
      Given a Lemtrada order for course 2
      And the TSH result of 2025-11-18 is from 2025-11-27
      When the order is verified
      Then the order is on hold
      And rule monitoring-adherence is violated at level warn
      And the message of rule monitoring-adherence says "93"
      And the message of rule monitoring-adherence says "tsh"

    Scenario: the first results are of 31 days after the last earlier infusion
      Given a Lemtrada order for course 2
      And the platelet count result of 2025-07-01 is from 2025-07-07
      When the order is verified
      Then the order is verified
      And rule monitoring-adherence is cleared

    Scenario: the first results are of 32 days after the last earlier infusion
      Given a Lemtrada order for course 2
      And the platelet count result of 2025-07-01 is from 2025-07-08
      When the order is verified
      Then the order is on hold
      And rule monitoring-adherence is violated

    Scenario: after a single earlier infusion the monitoring is asked for as well
      Given a Lemtrada order for course 2
      And there are no earlier infusions
      And course 1 was given from 2025-06-06 to 2025-06-06
      And the platelet count result of 2026-01-13 is left out
      When the order is verified
      Then the order is on hold
      And rule monitoring-adherence is violated
      And rule prior-course-incomplete is violated

    Scenario: the last results are of more than 31 days before day 1
      Given a Lemtrada order for course 2
      And the creatinine result of 2026-05-26 is left out
      When the order is verified
      Then the order is rejected
      And rule monitoring-adherence is violated
      And rule baseline-labs-30d is violated

    Scenario: tests of which no monthly result is asked
      Given a Lemtrada order for course 2
      And the lymphocyte count is 1500 per microlitre
      When the order is verified
      Then the order is verified
      And rule monitoring-adherence is cleared

    Scenario: the date of one result is not known
      Given a Lemtrada order for course 2
      And the date of the newest platelet count result is not known
      When the order is verified
      Then the order is on hold
      And rule monitoring-adherence is not evaluated at level warn
      And these rules are not evaluated:
        | baseline-abnormal      |
        | baseline-labs-30d      |
        | baseline-labs-complete |

    Scenario: no result since the last course is known
      Given a Lemtrada order for course 2
      And the laboratory results are not known
      When the order is verified
      Then the order is on hold
      And rule monitoring-adherence is not evaluated at level warn
      And rule monitoring-adherence points to the laboratory results as missing
      And these rules are not evaluated:
        | baseline-abnormal      |
        | baseline-labs-30d      |
        | baseline-labs-complete |
        | baseline-upcr-first    |

    Scenario: it is not known when the last course ended
      Given a Lemtrada order for course 2
      And the date of earlier infusion 5 is not known
      When the order is verified
      Then the order is on hold
      And rule monitoring-adherence is not evaluated at level warn
      And rule monitoring-adherence points to the date of earlier infusion 5 as missing
      And rules course-interval-12mo and duplicate-alemtuzumab are not evaluated

    Scenario: before a first course there is nothing to monitor
      Given a Lemtrada order for course 1
      When the order is verified
      Then the order is verified
      And rule monitoring-adherence is not applicable

  @monitoring-plan-48mo
  Rule: Monitoring is arranged until 48 months after the last infusion

    Autoimmune disease can begin years after the last infusion, so the boxed warning asks for monitoring
    until 48 months after it. The last infusion of this course counts, not day 1.

    Scenario Outline: the last infusion is of 2025-06-06, monitoring is arranged until <day>
      Given a Lemtrada order for course 1
      And laboratory monitoring is arranged until <day>
      When the order is verified
      Then the order is verified
      And rule monitoring-plan-48mo is cleared

      Examples: 48 months to the day, a day more, and a year more
        | day        |
        | 2029-06-06 |
        | 2029-06-07 |
        | 2030-06-06 |

    Scenario Outline: monitoring until <day> is too short after a last infusion of 2025-06-06
      Given a Lemtrada order for course 1
      And laboratory monitoring is arranged until <day>
      When the order is verified
      Then the order is on hold
      And rule monitoring-plan-48mo is violated at level warn
      And rule monitoring-plan-48mo shows the end of laboratory monitoring as evidence

      Examples: a day short, 48 months from day 1 only, and 12 months
        | day        |
        | 2029-06-05 |
        | 2029-06-02 |
        | 2026-06-06 |

    Scenario: a last infusion that moves a day later asks for a day more
      Given a Lemtrada order for course 1
      And infusion 5 is on 2025-06-07 with its premedication
      And laboratory monitoring is arranged until 2029-06-06
      When the order is verified
      Then the order is rejected
      And rule monitoring-plan-48mo is violated
      And rule course-consecutive-days is violated

    Scenario: 48 months after 29 February end on 29 February
      Given a Lemtrada order for course 2
      And the whole order is moved by 629 days
      And infusion 1 is on 2028-02-27
      And infusion 3 is on 2028-02-29
      And laboratory monitoring is arranged until 2032-02-29
      When the order is verified
      Then the order is verified
      And rule monitoring-plan-48mo is cleared

    Scenario: 28 February is a day short of 48 months after 29 February
      Given a Lemtrada order for course 2
      And the whole order is moved by 629 days
      And infusion 1 is on 2028-02-27
      And infusion 3 is on 2028-02-29
      And laboratory monitoring is arranged until 2032-02-28
      When the order is verified
      Then the order is on hold
      And rule monitoring-plan-48mo is violated

    Scenario: a held last infusion does not count
      Given a Lemtrada order for course 2
      And infusion 3 is held
      And laboratory monitoring is arranged until 2030-06-09
      When the order is verified
      Then the order is rejected
      And rule monitoring-plan-48mo is cleared
      And rule course-2-three-days is violated
      And rule course-interrupted is violated

    Scenario: the end of the monitoring is not known
      Given a Lemtrada order for course 1
      And the end of laboratory monitoring is not known
      When the order is verified
      Then the order is on hold
      And rule monitoring-plan-48mo is not evaluated at level warn
      And rule monitoring-plan-48mo points to the end of laboratory monitoring as missing
