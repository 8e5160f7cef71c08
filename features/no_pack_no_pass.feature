Feature: What no rules cover is never passed
  An order is judged by the rules for its product. The product is known by its name or, without a name, by its
  codes. Where the product is not identified, or no rules for it are loaded, nothing was checked. So the order
  is on hold, with a finding that says so.

  The generic name alemtuzumab fits two products with different doses, so it identifies neither.

  Scenario: a faultless Campath order is covered
    Given a Campath order
    When the order is verified
    Then the order is verified
    And rules product-covered and cll-product are cleared

  Scenario Outline: Campath by its <what> <code> alone
    Given a Campath order
    And the product name is not known
    And the RxCUI of the product is not known
    And the strength of the product is not known
    And the <what> of the product is <code>
    When the order is verified
    Then the order is verified
    And rules product-covered and cll-product are cleared

    Examples:
      | what  | code         |
      | RxCUI | 828267       |
      | RxCUI | 284679       |
      | NDC   | 58468-0357-1 |
      | NDC   | 58468-0357-3 |

  Scenario: a faultless Lemtrada order is covered
    Given a Lemtrada order for course 1
    When the order is verified
    Then the order is verified
    And rule product-covered is cleared

  Scenario Outline: the name <name> is enough
    Given a Lemtrada order for course 1
    And the product name is <name>
    And the RxCUI of the product is not known
    And the strength of the product is not known
    When the order is verified
    Then the order is verified
    And rules product-covered and product-indication-match are cleared

    Examples: in any spelling of upper and lower case, with blanks around it
      | name         |
      | Lemtrada     |
      | lemtrada     |
      | LEMTRADA     |
      | " Lemtrada " |

  Scenario Outline: Lemtrada by its <what> <code> alone
    Given a Lemtrada order for course 1
    And the product name is not known
    And the RxCUI of the product is not known
    And the strength of the product is not known
    And the <what> of the product is <code>
    When the order is verified
    Then the order is verified
    And rules product-covered and product-indication-match are cleared

    Examples:
      | what  | code         |
      | RxCUI | 1594663      |
      | RxCUI | 1594660      |
      | RxCUI | 1594659      |
      | RxCUI | 1594658      |
      | RxCUI | 1594657      |
      | NDC   | 58468-0200-1 |

  Scenario: a generic name without a product is on hold
    Given a Lemtrada order for course 1
    And the product name is alemtuzumab
    And the RxCUI of the product is not known
    And the strength of the product is not known
    When the order is verified
    Then the order is on hold
    And rule product-covered is not evaluated at level block
    And rule product-covered cannot be overridden
    And the message of rule product-covered says "Nothing was checked"

  Scenario: a generic name for leukaemia is on hold too
    Given a Campath order
    And the product name is alemtuzumab
    And the RxCUI of the product is not known
    When the order is verified
    Then the order is on hold
    And rule product-covered is not evaluated at level block

  Scenario: the strength does not tell which product a generic name means
    Given a Lemtrada order for course 1
    And the product name is alemtuzumab
    And the RxCUI of the product is not known
    And the strength of the product is 10 mg/mL
    When the order is verified
    Then the order is on hold
    And rule product-covered is not evaluated

  Scenario: the code of the generic drug names no product either
    Given a Lemtrada order for course 1
    And the product name is not known
    And the RxCUI of the product is 117055
    When the order is verified
    Then the order is on hold
    And rule product-covered is not evaluated

  Scenario Outline: the name <name>, which is on no list, is on hold even beside a known code
    Given a Lemtrada order for course 1
    And the product name is <name>
    And the RxCUI of the product is 1594663
    And the NDC of the product is 58468-0200-1
    When the order is verified
    Then the order is on hold
    And rule product-covered is not evaluated at level block

    Examples:
      | name        |
      | Lemtrade    |
      | alemtuzumab |
      | Tysabri     |
      | MabCampath  |

  Scenario: codes that contradict each other are on hold
    Given a Lemtrada order for course 1
    And the product name is not known
    And the RxCUI of the product is 1594663
    And the NDC of the product is 58468-0357-1
    When the order is verified
    Then the order is on hold
    And rule product-covered is not evaluated at level block

  Scenario: codes that contradict each other the other way round are on hold too
    Given a Lemtrada order for course 1
    And the product name is not known
    And the RxCUI of the product is 828267
    And the NDC of the product is 58468-0200-1
    When the order is verified
    Then the order is on hold
    And rule product-covered is not evaluated

  Scenario: with a name, codes that contradict it are judged by the rules of the name
    Given a Lemtrada order for course 1
    And the product name is Lemtrada
    And the RxCUI of the product is 828267
    When the order is verified
    Then the order is rejected
    And rule product-covered is cleared
    And rule product-indication-match is violated

  Scenario: a code that no list knows neither confirms nor contradicts
    Given a Lemtrada order for course 1
    And the RxCUI of the product is 9999999
    And the NDC of the product is 99999-9999-9
    When the order is verified
    Then the order is verified
    And rules product-covered and product-indication-match are cleared

  Scenario: codes on no list alone are on hold
    Given a Lemtrada order for course 1
    And the product name is not known
    And the RxCUI of the product is 9999999
    And the NDC of the product is 99999-9999-9
    When the order is verified
    Then the order is on hold
    And rule product-covered is not evaluated

  Scenario: the strength alone is on hold
    Given a Lemtrada order for course 1
    And the product name is not known
    And the RxCUI of the product is not known
    When the order is verified
    Then the order is on hold
    And rule product-covered is not evaluated

  Scenario: nothing known about the product is on hold
    Given a Lemtrada order for course 1
    And the product name is not known
    And the RxCUI of the product is not known
    And the strength of the product is not known
    When the order is verified
    Then the order is on hold
    And rule product-covered is not evaluated

  Scenario: an order with every other mistake is on hold, not rejected, while its product is not identified
    Nothing was checked, so nothing can be said to be wrong.

    Given a Lemtrada order for course 1
    And the product name is alemtuzumab
    And the dose of every infusion is 30 mg
    And the patient has an active infection
    When the order is verified
    Then the order is on hold
    And rule product-covered is not evaluated
