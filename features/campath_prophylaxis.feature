Feature: Campath: prophylaxis against Pneumocystis and herpes
  Lymphocytes fall for months, and infections by Pneumocystis and herpes viruses were fatal in trials. The
  label (section 2.2) asks for trimethoprim-sulfamethoxazole and famciclovir, or equivalents, from the
  start until two months after the last dose and until 200 CD4 cells per microlitre, whichever is later.
  Doses are not judged.

  @cll-pjp-prophylaxis
  Rule: Prophylaxis against Pneumocystis runs from the first infusion on
    Dapsone, atovaquone and pentamidine are accepted with an allergy to sulfonamides; without one the
    pharmacist is asked.

    Scenario: there is none
      Given a Campath order for the first dose
      And there is no pneumocystis prophylaxis
      When the order is verified
      Then the order is rejected
      And rule cll-pjp-prophylaxis is violated at level block
      And rule cll-pjp-prophylaxis cannot be overridden

    Scenario Outline: the start
      Given a Campath order for the first dose
      And the pneumocystis prophylaxis starts on <date>
      When the order is verified
      Then the order is <decision>
      And rule cll-pjp-prophylaxis is <outcome>

      Examples:
        | date       | decision | outcome  |
        | 2025-06-03 | rejected | violated |
        | 2025-06-02 | verified | cleared  |
        | 2025-05-01 | verified | cleared  |

    Scenario: another antibiotic
      Given a Campath order for the first dose
      And the pneumocystis prophylaxis is amoxicillin
      When the order is verified
      Then the order is rejected
      And rule cll-pjp-prophylaxis is violated

    Scenario: half the dose
      Given a Campath order for the first dose
      And the pneumocystis prophylaxis is co-trimoxazole 480 mg
      When the order is verified
      Then the order is verified
      And rule cll-pjp-prophylaxis is cleared

    Scenario Outline: an alternative with an allergy to sulfonamides
      Given a Campath order for the first dose
      And the pneumocystis prophylaxis is <drug>
      And the patient is allergic to sulfamethoxazole
      When the order is verified
      Then the order is verified
      And rule cll-pjp-prophylaxis is cleared

      Examples:
        | drug        |
        | dapsone     |
        | atovaquone  |
        | pentamidine |

    Scenario Outline: an alternative without an allergy to sulfonamides
      Given a Campath order for the first dose
      And the pneumocystis prophylaxis is <drug>
      When the order is verified
      Then the order is on hold
      And rule cll-pjp-prophylaxis is violated at level warn

      Examples:
        | drug        |
        | dapsone     |
        | atovaquone  |
        | pentamidine |

    Scenario: an alternative with another allergy
      Given a Campath order for the first dose
      And the pneumocystis prophylaxis is dapsone
      And the patient is allergic to penicillin
      When the order is verified
      Then the order is on hold
      And rule cll-pjp-prophylaxis is violated at level warn

    Scenario: an alternative while the allergies are not known
      Given a Campath order for the first dose
      And the pneumocystis prophylaxis is dapsone
      And the allergies are not known
      When the order is verified
      Then the order is on hold
      And rule cll-pjp-prophylaxis is not evaluated at level warn

    Scenario: an alternative that starts too late
      Given a Campath order for the first dose
      And the pneumocystis prophylaxis is dapsone
      And the patient is allergic to sulfamethoxazole
      And the pneumocystis prophylaxis starts on 2025-06-03
      When the order is verified
      Then the order is rejected
      And rule cll-pjp-prophylaxis is violated at level block

    Scenario: an alternative beside the usual drug
      Given a Campath order for the first dose
      And the prophylaxis also includes dapsone
      When the order is verified
      Then the order is on hold
      And rule cll-pjp-prophylaxis is violated at level warn

    Scenario: the prophylaxis is not known
      Given a Campath order for the first dose
      And the prophylaxis is not known
      When the order is verified
      Then the order is on hold
      And rule cll-pjp-prophylaxis is not evaluated at level block
      And rule cll-herpes-prophylaxis is not evaluated
      And rule cll-prophylaxis-duration is not evaluated

    Scenario: the start is not known
      Given a Campath order for the first dose
      And the start of the pneumocystis prophylaxis is not known
      When the order is verified
      Then the order is on hold
      And rule cll-pjp-prophylaxis is not evaluated at level block

  @cll-herpes-prophylaxis
  Rule: Prophylaxis against herpes runs from the first infusion on
    Acyclovir, valacyclovir and famciclovir by mouth or into a vein count.

    Scenario: there is none (against herpes)
      Given a Campath order for the first dose
      And there is no antiviral
      When the order is verified
      Then the order is rejected
      And rule cll-herpes-prophylaxis is violated at level block
      And rule cll-herpes-prophylaxis cannot be overridden

    Scenario Outline: the start (against herpes)
      Given a Campath order for the first dose
      And the antiviral starts on <date>
      When the order is verified
      Then the order is <decision>
      And rule cll-herpes-prophylaxis is <outcome>

      Examples:
        | date       | decision | outcome  |
        | 2025-06-03 | rejected | violated |
        | 2025-06-02 | verified | cleared  |
        | 2025-05-01 | verified | cleared  |

    Scenario Outline: drugs that count
      Given a Campath order for the first dose
      And the antiviral is <drug>
      When the order is verified
      Then the order is verified
      And rule cll-herpes-prophylaxis is cleared

      Examples:
        | drug         |
        | acyclovir    |
        | valacyclovir |
        | famciclovir  |

    Scenario Outline: drugs that are unusual as prophylaxis
      Given a Campath order for the first dose
      And the antiviral is <drug>
      When the order is verified
      Then the order is on hold
      And rule cll-herpes-prophylaxis is violated at level warn

      Examples:
        | drug           |
        | ganciclovir    |
        | valganciclovir |

    Scenario Outline: drugs that do not count
      Given a Campath order for the first dose
      And the antiviral is <drug>
      When the order is verified
      Then the order is rejected
      And rule cll-herpes-prophylaxis is violated

      Examples:
        | drug        |
        | oseltamivir |
        | letermovir  |
        | tenofovir   |

    Scenario Outline: ways that do not count
      Given a Campath order for the first dose
      And the antiviral is acyclovir
      And the antiviral is given <route>
      When the order is verified
      Then the order is rejected
      And rule cll-herpes-prophylaxis is violated

      Examples:
        | route        |
        | on the skin  |
        | into the eye |

    Scenario: into a vein
      Given a Campath order for the first dose
      And the antiviral is acyclovir
      And the antiviral is given into a vein
      When the order is verified
      Then the order is verified
      And rule cll-herpes-prophylaxis is cleared

    Scenario: the prophylaxis is not known (against herpes)
      Given a Campath order for the first dose
      And the prophylaxis is not known
      When the order is verified
      Then the order is on hold
      And rule cll-herpes-prophylaxis is not evaluated at level block
      And rule cll-pjp-prophylaxis is not evaluated
      And rule cll-prophylaxis-duration is not evaluated

    Scenario: a drug without a name leaves it open
      Given a Campath order for the first dose
      And the prophylaxis also includes a drug that is not named
      When the order is verified
      Then the order is on hold
      And rule cll-herpes-prophylaxis is not evaluated at level block
      And rule cll-pjp-prophylaxis is not evaluated
      And rule cll-prophylaxis-duration is not evaluated

  @cll-prophylaxis-duration
  Rule: Both go on for 2 months after the last dose and until 200 CD4 cells per microlitre
    An end without a CD4 count on file is too early; a prophylaxis without an end date is right. Month
    ends roll forward.

    Scenario Outline: two calendar months
      Given a Campath order for the first dose
      And <drug> ends on <end>
      And a further CD4 count of 200 per microlitre is from 2025-06-02
      When the order is verified
      Then the order is <decision>
      And rule cll-prophylaxis-duration is <outcome>

      Examples:
        | drug                         | end        | decision | outcome  |
        | the pneumocystis prophylaxis | 2025-08-01 | rejected | violated |
        | the pneumocystis prophylaxis | 2025-08-02 | verified | cleared  |
        | the antiviral                | 2025-08-01 | rejected | violated |
        | the antiviral                | 2025-08-02 | verified | cleared  |

    Scenario Outline: the CD4 count
      Given a Campath order for the first dose
      And the antiviral ends on 2025-12-31
      And a further CD4 count of <count> per microlitre is from 2025-06-02
      When the order is verified
      Then the order is <decision>
      And rule cll-prophylaxis-duration is <outcome>

      Examples:
        | count      | decision | outcome  |
        | 199        | rejected | violated |
        | 199.999999 | rejected | violated |
        | 200        | verified | cleared  |
        | 201        | verified | cleared  |

    Scenario: an end without a CD4 count
      Given a Campath order for the first dose
      And the pneumocystis prophylaxis ends on 2025-12-31
      When the order is verified
      Then the order is rejected
      And rule cll-prophylaxis-duration is violated at level block
      And rule cll-prophylaxis-duration can be overridden

    Scenario: a CD4 count of after the infusion
      Given a Campath order for the first dose
      And the antiviral ends on 2025-12-31
      And a further CD4 count of 500 per microlitre is from 2025-06-03
      When the order is verified
      Then the order is rejected
      And rule cll-prophylaxis-duration is violated

    Scenario: neither is ordered
      Given a Campath order for the first dose
      And there is no prophylaxis
      When the order is verified
      Then the order is rejected
      And rule cll-prophylaxis-duration is not applicable
      And rules cll-pjp-prophylaxis and cll-herpes-prophylaxis are violated

    Scenario: no end date and 150 CD4 cells
      Given a Campath order for the first dose
      And a further CD4 count of 150 per microlitre is from 2025-06-02
      When the order is verified
      Then the order is verified
      And rule cll-prophylaxis-duration is cleared

    Scenario: counted from the last infusion of the order
      Given a Campath order for a week of maintenance
      And the antiviral ends on 2025-08-05
      And a further CD4 count of 200 per microlitre is from 2025-06-02
      When the order is verified
      Then the order is rejected
      And rule cll-prophylaxis-duration is violated

    Scenario Outline: two months after the last day of December
      Given a Campath order for the first dose
      And the whole order is moved by 212 days
      And the antiviral ends on <end>
      And a further CD4 count of 200 per microlitre is from 2025-12-31
      When the order is verified
      Then the order is <decision>
      And rule cll-prophylaxis-duration is <outcome>

      Examples:
        | end        | decision | outcome  |
        | 2026-02-28 | rejected | violated |
        | 2026-03-01 | verified | cleared  |

    Scenario: the value of the CD4 count is not known
      Given a Campath order for the first dose
      And the antiviral ends on 2025-12-31
      And a further CD4 count of 200 per microlitre is from 2025-06-02
      And the value of the newest CD4 count result is not known
      When the order is verified
      Then the order is on hold
      And rule cll-prophylaxis-duration is not evaluated at level block
