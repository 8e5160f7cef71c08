Feature: Campath: pace and length of the treatment
  Maintenance is 30 mg three times a week on alternate days, for at most 12 weeks including the
  escalation. After a pause of 7 days or more the first-dose reactions come back, so that treatment starts
  again with 3 mg (boxed warning, sections 2.1 and 2.3).

  @cll-restart-after-7d
  Rule: After a pause of 7 days or more the next dose is 3 mg
    Days are counted from one dose to the next, within the order and from the newest dose before it; 6
    days pass.

    Scenario Outline: the pause before the order
      Given a Campath order for a week of maintenance
      And the last earlier infusion was on <date>
      And earlier infusion 8 is left out
      And earlier infusion 7 is left out
      When the order is verified
      Then the order is <decision>
      And rule cll-restart-after-7d is <outcome>

      Examples:
        | date       | decision | outcome  |
        | 2025-05-27 | verified | cleared  |
        | 2025-05-26 | rejected | violated |
        | 2025-05-25 | rejected | violated |

    Scenario: the rule cannot be overridden
      Given a Campath order for a week of maintenance
      And the last earlier infusion was on 2025-05-26
      And earlier infusion 8 is left out
      And earlier infusion 7 is left out
      When the order is verified
      Then the order is rejected
      And rule cll-restart-after-7d is violated at level block
      And rule cll-restart-after-7d cannot be overridden
      And the message of rule cll-restart-after-7d says "7"

    Scenario: 3 mg after a pause of 7 days
      Given a Campath order for the first dose
      And a further neutrophil count of 2,100 per microlitre is from 2025-05-01
      And a further platelet count of 118,000 per microlitre is from 2025-05-01
      And an earlier infusion of Campath 30 mg was given on 2025-05-26 in course 1 with a reaction of grade 1
      When the order is verified
      Then the order is verified
      And rule cll-restart-after-7d is cleared

    Scenario: 10 mg after a pause of 7 days
      Given a Campath order for the first dose
      And a further neutrophil count of 2,100 per microlitre is from 2025-05-01
      And a further platelet count of 118,000 per microlitre is from 2025-05-01
      And an earlier infusion of Campath 30 mg was given on 2025-05-26 in course 1 with a reaction of grade 1
      And infusion 1 is 10 mg in 0.33 mL
      When the order is verified
      Then the order is rejected
      And rule cll-restart-after-7d is violated

    Scenario Outline: a pause within the order
      Given a Campath order for a week of maintenance
      And infusion 3 is on <date> with its premedication
      When the order is verified
      Then the order is <decision>
      And rule cll-restart-after-7d is <outcome>

      Examples:
        | date       | decision | outcome  |
        | 2025-06-10 | verified | cleared  |
        | 2025-06-11 | rejected | violated |

    Scenario: a held infusion makes the pause
      Given a Campath order for a week of maintenance
      And infusion 2 is held
      And infusion 3 is on 2025-06-09 with its premedication
      When the order is verified
      Then the order is rejected
      And rule cll-restart-after-7d is violated

    Scenario: the date of the newest dose is not known
      Given a Campath order for a week of maintenance
      And the date of the last earlier infusion is not known
      When the order is verified
      Then the order is on hold
      And rule cll-restart-after-7d is not evaluated at level block
      And these rules are not evaluated:
        | cll-duration-12wk     |
        | cll-escalation-order  |
        | cll-frequency         |
        | cll-infusion-reaction |
        | cll-low-baseline      |
        | cll-max-week-90       |
        | cll-premed            |
        | cll-repeat-step       |

    Scenario: a single first dose
      Given a Campath order for the first dose
      When the order is verified
      Then the order is verified
      And rule cll-restart-after-7d is not applicable

  @cll-frequency
  Rule: Doses of 30 mg are given on alternate days, three in a week
    Two on days that follow each other can be overridden, a fourth within 7 dates cannot. Doses of 3 and
    10 mg may be given daily.

    Scenario: alternate days
      Given a Campath order for a week of maintenance
      When the order is verified
      Then the order is verified
      And rule cll-frequency is cleared

    Scenario: two days in a row
      Given a Campath order for a week of maintenance
      And earlier infusion 9 is left out
      And infusion 2 is on 2025-06-03 with its premedication
      When the order is verified
      Then the order is rejected
      And rule cll-frequency is violated at level block
      And rule cll-frequency can be overridden

    Scenario: the day after the newest dose of the history
      Given a Campath order for a week of maintenance
      And the last earlier infusion was on 2025-06-01
      And infusion 3 is left out
      When the order is verified
      Then the order is rejected
      And rule cll-frequency is violated
      And rule cll-frequency can be overridden

    Scenario: four within 7 dates
      Given a Campath order for a week of maintenance
      And a fourth infusion is added on 2025-06-08
      When the order is verified
      Then the order is rejected
      And rule cll-frequency is violated at level block
      And rule cll-frequency cannot be overridden
      And rule cll-max-week-90 is violated

    Scenario: the fourth on the 8th date
      Given a Campath order for a week of maintenance
      And a fourth infusion is added on 2025-06-09
      When the order is verified
      Then the order is verified
      And rule cll-frequency is cleared

    Scenario: 10 mg on two days in a row
      Given a Campath order for the step to 10 mg
      And a second infusion is added on 2025-06-03
      When the order is verified
      Then the order is verified
      And rule cll-frequency is not applicable

    Scenario: the start of an infusion is not known
      Given a Campath order for a week of maintenance
      And the start of infusion 2 is not known
      When the order is verified
      Then the order is on hold
      And rule cll-frequency is not evaluated at level block
      And these rules are not evaluated:
        | cll-age                |
        | cll-bag-8h             |
        | cll-cbc-weekly         |
        | cll-duration-12wk      |
        | cll-escalation-order   |
        | cll-herpes-prophylaxis |
        | cll-hold-counts        |
        | cll-infusion-reaction  |
        | cll-max-week-90        |
        | cll-pjp-prophylaxis    |
        | cll-premed             |
        | cll-repeat-step        |
        | cll-restart-after-7d   |

    Scenario: a single first dose (for the pace)
      Given a Campath order for the first dose
      When the order is verified
      Then the order is verified
      And rule cll-frequency is not applicable

  @cll-duration-12wk
  Rule: Treatment lasts at most 12 weeks
    The 84th day after the first dose is the last; the escalation counts.

    Scenario Outline: the day of the first dose
      Given a Campath order for a week of maintenance
      And the neutrophil count result of 2025-05-11 is from 2024-01-02
      And the platelet count result of 2025-05-11 is from 2024-01-02
      And earlier infusion 1 was on <first>
      When the order is verified
      Then the order is <decision>
      And rule cll-duration-12wk is <outcome>

      Examples:
        | first      | decision | outcome  |
        | 2025-03-15 | verified | cleared  |
        | 2025-03-14 | verified | cleared  |
        | 2025-03-13 | rejected | violated |

    Scenario: it can be overridden
      Given a Campath order for a week of maintenance
      And the neutrophil count result of 2025-05-11 is from 2024-01-02
      And the platelet count result of 2025-05-11 is from 2024-01-02
      And earlier infusion 1 was on 2025-01-06
      When the order is verified
      Then the order is rejected
      And rule cll-duration-12wk is violated at level block
      And rule cll-duration-12wk can be overridden

    Scenario: the first dose of another treatment
      Given a Campath order for a week of maintenance
      And the neutrophil count result of 2025-05-11 is from 2024-01-02
      And the platelet count result of 2025-05-11 is from 2024-01-02
      And an earlier infusion of Campath 3 mg was given on 2024-01-08 in course 9 with a reaction of grade 0
      When the order is verified
      Then the order is verified
      And rule cll-duration-12wk is cleared

    Scenario: the earlier infusions are not known
      Given a Campath order for the first dose
      And the earlier infusions are not known
      When the order is verified
      Then the order is on hold
      And rule cll-duration-12wk is not evaluated at level block
      And these rules are not evaluated:
        | cll-escalation-order  |
        | cll-infusion-reaction |
        | cll-low-baseline      |
        | cll-max-week-90       |
        | cll-premed            |
        | cll-repeat-step       |
        | cll-restart-after-7d  |
