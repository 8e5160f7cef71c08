Feature: Names and codes of the products
  Which rules are asked depends on the product. It is named by these names; without a name by these codes.

    Scenario Outline: the names of Lemtrada
      Given a Lemtrada order for course 1
      And the product name is "<name>"
      And the RxCUI of the product is not known
      And the strength of the product is not known
      When the order is verified
      Then the order is verified
      And the order is judged by the rules of lemtrada-ms
      And rule product-indication-match is cleared

      Examples:
        | name                                             |
        | Lemtrada                                         |
        | Lemtrada (alemtuzumab)                           |
        | alemtuzumab (Lemtrada)                           |
        | alemtuzumab [Lemtrada]                           |
        | Lemtrada 12 mg/1.2 mL                            |
        | Lemtrada 10 mg/mL                                |
        | alemtuzumab 10 MG/ML [Lemtrada]                  |
        | 1.2 ML alemtuzumab 10 MG/ML Injection [Lemtrada] |

    Scenario Outline: the codes of Lemtrada
      Given a Lemtrada order for course 1
      And the product name is not known
      And the strength of the product is not known
      And the RxCUI of the product is <code>
      When the order is verified
      Then the order is verified
      And the order is judged by the rules of lemtrada-ms
      And rule product-indication-match is cleared

      Examples:
        | code    |
        | 1594659 |
        | 1594657 |
        | 1594660 |
        | 1594658 |
        | 1594663 |

    Scenario Outline: the packages of Lemtrada
      Given a Lemtrada order for course 1
      And the product name is not known
      And the RxCUI of the product is not known
      And the strength of the product is not known
      And the NDC of the product is <package>
      When the order is verified
      Then the order is verified
      And the order is judged by the rules of lemtrada-ms
      And rule product-indication-match is cleared

      Examples:
        | package      |
        | 58468-0200   |
        | 58468-0200-1 |
        | 58468-0200-3 |
        | 58468020001  |

    Scenario Outline: the names of Campath
      Given a Campath order for the first dose
      And the product name is "<name>"
      And the RxCUI of the product is not known
      And the strength of the product is not known
      When the order is verified
      Then the order is verified
      And the order is judged by the rules of campath-cll
      And rule cll-product is cleared

      Examples:
        | name                                          |
        | Campath                                       |
        | Campath (alemtuzumab)                         |
        | alemtuzumab (Campath)                         |
        | alemtuzumab [Campath]                         |
        | Campath 30 mg/mL                              |
        | Campath 30 mg/1 mL                            |
        | alemtuzumab 30 MG/ML [Campath]                |
        | 1 ML alemtuzumab 30 MG/ML Injection [Campath] |

    Scenario Outline: the codes of Campath
      Given a Campath order for the first dose
      And the product name is not known
      And the strength of the product is not known
      And the RxCUI of the product is <code>
      When the order is verified
      Then the order is verified
      And the order is judged by the rules of campath-cll
      And rule cll-product is cleared

      Examples:
        | code    |
        | 284679  |
        | 1656628 |
        | 1656631 |
        | 828265  |
        | 828267  |

    Scenario Outline: the packages of Campath
      Given a Campath order for the first dose
      And the product name is not known
      And the RxCUI of the product is not known
      And the strength of the product is not known
      And the NDC of the product is <package>
      When the order is verified
      Then the order is verified
      And the order is judged by the rules of campath-cll
      And rule cll-product is cleared

      Examples:
        | package      |
        | 58468-0357   |
        | 58468-0357-1 |
        | 58468-0357-3 |
        | 58468035701  |
