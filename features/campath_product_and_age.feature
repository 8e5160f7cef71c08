Feature: Campath: product, disease and age
  Campath is alemtuzumab for B-cell chronic lymphocytic leukaemia, 30 mg in 1 mL. Lemtrada holds the same
  substance in another strength, for another disease and at another pace, so that a mix-up is dangerous in
  both directions. Label (sections 1 and 3).

  @cll-product
  Rule: The product is Campath and the disease is B-cell chronic lymphocytic leukaemia
    All that the order gives of name, code, package and strength must mean Campath, and the diagnosis
    code must begin with C91.1. A code that no value set knows neither confirms nor contradicts.

    Scenario: the shipped first dose
      Given a Campath order for the first dose
      When the order is verified
      Then the order is verified
      And rule cll-product is cleared

    Scenario Outline: diagnosis codes of the disease
      Given a Campath order for the first dose
      And the diagnosis code is <code>
      When the order is verified
      Then the order is verified
      And rule cll-product is cleared

      Examples:
        | code   |
        | C91.1  |
        | C91.10 |
        | C91.11 |
        | C91.12 |

    Scenario Outline: another diagnosis
      Given a Campath order for the first dose
      And the diagnosis code is <code>
      When the order is verified
      Then the order is rejected
      And rule cll-product is violated at level block
      And rule cll-product cannot be overridden

      Examples:
        | code   |
        | C91.0  |
        | C91.3  |
        | C91.40 |
        | C83.00 |
        | G35    |
        | G35.A  |

    Scenario Outline: a code of Lemtrada beside the name Campath
      Given a Campath order for the first dose
      And the RxCUI of the product is <code>
      When the order is verified
      Then the order is rejected
      And rule cll-product is violated

      Examples:
        | code    |
        | 1594659 |
        | 1594657 |
        | 1594660 |
        | 1594658 |
        | 1594663 |

    Scenario Outline: each code of Campath
      Given a Campath order for the first dose
      And the RxCUI of the product is <code>
      When the order is verified
      Then the order is verified
      And rule cll-product is cleared

      Examples:
        | code    |
        | 284679  |
        | 1656628 |
        | 1656631 |
        | 828265  |
        | 828267  |

    Scenario Outline: each code of Campath without the name
      Given a Campath order for the first dose
      And the product name is not known
      And the RxCUI of the product is <code>
      When the order is verified
      Then the order is verified
      And rule cll-product is cleared

      Examples:
        | code    |
        | 284679  |
        | 1656628 |
        | 1656631 |
        | 828265  |
        | 828267  |

    Scenario: a code that no value set knows
      Given a Campath order for the first dose
      And the RxCUI of the product is 99999999
      When the order is verified
      Then the order is verified
      And rule cll-product is cleared

    Scenario: the package of Lemtrada
      Given a Campath order for the first dose
      And the NDC of the product is 58468-0200-1
      When the order is verified
      Then the order is rejected
      And rule cll-product is violated

    Scenario Outline: the packages of Campath
      Given a Campath order for the first dose
      And the NDC of the product is <package>
      When the order is verified
      Then the order is verified
      And rule cll-product is cleared

      Examples:
        | package      |
        | 58468-0357-1 |
        | 58468-0357-3 |

    Scenario Outline: the package of Campath alone
      Given a Campath order for the first dose
      And the product name is not known
      And the RxCUI of the product is not known
      And the NDC of the product is 58468-0357-1
      And the strength of the product is <strength> mg/mL
      When the order is verified
      Then the order is verified
      And rule cll-product is cleared

      Examples:
        | strength |
        | 30       |
        | 30.0     |

    Scenario Outline: another strength
      Given a Campath order for the first dose
      And the strength of the product is <strength> mg/mL
      When the order is verified
      Then the order is rejected
      And rule cll-product is violated

      Examples:
        | strength  |
        | 10        |
        | 29.999999 |
        | 30.000001 |

    Scenario: the diagnosis code is not known
      Given a Campath order for the first dose
      And the diagnosis code is not known
      When the order is verified
      Then the order is on hold
      And rule cll-product is not evaluated at level block
      And rule cll-product points to the diagnosis code as missing

  @cll-age
  Rule: The patient is 18 or older
    Safety and effect in children are not established. The age is that of completed years on the day of
    the first infusion; someone born on 29 February grows older on 1 March of a common year.

    Scenario: the 18th birthday is the day of the infusion
      Given a Campath order for the first dose
      And the birth date is 2007-06-02
      When the order is verified
      Then the order is verified
      And rule cll-age is cleared

    Scenario: the 18th birthday is the day after the infusion
      Given a Campath order for the first dose
      And the birth date is 2007-06-03
      When the order is verified
      Then the order is rejected
      And rule cll-age is violated at level block
      And rule cll-age can be overridden

    Scenario Outline: born on 29 February
      Given a Campath order for the first dose
      And the birth date is 2008-02-29
      And the whole order is moved by <days> days
      When the order is verified
      Then the order is <decision>
      And rule cll-age is <outcome>

      Examples:
        | days | decision | outcome  |
        | 271  | rejected | violated |
        | 272  | verified | cleared  |

    Scenario: the birth date is not known
      Given a Campath order for the first dose
      And the birth date is not known
      When the order is verified
      Then the order is on hold
      And rule cll-age is not evaluated at level block
      And rule cll-age points to the birth date as missing
