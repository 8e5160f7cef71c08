Feature: Herpes prophylaxis
  Treatment raises the risk of herpes infections from the first infusion on, and the risk outlasts the course.
  The label (section 2.2) asks for an antiviral that starts on day 1 and goes on for at least two months and
  until the CD4 count has recovered, whichever is later. The references ask for the antiviral too; only the
  label names day 1 and the CD4 count. It names no drug; which ones count is the choice of this project.

  @antiviral-present
  Rule: A herpes antiviral covers the whole course
    The antiviral runs from day 1 at the latest to the last infusion at least. Drugs may follow each other, so
    long as no day is left free. Acyclovir, valacyclovir, famciclovir, ganciclovir, valganciclovir count, by
    mouth or into a vein. The dose is not judged, other drugs are passed over, and no antibiotic is asked of a
    Lemtrada order.

    Scenario: no antiviral on the order
      Given a Lemtrada order for course 1
      And there is no antiviral
      When the order is verified
      Then the order is rejected
      And rule antiviral-present is violated at level block
      And rule antiviral-present cannot be overridden
      And rules antiviral-duration, antiviral-cd4 and antiviral-accepted are not applicable

    Scenario: the antiviral starts on day 2
      Given a Lemtrada order for course 1
      And the antiviral starts on 2025-06-03
      When the order is verified
      Then the order is rejected
      And rule antiviral-present is violated
      And rule antiviral-present shows the start of the antiviral as evidence
      And rules antiviral-duration and antiviral-accepted are cleared

    Scenario Outline: the antiviral starts on day 1 or before
      Given a Lemtrada order for course 1
      And the antiviral starts on <date>
      When the order is verified
      Then the order is verified
      And rule antiviral-present is cleared

      Examples:
        | date       |
        | 2025-06-02 |
        | 2025-06-01 |
        | 2025-05-12 |

    Scenario: the course is moved forward and the antiviral is not
      Given a Lemtrada order for course 1
      And the course starts on 2025-06-01
      And the antiviral starts on 2025-06-02
      When the order is verified
      Then the order is rejected
      And rule antiviral-present is violated

    Scenario: the antiviral ends on the day before the last infusion
      Given a Lemtrada order for course 1
      And the antiviral ends on 2025-06-05
      When the order is verified
      Then the order is rejected
      And rules antiviral-present and antiviral-duration are violated
      And rule antiviral-cd4 is violated at level info

    Scenario: the antiviral ends on the day of the last infusion
      Given a Lemtrada order for course 1
      And the antiviral ends on 2025-06-06
      When the order is verified
      Then the order is rejected
      And rule antiviral-present is cleared
      And rule antiviral-duration is violated
      And rule antiviral-cd4 is violated at level info

    Scenario Outline: one antiviral follows the other
      Given a Lemtrada order for course 1
      And the antiviral ends on 2025-06-04
      And the prophylaxis also includes valacyclovir by mouth from <date>
      When the order is verified
      Then the order is verified
      And rules antiviral-present, antiviral-duration and antiviral-accepted are cleared
      And rule antiviral-cd4 is not applicable

      Examples:
        | date       |
        | 2025-06-03 |
        | 2025-06-04 |
        | 2025-06-05 |

    Scenario: one free day between two antivirals
      Given a Lemtrada order for course 1
      And the antiviral ends on 2025-06-04
      And the prophylaxis also includes valacyclovir by mouth from 2025-06-06
      When the order is verified
      Then the order is rejected
      And rule antiviral-present is violated

    Scenario Outline: a drug that is no herpes prophylactic
      Given a Lemtrada order for course 1
      And the antiviral is <drug>
      When the order is verified
      Then the order is rejected
      And rule antiviral-present is violated
      And rules antiviral-duration, antiviral-cd4 and antiviral-accepted are not applicable

      Examples:
        | drug        |
        | oseltamivir |
        | letermovir  |
        | tenofovir   |
        | penciclovir |
        | dapsone     |

    Scenario Outline: an antiviral that is neither swallowed nor given into a vein
      Given a Lemtrada order for course 1
      And the antiviral is given <route>
      When the order is verified
      Then the order is rejected
      And rule antiviral-present is violated
      And rules antiviral-duration, antiviral-cd4 and antiviral-accepted are not applicable

      Examples:
        | route        |
        | on the skin  |
        | into the eye |

    Scenario Outline: an antiviral by mouth or into a vein
      Given a Lemtrada order for course 1
      And the antiviral is given <route>
      When the order is verified
      Then the order is verified
      And rule antiviral-present is cleared

      Examples:
        | route       |
        | by mouth    |
        | into a vein |

    Scenario: the dose of the antiviral is not judged
      Given a Lemtrada order for course 1
      And the antiviral is acyclovir 1 mg
      When the order is verified
      Then the order is verified
      And rule antiviral-present is cleared

    Scenario: the dose of the antiviral need not be known
      Given a Lemtrada order for course 1
      And the dose of the antiviral is not known
      When the order is verified
      Then the order is verified
      And rule antiviral-present is cleared

    Scenario Outline: other drugs beside the antiviral are passed over
      Given a Lemtrada order for course 1
      And the prophylaxis also includes <drug> from 2025-06-02 until 2025-06-10
      When the order is verified
      Then the order is verified
      And rules antiviral-present, antiviral-duration and antiviral-accepted are cleared
      And rule antiviral-cd4 is not applicable

      Examples:
        | drug                          |
        | sulfamethoxazole-trimethoprim |
        | oseltamivir                   |
        | acyclovir on the skin         |
        | "vitalixir"                   |

    Scenario: no antibiotic is asked of a Lemtrada order
      Given a Lemtrada order for course 1
      And the antiviral is acyclovir 200 mg
      When the order is verified
      Then the order is verified
      And rule antiviral-present is cleared

    Scenario: an antibiotic does not stand in for the antiviral
      Given a Lemtrada order for course 1
      And there is no antiviral
      And the prophylaxis also includes sulfamethoxazole-trimethoprim
      When the order is verified
      Then the order is rejected
      And rule antiviral-present is violated

    Scenario: the order says that there is no prophylaxis
      Given a Lemtrada order for course 1
      And there are no prophylaxis
      When the order is verified
      Then the order is rejected
      And rule antiviral-present is violated

    Scenario: each course needs the antiviral from its day 1
      Given a Lemtrada order for course 2
      And the antiviral starts 1 day after day 1
      When the order is verified
      Then the order is rejected
      And rule antiviral-present is violated

    Scenario: the order does not speak of prophylaxis
      Given a Lemtrada order for course 1
      And the prophylaxis is not known
      When the order is verified
      Then the order is on hold
      And rule antiviral-present is not evaluated at level block
      And rule antiviral-present points to the prophylaxis as missing
      And rules antiviral-duration, antiviral-cd4 and antiviral-accepted are not evaluated

    Scenario: the antiviral has no start on the order
      Given a Lemtrada order for course 1
      And the start of the antiviral is not known
      When the order is verified
      Then the order is on hold
      And rule antiviral-present is not evaluated at level block
      And rule antiviral-present points to the start of the antiviral as missing
      And rules antiviral-duration and antiviral-accepted are cleared
      And rule antiviral-cd4 is not applicable

    Scenario: an antiviral without a route may be one for the skin
      Given a Lemtrada order for course 1
      And the route of the antiviral is not known
      When the order is verified
      Then the order is on hold
      And rule antiviral-present is not evaluated
      And rule antiviral-present points to the route of the antiviral as missing
      And rules antiviral-duration, antiviral-cd4 and antiviral-accepted are not evaluated

    Scenario: a drug without a name may be the antiviral
      Given a Lemtrada order for course 1
      And the name of the antiviral is not known
      When the order is verified
      Then the order is on hold
      And rule antiviral-present is not evaluated
      And rule antiviral-present points to the name of the antiviral as missing
      And rules antiviral-duration, antiviral-cd4 and antiviral-accepted are not evaluated

    Scenario: a drug without a name beside the antiviral leaves the rules on the antiviral open
      Given a Lemtrada order for course 1
      And the prophylaxis also includes a drug that is not named
      When the order is verified
      Then the order is on hold
      And rules antiviral-present, antiviral-duration and antiviral-accepted are not evaluated
      And rule antiviral-cd4 is not evaluated

  @antiviral-duration
  Rule: The herpes antiviral lasts until 2 months after the last infusion
    Two calendar months are the least that the label sets, with the last day included; an antiviral without
    an end date passes. A month that lacks the day of the last infusion is rounded to the first day of the
    month that follows, the safe reading of a minimum. A named pharmacist may release a shorter one.

    Scenario: one day short of two months
      Given a Lemtrada order for course 1
      And the antiviral ends on 2025-08-05
      When the order is verified
      Then the order is rejected
      And rule antiviral-duration is violated at level block
      And rule antiviral-duration can be overridden
      And rule antiviral-cd4 is violated at level info
      And rules antiviral-present and antiviral-accepted are cleared

    Scenario Outline: two months to the day and longer
      Given a Lemtrada order for course 1
      And the antiviral ends on <date>
      When the order is verified
      Then the order is verified
      And rule antiviral-duration is cleared
      And rule antiviral-cd4 is violated at level info

      Examples:
        | date       |
        | 2025-08-06 |
        | 2025-08-07 |
        | 2025-12-31 |

    Scenario: without an end date
      Given a Lemtrada order for course 1
      And the antiviral has no end date
      When the order is verified
      Then the order is verified
      And rule antiviral-duration is cleared
      And rule antiviral-cd4 is not applicable

    Scenario: the months count from the last infusion, not from day 1
      Given a Lemtrada order for course 1
      And the antiviral ends on 2025-08-02
      When the order is verified
      Then the order is rejected
      And rule antiviral-duration is violated

    Scenario Outline: two months after the end of December end on 1 March
      Given a Lemtrada order for course 1
      And the whole order is moved by 208 days
      And the antiviral ends on <date>
      When the order is verified
      Then the order is <decision>
      And rule antiviral-duration is <outcome>

      Examples:
        | date       | decision | outcome  |
        | 2026-02-28 | rejected | violated |
        | 2026-03-01 | verified | cleared  |

    Scenario Outline: antivirals that follow each other count as one
      Given a Lemtrada order for course 1
      And the antiviral ends on 2025-06-30
      And the prophylaxis also includes famciclovir by mouth from 2025-07-01 until <date>
      When the order is verified
      Then the order is <decision>
      And rule antiviral-duration is <outcome>
      And rule antiviral-present is cleared

      Examples:
        | date       | decision | outcome  |
        | 2025-08-05 | rejected | violated |
        | 2025-08-06 | verified | cleared  |

    Scenario: a free day after the course ends the antiviral too soon
      Given a Lemtrada order for course 1
      And the antiviral ends on 2025-06-30
      And the prophylaxis also includes famciclovir by mouth from 2025-07-02 until 2025-09-30
      When the order is verified
      Then the order is rejected
      And rule antiviral-duration is violated
      And rule antiviral-present is cleared

    Scenario: an antiviral that starts too late may still last long enough
      Given a Lemtrada order for course 1
      And the antiviral starts on 2025-06-04
      And the antiviral ends on 2025-08-06
      When the order is verified
      Then the order is rejected
      And rule antiviral-duration is cleared
      And rule antiviral-present is violated

    Scenario: an end that is too early counts although the start is not on the order
      Given a Lemtrada order for course 1
      And the start of the antiviral is not known
      And the antiviral ends on 2025-08-05
      When the order is verified
      Then the order is rejected
      And rule antiviral-duration is violated
      And rule antiviral-cd4 is violated at level info
      And rule antiviral-present is not evaluated

    Scenario: without prophylaxis on the order it is open how long the antiviral lasts
      Given a Lemtrada order for course 1
      And the prophylaxis is not known
      When the order is verified
      Then the order is on hold
      And rule antiviral-duration is not evaluated at level block
      And rule antiviral-duration points to the prophylaxis as missing
      And rules antiviral-present, antiviral-cd4 and antiviral-accepted are not evaluated

    Scenario: without an antiviral there is no duration to judge
      Given a Lemtrada order for course 1
      And there is no antiviral
      When the order is verified
      Then the order is rejected
      And rule antiviral-duration is not applicable
      And rule antiviral-present is violated

  @antiviral-cd4
  Rule: A CD4 count is needed before the herpes antiviral ends
    The label asks for the later of two dates: two months after the course, or a CD4 count of 200 per
    microlitre. The second is not known at the time of the order. Any end date is therefore a reason to
    remind of the count; the rule holds nothing, and without an end date it does not ask. It never clears.

    Scenario Outline: the antiviral has an end date that is late enough
      Given a Lemtrada order for course 1
      And the antiviral ends on <date>
      When the order is verified
      Then the order is verified
      And rule antiviral-cd4 is violated at level info
      And the message of rule antiviral-cd4 says "200"
      And rule antiviral-duration is cleared

      Examples:
        | date       |
        | 2025-08-06 |
        | 2025-08-07 |
        | 2026-06-06 |

    Scenario: the antiviral has an end date that is too early
      Given a Lemtrada order for course 1
      And the antiviral ends on 2025-08-05
      When the order is verified
      Then the order is rejected
      And rule antiviral-cd4 is violated at level info
      And rule antiviral-duration is violated

    Scenario Outline: a CD4 count from before the course does not settle it
      Given a Lemtrada order for course 1
      And the antiviral ends on 2025-08-06
      And a further CD4 count of <count> per microlitre is from 2025-05-20
      When the order is verified
      Then the order is verified
      And rule antiviral-cd4 is violated at level info

      Examples:
        | count |
        | 199   |
        | 200   |
        | 900   |

    Scenario: an antiviral without an end date needs no reminder
      Given a Lemtrada order for course 1
      And the antiviral has no end date
      When the order is verified
      Then the order is verified
      And rule antiviral-cd4 is not applicable

    Scenario: the last of several antivirals has no end date
      Given a Lemtrada order for course 1
      And the antiviral ends on 2025-06-30
      And the prophylaxis also includes famciclovir by mouth from 2025-07-01
      When the order is verified
      Then the order is verified
      And rule antiviral-cd4 is not applicable

    Scenario: without an antiviral there is no end to remind of
      Given a Lemtrada order for course 1
      And there is no antiviral
      When the order is verified
      Then the order is rejected
      And rule antiviral-cd4 is not applicable
      And rule antiviral-present is violated

    Scenario: without prophylaxis on the order it is open if the antiviral ends
      Given a Lemtrada order for course 1
      And the prophylaxis is not known
      When the order is verified
      Then the order is on hold
      And rule antiviral-cd4 is not evaluated at level info
      And rule antiviral-cd4 points to the prophylaxis as missing
      And rules antiviral-present, antiviral-duration and antiviral-accepted are not evaluated

  @antiviral-accepted
  Rule: The antiviral is a usual herpes prophylactic
    Acyclovir, valacyclovir or famciclovir is usual. Ganciclovir and valganciclovir act against herpes
    viruses, yet they are not the usual choice, so a pharmacist confirms that they are meant. This list is
    the choice of this project.

    Scenario Outline: an agent that is unusual as prophylaxis
      Given a Lemtrada order for course 1
      And the antiviral is <drug>
      When the order is verified
      Then the order is on hold
      And rule antiviral-accepted is violated at level warn
      And rule antiviral-accepted shows the name of the antiviral as evidence
      And rules antiviral-present and antiviral-duration are cleared

      Examples:
        | drug                  |
        | ganciclovir           |
        | valganciclovir 450 mg |

    Scenario Outline: a usual agent
      Given a Lemtrada order for course 1
      And the antiviral is <drug>
      When the order is verified
      Then the order is verified
      And rule antiviral-accepted is cleared

      Examples:
        | drug               |
        | acyclovir 200 mg   |
        | aciclovir 400 mg   |
        | valacyclovir       |
        | famciclovir 250 mg |

    Scenario: an unusual agent beside a usual one
      Given a Lemtrada order for course 1
      And the prophylaxis also includes valganciclovir by mouth
      When the order is verified
      Then the order is on hold
      And rule antiviral-accepted is violated at level warn

    Scenario: a drug that is no herpes prophylactic is left to the rule on presence
      Given a Lemtrada order for course 1
      And the antiviral is oseltamivir
      When the order is verified
      Then the order is rejected
      And rule antiviral-accepted is not applicable
      And rule antiviral-present is violated

    Scenario: without an antiviral there is no agent to judge
      Given a Lemtrada order for course 1
      And there is no antiviral
      When the order is verified
      Then the order is rejected
      And rule antiviral-accepted is not applicable
      And rule antiviral-present is violated

    Scenario: without prophylaxis on the order it is open which agent is given
      Given a Lemtrada order for course 1
      And the prophylaxis is not known
      When the order is verified
      Then the order is on hold
      And rule antiviral-accepted is not evaluated at level warn
      And rule antiviral-accepted points to the prophylaxis as missing
      And rules antiviral-present, antiviral-duration and antiviral-cd4 are not evaluated
