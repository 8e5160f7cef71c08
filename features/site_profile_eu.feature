Feature: The European profile
  Where the European label differs from the US one, a pharmacy in Europe chooses the profile eu. What the order
  has no field for (hourly vital signs, an ECG before the infusion) is not checked with either profile.

  Rule: What the US label warns of and the European label forbids

    @autoimmune-history
    Scenario Outline: autoimmune disease under the profile <profile>
      Given a Lemtrada order for course 1
      And the pharmacy's settings:
        | profile | <profile> |
      And the patient had autoimmune disease, resolved
      When the order is verified
      Then the order is <decision>
      And rule autoimmune-history is violated at level <level>

      Examples:
        | profile | decision | level |
        | us      | on hold  | warn  |
        | eu      | rejected | block |

    @cv-cerebro-history
    Scenario Outline: an earlier stroke under the profile <profile>
      Given a Lemtrada order for course 1
      And the pharmacy's settings:
        | profile | <profile> |
      And the patient had a stroke, resolved
      When the order is verified
      Then the order is <decision>
      And rule cv-cerebro-history is violated at level <level>

      Examples:
        | profile | decision | level |
        | us      | on hold  | warn  |
        | eu      | rejected | block |

    @coagulopathy-anticoagulant
    Scenario Outline: an anticoagulant under the profile <profile>
      Given a Lemtrada order for course 1
      And the pharmacy's settings:
        | profile | <profile> |
      And the patient takes apixaban by mouth
      When the order is verified
      Then the order is <decision>
      And rule coagulopathy-anticoagulant is violated at level <level>

      Examples:
        | profile | decision | level |
        | us      | on hold  | warn  |
        | eu      | rejected | block |

    @autoimmune-history
    Scenario: what is not known of a forbidden condition holds the order
      Given a Lemtrada order for course 1
      And the pharmacy's settings:
        | profile | eu |
      And the conditions are not known
      When the order is verified
      Then the order is on hold
      And rules ci-hiv, ci-active-infection, tb-active-untreated and pml-signs are not evaluated
      And rules thyroid-active, kidney-lung-liver and malignancy are not evaluated
      And rule autoimmune-history is not evaluated at level block
      And rule cv-cerebro-history is not evaluated at level block
      And rule coagulopathy-anticoagulant is not evaluated at level block

  Rule: Europe allows four courses
    The US label sets no greatest number, so there the fourth and each later course is only shown.

    @course-count-cap
    Scenario Outline: course <number> under the profile <profile>
      Given a Lemtrada order for course <number>
      And the pharmacy's settings:
        | profile | <profile> |
      When the order is verified
      Then the order is <decision>
      And rule course-count-cap is <outcome>

      Examples:
        | profile | number | decision | outcome                 |
        | eu      | 4      | verified | cleared                 |
        | eu      | 5      | rejected | violated at level block |
        | us      | 5      | verified | violated at level info  |

  Rule: A diluted bag is used up within 8 hours

    @bag-end-8h
    Scenario Outline: a bag that ends <end> minutes after dilution
      Given a Lemtrada order for course 1
      And the pharmacy's settings:
        | profile | eu |
      And infusion 1 is prepared <before> minutes before its start
      When the order is verified
      Then the order is <decision>
      And rule bag-end-8h is <outcome>

      Examples:
        | before | end | decision | outcome                 |
        | 240    | 480 | verified | cleared                 |
        | 241    | 481 | rejected | violated at level block |

    @bag-end-8h
    Scenario: a European pharmacy that asks for a start in time only
      Given a Lemtrada order for course 1
      And the pharmacy's settings:
        | profile          | eu              |
        | stability policy | start within 8h |
      And infusion 1 is prepared 241 minutes before its start
      When the order is verified
      Then the order is on hold
      And rule bag-end-8h is violated at level warn

  Rule: The herpes antiviral may be shorter, where the pharmacy says so

    @antiviral-duration
    Scenario Outline: an antiviral until one month after the last infusion, with <months> months chosen
      Given a Lemtrada order for course 1
      And the pharmacy's settings:
        | profile          | eu       |
        | antiviral months | <months> |
      And the antiviral ends on 2025-07-06
      When the order is verified
      Then the order is <decision>
      And rule antiviral-duration is <outcome>

      Examples:
        | months | decision | outcome  |
        | 1      | verified | cleared  |
        | 2      | rejected | violated |

  @platelets-in-course-eu
  Rule: Platelets are counted on the third and fifth infusion date
    Asked of infusions that are given: of the third and fifth date of the first course, of the third of later ones.

    Background:
      Given a Lemtrada order for course 1
      And the pharmacy's settings:
        | profile | eu |

    Scenario: nothing is given yet
      When the order is verified
      Then the order is verified
      And rule platelets-in-course-eu is not applicable

    Scenario: three infusions are given, and the platelets of the third date are not on the order
      Given infusion 1 was given
      And infusion 2 was given
      And infusion 3 was given
      When the order is verified
      Then the order is on hold
      And rule platelets-in-course-eu is violated
      And the finding of rule platelets-in-course-eu names infusion 3

    Scenario: three infusions are given, and the platelets were counted on the third date
      Given infusion 1 was given
      And infusion 2 was given
      And infusion 3 was given
      And a further platelet count of 180,000 per microlitre is from 2025-06-04
      When the order is verified
      Then the order is verified
      And rule platelets-in-course-eu is cleared

    Scenario: three infusions are given, and the laboratory results are not known
      Given infusion 1 was given
      And infusion 2 was given
      And infusion 3 was given
      And the laboratory results are not known
      When the order is verified
      Then the order is on hold
      And rules baseline-labs-complete, baseline-labs-30d, baseline-upcr-first and baseline-abnormal are not evaluated
      And rule platelets-in-course-eu is not evaluated
