Feature: Tysabri, a worked example of a pharmacy's own pack
  None of this is for use. It shows what a pack for another drug needs:
  a product, rules, and scenarios.

  @nat-dose
  Rule: Each dose is the labelled dose

    Scenario: the labelled dose
      Given the order in the file "../orders/tysabri.json"
      When the order is verified
      Then the order is verified
      And rule nat-dose is cleared

    Scenario Outline: another dose
      Given the order in the file "../orders/tysabri.json"
      And the dose of infusion 1 is <dose> mg
      When the order is verified
      Then the order is rejected
      And rule nat-dose is violated at level block

      Examples:
        | dose |
        | 299  |
        | 301  |

  @nat-interval
  Rule: The last dose was long enough ago

    Scenario: a month to the day
      Given the order in the file "../orders/tysabri.json"
      When the order is verified
      Then the order is verified
      And rule nat-interval is cleared

    Scenario: the last dose is not known
      Given the order in the file "../orders/tysabri.json"
      And the earlier infusions are not known
      When the order is verified
      Then the order is on hold
      And rule nat-interval is not evaluated
