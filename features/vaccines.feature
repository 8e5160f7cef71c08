Feature: Vaccines before, during and after a Lemtrada course
  A live vaccine can cause the disease itself while lymphocytes are low, and any vaccine given shortly before
  a course may not take. So vaccines belong before the course, with 6 weeks in between, and live ones never
  after it.

  Day 1 of the first course is Monday 2025-06-02 here. Six weeks are 42 days: 2025-04-21 is the last day that
  keeps them, 2025-04-22 is one day short. Day 1 of the second course is 2026-06-08, and the first infusion of
  its history was on 2025-06-02.

  @vaccine-live-6wk
  Rule: No live vaccine within 6 weeks before day 1
    The US label (section 2.1) asks that all needed immunizations be complete 6 weeks before the course. The
    rule reads vaccines dated before day 1, given or planned; what is dated later belongs to the rule on
    vaccines after the start. A vaccine whose kind is left open, such as influenza by injection or spray, may
    be live and asks for a look.

    Scenario: live vaccine one day short of 6 weeks
      Given a Lemtrada order for course 1
      And the patient received MMR (CVX 03) on 2025-04-22
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated at level block
      And rule vaccine-live-6wk cannot be overridden
      And the message of rule vaccine-live-6wk says "41"
      And the message of rule vaccine-live-6wk says "42"
      And rules vaccine-other-6wk and vaccine-live-after are cleared

    Scenario Outline: live vaccine <days> days before day 1
      Given a Lemtrada order for course 1
      And the patient received MMR (CVX 03) <days> days before day 1
      When the order is verified
      Then the order is verified
      And rules vaccine-live-6wk, vaccine-other-6wk and vaccine-live-after are cleared

      Examples: 6 weeks to the day, and longer
        | days |
        | 42   |
        | 43   |
        | 4000 |

    Scenario: live vaccine on the day before day 1
      Given a Lemtrada order for course 1
      And the patient received MMR (CVX 03) on 2025-06-01
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated
      And rule vaccine-live-after is cleared

    Scenario: live vaccine on day 1 belongs to the rule on vaccines after the start
      Given a Lemtrada order for course 1
      And the patient received MMR (CVX 03) on 2025-06-02
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is cleared
      And rule vaccine-live-after is violated

    Scenario: live vaccine planned before day 1
      Given a Lemtrada order for course 1
      And a vaccination with CVX 03 is planned for 2025-05-20
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated

    Scenario Outline: <name>, which should not be given, one day short of 6 weeks
      Given a Lemtrada order for course 1
      And the patient received a vaccine with CVX <cvx> on 2025-04-22
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated at level block
      And rule vaccine-other-6wk is cleared

      Examples:
        | name                          | cvx |
        | measles                       | 05  |
        | measles and rubella           | 04  |
        | measles, mumps, rubella       | 03  |
        | code without its leading zero | 3   |
        | with varicella                | 94  |
        | mumps                         | 07  |
        | rubella                       | 06  |
        | rubella and mumps             | 38  |
        | rotavirus, pentavalent        | 116 |
        | rotavirus, monovalent         | 119 |
        | rotavirus, tetravalent        | 74  |
        | rotavirus, unspecified        | 122 |
        | varicella                     | 21  |
        | zoster, live                  | 121 |
        | Ebola Zaire, live             | 204 |
        | dengue                        | 56  |
        | chikungunya, live             | 317 |
        | Venezuelan encephalitis, live | 80  |
        | Junin virus                   | 63  |
        | tularemia                     | 78  |
        | hepatitis A, live             | 169 |

    Scenario Outline: <name>, not generally recommended, one day short of 6 weeks
      Given a Lemtrada order for course 1
      And the patient received a vaccine with CVX <cvx> on 2025-04-22
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated at level block
      And rule vaccine-other-6wk is cleared

      Examples:
        | name                            | cvx |
        | adenovirus types 4 and 7        | 143 |
        | adenovirus type 4               | 54  |
        | adenovirus type 7               | 55  |
        | adenovirus, unspecified         | 82  |
        | BCG                             | 19  |
        | cholera, live                   | 174 |
        | influenza nasal, trivalent      | 111 |
        | influenza nasal, quadrivalent   | 149 |
        | influenza nasal, H1N1           | 125 |
        | influenza nasal, unspecified    | 151 |
        | oral polio                      | 02  |
        | oral polio, bivalent            | 178 |
        | oral polio, monovalent          | 179 |
        | oral polio, unspecified         | 182 |
        | smallpox, replicating           | 75  |
        | smallpox, replicating, diluted  | 105 |
        | typhoid, oral                   | 25  |
        | yellow fever                    | 37  |
        | yellow fever, other product     | 183 |
        | yellow fever, unspecified       | 184 |

    Scenario Outline: live vaccine named <name>, without a code
      Given a Lemtrada order for course 1
      And the patient received <name> on 2025-04-22
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated

      Examples:
        | name         |
        | MMR          |
        | varicella    |
        | yellow fever |

    Scenario Outline: <name>, which may be live, one day short of 6 weeks
      Given a Lemtrada order for course 1
      And the patient received a vaccine with CVX <cvx> on 2025-04-22
      When the order is verified
      Then the order is on hold
      And rule vaccine-live-6wk is violated at level warn
      And rule vaccine-other-6wk is cleared

      Examples:
        | name                   | cvx |
        | cholera, unspecified   | 26  |
        | influenza, unspecified | 88  |
        | polio, unspecified     | 89  |
        | typhoid, unspecified   | 91  |
        | zoster, unspecified    | 188 |
        | Ebola, unspecified     | 214 |

    Scenario: vaccine that may be live, 6 weeks to the day
      Given a Lemtrada order for course 1
      And the patient received a vaccine with CVX 88 on 2025-04-21
      When the order is verified
      Then the order is verified
      And rule vaccine-live-6wk is cleared

    Scenario: one live vaccine too close is enough
      Given a Lemtrada order for course 1
      And the patient received varicella (CVX 21) on 2025-03-01
      And the patient received yellow fever (CVX 37) on 2025-05-01
      And the patient received a vaccine with CVX 03 on a date that is not known
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated
      And the message of rule vaccine-live-6wk says "32"
      And rule vaccine-live-6wk shows the date of immunization 2 as evidence
      And rule vaccine-live-after is not evaluated

    Scenario: live vaccine before a later course, but after the first one
      Given a Lemtrada order for course 2
      And the patient received MMR (CVX 03) 41 days before day 1
      When the order is verified
      Then the order is rejected
      And rules vaccine-live-6wk and vaccine-live-after are violated

    Scenario: the course is put off until 6 weeks have passed
      Given a Lemtrada order for course 1
      And the patient received MMR (CVX 03) on 2025-04-22
      And the course starts on 2025-06-03
      When the order is verified
      Then the order is verified
      And rule vaccine-live-6wk is cleared

    Scenario: there are no vaccines
      Given a Lemtrada order for course 1
      And there are no immunizations
      When the order is verified
      Then the order is verified
      And rules vaccine-live-6wk, vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: nobody asked about vaccines
      Given a Lemtrada order for course 1
      And the immunizations are not known
      When the order is verified
      Then the order is on hold
      And rules vaccine-live-6wk, vaccine-other-6wk and vaccine-live-after are not evaluated
      And rule vaccine-live-6wk points to the immunizations as missing

    Scenario: live vaccine without a date
      Given a Lemtrada order for course 1
      And the patient received a vaccine with CVX 03 on a date that is not known
      When the order is verified
      Then the order is on hold
      And rule vaccine-live-6wk is not evaluated at level block
      And rule vaccine-live-6wk points to the date of immunization 1 as missing
      And rule vaccine-live-after is not evaluated at level block
      And rule vaccine-other-6wk is cleared

    Scenario: vaccine that is not classified, one day short of 6 weeks
      Given a Lemtrada order for course 1
      And the patient received a vaccine that is not classified on 2025-04-22
      When the order is verified
      Then the order is on hold
      And rule vaccine-live-6wk is not evaluated at level block
      And rule vaccine-other-6wk is not evaluated at level warn
      And rule vaccine-live-after is not evaluated at level block
      And rule vaccine-live-6wk points to the CVX code of immunization 1 as missing

    Scenario: vaccine by a name on no list, one day short of 6 weeks
      Given a Lemtrada order for course 1
      And the patient received "tropical mix" on 2025-04-22
      When the order is verified
      Then the order is on hold
      And rules vaccine-live-6wk, vaccine-other-6wk and vaccine-live-after are not evaluated

    Scenario: vaccine that is not classified, cleared by its date alone
      Given a Lemtrada order for course 1
      And the patient received a vaccine that is not classified on 2025-04-21
      When the order is verified
      Then the order is verified
      And rules vaccine-live-6wk, vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: vaccine that is not classified, long before course 2, but after course 1
      Given a Lemtrada order for course 2
      And the patient received a vaccine that is not classified on 2025-12-01
      When the order is verified
      Then the order is on hold
      And rules vaccine-live-6wk, vaccine-other-6wk and vaccine-live-after are not evaluated

    Scenario: vaccine that is not classified, before the first course of a second-course patient
      Given a Lemtrada order for course 2
      And the patient received a vaccine that is not classified on 2025-06-01
      When the order is verified
      Then the order is verified
      And rules vaccine-live-6wk, vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: a warning never hides what is not known
      Given a Lemtrada order for course 1
      And the patient received a vaccine with CVX 88 on 2025-04-22
      And the patient received a vaccine that is not classified on 2025-04-22
      When the order is verified
      Then the order is on hold
      And rule vaccine-live-6wk is not evaluated at level block
      And rules vaccine-other-6wk and vaccine-live-after are not evaluated

  @vaccine-other-6wk
  Rule: No vaccine that is not live within 6 weeks before day 1
    A vaccine may not take when it comes shortly before the course. The label asks for the same 6 weeks, but
    such a vaccine does no harm, so the rule only warns. A later vaccine that is not live is not judged.

    Scenario Outline: <name> one day short of 6 weeks
      Given a Lemtrada order for course 1
      And the patient received a vaccine with CVX <cvx> on 2025-04-22
      When the order is verified
      Then the order is on hold
      And rule vaccine-other-6wk is violated at level warn
      And rules vaccine-live-6wk and vaccine-live-after are cleared

      Examples:
        | name                             | cvx |
        | polio by injection               | 10  |
        | cholera, killed, with B subunit  | 172 |
        | cholera, killed, bivalent        | 173 |
        | typhoid by injection             | 41  |
        | typhoid by injection, military   | 53  |
        | typhoid, polysaccharide          | 101 |
        | typhoid, conjugate               | 190 |
        | zoster, recombinant              | 187 |
        | hepatitis B, adult               | 43  |
        | tetanus, diphtheria, pertussis   | 115 |

    Scenario: smallpox vaccine that does not replicate counts as not live
      Its name on the list of codes says live, but the virus cannot multiply.

      Given a Lemtrada order for course 1
      And the patient received a vaccine with CVX 206 on 2025-04-22
      When the order is verified
      Then the order is on hold
      And rule vaccine-other-6wk is violated
      And rules vaccine-live-6wk and vaccine-live-after are cleared

    Scenario Outline: <days> days before day 1, in time
      Given a Lemtrada order for course 1
      And the patient received a vaccine with CVX 10 <days> days before day 1
      When the order is verified
      Then the order is verified
      And rule vaccine-other-6wk is cleared

      Examples:
        | days |
        | 42   |
        | 43   |

    Scenario: on the day before day 1
      Given a Lemtrada order for course 1
      And the patient received a vaccine with CVX 10 on 2025-06-01
      When the order is verified
      Then the order is on hold
      And rule vaccine-other-6wk is violated
      And the message of rule vaccine-other-6wk says "42"

    Scenario Outline: planned for <date>, which is not judged
      Given a Lemtrada order for course 1
      And a vaccination with CVX 10 is planned for <date>
      When the order is verified
      Then the order is verified
      And rules vaccine-other-6wk and vaccine-live-after are cleared

      Examples: day 1 and later
        | date       |
        | 2025-06-02 |
        | 2025-06-03 |
        | 2025-12-01 |

    Scenario: after course 1 and 6 weeks before course 2
      Given a Lemtrada order for course 2
      And the patient received a vaccine with CVX 10 42 days before day 1
      When the order is verified
      Then the order is verified
      And rules vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: vaccine that is not live, without a date
      Given a Lemtrada order for course 1
      And the patient received a vaccine with CVX 10 on a date that is not known
      When the order is verified
      Then the order is on hold
      And rule vaccine-other-6wk is not evaluated at level warn
      And rule vaccine-other-6wk points to the date of immunization 1 as missing
      And rules vaccine-live-6wk and vaccine-live-after are cleared

  @vaccine-live-after
  Rule: No live vaccine during or after a course
    The US label (sections 5 and 7) warns against live vaccines after a course, and no source says when the
    risk ends. So every live vaccine from the first infusion of any course on is a finding. An order with one
    that should not be used at all cannot be released; one that is only not recommended may be, by a named
    pharmacist with a reason. The two groups follow the consumer guide.

    Scenario Outline: <name>, which should not be given, on day 1
      Given a Lemtrada order for course 1
      And a vaccination with CVX <cvx> is planned for 2025-06-02
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-after is violated at level block
      And rule vaccine-live-after cannot be overridden
      And rule vaccine-live-6wk is cleared

      Examples:
        | name                          | cvx |
        | measles                       | 05  |
        | measles and rubella           | 04  |
        | measles, mumps, rubella       | 03  |
        | with varicella                | 94  |
        | mumps                         | 07  |
        | rubella                       | 06  |
        | rubella and mumps             | 38  |
        | rotavirus, pentavalent        | 116 |
        | rotavirus, monovalent         | 119 |
        | rotavirus, tetravalent        | 74  |
        | rotavirus, unspecified        | 122 |
        | varicella                     | 21  |
        | zoster, live                  | 121 |
        | Ebola Zaire, live             | 204 |
        | dengue                        | 56  |
        | chikungunya, live             | 317 |
        | Venezuelan encephalitis, live | 80  |
        | Junin virus                   | 63  |
        | tularemia                     | 78  |
        | hepatitis A, live             | 169 |

    Scenario Outline: <name>, not generally recommended, on day 1
      Given a Lemtrada order for course 1
      And a vaccination with CVX <cvx> is planned for 2025-06-02
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-after is violated at level block
      And rule vaccine-live-after can be overridden
      And rule vaccine-live-6wk is cleared

      Examples:
        | name                            | cvx |
        | adenovirus types 4 and 7        | 143 |
        | adenovirus type 4               | 54  |
        | adenovirus type 7               | 55  |
        | adenovirus, unspecified         | 82  |
        | BCG                             | 19  |
        | cholera, live                   | 174 |
        | influenza nasal, trivalent      | 111 |
        | influenza nasal, quadrivalent   | 149 |
        | influenza nasal, H1N1           | 125 |
        | influenza nasal, unspecified    | 151 |
        | oral polio                      | 02  |
        | oral polio, bivalent            | 178 |
        | oral polio, monovalent          | 179 |
        | oral polio, unspecified         | 182 |
        | smallpox, replicating           | 75  |
        | smallpox, replicating, diluted  | 105 |
        | typhoid, oral                   | 25  |
        | yellow fever                    | 37  |
        | yellow fever, other product     | 183 |
        | yellow fever, unspecified       | 184 |

    Scenario Outline: <name>, which may be live, on day 1
      Given a Lemtrada order for course 1
      And a vaccination with CVX <cvx> is planned for 2025-06-02
      When the order is verified
      Then the order is on hold
      And rule vaccine-live-after is violated at level warn

      Examples:
        | name                   | cvx |
        | cholera, unspecified   | 26  |
        | influenza, unspecified | 88  |
        | polio, unspecified     | 89  |
        | typhoid, unspecified   | 91  |
        | zoster, unspecified    | 188 |
        | Ebola, unspecified     | 214 |

    Scenario Outline: <name>, which is not live, on day 1
      Given a Lemtrada order for course 1
      And a vaccination with CVX <cvx> is planned for 2025-06-02
      When the order is verified
      Then the order is verified
      And rules vaccine-live-after, vaccine-live-6wk and vaccine-other-6wk are cleared

      Examples:
        | name                            | cvx |
        | polio by injection              | 10  |
        | cholera, killed, with B subunit | 172 |
        | cholera, killed, bivalent       | 173 |
        | typhoid by injection            | 41  |
        | typhoid, polysaccharide         | 101 |
        | typhoid, conjugate              | 190 |
        | zoster, recombinant             | 187 |
        | smallpox, not replicating       | 206 |

    Scenario Outline: live vaccine planned for <date>, without an end to the risk
      Given a Lemtrada order for course 1
      And a vaccination with CVX 21 is planned for <date>
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-after is violated

      Examples: within the course, after it, and years later
        | date       |
        | 2025-06-03 |
        | 2025-06-06 |
        | 2025-06-07 |
        | 2035-06-02 |

    Scenario: live vaccine between two courses
      Given a Lemtrada order for course 2
      And the patient received MMR (CVX 03) on 2025-12-01
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-after is violated at level block
      And rule vaccine-live-6wk is cleared

    Scenario: live vaccine on the first infusion day of the history
      Given a Lemtrada order for course 2
      And the patient received MMR (CVX 03) on 2025-06-02
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-after is violated

    Scenario: live vaccine on the day before the first infusion of the history
      Given a Lemtrada order for course 2
      And the patient received MMR (CVX 03) on 2025-06-01
      When the order is verified
      Then the order is verified
      And rule vaccine-live-after is cleared

    Scenario: the strictest of several live vaccines decides
      Given a Lemtrada order for course 1
      And a vaccination with CVX 88 is planned for 2025-07-01
      And a vaccination with CVX 37 is planned for 2025-07-01
      And a vaccination with CVX 03 is planned for 2025-07-01
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-after is violated at level block
      And rule vaccine-live-after cannot be overridden

    Scenario: vaccine that is not classified, on day 1
      Given a Lemtrada order for course 1
      And the patient received a vaccine that is not classified on 2025-06-02
      When the order is verified
      Then the order is on hold
      And rules vaccine-live-after, vaccine-live-6wk and vaccine-other-6wk are not evaluated

    Scenario: live vaccine long ago, but nobody knows of earlier infusions
      Given a Lemtrada order for course 1
      And the patient received MMR (CVX 03) on 2024-06-02
      And the earlier infusions are not known
      When the order is verified
      Then the order is on hold
      And rule vaccine-live-after is not evaluated at level block
      And rule vaccine-live-6wk is cleared
      And these rules are not evaluated:
        | campath-history          |
        | course-interval-12mo     |
        | course-number-consistent |
        | duplicate-alemtuzumab    |
        | monitoring-adherence     |
        | prior-course-incomplete  |
        | suspect-autoimmune-event |

  @opv-household
  Rule: Nobody in the household is due the oral polio vaccine
    The oral vaccine virus is shed, and it can infect someone without lymphocytes. The consumer guide names
    it. It is shown only, and holds nothing up.

    Scenario: someone at home is due the oral polio vaccine
      Given a Lemtrada order for course 1
      And someone in the household is due the oral polio vaccine
      When the order is verified
      Then the order is verified
      And rule opv-household is violated at level info

    Scenario: nobody at home is due the oral polio vaccine
      Given a Lemtrada order for course 1
      And nobody in the household is due the oral polio vaccine
      When the order is verified
      Then the order is verified
      And rule opv-household is cleared

    Scenario: nobody asked about the household
      Given a Lemtrada order for course 1
      And the oral polio vaccination of the household is not known
      When the order is verified
      Then the order is verified
      And rule opv-household is not evaluated at level info
      And rule opv-household points to the oral polio vaccination of the household as missing
