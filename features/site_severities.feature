Feature: Rules that a pharmacy makes stricter, milder, or switches off
  A stricter rule needs no reason. A milder one needs name, date and reason, and every verdict lists it.

  Rule: A rule that is made stricter weighs more

    @antihistamine-considered
    Scenario Outline: no antihistamine, where the pharmacy asks for one as a matter of <level>
      Given a Lemtrada order for course 1
      And the pharmacy raises rule antihistamine-considered to <level>
      And there is no antihistamine
      When the order is verified
      Then the order is <decision>
      And rule antihistamine-considered is violated at level <level>

      Examples:
        | level | decision |
        | warn  | on hold  |
        | block | rejected |

    @hbv-hcv
    Scenario: a rule that is raised to block and cannot be evaluated holds the order
      Given a Lemtrada order for course 1
      And the pharmacy raises rule hbv-hcv to block
      And the result of the hepatitis B test is not known
      When the order is verified
      Then the order is on hold
      And rule hbv-hcv is not evaluated at level block

    @steroid-dose-1000
    Scenario: the milder levels of a rule rise, the strict ones stay
      Given a Lemtrada order for course 1
      And the pharmacy raises rule steroid-dose-1000 to warn
      And the steroid on day 1 is 1,300 mg
      When the order is verified
      Then the order is on hold
      And rule steroid-dose-1000 is violated at level warn

  Rule: A rule that is made milder is listed in every verdict

    @hbv-hcv
    Scenario: a violated rule that was made milder
      Given a Lemtrada order for course 1
      And the pharmacy loosens rule hbv-hcv to info
      And the result of the hepatitis B test is positive
      When the order is verified
      Then the order is verified
      And rule hbv-hcv is violated at level info
      And the verdict lists rule hbv-hcv as loosened

    Scenario: a rule that was switched off
      Given a Lemtrada order for course 1
      And the pharmacy switches off rule hbv-hcv
      And the result of the hepatitis B test is positive
      When the order is verified
      Then the order is verified
      And rule hbv-hcv is switched off
      And the verdict lists rule hbv-hcv as loosened

    @infusion-min-4h
    Scenario: an order that is rejected for another reason
      Given a Lemtrada order for course 1
      And the pharmacy switches off rule hbv-hcv
      And infusion 1 runs for 239 minutes
      When the order is verified
      Then the order is rejected
      And rule infusion-min-4h is violated
      And rule hbv-hcv is switched off

    Scenario: an order for a product that no pack covers
      Given a Lemtrada order for course 1
      And the pharmacy switches off rule hbv-hcv
      And the product name is "Nothing Known"
      When the order is verified
      Then the order is on hold
      And rule product-covered is not evaluated
      And rule hbv-hcv is switched off
