Feature: The infusions of a course, and the courses before it

  The first course of Lemtrada is five daily infusions, each later one three, with at least 12 months
  between courses. The rules below count the infusions, look at their dates, and hold the order against the
  record of earlier infusions. Day 1 is the first date of the course; a held infusion counts neither as the
  first nor as the last, nor as an infusion of the course. Infusions of this course that were already given
  count.

  @duplicate-alemtuzumab
  Rule: One alemtuzumab dose a day, and no second alemtuzumab order

    Two doses on one day, or two orders side by side, double the exposure. The European label says that a
    missed dose is not made up by a double one; that other orders and earlier infusions count as well is a
    choice of this project. Campath has a rule of its own.

    Scenario: two infusions on the fourth day of the course
      Given a Lemtrada order for course 1
      And infusion 5 is on 2025-06-05
      When the order is verified
      Then the order is rejected
      And rule duplicate-alemtuzumab is violated at level block
      And rule duplicate-alemtuzumab cannot be overridden
      And rule duplicate-alemtuzumab shows the start of infusion 5 as evidence
      And rule course-consecutive-days is violated

    Scenario: two infusions on one date, although one of them starts late in the evening
      Given a Lemtrada order for course 1
      And infusion 5 is on 2025-06-05
      And infusion 5 is prepared at 22:30
      And infusion 5 starts at 23:30
      When the order is verified
      Then the order is rejected
      And rule duplicate-alemtuzumab is violated
      And rule course-consecutive-days is violated

    Scenario: a held infusion on the date of another one counts for nothing
      Given a Lemtrada order for course 1
      And a further infusion is added on 2025-06-05
      And the last infusion is held
      When the order is verified
      Then the order is on hold
      And rule duplicate-alemtuzumab is cleared
      And rule course-interrupted is violated

    Scenario Outline: an earlier infusion is dated <day>, which is a date of this course
      Given a Lemtrada order for course 2
      And the last earlier infusion was on <day>
      When the order is verified
      Then the order is rejected
      And rule duplicate-alemtuzumab is violated
      And rule course-interval-12mo is violated

      Examples: the course lasts from 2026-06-08 to 2026-06-10
        | day        |
        | 2026-06-08 |
        | 2026-06-09 |
        | 2026-06-10 |

    Scenario Outline: an earlier infusion is dated <day>, next to this course
      Given a Lemtrada order for course 2
      And the last earlier infusion was on <day>
      When the order is verified
      Then the order is rejected
      And rule duplicate-alemtuzumab is cleared
      And rule course-interval-12mo is violated

      Examples: the day before day 1 and the day after the last infusion
        | day        |
        | 2026-06-07 |
        | 2026-06-11 |

    Scenario Outline: other alemtuzumab from <start> to <end> overlaps the course
      Given a Lemtrada order for course 1
      And the patient takes <drug> from <start> to <end>
      When the order is verified
      Then the order is rejected
      And rule duplicate-alemtuzumab is violated

      Examples: the course lasts from 2025-06-02 to 2025-06-06
        | drug        | start      | end        |
        | lemtrada    | 2025-05-29 | 2025-06-02 |
        | lemtrada    | 2025-06-06 | 2025-06-10 |
        | alemtuzumab | 2025-06-04 | 2025-06-04 |

    Scenario Outline: other alemtuzumab from <start> to <end> does not overlap the course
      Given a Lemtrada order for course 1
      And the patient takes lemtrada from <start> to <end>
      When the order is verified
      Then the order is verified
      And rule duplicate-alemtuzumab is cleared

      Examples: until the day before day 1, and from the day after the last infusion
        | start      | end        |
        | 2025-05-28 | 2025-06-01 |
        | 2025-06-07 | 2025-06-11 |

    Scenario: Campath beside Lemtrada is the matter of its own rule
      Given a Lemtrada order for course 1
      And the patient takes campath from 2025-06-02 to 2025-06-06
      When the order is verified
      Then the order is rejected
      And rule duplicate-alemtuzumab is cleared
      And rule campath-concurrent is violated

    Scenario: it is not known what the patient takes
      Given a Lemtrada order for course 1
      And the medications are not known
      When the order is verified
      Then the order is on hold
      And rule duplicate-alemtuzumab is not evaluated at level block
      And rule duplicate-alemtuzumab points to the medications as missing
      And these rules are not evaluated:
        | campath-concurrent           |
        | campath-history              |
        | coagulopathy-anticoagulant   |
        | immunosuppressant-concurrent |

    Scenario: two infusions on one day speak louder than medications that are not known
      Given a Lemtrada order for course 1
      And infusion 5 is on 2025-06-05
      And the medications are not known
      When the order is verified
      Then the order is rejected
      And rule duplicate-alemtuzumab is violated
      And rule course-consecutive-days is violated
      And these rules are not evaluated:
        | campath-concurrent           |
        | campath-history              |
        | coagulopathy-anticoagulant   |
        | immunosuppressant-concurrent |

  @course-1-five-days
  Rule: The first course has five infusions

    Five daily doses are 60 mg in all. More would exceed the dose of the label and is never released; fewer
    is an incomplete course, which a named pharmacist may release.

    Scenario: four infusions
      Given a Lemtrada order for course 1
      And infusion 5 is left out
      When the order is verified
      Then the order is rejected
      And rule course-1-five-days is violated at level block
      And rule course-1-five-days can be overridden
      And the message of rule course-1-five-days says "4"

    Scenario: five infusions
      Given a Lemtrada order for course 1
      When the order is verified
      Then the order is verified
      And rule course-1-five-days is cleared

    Scenario: six infusions
      Given a Lemtrada order for course 1
      And a sixth infusion is added on 2025-06-07
      When the order is verified
      Then the order is rejected
      And rule course-1-five-days is violated at level block
      And rule course-1-five-days cannot be overridden
      And the message of rule course-1-five-days says "6"

    Scenario: a held infusion does not count
      Given a Lemtrada order for course 1
      And infusion 5 is held
      When the order is verified
      Then the order is rejected
      And rule course-1-five-days is violated
      And the message of rule course-1-five-days says "4"
      And rule course-interrupted is violated

    Scenario: infusions of this course that were already given count
      Given a Lemtrada order for course 1
      And infusion 1 was given
      And infusion 2 was given
      When the order is verified
      Then the order is verified
      And rule course-1-five-days is cleared

    Scenario: the number of a first course is not known
      Given a Lemtrada order for course 1
      And the course number is not known
      When the order is verified
      Then the order is on hold
      And rule course-1-five-days is not evaluated at level block
      And rule course-1-five-days points to the course number as missing
      And these rules are not evaluated:
        | baseline-upcr-first      |
        | course-2-three-days      |
        | course-3plus-three-days  |
        | course-number-consistent |
        | rems-patient-authorized  |
        | rems-status-form         |

    Scenario Outline: course <course> is no first course
      Given a Lemtrada order for course <course>
      When the order is verified
      Then the order is verified
      And rule course-1-five-days is not applicable

      Examples:
        | course |
        | 2      |
        | 3      |

  @course-2-three-days
  Rule: The second course has three infusions

    Three daily doses are 36 mg in all (section 2.3 of the US label).

    Scenario: a second course of two infusions
      Given a Lemtrada order for course 2
      And infusion 3 is left out
      When the order is verified
      Then the order is rejected
      And rule course-2-three-days is violated at level block
      And rule course-2-three-days cannot be overridden
      And the message of rule course-2-three-days says "2"

    Scenario: a second course of three infusions
      Given a Lemtrada order for course 2
      When the order is verified
      Then the order is verified
      And rule course-2-three-days is cleared

    Scenario: a second course of four infusions
      Given a Lemtrada order for course 2
      And a fourth infusion is added on 2026-06-11
      When the order is verified
      Then the order is rejected
      And rule course-2-three-days is violated at level block
      And the message of rule course-2-three-days says "4"

    Scenario: a second course of five infusions, as the first had
      Given a Lemtrada order for course 2
      And a fourth infusion is added on 2026-06-11
      And a further infusion is added on 2026-06-12
      When the order is verified
      Then the order is rejected
      And rule course-2-three-days is violated
      And the message of rule course-2-three-days says "5"

    Scenario: the number of a second course is not known
      Given a Lemtrada order for course 2
      And the course number is not known
      When the order is verified
      Then the order is on hold
      And rule course-2-three-days is not evaluated at level block
      And rule course-2-three-days points to the course number as missing
      And these rules are not evaluated:
        | baseline-upcr-first      |
        | course-1-five-days       |
        | course-3plus-three-days  |
        | course-number-consistent |
        | rems-patient-authorized  |
        | rems-status-form         |

    Scenario Outline: course <course> is no second course
      Given a Lemtrada order for course <course>
      When the order is verified
      Then the order is verified
      And rule course-2-three-days is not applicable

      Examples:
        | course |
        | 1      |
        | 3      |

  @course-3plus-three-days
  Rule: The third and each later course has three infusions

    Each course after the second is dosed as the second is: three daily doses, 36 mg in all.

    Scenario Outline: course <course> with two infusions
      Given a Lemtrada order for course <course>
      And infusion 3 is left out
      When the order is verified
      Then the order is rejected
      And rule course-3plus-three-days is violated at level block
      And rule course-3plus-three-days cannot be overridden
      And the message of rule course-3plus-three-days says "2"

      Examples:
        | course |
        | 3      |
        | 4      |

    Scenario Outline: course <course> with three infusions
      Given a Lemtrada order for course <course>
      When the order is verified
      Then the order is verified
      And rule course-3plus-three-days is cleared

      Examples:
        | course |
        | 3      |
        | 4      |
        | 9      |

    Scenario Outline: course <course> with four infusions
      Given a Lemtrada order for course <course>
      And a fourth infusion is added on 2026-06-11
      When the order is verified
      Then the order is rejected
      And rule course-3plus-three-days is violated at level block
      And the message of rule course-3plus-three-days says "4"

      Examples:
        | course |
        | 3      |
        | 4      |

    Scenario: the number of a later course is not known
      Given a Lemtrada order for course 4
      And the course number is not known
      When the order is verified
      Then the order is on hold
      And rule course-3plus-three-days is not evaluated at level block
      And rule course-3plus-three-days points to the course number as missing
      And these rules are not evaluated:
        | baseline-upcr-first      |
        | course-1-five-days       |
        | course-2-three-days      |
        | course-number-consistent |
        | rems-patient-authorized  |
        | rems-status-form         |

    Scenario Outline: course <course> is no third or later course
      Given a Lemtrada order for course <course>
      When the order is verified
      Then the order is verified
      And rule course-3plus-three-days is not applicable

      Examples:
        | course |
        | 1      |
        | 2      |

  @course-consecutive-days
  Rule: The infusions are planned on consecutive days

    The label gives the doses of a course on consecutive days; a gap or a repeat in a plan is most often a
    slip of the calendar. The rule is asked while nothing has been given or held. From then on a gap is the
    matter of the rule course-interrupted: that division is a choice of this project.

    Scenario: one free day before the last infusion
      Given a Lemtrada order for course 1
      And infusion 5 is on 2025-06-07 with its premedication
      When the order is verified
      Then the order is rejected
      And rule course-consecutive-days is violated at level block
      And rule course-consecutive-days can be overridden
      And the message of rule course-consecutive-days says "1"
      And rule course-interrupted is not applicable

    Scenario: a free weekend within a course that starts on a Thursday
      Given a Lemtrada order for course 2
      And the whole order is moved by 3 days
      And infusion 3 is on 2026-06-15 with its premedication
      When the order is verified
      Then the order is rejected
      And rule course-consecutive-days is violated
      And the message of rule course-consecutive-days says "2"

    Scenario: two infusions on one date and none missing between them
      Given a Lemtrada order for course 1
      And infusion 5 is on 2025-06-05
      When the order is verified
      Then the order is rejected
      And rule course-consecutive-days is violated
      And rule duplicate-alemtuzumab is violated

    Scenario: five days in a row
      Given a Lemtrada order for course 1
      When the order is verified
      Then the order is verified
      And rule course-consecutive-days is cleared

    Scenario: the order in which the infusions are listed does not matter
      Given a Lemtrada order for course 2
      And infusion 1 is on 2026-06-10
      And infusion 3 is on 2026-06-08
      When the order is verified
      Then the order is verified
      And rule course-consecutive-days is cleared

    Scenario: five days in a row over the end of a month
      Given a Lemtrada order for course 1
      And the whole order is moved by 26 days
      And infusion 1 is on 2025-06-28
      And infusion 5 is on 2025-07-02
      When the order is verified
      Then the order is verified
      And rule course-consecutive-days is cleared

    Scenario: five days in a row over the change from summer time
      Given a Lemtrada order for course 1
      And the whole order is moved by 151 days
      And infusion 1 is on 2025-10-31
      And infusion 5 is on 2025-11-04
      When the order is verified
      Then the order is verified
      And rule course-consecutive-days is cleared

    Scenario: five days in a row over 29 February
      Given a Lemtrada order for course 1
      And the whole order is moved by 1000 days
      And infusion 1 is on 2028-02-27
      And infusion 5 is on 2028-03-02
      When the order is verified
      Then the order is verified
      And rule course-consecutive-days is cleared

    Scenario: the date of one infusion is not known, so neither day 1 nor the last infusion is
      Given a Lemtrada order for course 3
      And the start of infusion 2 is not known
      When the order is verified
      Then the order is on hold
      And rule course-consecutive-days is not evaluated at level block
      And rule course-consecutive-days points to the start of infusion 2 as missing
      And these rules are not evaluated:
        | age-minimum                  |
        | antiviral-present            |
        | bag-end-8h                   |
        | bag-start-8h                 |
        | baseline-abnormal            |
        | baseline-labs-30d            |
        | baseline-labs-complete       |
        | baseline-skin-exam           |
        | baseline-upcr-first          |
        | contraception-4mo            |
        | course-interval-12mo         |
        | duplicate-alemtuzumab        |
        | hiv-test-on-file             |
        | immunosuppressant-concurrent |
        | monitoring-adherence         |
        | monitoring-plan-48mo         |
        | pregnancy-test               |
        | rems-patient-authorized      |
        | rems-status-form             |
        | steroid-before-infusion      |
        | steroid-days-1-3             |
        | steroid-dose-1000            |
        | tb-screen                    |
        | vial-storage                 |
        | vzv-immunity                 |

    Scenario: a gap after an infusion was given is no matter of this rule
      Given a Lemtrada order for course 1
      And infusion 1 was given
      And infusion 5 is on 2025-06-07 with its premedication
      When the order is verified
      Then the order is on hold
      And rule course-consecutive-days is not applicable
      And rule course-interrupted is violated

    Scenario: a gap beside a held infusion is no matter of this rule
      Given a Lemtrada order for course 1
      And a sixth infusion is added on 2025-06-07
      And infusion 5 is held
      When the order is verified
      Then the order is on hold
      And rule course-consecutive-days is not applicable
      And rule course-interrupted is violated

  @course-interrupted
  Rule: A course under way has no held infusion and no gap

    In the trials of the drug 4.6 % of first courses were interrupted, and about half of those were
    completed all the same. So a gap does not end a course, but someone must look at it, document the
    reason and keep the remaining doses at one a day.

    Scenario: one free day after infusions were given
      Given a Lemtrada order for course 1
      And infusion 1 was given
      And infusion 2 was given
      And infusion 5 is on 2025-06-07 with its premedication
      When the order is verified
      Then the order is on hold
      And rule course-interrupted is violated at level warn
      And rule course-consecutive-days is not applicable

    Scenario: an infusion was held and is made up on the next day
      Given a Lemtrada order for course 1
      And a sixth infusion is added on 2025-06-07
      And infusion 5 is held
      When the order is verified
      Then the order is on hold
      And rule course-interrupted is violated at level warn
      And rule course-1-five-days is cleared

    Scenario: the last infusion is held and not made up
      Given a Lemtrada order for course 2
      And infusion 1 was given
      And infusion 2 was given
      And infusion 3 is held
      When the order is verified
      Then the order is rejected
      And rule course-interrupted is violated at level warn
      And rule course-2-three-days is violated

    Scenario: a course under way without a gap
      Given a Lemtrada order for course 1
      And infusion 1 was given
      And infusion 2 was given
      And infusion 3 was given
      When the order is verified
      Then the order is verified
      And rule course-interrupted is cleared

    Scenario: a course under way of which one date is not known
      Given a Lemtrada order for course 3
      And infusion 1 was given
      And the start of infusion 3 is not known
      When the order is verified
      Then the order is on hold
      And rule course-interrupted is not evaluated at level warn
      And rule course-interrupted points to the start of infusion 3 as missing
      And these rules are not evaluated:
        | age-minimum                  |
        | antiviral-present            |
        | bag-end-8h                   |
        | bag-start-8h                 |
        | baseline-abnormal            |
        | baseline-labs-30d            |
        | baseline-labs-complete       |
        | baseline-skin-exam           |
        | baseline-upcr-first          |
        | contraception-4mo            |
        | course-interval-12mo         |
        | duplicate-alemtuzumab        |
        | hiv-test-on-file             |
        | immunosuppressant-concurrent |
        | monitoring-adherence         |
        | monitoring-plan-48mo         |
        | pregnancy-test               |
        | rems-patient-authorized      |
        | rems-status-form             |
        | steroid-before-infusion      |
        | steroid-days-1-3             |
        | steroid-dose-1000            |
        | tb-screen                    |
        | vial-storage                 |
        | vzv-immunity                 |

    Scenario: nothing was given or held
      Given a Lemtrada order for course 1
      When the order is verified
      Then the order is verified
      And rule course-interrupted is not applicable

  @course-interval-12mo
  Rule: At least 12 months lie between the last earlier infusion and day 1

    A course that comes too early adds to the effects of the one before. The label counts from the last
    infusion from course 3 on; for course 2 it counts from the first course, and that this means the last
    infusion of it is a choice of this project. Months are months of the calendar, not 365 days: the same
    day of the month 12 months on is early enough. Where that month has no such day, the wait ends on the
    first of the next one.

    Scenario Outline: the earlier course and its monitoring lie <moved> days later
      Given a Lemtrada order for course 2
      And the earlier infusions and their monitoring are moved by <moved> days
      When the order is verified
      Then the order is <decision>
      And rule course-interval-12mo is <outcome>

      Examples: its last infusion is then on 8 or on 9 June 2025, and day 1 is 2026-06-08
        | moved | decision | outcome  |
        | 2     | verified | cleared  |
        | 3     | rejected | violated |

    Scenario: one day short, the last infusion of course 1 being of 2025-06-06
      Given a Lemtrada order for course 2
      And the course starts on 2026-06-05
      And the pregnancy test was on 2026-06-04
      When the order is verified
      Then the order is rejected
      And rule course-interval-12mo is violated at level block
      And rule course-interval-12mo cannot be overridden
      And the message of rule course-interval-12mo says "11"
      And rule course-interval-12mo shows the date of earlier infusion 5 as evidence

    Scenario Outline: <start> is early enough after 2025-06-06
      Given a Lemtrada order for course 2
      And the course starts on <start>
      When the order is verified
      Then the order is verified
      And rule course-interval-12mo is cleared

      Examples: 12 months to the day, and a day more
        | start      |
        | 2026-06-06 |
        | 2026-06-07 |

    Scenario Outline: 12 months after the first but not after the last infusion of course 1 (<start>)
      Given a Lemtrada order for course 2
      And the course starts on <start>
      And the pregnancy test was on 2026-06-01
      When the order is verified
      Then the order is rejected
      And rule course-interval-12mo is violated
      And the message of rule course-interval-12mo says "from the first infusion of the first course"

      Examples: course 1 lasted from 2025-06-02 to 2025-06-06
        | start      |
        | 2026-06-02 |
        | 2026-06-05 |

    Scenario: not even 12 months after the first infusion of course 1
      Given a Lemtrada order for course 2
      And the course starts on 2026-06-01
      And the pregnancy test was on 2026-06-01
      When the order is verified
      Then the order is rejected
      And rule course-interval-12mo is violated
      And the message of rule course-interval-12mo does not say "from the first infusion of the first course"

    Scenario Outline: course 3, the last infusion of course 2 being of 2025-06-04: <start> is too early
      Given a Lemtrada order for course 3
      And the course starts on <start>
      And the pregnancy test was on 2026-06-01
      When the order is verified
      Then the order is rejected
      And rule course-interval-12mo is violated

      Examples:
        | start      |
        | 2026-06-02 |
        | 2026-06-03 |

    Scenario Outline: course 3, the last infusion of course 2 being of 2025-06-04: <start> is early enough
      Given a Lemtrada order for course 3
      And the course starts on <start>
      And the pregnancy test was on 2026-06-01
      When the order is verified
      Then the order is verified
      And rule course-interval-12mo is cleared

      Examples:
        | start      |
        | 2026-06-04 |
        | 2026-06-05 |

    Scenario: 365 days are not always 12 months
      Given a Lemtrada order for course 2
      And the whole order is moved back by 820 days
      And the last earlier infusion was on 2023-03-10
      And the course starts on 2024-03-09
      When the order is verified
      Then the order is rejected
      And rule course-interval-12mo is violated

    Scenario: 12 months to the day over 29 February are 366 days
      Given a Lemtrada order for course 2
      And the whole order is moved back by 820 days
      And the last earlier infusion was on 2023-03-10
      And the course starts on 2024-03-10
      When the order is verified
      Then the order is verified
      And rule course-interval-12mo is cleared

    Scenario: after an infusion on 29 February, 28 February of the next year is too early
      Given a Lemtrada order for course 2
      And the whole order is moved back by 464 days
      And the last earlier infusion was on 2024-02-29
      And the course starts on 2025-02-28
      When the order is verified
      Then the order is rejected
      And rule course-interval-12mo is violated

    Scenario: after an infusion on 29 February, 1 March of the next year is early enough
      Given a Lemtrada order for course 2
      And the whole order is moved back by 464 days
      And the last earlier infusion was on 2024-02-29
      And the course starts on 2025-03-01
      When the order is verified
      Then the order is verified
      And rule course-interval-12mo is cleared

    Scenario: the latest earlier infusion counts wherever it is listed
      Given a Lemtrada order for course 2
      And earlier infusion 1 was on 2025-06-09
      When the order is verified
      Then the order is rejected
      And rule course-interval-12mo is violated
      And rule course-interval-12mo shows the date of earlier infusion 1 as evidence

    Scenario: a single earlier infusion is enough to count from
      Given a Lemtrada order for course 2
      And there are no earlier infusions
      And course 1 was given from 2025-06-09 to 2025-06-09
      When the order is verified
      Then the order is rejected
      And rule course-interval-12mo is violated
      And rule prior-course-incomplete is violated

    Scenario: an earlier infusion dated after day 1
      Given a Lemtrada order for course 2
      And the last earlier infusion was on 2026-06-15
      When the order is verified
      Then the order is rejected
      And rule course-interval-12mo is violated
      And the message of rule course-interval-12mo says "after day 1"

    Scenario: only Lemtrada counts as an earlier course
      Given a Lemtrada order for course 2
      And an earlier infusion of Campath 30 mg was given on 2025-12-01 in course 1
      When the order is verified
      Then the order is on hold
      And rule course-interval-12mo is cleared
      And rule campath-history is violated

    Scenario: the date of an earlier infusion is not known
      Given a Lemtrada order for course 2
      And the date of earlier infusion 5 is not known
      When the order is verified
      Then the order is on hold
      And rule course-interval-12mo is not evaluated at level block
      And rule course-interval-12mo points to the date of earlier infusion 5 as missing
      And rules duplicate-alemtuzumab and monitoring-adherence are not evaluated

    Scenario: an earlier infusion of a product that is not named could be Lemtrada
      Given a Lemtrada order for course 2
      And an earlier infusion of a product that is not named was given on 2024-03-04
      When the order is verified
      Then the order is on hold
      And rule course-interval-12mo is not evaluated at level block
      And rule course-interval-12mo points to the product of earlier infusion 6 as missing
      And these rules are not evaluated:
        | campath-history          |
        | course-number-consistent |
        | monitoring-adherence     |
        | prior-course-incomplete  |

    Scenario: it is not known whether there were earlier infusions
      Given a Lemtrada order for course 2
      And the earlier infusions are not known
      When the order is verified
      Then the order is on hold
      And rule course-interval-12mo is not evaluated at level block
      And these rules are not evaluated:
        | campath-history          |
        | course-number-consistent |
        | duplicate-alemtuzumab    |
        | monitoring-adherence     |
        | prior-course-incomplete  |
        | suspect-autoimmune-event |

    Scenario: without an earlier infusion there is no interval
      Given a Lemtrada order for course 1
      When the order is verified
      Then the order is verified
      And rule course-interval-12mo is not applicable

  @course-interval-late
  Rule: More than 15 months since the last infusion are pointed out

    No source sets a longest interval; 15 months are a choice of this project. After a long time the record
    may lack a course and the baseline may have changed. The pharmacist is told; the order is not held up
    for it. In the examples the earlier course lies further back than the monitoring results, so the rule on
    monitoring speaks as well.

    Scenario Outline: day 1 is 2026-06-08, the last infusion was on <last>
      Given a Lemtrada order for course 2
      And there are no earlier infusions
      And course 1 was given from <first> to <last>
      When the order is verified
      Then the order is on hold
      And rule course-interval-late is violated at level info
      And rule course-interval-12mo is cleared
      And rule monitoring-adherence is violated

      Examples: a day more than 15 months, and much more
        | first      | last       |
        | 2025-03-03 | 2025-03-07 |
        | 2023-05-01 | 2023-05-05 |

    Scenario Outline: day 1 is 2026-06-08, and <last> is at most 15 months before it
      Given a Lemtrada order for course 2
      And there are no earlier infusions
      And course 1 was given from <first> to <last>
      When the order is verified
      Then the order is on hold
      And rule course-interval-late is cleared
      And rule monitoring-adherence is violated

      Examples: 15 months to the day, and a day less
        | first      | last       |
        | 2025-03-04 | 2025-03-08 |
        | 2025-03-05 | 2025-03-09 |

    Scenario: day 1 is 2026-06-08, a single earlier infusion was on 2025-03-07
      Given a Lemtrada order for course 2
      And there are no earlier infusions
      And course 1 was given from 2025-03-07 to 2025-03-07
      When the order is verified
      Then the order is on hold
      And rule course-interval-late is violated at level info
      And rules monitoring-adherence and prior-course-incomplete are violated

    Scenario: a year and two days after the last infusion
      Given a Lemtrada order for course 2
      When the order is verified
      Then the order is verified
      And rule course-interval-late is cleared

    Scenario: it is not known when an earlier infusion was
      Given a Lemtrada order for course 2
      And the date of earlier infusion 3 is not known
      When the order is verified
      Then the order is on hold
      And rule course-interval-late is not evaluated at level info
      And these rules are not evaluated:
        | course-interval-12mo  |
        | duplicate-alemtuzumab |
        | monitoring-adherence  |

    Scenario: a first course cannot be late
      Given a Lemtrada order for course 1
      When the order is verified
      Then the order is verified
      And rule course-interval-late is not applicable

  @prior-course-incomplete
  Rule: Each earlier course was complete

    A first course has five infusions, each later one three. Another number means an interrupted course or a
    record with gaps, and someone should find out which. The rule is a choice of this project.

    Scenario: the first course had four infusions
      Given a Lemtrada order for course 2
      And earlier infusion 5 is left out
      When the order is verified
      Then the order is on hold
      And rule prior-course-incomplete is violated at level warn
      And the message of rule prior-course-incomplete says "4"
      And rule course-number-consistent is cleared

    Scenario: the first course had a single infusion
      Given a Lemtrada order for course 2
      And there are no earlier infusions
      And course 1 was given from 2025-06-06 to 2025-06-06
      When the order is verified
      Then the order is on hold
      And rule prior-course-incomplete is violated at level warn
      And the message of rule prior-course-incomplete says "1"

    Scenario: the first course had five infusions
      Given a Lemtrada order for course 2
      When the order is verified
      Then the order is verified
      And rule prior-course-incomplete is cleared

    Scenario: the first course had six infusions
      Given a Lemtrada order for course 2
      And an earlier infusion of Lemtrada 12 mg was given on 2025-06-07 in course 1
      When the order is verified
      Then the order is on hold
      And rule prior-course-incomplete is violated at level warn
      And the message of rule prior-course-incomplete says "6"

    Scenario: the second course had two infusions
      Given a Lemtrada order for course 3
      And the last earlier infusion is left out
      When the order is verified
      Then the order is on hold
      And rule prior-course-incomplete is violated at level warn
      And the message of rule prior-course-incomplete says "2"

    Scenario Outline: the first of <course> courses had five infusions and the others three
      Given a Lemtrada order for course <course>
      When the order is verified
      Then the order is verified
      And rule prior-course-incomplete is cleared

      Examples:
        | course |
        | 3      |
        | 4      |
        | 5      |

    Scenario: the second course had four infusions
      Given a Lemtrada order for course 3
      And an earlier infusion of Lemtrada 12 mg was given on 2025-06-05 in course 2
      When the order is verified
      Then the order is on hold
      And rule prior-course-incomplete is violated at level warn
      And the message of rule prior-course-incomplete says "4"

    Scenario: the second course had five infusions, as the first had
      Given a Lemtrada order for course 3
      And an earlier infusion of Lemtrada 12 mg was given on 2025-06-05 in course 2
      And an earlier infusion of Lemtrada 12 mg was given on 2025-06-06 in course 2
      When the order is verified
      Then the order is on hold
      And rule prior-course-incomplete is violated at level warn
      And the message of rule prior-course-incomplete says "5"

    Scenario: it is not known to which course an earlier infusion belongs
      Given a Lemtrada order for course 2
      And the course of earlier infusion 5 is not known
      When the order is verified
      Then the order is on hold
      And rule prior-course-incomplete is not evaluated at level warn
      And rule prior-course-incomplete points to the course of earlier infusion 5 as missing
      And rule course-number-consistent is not evaluated

    Scenario: no earlier course can be incomplete where there is none
      Given a Lemtrada order for course 1
      When the order is verified
      Then the order is verified
      And rule prior-course-incomplete is not applicable

  @course-number-consistent
  Rule: The course number follows from the earlier courses

    The number of infusions and the wait depend on the course number. It must be one more than the number of
    earlier courses, an incomplete one counted, also where there is none: without an earlier course it must
    be 1. A number that does not fit means that either the number or the record is wrong. The rule is a
    choice of this project; a named pharmacist may release the order in spite of it.

    Scenario Outline: course <course> after <before> earlier courses
      Given a Lemtrada order for course <course>
      When the order is verified
      Then the order is verified
      And rule course-number-consistent is cleared

      Examples:
        | course | before |
        | 1      | 0      |
        | 2      | 1      |
        | 3      | 2      |
        | 4      | 3      |

    Scenario: course 2 without an earlier infusion
      Given a Lemtrada order for course 2
      And there are no earlier infusions
      When the order is verified
      Then the order is rejected
      And rule course-number-consistent is violated at level block
      And rule course-number-consistent can be overridden

    Scenario: course 3 after one earlier course
      Given a Lemtrada order for course 2
      And the course number is 3
      And the course authorized by the REMS is 3
      When the order is verified
      Then the order is rejected
      And rule course-number-consistent is violated at level block
      And the message of rule course-number-consistent says "Course 3"

    Scenario: course 2 after two earlier courses
      Given a Lemtrada order for course 3
      And the course number is 2
      And the course authorized by the REMS is 2
      When the order is verified
      Then the order is rejected
      And rule course-number-consistent is violated at level block

    Scenario: course 1 although a first course was given
      Given a Lemtrada order for course 1
      And course 1 was given from 2024-05-27 to 2024-05-31
      When the order is verified
      Then the order is rejected
      And rule course-number-consistent is violated at level block
      And rule monitoring-adherence is violated

    Scenario: course 2 after one course that the record calls course 2
      Given a Lemtrada order for course 2
      And the course of every earlier infusion is 2
      When the order is verified
      Then the order is rejected
      And rule course-number-consistent is violated at level block
      And rule prior-course-incomplete is violated

    Scenario: an incomplete earlier course counts as a course
      Given a Lemtrada order for course 3
      And earlier infusion 8 is left out
      And earlier infusion 7 is left out
      When the order is verified
      Then the order is on hold
      And rule course-number-consistent is cleared
      And rule prior-course-incomplete is violated

    Scenario: Campath is no earlier course
      Given a Lemtrada order for course 1
      And an earlier infusion of Campath 30 mg was given on 2024-01-15 in course 1
      When the order is verified
      Then the order is on hold
      And rule course-number-consistent is cleared
      And rule campath-history is violated

    Scenario: neither number nor record can be compared when the course number is not known
      Given a Lemtrada order for course 2
      And the course number is not known
      When the order is verified
      Then the order is on hold
      And rule course-number-consistent is not evaluated at level block
      And rule course-number-consistent points to the course number as missing
      And these rules are not evaluated:
        | baseline-upcr-first     |
        | course-1-five-days      |
        | course-2-three-days     |
        | course-3plus-three-days |
        | rems-patient-authorized |
        | rems-status-form        |

    Scenario: an earlier infusion of a product that is not named could make a course more
      Given a Lemtrada order for course 1
      And an earlier infusion of a product that is not named was given on 2024-03-04
      When the order is verified
      Then the order is on hold
      And rule course-number-consistent is not evaluated at level block
      And rule course-number-consistent points to the product of earlier infusion 1 as missing
      And these rules are not evaluated:
        | campath-history         |
        | course-interval-12mo    |
        | monitoring-adherence    |
        | prior-course-incomplete |

  @course-count-cap
  Rule: From the fourth course on, the little experience is pointed out

    The US label sets no greatest number of courses, but the manufacturer points to little data beyond
    three. The pharmacist is told; the order is not held up.

    Scenario Outline: course <course> is within the experience
      Given a Lemtrada order for course <course>
      When the order is verified
      Then the order is verified
      And rule course-count-cap is cleared

      Examples:
        | course |
        | 1      |
        | 2      |
        | 3      |

    Scenario Outline: course <course> is beyond the experience
      Given a Lemtrada order for course <course>
      When the order is verified
      Then the order is verified
      And rule course-count-cap is violated at level info
      And the message of rule course-count-cap says "Course <course>"

      Examples:
        | course |
        | 4      |
        | 5      |
        | 6      |

    Scenario: without a course number the experience cannot be judged
      Given a Lemtrada order for course 1
      And the course number is not known
      When the order is verified
      Then the order is on hold
      And rule course-count-cap is not evaluated at level info
      And these rules are not evaluated:
        | baseline-upcr-first      |
        | course-1-five-days       |
        | course-2-three-days      |
        | course-3plus-three-days  |
        | course-number-consistent |
        | rems-patient-authorized  |
        | rems-status-form         |
