Feature: Campath: blood counts
  Campath lowers neutrophils and platelets; deaths from cytopenia stand in the boxed warning. The label
  (section 2.3) names counts at which treatment waits and counts at which it goes on, and other limits for
  patients whose counts were low before the first dose. Lymphocytes fall in every patient: that is the
  effect of the drug and no reason to wait.

  @cll-hold-counts
  Rule: Treatment waits at fewer than 250 neutrophils or at 25,000 platelets per microlitre or fewer
    After a second hold the dose is 10 mg, at level warn. After a third treatment stops for good. A
    count that was as low before the first dose is judged by another rule.

    Scenario Outline: the newest neutrophil count
      Given a Campath order for a week of maintenance
      And the neutrophil count is <count> per microlitre
      When the order is verified
      Then the order is <decision>
      And rule cll-hold-counts is <outcome>

      Examples:
        | count      | decision | outcome  |
        | 249        | rejected | violated |
        | 249.999999 | rejected | violated |
        | 250        | verified | cleared  |
        | 251        | verified | cleared  |

    Scenario Outline: the newest platelet count
      Given a Campath order for a week of maintenance
      And the platelet count is <count> per microlitre
      When the order is verified
      Then the order is <decision>
      And rule cll-hold-counts is <outcome>

      Examples:
        | count         | decision | outcome  |
        | 24,999        | rejected | violated |
        | 25,000        | rejected | violated |
        | 25,000.000001 | verified | cleared  |
        | 25,001        | verified | cleared  |

    Scenario: it cannot be overridden
      Given a Campath order for a week of maintenance
      And the neutrophil count is 100 per microlitre
      When the order is verified
      Then the order is rejected
      And rule cll-hold-counts is violated at level block
      And rule cll-hold-counts cannot be overridden

    Scenario: both results of the newest day count
      Given a Campath order for a week of maintenance
      And a further neutrophil count of 249 per microlitre is from 2025-06-02
      When the order is verified
      Then the order is rejected
      And rule cll-hold-counts is violated

    Scenario: an older low count is not the newest
      Given a Campath order for a week of maintenance
      And a further neutrophil count of 249 per microlitre is from 2025-06-01
      When the order is verified
      Then the order is verified
      And rule cll-hold-counts is cleared

    Scenario: a count of after the infusions is not known yet
      Given a Campath order for a week of maintenance
      And a further neutrophil count of 249 per microlitre is from 2025-06-07
      When the order is verified
      Then the order is verified
      And rule cll-hold-counts is cleared

    Scenario: two earlier holds and 30 mg
      Given a Campath order for a week of maintenance
      And the number of earlier holds for low counts is 2
      When the order is verified
      Then the order is on hold
      And rule cll-hold-counts is violated at level warn

    Scenario: two earlier holds and 10 mg
      Given a Campath order for a week of maintenance
      And the number of earlier holds for low counts is 2
      And every infusion is 10 mg in 0.33 mL
      When the order is verified
      Then the order is verified
      And rule cll-hold-counts is cleared

    Scenario: one earlier hold and 30 mg
      Given a Campath order for a week of maintenance
      And the number of earlier holds for low counts is 1
      When the order is verified
      Then the order is verified
      And rule cll-hold-counts is cleared

    Scenario Outline: three earlier holds or more
      Given a Campath order for a week of maintenance
      And the number of earlier holds for low counts is <holds>
      When the order is verified
      Then the order is rejected
      And rule cll-hold-counts is violated at level block

      Examples:
        | holds |
        | 3     |
        | 4     |

    Scenario: the earlier holds are not known
      Given a Campath order for a week of maintenance
      And the number of earlier holds for low counts is not known
      When the order is verified
      Then the order is on hold
      And rule cll-hold-counts is not evaluated at level block
      And rule cll-resume-counts is not applicable
      And rule cll-hold-counts points to the number of earlier holds for low counts as missing

    Scenario Outline: the newest count is not known
      Given a Campath order for a week of maintenance
      And the <part> of the newest neutrophil count result is not known
      When the order is verified
      Then the order is on hold
      And rule cll-hold-counts is not evaluated at level block
      And rule cll-cbc-weekly is not evaluated

      Examples:
        | part  |
        | value |
        | unit  |

    Scenario Outline: the first dose
      Given a Campath order for the first dose
      And the <count> is <number> per microlitre
      When the order is verified
      Then the order is <decision>
      And rule cll-hold-counts is <outcome>
      And rule cll-low-baseline is not applicable

      Examples:
        | count            | number | decision | outcome  |
        | neutrophil count | 249    | rejected | violated |
        | neutrophil count | 250    | verified | cleared  |
        | platelet count   | 25,000 | rejected | violated |
        | platelet count   | 25,001 | verified | cleared  |

  @cll-resume-counts
  Rule: After a hold treatment goes on at 500 neutrophils and 50,000 platelets per microlitre
    It is asked when there was a hold and a count since the newest dose was at the limit for it.

    Scenario Outline: neutrophils after a hold
      Given a Campath order for a week of maintenance
      And the number of earlier holds for low counts is 1
      And a further neutrophil count of 240 per microlitre is from 2025-05-31
      And the neutrophil count is <count> per microlitre
      When the order is verified
      Then the order is <decision>
      And rule cll-resume-counts is <outcome>

      Examples:
        | count      | decision | outcome  |
        | 499        | rejected | violated |
        | 499.999999 | rejected | violated |
        | 500        | verified | cleared  |
        | 501        | verified | cleared  |

    Scenario Outline: platelets after a hold
      Given a Campath order for a week of maintenance
      And the number of earlier holds for low counts is 1
      And a further neutrophil count of 240 per microlitre is from 2025-05-31
      And the platelet count is <count> per microlitre
      When the order is verified
      Then the order is <decision>
      And rule cll-resume-counts is <outcome>

      Examples:
        | count  | decision | outcome  |
        | 49,999 | rejected | violated |
        | 50,000 | verified | cleared  |
        | 50,001 | verified | cleared  |

    Scenario: it cannot be overridden (after a hold)
      Given a Campath order for a week of maintenance
      And the number of earlier holds for low counts is 1
      And a further neutrophil count of 240 per microlitre is from 2025-05-31
      And the neutrophil count is 400 per microlitre
      When the order is verified
      Then the order is rejected
      And rule cll-resume-counts is violated at level block
      And rule cll-resume-counts cannot be overridden

    Scenario: a hold for platelets
      Given a Campath order for a week of maintenance
      And the number of earlier holds for low counts is 1
      And a further platelet count of 25,000 per microlitre is from 2025-05-31
      And the platelet count is 49,999 per microlitre
      When the order is verified
      Then the order is rejected
      And rule cll-resume-counts is violated

    Scenario: no earlier hold
      Given a Campath order for a week of maintenance
      And a further neutrophil count of 240 per microlitre is from 2025-05-31
      And the neutrophil count is 499 per microlitre
      When the order is verified
      Then the order is verified
      And rule cll-resume-counts is not applicable

    Scenario: no count was at the limit since the newest dose
      Given a Campath order for a week of maintenance
      And the number of earlier holds for low counts is 1
      And a further neutrophil count of 250 per microlitre is from 2025-05-31
      And the neutrophil count is 499 per microlitre
      When the order is verified
      Then the order is verified
      And rule cll-resume-counts is not applicable

    Scenario: the limit was met before the newest dose
      Given a Campath order for a week of maintenance
      And the number of earlier holds for low counts is 1
      And a further neutrophil count of 240 per microlitre is from 2025-05-29
      And the neutrophil count is 499 per microlitre
      When the order is verified
      Then the order is verified
      And rule cll-resume-counts is not applicable

    Scenario: the earlier holds are not known (after a hold)
      Given a Campath order for a week of maintenance
      And the number of earlier holds for low counts is not known
      And a further neutrophil count of 240 per microlitre is from 2025-05-31
      When the order is verified
      Then the order is on hold
      And rule cll-resume-counts is not evaluated at level block
      And rule cll-hold-counts is not evaluated

  @cll-low-baseline
  Rule: A count that was low before the first dose may not fall to half
    The baseline is the newest count on or before the day of the first dose ever: 250 neutrophils or
    fewer, 25,000 platelets or fewer per microlitre. Exactly half is too low.

    Scenario Outline: neutrophils that were low
      Given a Campath order for a week of maintenance
      And the neutrophil count of 2025-05-11 is <before> per microlitre
      And the neutrophil count is <now> per microlitre
      When the order is verified
      Then the order is <decision>
      And rule cll-low-baseline is <outcome>

      Examples:
        | before | now   | decision | outcome  |
        | 200    | 101   | verified | cleared  |
        | 201    | 100.6 | verified | cleared  |
        | 200    | 100   | rejected | violated |
        | 200    | 99    | rejected | violated |
        | 201    | 100.5 | rejected | violated |
        | 250    | 126   | verified | cleared  |
        | 250    | 125   | rejected | violated |

    Scenario Outline: platelets that were low
      Given a Campath order for a week of maintenance
      And the platelet count of 2025-05-11 is <before> per microlitre
      And the platelet count is <now> per microlitre
      When the order is verified
      Then the order is <decision>
      And rule cll-low-baseline is <outcome>

      Examples:
        | before | now    | decision | outcome  |
        | 20,000 | 10,001 | verified | cleared  |
        | 20,000 | 10,000 | rejected | violated |
        | 25,000 | 12,501 | verified | cleared  |
        | 25,000 | 12,500 | rejected | violated |

    Scenario Outline: a baseline just above the limit
      Given a Campath order for a week of maintenance
      And the <count> of 2025-05-11 is <before> per microlitre
      And the <count> is <now> per microlitre
      When the order is verified
      Then the order is rejected
      And rule cll-hold-counts is violated
      And rule cll-low-baseline is not applicable

      Examples:
        | count            | before | now    |
        | neutrophil count | 251    | 249    |
        | platelet count   | 25,001 | 12,501 |

    Scenario: it cannot be overridden (for a low baseline)
      Given a Campath order for a week of maintenance
      And the neutrophil count of 2025-05-11 is 200 per microlitre
      And the neutrophil count is 50 per microlitre
      When the order is verified
      Then the order is rejected
      And rule cll-low-baseline is violated at level block
      And rule cll-low-baseline cannot be overridden

    Scenario: only the platelets were low
      Given a Campath order for a week of maintenance
      And the platelet count of 2025-05-11 is 20,000 per microlitre
      And the platelet count is 15,000 per microlitre
      And the neutrophil count is 249 per microlitre
      When the order is verified
      Then the order is rejected
      And rule cll-hold-counts is violated
      And rule cll-low-baseline is cleared

    Scenario: a count of after the first dose is no baseline
      Given a Campath order for a week of maintenance
      And the neutrophil count of 2025-05-11 is 200 per microlitre
      And a further neutrophil count of 150 per microlitre is from 2025-05-13
      And the neutrophil count is 91 per microlitre
      When the order is verified
      Then the order is rejected
      And rule cll-low-baseline is violated

    Scenario: the baseline is not known
      Given a Campath order for a week of maintenance
      And the neutrophil count result of 2025-05-11 is left out
      And the neutrophil count is 120 per microlitre
      When the order is verified
      Then the order is on hold
      And rule cll-low-baseline is not evaluated at level block
      And rule cll-hold-counts is not evaluated

    Scenario: before any dose
      Given a Campath order for the first dose
      When the order is verified
      Then the order is verified
      And rule cll-low-baseline is not applicable

  @cll-cbc-weekly
  Rule: The blood count is at most 7 days old at the first infusion of the order
    A blood count holds neutrophils, platelets and lymphocytes.

    Scenario Outline: both from one day
      Given a Campath order for a week of maintenance
      And the laboratory results are from <date>
      When the order is verified
      Then the order is <decision>
      And rule cll-cbc-weekly is <outcome>

      Examples:
        | date       | decision | outcome  |
        | 2025-05-26 | verified | cleared  |
        | 2025-05-25 | on hold  | violated |

    Scenario Outline: one of them is older
      Given a Campath order for the first dose
      And the newest <count> result is from 2025-05-25
      When the order is verified
      Then the order is on hold
      And rule cll-cbc-weekly is violated at level warn

      Examples:
        | count            |
        | neutrophil count |
        | platelet count   |
        | lymphocyte count |

    Scenario: no neutrophil count, no platelet count
      Given a Campath order for the first dose
      And there are no laboratory results
      When the order is verified
      Then the order is on hold
      And rule cll-cbc-weekly is violated at level warn
      And rule cll-hold-counts is not evaluated

    Scenario: the first infusion is held
      Given a Campath order for a week of maintenance
      And infusion 1 is held
      And the laboratory results are from 2025-05-28
      When the order is verified
      Then the order is verified
      And rule cll-cbc-weekly is cleared

    Scenario: the first infusion is held and the counts are 8 days old
      Given a Campath order for a week of maintenance
      And infusion 1 is held
      And the laboratory results are from 2025-05-27
      When the order is verified
      Then the order is on hold
      And rule cll-cbc-weekly is violated at level warn

    Scenario: no infusion is planned any more
      Given a Campath order for a week of maintenance
      And every infusion was given
      When the order is verified
      Then the order is verified
      And rule cll-cbc-weekly is not applicable

    Scenario: the laboratory results are not known
      Given a Campath order for the first dose
      And the laboratory results are not known
      When the order is verified
      Then the order is on hold
      And rule cll-cbc-weekly is not evaluated at level warn
      And rule cll-hold-counts is not evaluated

  Rule: Few lymphocytes alone are no reason to wait
    How many there are is asked by no rule.

    Scenario Outline: few lymphocytes
      Given a Campath order for the first dose
      And the lymphocyte count is <count> per microlitre
      When the order is verified
      Then the order is verified
      And rules cll-hold-counts and cll-cbc-weekly are cleared

      Examples:
        | count |
        | 0     |
        | 10    |
        | 500   |
