Feature: What a pharmacy chooses
  The packs name settings: limits that this project chose, and readings of a label that sources read in different
  ways. A pharmacy chooses among them within bounds. It may also make rules stricter, and make rules milder or
  switch them off with name, date and reason. The verdict says so. Rules for the label's own limits, the REMS and
  contraindications are locked: no pharmacy can make them milder.

  Rule: A limit of the project may be chosen within its bounds

    @tb-screen
    Scenario Outline: a tuberculosis result of <date>, where results may be 6 months old
      Given a Lemtrada order for course 1
      And the pharmacy's settings:
        | tb max age months | 6 |
      And the tuberculosis test was on <date>
      When the order is verified
      Then the order is <decision>
      And rule tb-screen is <outcome>

      Examples:
        | date       | decision | outcome  |
        | 2024-12-02 | verified | cleared  |
        | 2024-12-01 | rejected | violated |

    @baseline-abnormal
    Scenario Outline: platelets of <count>, where at least 120,000 are expected
      Given a Lemtrada order for course 1
      And the pharmacy's settings:
        | min platelets per ul | 120,000 |
      And the platelet count is <count> per microlitre
      When the order is verified
      Then the order is <decision>
      And rule baseline-abnormal is <outcome>

      Examples:
        | count   | decision | outcome  |
        | 120,000 | verified | cleared  |
        | 119,999 | on hold  | violated |

    @steroid-before-infusion
    Scenario: the message tells the limit that the pharmacy chose
      Given a Lemtrada order for course 1
      And the pharmacy's settings:
        | steroid window minutes | 60 |
      And the steroid on day 1 is given at 07:59
      When the order is verified
      Then the order is on hold
      And rule steroid-before-infusion is violated
      And the message of rule steroid-before-infusion says "at most 60 min"

  Rule: From which infusion the 12 months to the second course count
    The label says 12 months after the first course. By default they count from its last infusion.

    @course-interval-12mo
    Scenario: between the two readings, under the default
      Given a Lemtrada order for course 2
      And earlier infusion 1 was on 2025-06-06
      And earlier infusion 2 was on 2025-06-07
      And earlier infusion 3 was on 2025-06-08
      And earlier infusion 4 was on 2025-06-09
      And earlier infusion 5 was on 2025-06-10
      When the order is verified
      Then the order is rejected
      And rule course-interval-12mo is violated
      And the message of rule course-interval-12mo says "The wait counts from the last infusion"

    @course-interval-12mo
    Scenario Outline: a first course from <first> on, where its first infusion counts
      Given a Lemtrada order for course 2
      And the pharmacy's settings:
        | course2 anchor | first dose |
      And earlier infusion 1 was on <first>
      And earlier infusion 2 was on 2025-06-10
      And earlier infusion 3 was on 2025-06-11
      And earlier infusion 4 was on 2025-06-12
      And earlier infusion 5 was on 2025-06-13
      When the order is verified
      Then the order is <decision>
      And rule course-interval-12mo is <outcome>

      Examples:
        | first      | decision | outcome  |
        | 2025-06-08 | verified | cleared  |
        | 2025-06-09 | rejected | violated |

    @course-interval-12mo
    Scenario: a third course counts from the last infusion whatever the second counts from
      Given a Lemtrada order for course 3
      And the pharmacy's settings:
        | course2 anchor | first dose |
      And the last earlier infusion was on 2025-06-09
      When the order is verified
      Then the order is rejected
      And rule course-interval-12mo is violated

  Rule: What stands for a day that a month does not have
    Two months after 31 December are over on 1 March by default, and on 28 February where days are clamped.

    @antiviral-duration
    Scenario Outline: an antiviral until 28 February, with month ends that <policy>
      Given a Lemtrada order for course 1
      And the pharmacy's settings:
        | month end policy | <policy> |
      And the whole order is moved by 208 days
      And the antiviral ends on 2026-02-28
      When the order is verified
      Then the order is <decision>
      And rule antiviral-duration is <outcome>

      Examples:
        | policy       | decision | outcome  |
        | clamp        | verified | cleared  |
        | roll forward | rejected | violated |

  Rule: Until when a diluted bag may be used

    @bag-end-8h
    Scenario: a bag that ends late, where the infusion must be complete within 8 hours
      Given a Lemtrada order for course 1
      And the pharmacy's settings:
        | stability policy | complete within 8h |
      And infusion 1 is prepared 241 minutes before its start
      When the order is verified
      Then the order is rejected
      And rule bag-end-8h is violated at level block

  Rule: Injection of Campath under the skin

    @cll-route-iv
    Scenario Outline: under the skin, where it is accepted: <accepted>
      Given a Campath order
      And the pharmacy's settings:
        | allow off label sc | <accepted> |
      And the route of infusion 1 is subcutaneous injection
      When the order is verified
      Then the order is <decision>
      And rule cll-route-iv is violated at level <level>

      Examples:
        | accepted | decision | level |
        | no       | rejected | block |
        | yes      | on hold  | warn  |

    @cll-route-iv
    Scenario: a push stays forbidden
      Given a Campath order
      And the pharmacy's settings:
        | allow off label sc | yes |
      And the route of infusion 1 is intravenous push
      When the order is verified
      Then the order is rejected
      And rule cll-route-iv is violated at level block
