Feature: Campath: from 3 mg to 30 mg
  The first infusions free messengers that cause fever, low blood pressure and bronchospasm. Treatment
  therefore starts with 3 mg and goes up only when a step is tolerated, that is with infusion reactions of
  grade 2 at most (label, section 2.1). All rules look at the doses of this treatment: Campath with the
  course number of the order.

  @cll-escalation-order
  Rule: Treatment starts with 3 mg, and 10 and 30 mg come after a tolerated step
    It is asked when a dose goes up. The grade of a dose that is planned in this same order cannot be
    known yet: that holds the order for the pharmacist, at level warn.

    Scenario: the first dose is 3 mg
      Given a Campath order for the first dose
      When the order is verified
      Then the order is verified
      And rules cll-escalation-order and cll-dose-step are cleared

    Scenario Outline: the first dose is more than 3 mg
      Given a Campath order for the first dose
      And infusion 1 is <dose> mg in <volume> mL
      When the order is verified
      Then the order is rejected
      And rule cll-escalation-order is violated at level block
      And rule cll-escalation-order cannot be overridden

      Examples:
        | dose | volume |
        | 10   | 0.33   |
        | 30   | 1      |

    Scenario: 3 mg, then 10 mg
      Given a Campath order for the step to 10 mg
      When the order is verified
      Then the order is verified
      And rule cll-escalation-order is cleared

    Scenario: 10 mg, then 30 mg
      Given a Campath order for the step to 30 mg
      When the order is verified
      Then the order is verified
      And rule cll-escalation-order is cleared

    Scenario: 3 mg, then 30 mg
      Given a Campath order for the step to 10 mg
      And infusion 1 is 30 mg in 1 mL
      When the order is verified
      Then the order is rejected
      And rule cll-escalation-order is violated at level block

    Scenario: after a second start 3 mg, then 30 mg
      Given a Campath order for a week of maintenance
      And the dose of the last earlier infusion is 3 mg
      And infusion 3 is left out
      And infusion 2 is left out
      When the order is verified
      Then the order is rejected
      And rule cll-escalation-order is violated

    Scenario: 30 mg after a hold at 10 mg
      Given a Campath order for a week of maintenance
      And the dose of the last earlier infusion is 10 mg
      And infusion 3 is left out
      And infusion 2 is left out
      When the order is verified
      Then the order is verified
      And rule cll-escalation-order is cleared

    Scenario Outline: the step before was tolerated
      Given a Campath order for the step to 30 mg
      And the reaction grade of the last earlier infusion is <grade>
      When the order is verified
      Then the order is verified
      And rule cll-escalation-order is cleared

      Examples:
        | grade |
        | 0     |
        | 1     |
        | 2     |

    Scenario Outline: the step before was not tolerated
      Given a Campath order for the step to 30 mg
      And the reaction grade of the last earlier infusion is <grade>
      When the order is verified
      Then the order is rejected
      And rule cll-escalation-order is violated at level block
      And rules cll-repeat-step and cll-infusion-reaction are violated

      Examples:
        | grade |
        | 3     |
        | 4     |

    Scenario: the grade of the dose before is not known
      Given a Campath order for the step to 30 mg
      And the reaction grade of the last earlier infusion is not known
      When the order is verified
      Then the order is on hold
      And rule cll-escalation-order is not evaluated at level warn
      And rule cll-repeat-step is not evaluated
      And rule cll-infusion-reaction is not evaluated
      And rule cll-escalation-order points to the reaction grade of the last earlier infusion as missing

    Scenario: 3 and 10 mg in one order
      Given a Campath order for the first dose
      And a second infusion is added on 2025-06-03
      And infusion 2 is 10 mg in 0.33 mL
      When the order is verified
      Then the order is on hold
      And rule cll-escalation-order is not evaluated at level warn
      And rule cll-repeat-step is not evaluated

    Scenario: 3 and 30 mg in one order
      Given a Campath order for the first dose
      And a second infusion is added on 2025-06-03
      And infusion 2 is 30 mg in 1 mL
      When the order is verified
      Then the order is rejected
      And rule cll-escalation-order is violated at level block
      And rule cll-repeat-step is not evaluated

    Scenario: the grade of an older dose is not known
      Given a Campath order for the step to 30 mg
      And the reaction grade of earlier infusion 1 is not known
      When the order is verified
      Then the order is verified
      And rule cll-escalation-order is cleared

    Scenario: an older dose had a reaction of grade 3
      Given a Campath order for the step to 30 mg
      And the reaction grade of earlier infusion 1 is 3
      When the order is verified
      Then the order is verified
      And rule cll-escalation-order is cleared

    Scenario: the first dose of a second treatment is 10 mg
      Given a Campath order for the step to 10 mg
      And the course number is 2
      When the order is verified
      Then the order is rejected
      And rule cll-escalation-order is violated

    Scenario: the course of an earlier infusion is not known
      Given a Campath order for the step to 10 mg
      And the course of earlier infusion 1 is not known
      When the order is verified
      Then the order is on hold
      And rule cll-escalation-order is not evaluated at level block
      And these rules are not evaluated:
        | cll-duration-12wk     |
        | cll-infusion-reaction |
        | cll-max-week-90       |
        | cll-premed            |
        | cll-repeat-step       |
        | cll-restart-after-7d  |

    Scenario: the same step again
      Given a Campath order for the step to 30 mg
      And infusion 1 is 10 mg in 0.33 mL
      When the order is verified
      Then the order is verified
      And rule cll-escalation-order is not applicable

    Scenario: a whole escalation of one step each
      Given a Campath order for the first dose
      And the earlier infusions of Campath in course 1 are:
        | date       | dose  | reaction |
        | 2025-05-26 | 3 mg  | grade 3  |
        | 2025-05-28 | 3 mg  | grade 2  |
        | 2025-05-30 | 10 mg | grade 2  |
      And infusion 1 is 30 mg in 1 mL
      And the laboratory results are from 2025-05-26
      And a further neutrophil count of 1,900 per microlitre is from 2025-05-30
      And a further platelet count of 90,000 per microlitre is from 2025-05-30
      And a further lymphocyte count of 20,000 per microlitre is from 2025-05-30
      When the order is verified
      Then the order is verified
      And rule cll-escalation-order is cleared

  @cll-repeat-step
  Rule: After a reaction of grade 3 or 4 the step is repeated
    Going up after such a reaction is never right; giving the same dose again is.

    Scenario Outline: going up after a reaction
      Given a Campath order for the step to 10 mg
      And the reaction grade of earlier infusion 1 is <grade>
      When the order is verified
      Then the order is rejected
      And rule cll-repeat-step is violated at level block
      And rule cll-repeat-step cannot be overridden
      And rules cll-escalation-order and cll-infusion-reaction are violated

      Examples:
        | grade |
        | 3     |
        | 4     |

    Scenario: going up after a reaction of grade 2
      Given a Campath order for the step to 10 mg
      And the reaction grade of earlier infusion 1 is 2
      When the order is verified
      Then the order is verified
      And rule cll-repeat-step is cleared

    Scenario: the same step after a reaction of grade 3
      Given a Campath order for the step to 10 mg
      And the reaction grade of earlier infusion 1 is 3
      And infusion 1 is 3 mg in 0.1 mL
      When the order is verified
      Then the order is rejected
      And rule cll-repeat-step is cleared
      And rule cll-infusion-reaction is violated

    Scenario: the grade is not known
      Given a Campath order for the step to 10 mg
      And the reaction grade of earlier infusion 1 is not known
      When the order is verified
      Then the order is on hold
      And rule cll-repeat-step is not evaluated at level block
      And rule cll-escalation-order is not evaluated
      And rule cll-infusion-reaction is not evaluated

    Scenario: a single first dose
      Given a Campath order for the first dose
      When the order is verified
      Then the order is verified
      And rule cll-repeat-step is not applicable

  @cll-infusion-reaction
  Rule: After an infusion reaction of grade 3 or 4 treatment waits
    The newest dose before the order counts, and holds back the first infusion of the order. A
    pharmacist may release it once the reaction is over.

    Scenario Outline: the newest dose had a severe reaction
      Given a Campath order for a week of maintenance
      And the reaction grade of the last earlier infusion is <grade>
      When the order is verified
      Then the order is rejected
      And rule cll-infusion-reaction is violated at level block
      And rule cll-infusion-reaction can be overridden

      Examples:
        | grade |
        | 3     |
        | 4     |

    Scenario Outline: the newest dose had a mild reaction
      Given a Campath order for a week of maintenance
      And the reaction grade of the last earlier infusion is <grade>
      When the order is verified
      Then the order is verified
      And rule cll-infusion-reaction is cleared

      Examples:
        | grade |
        | 0     |
        | 2     |

    Scenario: the grade of the newest dose is not known
      Given a Campath order for a week of maintenance
      And the reaction grade of the last earlier infusion is not known
      When the order is verified
      Then the order is on hold
      And rule cll-infusion-reaction is not evaluated at level block
      And rule cll-infusion-reaction points to the reaction grade of the last earlier infusion as missing

    Scenario Outline: a dose before the newest
      Given a Campath order for a week of maintenance
      And the reaction grade of earlier infusion 8 is <grade>
      When the order is verified
      Then the order is verified
      And rule cll-infusion-reaction is cleared

      Examples:
        | grade     |
        | 3         |
        | not known |

    Scenario: no dose was given yet
      Given a Campath order for the first dose
      When the order is verified
      Then the order is verified
      And rule cll-infusion-reaction is not applicable
