Feature: Campath: infusion and bag
  Campath is drawn from a vial of 30 mg in 1 mL, diluted in 100 mL and run over two hours. The label
  (sections 2.1 and 2.4) is the only source for most of these limits.

  @cll-infusion-2h
  Rule: Each infusion runs at least 2 hours
    Where duration and rate are both given, the shorter counts.

    Scenario Outline: two hours and longer
      Given a Campath order for a week of maintenance
      And infusion 2 runs for <minutes> minutes
      When the order is verified
      Then the order is verified
      And rule cll-infusion-2h is cleared

      Examples:
        | minutes |
        | 120     |
        | 121     |
        | 240     |

    Scenario Outline: shorter than two hours
      Given a Campath order for a week of maintenance
      And infusion 2 runs for <minutes> minutes
      When the order is verified
      Then the order is rejected
      And rule cll-infusion-2h is violated at level block
      And rule cll-infusion-2h cannot be overridden
      And the finding of rule cll-infusion-2h names infusion 2
      And the finding of rule cll-infusion-2h does not name infusion 3

      Examples:
        | minutes    |
        | 119        |
        | 119.999999 |
        | 30         |

    Scenario Outline: a rate beside a duration of 3 hours
      Given a Campath order for the first dose
      And infusion 1 runs for 180 minutes
      And infusion 1 runs at <rate> mL per hour
      When the order is verified
      Then the order is <decision>
      And rule cll-infusion-2h is <outcome>

      Examples:
        | rate | decision | outcome  |
        | 50   | verified | cleared  |
        | 50.1 | rejected | violated |

    Scenario: a slow rate beside a short duration
      Given a Campath order for the first dose
      And infusion 1 runs for 119 minutes
      And infusion 1 runs at 25 mL per hour
      When the order is verified
      Then the order is rejected
      And rule cll-infusion-2h is violated

    Scenario Outline: a rate alone
      Given a Campath order for the first dose
      And the duration of infusion 1 is not known
      And infusion 1 runs at <rate> mL per hour
      When the order is verified
      Then the order is <decision>
      And rule cll-infusion-2h is <outcome>

      Examples:
        | rate      | decision | outcome  |
        | 50        | verified | cleared  |
        | 50.000001 | rejected | violated |

    Scenario: the rate is that of the final volume
      Given a Campath order for the first dose
      And the final volume of infusion 1 is 101 mL
      And infusion 1 runs at 50.5 mL per hour
      When the order is verified
      Then the order is verified
      And rule cll-infusion-2h is cleared

    Scenario: neither duration nor rate is known
      Given a Campath order for the first dose
      And the duration of infusion 1 is not known
      When the order is verified
      Then the order is on hold
      And rule cll-infusion-2h is not evaluated at level block
      And rule cll-bag-8h is not evaluated at level warn
      And rule cll-infusion-2h points to the duration of infusion 1 as missing

  @cll-route-iv
  Rule: Campath is infused into a vein
    Under the skin is off label: it can be overridden, the other ways cannot.

    Scenario: intravenous infusion
      Given a Campath order for the first dose
      When the order is verified
      Then the order is verified
      And rule cll-route-iv is cleared

    Scenario Outline: another route
      Given a Campath order for a week of maintenance
      And the route of infusion 2 is <route>
      When the order is verified
      Then the order is rejected
      And rule cll-route-iv is violated at level block
      And rule cll-route-iv cannot be overridden
      And the finding of rule cll-route-iv names infusion 2

      Examples:
        | route                   |
        | intravenous push        |
        | intravenous bolus       |
        | intramuscular injection |
        | intrathecal injection   |
        | another route           |

    Scenario: under the skin
      Given a Campath order for the first dose
      And the route of infusion 1 is subcutaneous injection
      When the order is verified
      Then the order is rejected
      And rule cll-route-iv is violated at level block
      And rule cll-route-iv can be overridden

    Scenario: the route is not known
      Given a Campath order for the first dose
      And the route of infusion 1 is not known
      When the order is verified
      Then the order is on hold
      And rule cll-route-iv is not evaluated at level block
      And rule cll-route-iv points to the route of infusion 1 as missing

    Scenario: one under the skin, one not known
      Given a Campath order for a week of maintenance
      And the route of infusion 1 is subcutaneous injection
      And the route of infusion 2 is not known
      When the order is verified
      Then the order is rejected
      And rule cll-route-iv is violated at level block

  @cll-diluent
  Rule: The dose is diluted in 100 mL of 0.9 % sodium chloride or 5 % dextrose
    The size of the bag counts; where a final volume is given, it is 100 to 101.2 mL.

    Scenario Outline: the two diluents
      Given a Campath order for the first dose
      And the diluent of infusion 1 is <diluent>
      When the order is verified
      Then the order is verified
      And rule cll-diluent is cleared

      Examples:
        | diluent               |
        | 0.9 % sodium chloride |
        | 5 % dextrose          |

    Scenario Outline: another diluent
      Given a Campath order for the first dose
      And the diluent of infusion 1 is <diluent>
      When the order is verified
      Then the order is rejected
      And rule cll-diluent is violated at level block
      And rule cll-diluent cannot be overridden

      Examples:
        | diluent                                |
        | 5 % dextrose in 0.45 % sodium chloride |
        | 5 % dextrose in 0.9 % sodium chloride  |
        | 0.45 % sodium chloride                 |
        | lactated Ringer's solution             |
        | sterile water                          |
        | none                                   |
        | another diluent                        |

    Scenario Outline: another bag
      Given a Campath order for the first dose
      And the diluent volume of infusion 1 is <volume> mL
      When the order is verified
      Then the order is rejected
      And rule cll-diluent is violated

      Examples:
        | volume     |
        | 0          |
        | 50         |
        | 99         |
        | 99.999999  |
        | 100.000001 |
        | 101        |
        | 250        |

    Scenario Outline: a bag of 100 mL
      Given a Campath order for the first dose
      And the diluent volume of infusion 1 is <volume> mL
      When the order is verified
      Then the order is verified
      And rule cll-diluent is cleared

      Examples:
        | volume |
        | 100    |
        | 100.0  |

    Scenario Outline: a final volume
      Given a Campath order for the first dose
      And the final volume of infusion 1 is <volume> mL
      When the order is verified
      Then the order is <decision>
      And rule cll-diluent is <outcome>

      Examples:
        | volume     | decision | outcome  |
        | 99.999999  | rejected | violated |
        | 100        | verified | cleared  |
        | 101        | verified | cleared  |
        | 101.2      | verified | cleared  |
        | 101.200001 | rejected | violated |

    Scenario: the diluent is not known
      Given a Campath order for the first dose
      And the diluent of infusion 1 is not known
      When the order is verified
      Then the order is on hold
      And rule cll-diluent is not evaluated at level block
      And rule cll-diluent points to the diluent of infusion 1 as missing

    Scenario: the size of the bag is not known
      Given a Campath order for the first dose
      And the diluent volume of infusion 1 is not known
      When the order is verified
      Then the order is on hold
      And rule cll-diluent is not evaluated at level block

  @cll-volume
  Rule: The drawn volume holds the dose
    At 30 mg/mL it may differ from the dose by 1 % of it: the label's 0.33 mL for 10 mg hold 9.9 mg.

    Scenario Outline: volumes that hold 3 mg
      Given a Campath order for the first dose
      And the drawn volume of infusion 1 is <volume> mL
      When the order is verified
      Then the order is verified
      And rule cll-volume is cleared

      Examples:
        | volume |
        | 0.099  |
        | 0.1    |
        | 0.101  |

    Scenario Outline: volumes that do not hold 3 mg
      Given a Campath order for the first dose
      And the drawn volume of infusion 1 is <volume> mL
      When the order is verified
      Then the order is rejected
      And rule cll-volume is violated at level block
      And rule cll-volume cannot be overridden

      Examples:
        | volume   |
        | 0.098999 |
        | 0.101001 |
        | 1        |

    Scenario Outline: volumes that hold 10 mg
      Given a Campath order for the step to 10 mg
      And the drawn volume of infusion 1 is <volume> mL
      When the order is verified
      Then the order is verified
      And rule cll-volume is cleared

      Examples:
        | volume   |
        | 0.33     |
        | 0.333333 |
        | 0.336666 |

    Scenario Outline: volumes that do not hold 10 mg
      Given a Campath order for the step to 10 mg
      And the drawn volume of infusion 1 is <volume> mL
      When the order is verified
      Then the order is rejected
      And rule cll-volume is violated at level block
      And rule cll-volume cannot be overridden

      Examples:
        | volume   |
        | 0.329999 |
        | 0.336667 |
        | 1        |

    Scenario Outline: volumes that hold 30 mg
      Given a Campath order for the step to 30 mg
      And the drawn volume of infusion 1 is <volume> mL
      When the order is verified
      Then the order is verified
      And rule cll-volume is cleared

      Examples:
        | volume |
        | 0.99   |
        | 1      |
        | 1.01   |

    Scenario Outline: volumes that do not hold 30 mg
      Given a Campath order for the step to 30 mg
      And the drawn volume of infusion 1 is <volume> mL
      When the order is verified
      Then the order is rejected
      And rule cll-volume is violated at level block
      And rule cll-volume cannot be overridden

      Examples:
        | volume   |
        | 0.989999 |
        | 1.010001 |
        | 3        |

    Scenario: the drawn volume is not known
      Given a Campath order for the first dose
      And the drawn volume of infusion 1 is not known
      When the order is verified
      Then the order is on hold
      And rule cll-volume is not evaluated at level block
      And rule cll-volume points to the drawn volume of infusion 1 as missing

  @cll-bag-8h
  Rule: The bag is used within 8 hours
    The infusion starts within 8 hours of the preparation, to the minute. That it also ends within them
    is the literal reading of the older label, at level warn.

    Scenario Outline: the end
      Given a Campath order for the first dose
      And infusion 1 is prepared at <time>
      When the order is verified
      Then the order is <decision>
      And rule cll-bag-8h is <outcome>

      Examples:
        | time  | decision | outcome  |
        | 10:00 | verified | cleared  |
        | 04:00 | verified | cleared  |
        | 03:59 | on hold  | violated |
        | 02:00 | on hold  | violated |

    Scenario: the end comes too late
      Given a Campath order for the first dose
      And infusion 1 is prepared 361 minutes before its start
      When the order is verified
      Then the order is on hold
      And rule cll-bag-8h is violated at level warn

    Scenario: a longer infusion ends too late
      Given a Campath order for the first dose
      And infusion 1 is prepared at 04:00
      And infusion 1 runs for 121 minutes
      When the order is verified
      Then the order is on hold
      And rule cll-bag-8h is violated at level warn

    Scenario: the start comes too late
      Given a Campath order for the first dose
      And infusion 1 is prepared 481 minutes before its start
      When the order is verified
      Then the order is rejected
      And rule cll-bag-8h is violated at level block
      And rule cll-bag-8h cannot be overridden

    Scenario: the start comes to the minute
      Given a Campath order for the first dose
      And infusion 1 is prepared 480 minutes before its start
      When the order is verified
      Then the order is on hold
      And rule cll-bag-8h is violated at level warn

    Scenario: prepared after the start
      Given a Campath order for the first dose
      And infusion 1 is prepared 1 minute after its start
      When the order is verified
      Then the order is rejected
      And rule cll-bag-8h is violated at level block

    Scenario: the duration is not known
      Given a Campath order for the first dose
      And the duration of infusion 1 is not known
      When the order is verified
      Then the order is on hold
      And rule cll-bag-8h is not evaluated at level warn
      And rule cll-infusion-2h is not evaluated

    Scenario: the preparation time is not known
      Given a Campath order for the first dose
      And the preparation time of infusion 1 is not known
      When the order is verified
      Then the order is on hold
      And rule cll-bag-8h is not evaluated at level block
      And rule cll-bag-8h points to the preparation time of infusion 1 as missing
