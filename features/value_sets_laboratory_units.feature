Feature: Units of laboratory results
  A result whose unit cannot be read counts as not known. Each unit here is read, and converted: the
  values are those at which a rule speaks, and just beside them.

    Scenario Outline: neutrophils
      Given a Lemtrada order for course 1
      And the neutrophil count is <value> <unit>
      When the order is verified
      Then the order is <decision>
      And rule baseline-abnormal is <outcome>
      And rule baseline-labs-complete is cleared

      Examples:
        | value | unit                    | decision | outcome  |
        | 1000  | per microlitre          | verified | cleared  |
        | 999   | per microlitre          | on hold  | violated |
        | 1     | thousand per microlitre | verified | cleared  |
        | 0.999 | thousand per microlitre | on hold  | violated |
        | 1.0   | billion per litre       | verified | cleared  |
        | 0.999 | billion per litre       | on hold  | violated |

    Scenario Outline: platelets
      Given a Lemtrada order for course 1
      And the platelet count is <value> <unit>
      When the order is verified
      Then the order is <decision>
      And rule baseline-abnormal is <outcome>
      And rule baseline-labs-complete is cleared

      Examples:
        | value   | unit                    | decision | outcome  |
        | 100,000 | per microlitre          | verified | cleared  |
        | 99,999  | per microlitre          | on hold  | violated |
        | 100     | thousand per microlitre | verified | cleared  |
        | 99.999  | thousand per microlitre | on hold  | violated |
        | 100     | billion per litre       | verified | cleared  |
        | 99.999  | billion per litre       | on hold  | violated |

    Scenario Outline: lymphocytes
      Given a Lemtrada order for course 1
      And the lymphocyte count is <value> <unit>
      When the order is verified
      Then the order is <decision>
      And rule baseline-abnormal is <outcome>
      And rule baseline-labs-complete is cleared

      Examples:
        | value | unit                    | decision | outcome |
        | 1800  | per microlitre          | verified | cleared |
        | 1.8   | thousand per microlitre | verified | cleared |
        | 1.8   | billion per litre       | verified | cleared |

    Scenario Outline: creatinine
      Given a Lemtrada order for course 1
      And the creatinine is <value> <unit> with an upper limit of <limit>
      When the order is verified
      Then the order is <decision>
      And rule baseline-abnormal is <outcome>
      And rule baseline-labs-complete is cleared

      Examples:
        | value | unit       | limit | decision | outcome  |
        | 1.1   | mg/dL      | 1.1   | verified | cleared  |
        | 1.11  | mg/dL      | 1.1   | on hold  | violated |
        | 97    | micromol/L | 97    | verified | cleared  |
        | 98    | micromol/L | 97    | on hold  | violated |

    Scenario Outline: bilirubin
      Given a Lemtrada order for course 1
      And the bilirubin is <value> <unit> with an upper limit of <limit>
      When the order is verified
      Then the order is <decision>
      And rule baseline-abnormal is <outcome>
      And rule baseline-labs-complete is cleared

      Examples:
        | value | unit       | limit | decision | outcome  |
        | 2.4   | mg/dL      | 1.2   | verified | cleared  |
        | 2.41  | mg/dL      | 1.2   | on hold  | violated |
        | 42    | micromol/L | 21    | verified | cleared  |
        | 43    | micromol/L | 21    | on hold  | violated |

    Scenario Outline: ALT
      Given a Lemtrada order for course 1
      And the ALT is <value> <unit> with an upper limit of <limit>
      When the order is verified
      Then the order is <decision>
      And rule baseline-abnormal is <outcome>
      And rule baseline-labs-complete is cleared

      Examples:
        | value | unit | limit | decision | outcome  |
        | 120   | U/L  | 40    | verified | cleared  |
        | 121   | U/L  | 40    | on hold  | violated |
        | 120   | IU/L | 40    | verified | cleared  |
        | 121   | IU/L | 40    | on hold  | violated |

    Scenario Outline: AST
      Given a Lemtrada order for course 1
      And the AST is <value> <unit> with an upper limit of <limit>
      When the order is verified
      Then the order is <decision>
      And rule baseline-abnormal is <outcome>
      And rule baseline-labs-complete is cleared

      Examples:
        | value | unit | limit | decision | outcome  |
        | 120   | U/L  | 40    | verified | cleared  |
        | 121   | U/L  | 40    | on hold  | violated |
        | 120   | IU/L | 40    | verified | cleared  |
        | 121   | IU/L | 40    | on hold  | violated |

    Scenario Outline: protein-creatinine ratio
      Given a Lemtrada order for course 1
      And the protein-creatinine ratio is <value> <unit>
      When the order is verified
      Then the order is <decision>
      And rule baseline-abnormal is <outcome>
      And rule baseline-labs-complete is cleared

      Examples:
        | value | unit    | decision | outcome |
        | 90    | mg/g    | verified | cleared |
        | 0.09  | mg/mg   | verified | cleared |
        | 0.09  | g/g     | verified | cleared |
        | 10    | mg/mmol | verified | cleared |

    Scenario Outline: TSH
      Given a Lemtrada order for course 1
      And the TSH is <value> <unit>
      When the order is verified
      Then the order is <decision>
      And rule baseline-abnormal is <outcome>
      And rule baseline-labs-complete is cleared

      Examples:
        | value | unit       | decision | outcome |
        | 1.9   | mIU/L      | verified | cleared |
        | 1.9   | microIU/mL | verified | cleared |

    Scenario Outline: units of other quantities are not read
      Given a Lemtrada order for course 1
      And the <test> is 5 <unit>
      When the order is verified
      Then the order is on hold
      And rules baseline-labs-complete, baseline-labs-30d and baseline-abnormal are not evaluated

      Examples:
        | test             | unit           |
        | neutrophil count | mg/dL          |
        | platelet count   | U/L            |
        | creatinine       | per microlitre |
        | bilirubin        | mIU/L          |
        | ALT              | mg/g           |
        | AST              | mg/dL          |

    Scenario Outline: CD4 cells
      Given a Campath order for the first dose
      And the antiviral ends on 2025-12-31
      And a further CD4 count of <value> <unit> is from 2025-06-02
      When the order is verified
      Then the order is <decision>
      And rule cll-prophylaxis-duration is <outcome>

      Examples:
        | value | unit                    | decision | outcome  |
        | 200   | per microlitre          | verified | cleared  |
        | 199   | per microlitre          | rejected | violated |
        | 0.2   | thousand per microlitre | verified | cleared  |
        | 0.199 | thousand per microlitre | rejected | violated |
        | 0.2   | billion per litre       | verified | cleared  |
        | 0.199 | billion per litre       | rejected | violated |

    Scenario Outline: counts beside Campath
      Given a Campath order for a week of maintenance
      And the <test> is <value> <unit>
      When the order is verified
      Then the order is <decision>
      And rule cll-hold-counts is <outcome>

      Examples:
        | test             | value  | unit                    | decision | outcome  |
        | neutrophil count | 0.25   | thousand per microlitre | verified | cleared  |
        | neutrophil count | 0.249  | thousand per microlitre | rejected | violated |
        | platelet count   | 25.001 | billion per litre       | verified | cleared  |
        | platelet count   | 25     | billion per litre       | rejected | violated |
