Feature: Campath: size and amount of the doses
  Single doses above 30 mg and more than 90 mg in a week raise the rate of pancytopenia (boxed warning).
  The label knows three steps: 3, 10 and 30 mg. How a week is counted is the choice of this project.

  @cll-dose-step
  Rule: Each dose is 3, 10 or 30 mg

    Scenario Outline: each step
      Given a Campath order for a week of maintenance
      And infusion 3 is <dose> mg in <volume> mL
      When the order is verified
      Then the order is verified
      And rule cll-dose-step is cleared

      Examples:
        | dose | volume |
        | 3    | 0.1    |
        | 10   | 0.33   |
        | 30   | 1      |
        | 30.0 | 1      |

    Scenario Outline: anything between the steps
      Given a Campath order for a week of maintenance
      And infusion 3 is <dose> mg in <volume> mL
      When the order is verified
      Then the order is rejected
      And rule cll-dose-step is violated at level block
      And rule cll-dose-step can be overridden
      And the finding of rule cll-dose-step names infusion 3
      And the finding of rule cll-dose-step does not name infusion 2

      Examples:
        | dose | volume |
        | 2.9  | 0.097  |
        | 3.1  | 0.103  |
        | 9.9  | 0.33   |
        | 10.1 | 0.337  |
        | 20   | 0.667  |
        | 29.9 | 1      |

    Scenario: the dose is not known
      Given a Campath order for the first dose
      And the dose of infusion 1 is not known
      When the order is verified
      Then the order is on hold
      And rule cll-dose-step is not evaluated at level block
      And rule cll-max-single-30 is not evaluated
      And rules cll-max-week-90, cll-escalation-order and cll-volume are not evaluated
      And rule cll-dose-step points to the dose of infusion 1 as missing

    Scenario: a held infusion is not asked
      Given a Campath order for a week of maintenance
      And the dose of infusion 3 is 20 mg
      And infusion 3 is held
      When the order is verified
      Then the order is verified
      And rule cll-dose-step is cleared

  @cll-max-single-30
  Rule: No single dose is above 30 mg
    The limit belongs to the boxed warning and stands whatever the step; it cannot be overridden.

    Scenario: 30 mg
      Given a Campath order for a week of maintenance
      When the order is verified
      Then the order is verified
      And rule cll-max-single-30 is cleared

    Scenario Outline: more than 30 mg
      Given a Campath order for a week of maintenance
      And the dose of the last earlier infusion is <dose> mg
      And the dose of earlier infusion 8 is 3 mg
      And infusion 1 is <dose> mg in 1 mL
      And infusion 3 is held
      And infusion 2 is held
      When the order is verified
      Then the order is rejected
      And rule cll-max-single-30 is violated at level block
      And rule cll-max-single-30 cannot be overridden
      And the finding of rule cll-max-single-30 names infusion 1
      And rule cll-dose-step is violated

      Examples:
        | dose      |
        | 30.000001 |
        | 30.1      |

    Scenario: a first dose of 60 mg
      Given a Campath order for the first dose
      And infusion 1 is 60 mg in 2 mL
      When the order is verified
      Then the order is rejected
      And rule cll-max-single-30 is violated
      And rules cll-dose-step and cll-escalation-order are violated

    Scenario: the dose is not known (for the cap)
      Given a Campath order for the first dose
      And the dose of infusion 1 is not known
      When the order is verified
      Then the order is on hold
      And rule cll-max-single-30 is not evaluated at level block
      And rules cll-dose-step, cll-max-week-90, cll-escalation-order and cll-volume are not evaluated

  @cll-max-week-90
  Rule: No 7 dates in a row hold more than 90 mg
    Every window of seven calendar dates counts, with the doses of this order and those given before it
    in the same treatment. Exactly 90 mg pass.

    Scenario: a week of three times 30 mg
      Given a Campath order for a week of maintenance
      When the order is verified
      Then the order is verified
      And rule cll-max-week-90 is cleared

    Scenario: 10 mg of the history in the same 7 dates
      Given a Campath order for the step to 30 mg
      And a second infusion is added on 2025-06-04
      And a third infusion is added on 2025-06-06
      When the order is verified
      Then the order is rejected
      And rule cll-max-week-90 is violated at level block
      And rule cll-max-week-90 cannot be overridden
      And the message of rule cll-max-week-90 says "100"

    Scenario: 10 mg of the history a date earlier
      Given a Campath order for the step to 30 mg
      And a second infusion is added on 2025-06-04
      And a third infusion is added on 2025-06-07
      When the order is verified
      Then the order is verified
      And rule cll-max-week-90 is cleared

    Scenario: a fourth dose on the 7th date
      Given a Campath order for a week of maintenance
      And a fourth infusion is added on 2025-06-08
      When the order is verified
      Then the order is rejected
      And rule cll-max-week-90 is violated
      And rule cll-frequency is violated
      And the message of rule cll-max-week-90 says "120"

    Scenario: a fourth dose on the 8th date
      Given a Campath order for a week of maintenance
      And a fourth infusion is added on 2025-06-09
      When the order is verified
      Then the order is verified
      And rule cll-max-week-90 is cleared

    Scenario: three weeks of doses planned at once
      Given a Campath order for a week of maintenance
      And the infusions are:
        | date       | dose  | duration    | drawn volume |
        | 2025-06-02 | 30 mg | 120 minutes | 1 mL         |
        | 2025-06-04 | 30 mg | 120 minutes | 1.0 mL       |
        | 2025-06-06 | 30 mg | 120 minutes | 1 mL         |
        | 2025-06-09 | 30 mg | 120 minutes | 1 mL         |
        | 2025-06-11 | 30 mg | 120 minutes | 1 mL         |
        | 2025-06-13 | 30 mg | 120 minutes | 1 mL         |
      And the premedication of 2025-06-02 is given on every other infusion date
      When the order is verified
      Then the order is verified
      And rule cll-max-week-90 is cleared

    Scenario: a dose of the history is not known
      Given a Campath order for a week of maintenance
      And the dose of the last earlier infusion is not known
      And infusion 3 is left out
      And infusion 2 is left out
      When the order is verified
      Then the order is on hold
      And rule cll-max-week-90 is not evaluated at level block
      And rules cll-escalation-order, cll-frequency and cll-premed are not evaluated
      And rule cll-max-week-90 points to the dose of the last earlier infusion as missing

    Scenario: doses of another treatment do not count
      Given a Campath order for a week of maintenance
      And an earlier infusion of Campath 30 mg was given on 2025-06-01 in course 9 with a reaction of grade 0
      When the order is verified
      Then the order is verified
      And rule cll-max-week-90 is cleared

    Scenario: doses of Lemtrada do not count
      Given a Campath order for a week of maintenance
      And an earlier infusion of Lemtrada 12 mg was given on 2025-06-01 in course 1 with a reaction of grade 0
      When the order is verified
      Then the order is verified
      And rule cll-max-week-90 is cleared
