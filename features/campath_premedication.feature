Feature: Campath: premedication
  Diphenhydramine 50 mg and acetaminophen 500 to 1,000 mg half an hour before the infusion blunt its
  reactions. The label (section 2.2) asks for them before the first dose and each step up; another
  reference before each infusion. So a defect rejects the order on the first dose, on each step up and on
  each restart, and holds it on other days.

  @cll-premed
  Rule: Diphenhydramine and acetaminophen are given 30 minutes or more before the infusion

    Scenario: both half an hour before the first dose
      Given a Campath order for the first dose
      When the order is verified
      Then the order is verified
      And rule cll-premed is cleared

    Scenario Outline: the dose of diphenhydramine
      Given a Campath order for the first dose
      And diphenhydramine on 2025-06-02 is <dose> mg
      When the order is verified
      Then the order is <decision>
      And rule cll-premed is <outcome>

      Examples:
        | dose      | decision | outcome  |
        | 25        | rejected | violated |
        | 49        | rejected | violated |
        | 49.999999 | rejected | violated |
        | 50        | verified | cleared  |
        | 100       | verified | cleared  |

    Scenario Outline: the dose of acetaminophen
      Given a Campath order for the first dose
      And acetaminophen on 2025-06-02 is <dose> mg
      When the order is verified
      Then the order is <decision>
      And rule cll-premed is <outcome>

      Examples:
        | dose        | decision | outcome  |
        | 499         | rejected | violated |
        | 499.999999  | rejected | violated |
        | 500         | verified | cleared  |
        | 1000        | verified | cleared  |
        | 1000.000001 | rejected | violated |
        | 1001        | rejected | violated |

    Scenario Outline: the time
      Given a Campath order for the first dose
      And <drug> on 2025-06-02 is given <minutes> minutes before the infusion
      When the order is verified
      Then the order is <decision>
      And rule cll-premed is <outcome>

      Examples:
        | drug            | minutes | decision | outcome  |
        | diphenhydramine | 29      | rejected | violated |
        | diphenhydramine | 30      | verified | cleared  |
        | diphenhydramine | 60      | verified | cleared  |
        | acetaminophen   | 29      | rejected | violated |
        | acetaminophen   | 30      | verified | cleared  |
        | acetaminophen   | 90      | verified | cleared  |
        | acetaminophen   | 0       | rejected | violated |

    Scenario: given after the start
      Given a Campath order for the first dose
      And diphenhydramine on 2025-06-02 is given 1 minute after the start of the infusion
      When the order is verified
      Then the order is rejected
      And rule cll-premed is violated at level block

    Scenario: given on the evening before
      Given a Campath order for the first dose
      And there is no diphenhydramine on 2025-06-02
      And diphenhydramine 50 mg by mouth is also given on 2025-06-01 at 23:30
      When the order is verified
      Then the order is rejected
      And rule cll-premed is violated

    Scenario Outline: one of the two is lacking
      Given a Campath order for the first dose
      And there is no <drug> on 2025-06-02
      When the order is verified
      Then the order is rejected
      And rule cll-premed is violated at level block
      And rule cll-premed can be overridden

      Examples:
        | drug            |
        | diphenhydramine |
        | acetaminophen   |

    Scenario Outline: another drug in its place
      Given a Campath order for the first dose
      And <drug> on 2025-06-02 is <other> <dose> mg by mouth
      When the order is verified
      Then the order is rejected
      And rule cll-premed is violated

      Examples:
        | drug            | other      | dose |
        | diphenhydramine | cetirizine | 50   |
        | acetaminophen   | ibuprofen  | 600  |

    Scenario Outline: a step up
      Given a Campath order for the step to <step> mg
      And there is no diphenhydramine on 2025-06-02
      When the order is verified
      Then the order is rejected
      And rule cll-premed is violated at level block
      And rule cll-premed can be overridden

      Examples:
        | step |
        | 10   |
        | 30   |

    Scenario: a restart
      Given a Campath order for the first dose
      And a further neutrophil count of 2,100 per microlitre is from 2025-05-01
      And a further platelet count of 118,000 per microlitre is from 2025-05-01
      And an earlier infusion of Campath 30 mg was given on 2025-05-19 in course 1 with a reaction of grade 1
      And there is no acetaminophen on 2025-06-02
      When the order is verified
      Then the order is rejected
      And rule cll-premed is violated at level block

    Scenario: a dose of the same size again
      Given a Campath order for the step to 10 mg
      And infusion 1 is 3 mg in 0.1 mL
      And there is no acetaminophen on 2025-06-02
      When the order is verified
      Then the order is on hold
      And rule cll-premed is violated at level warn

    Scenario Outline: a defect in maintenance
      Given a Campath order for a week of maintenance
      And <defect>
      When the order is verified
      Then the order is on hold
      And rule cll-premed is violated at level warn

      Examples:
        | defect                                                              |
        | there is no diphenhydramine on 2025-06-04                           |
        | there is no acetaminophen on 2025-06-06                             |
        | diphenhydramine on 2025-06-02 is 49 mg                              |
        | acetaminophen on 2025-06-02 is 499 mg                               |
        | acetaminophen on 2025-06-02 is 1001 mg                              |
        | acetaminophen on 2025-06-04 is given 29 minutes before the infusion |
        | there are no premedications                                         |

    Scenario: the premedication is not known
      Given a Campath order for the first dose
      And the premedications are not known
      When the order is verified
      Then the order is on hold
      And rule cll-premed is not evaluated at level block
      And rule cll-premed points to the premedications as missing

    Scenario: the premedication is not known in maintenance
      Given a Campath order for a week of maintenance
      And the premedications are not known
      When the order is verified
      Then the order is on hold
      And rule cll-premed is not evaluated at level warn

    Scenario Outline: a part of it is not known
      Given a Campath order for the first dose
      And the <part> of <drug> on 2025-06-02 is not known
      When the order is verified
      Then the order is on hold
      And rule cll-premed is not evaluated at level block

      Examples:
        | part | drug            |
        | dose | diphenhydramine |
        | time | diphenhydramine |
        | name | diphenhydramine |
        | dose | acetaminophen   |
        | time | acetaminophen   |
        | name | acetaminophen   |

    Scenario: of a held infusion none is asked
      Given a Campath order for a week of maintenance
      And infusion 3 is held
      And there is no diphenhydramine on 2025-06-06
      When the order is verified
      Then the order is verified
      And rule cll-premed is cleared
