Feature: A published wrong order
  HL7 publishes examples of orders for software makers. In FHIR R4 the example medrx0317 orders alemtuzumab
  for chronic lymphocytic leukemia: 3 mg, then 10 mg, then 30 mg over 120 minutes, three times a week on
  alternate days, from 2015-01-15 at 14:30 in the Netherlands. That is how Campath is used. But the product it
  names is Lemtrada (RxNorm 1594660), which is for multiple sclerosis.

  Here the example stands on top of a complete Lemtrada order, so that only what the example says is wrong. It
  takes the first two weeks of it: 15, 17, 19, 22, 24 and 26 January. The volumes are those that hold the
  doses at 10 mg in each mL.

  Background:
    Given a Lemtrada order for course 1
    And the whole order is moved back by 3791 days
    And the time zone is Europe/Amsterdam
    And the patient is male
    And the RxCUI of the product is 1594660
    And infusion 5 is on 2015-01-24 with its premedication
    And infusion 4 is on 2015-01-22 with its premedication
    And infusion 3 is on 2015-01-19 with its premedication
    And infusion 2 is on 2015-01-17 with its premedication
    And a sixth infusion is added on 2015-01-26
    And every infusion is prepared at 13:00
    And every infusion starts at 14:30

  Scenario: the order as it was published is rejected, and each reason is named
    Given the product name is Lemtrada
    And the diagnosis code is C91.10
    And the disease course is not known
    And the infusions are:
      | date       | dose  | duration    |
      | 2015-01-15 | 3 mg  | 120 minutes |
      | 2015-01-17 | 10 mg | 120 minutes |
      | 2015-01-19 | 30 mg | 120 minutes |
      | 2015-01-22 | 30 mg | 120 minutes |
      | 2015-01-24 | 30 mg | 120 minutes |
      | 2015-01-26 | 30 mg | 120 minutes |
    And the drawn volume of every infusion is 3 mL
    And the drawn volume of infusion 1 is 0.3 mL
    And the drawn volume of infusion 2 is 1 mL
    When the order is verified
    Then the order is rejected
    And these rules are violated:
      | product-indication-match |
      | dose-12mg                |
      | dose-volume-1-2ml        |
      | infusion-min-4h          |
      | course-1-five-days       |
      | course-consecutive-days  |
    And the message of rule product-indication-match says "leukaemia"
    And the finding of rule dose-12mg names every infusion
    And the message of rule dose-12mg says "30"
    And the finding of rule dose-volume-1-2ml names every infusion
    And the finding of rule infusion-min-4h names every infusion
    And the message of rule infusion-min-4h says "120"
    And the message of rule infusion-min-4h says "240"
    And the message of rule course-1-five-days says "6"
    And rule product-indication-match cannot be overridden
    And rule dose-12mg cannot be overridden
    And rule infusion-min-4h cannot be overridden
    And rule course-1-five-days cannot be overridden
    And rules indication-relapsing-ms and indication-cis are not applicable

  Scenario: with nothing but the indication put right, the rest is still wrong
    Given the infusions are:
      | date       | dose  | duration    |
      | 2015-01-15 | 3 mg  | 120 minutes |
      | 2015-01-17 | 10 mg | 120 minutes |
      | 2015-01-19 | 30 mg | 120 minutes |
      | 2015-01-22 | 30 mg | 120 minutes |
      | 2015-01-24 | 30 mg | 120 minutes |
      | 2015-01-26 | 30 mg | 120 minutes |
    And the drawn volume of every infusion is 3 mL
    And the drawn volume of infusion 1 is 0.3 mL
    And the drawn volume of infusion 2 is 1 mL
    When the order is verified
    Then the order is rejected
    And these rules are violated:
      | dose-12mg               |
      | dose-volume-1-2ml       |
      | infusion-min-4h         |
      | course-1-five-days      |
      | course-consecutive-days |
    And rules product-indication-match, indication-relapsing-ms and indication-cis are cleared

  Scenario: with the doses of Lemtrada put in, the disease and the days are still wrong
    Given the diagnosis code is C91.10
    And the disease course is not known
    When the order is verified
    Then the order is rejected
    And rules product-indication-match, course-1-five-days and course-consecutive-days are violated
    And rules dose-12mg, dose-volume-1-2ml and infusion-min-4h are cleared
    And rules indication-relapsing-ms and indication-cis are not applicable

  Scenario: on consecutive days the disease alone is wrong
    Given the diagnosis code is C91.10
    And the disease course is not known
    And infusion 6 is left out
    And infusion 2 is on 2015-01-16 with its premedication
    And infusion 3 is on 2015-01-17 with its premedication
    And infusion 4 is on 2015-01-18 with its premedication
    And infusion 5 is on 2015-01-19 with its premedication
    When the order is verified
    Then the order is rejected
    And rule product-indication-match is violated
    And rules indication-relapsing-ms and indication-cis are not applicable
    And rules course-1-five-days, course-consecutive-days and dose-12mg are cleared

  Scenario: a dose of 30 mg takes three vials
    Given the diagnosis code is C91.10
    And the disease course is not known
    And the dose of infusion 3 is 30 mg
    And the drawn volume of infusion 3 is 3 mL
    And the number of vials of infusion 3 is 3
    When the order is verified
    Then the order is rejected
    And rules dose-12mg, dose-volume-1-2ml and one-vial-per-dose are violated
    And the finding of rule one-vial-per-dose names infusion 3
    And the finding of rule dose-12mg does not name infusion 2
    And rules product-indication-match, course-1-five-days and course-consecutive-days are violated

  Scenario: the code alone names Lemtrada as well
    Given the product name is not known
    And the diagnosis code is C91.10
    And the disease course is not known
    When the order is verified
    Then the order is rejected
    And rules product-indication-match, course-1-five-days and course-consecutive-days are violated

  Scenario: Campath, which may have been meant, beside the code of Lemtrada is rejected
    The name decides which rules judge. The code of Lemtrada contradicts it, and the order that surrounds the
    example is none for Campath.

    Given the product name is Campath
    And the diagnosis code is C91.10
    And the disease course is not known
    When the order is verified
    Then the order is rejected
    And the order is judged by the rules of campath-cll
    And rule cll-product is violated
    And these rules are violated:
      | cll-cbc-weekly       |
      | cll-dose-step        |
      | cll-escalation-order |
      | cll-pjp-prophylaxis  |
      | cll-volume           |
    And these rules are not evaluated:
      | cll-hold-counts |
