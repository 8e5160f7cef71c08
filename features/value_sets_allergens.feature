Feature: Allergies by substance and code
  An allergy to alemtuzumab or to a substance of its products forbids Lemtrada. An allergy to a
  sulfonamide is the reason for another drug against Pneumocystis beside Campath. Substances are
  recognised by the names and codes here.

    Scenario Outline: alemtuzumab and what its products hold, by name
      Given a Lemtrada order for course 1
      And the patient is allergic to "<substance>"
      When the order is verified
      Then the order is rejected
      And rule ci-hypersensitivity is violated at level block

      Examples:
        | substance                       |
        | alemtuzumab                     |
        | Lemtrada                        |
        | Campath                         |
        | MabCampath                      |
        | Campath-1H                      |
        | alemtuzumab (Lemtrada)          |
        | alemtuzumab (Campath)           |
        | Lemtrada (alemtuzumab)          |
        | Campath (alemtuzumab)           |
        | polysorbate 80                  |
        | polysorbate-80                  |
        | polysorbate                     |
        | polysorbates                    |
        | tween 80                        |
        | tween-80                        |
        | tween                           |
        | E433                            |
        | edetate                         |
        | edetate disodium                |
        | edetate disodium dihydrate      |
        | disodium edetate                |
        | disodium edetate dihydrate      |
        | edetic acid                     |
        | ethylenediaminetetraacetic acid |
        | EDTA                            |
        | EDTA disodium                   |
        | disodium EDTA                   |

    Scenario Outline: alemtuzumab products, by code
      Given a Lemtrada order for course 1
      And the patient has an allergy with RxCUI <code>
      When the order is verified
      Then the order is rejected
      And rule ci-hypersensitivity is violated at level block

      Examples:
        | code    |
        | 117055  |
        | 1594659 |
        | 1594657 |
        | 1594660 |
        | 1594658 |
        | 1594663 |
        | 284679  |
        | 1656628 |
        | 1656631 |
        | 828265  |
        | 828267  |

    Scenario Outline: sulfonamides, by name
      Given a Campath order for the first dose
      And the pneumocystis prophylaxis is atovaquone
      And the patient is allergic to "<substance>"
      When the order is verified
      Then the order is verified
      And rule cll-pjp-prophylaxis is cleared

      Examples:
        | substance                       |
        | sulfonamide                     |
        | sulfonamides                    |
        | sulphonamide                    |
        | sulphonamides                   |
        | sulfonamide antibiotics         |
        | sulfa                           |
        | sulpha                          |
        | sulfa drugs                     |
        | sulfa antibiotics               |
        | sulfamethoxazole                |
        | sulphamethoxazole               |
        | sulfamethoxazole-trimethoprim   |
        | sulfamethoxazole / trimethoprim |
        | sulfamethoxazole/trimethoprim   |
        | trimethoprim-sulfamethoxazole   |
        | trimethoprim/sulfamethoxazole   |
        | co-trimoxazole                  |
        | cotrimoxazole                   |
        | TMP-SMX                         |
        | TMP/SMX                         |
        | SMX-TMP                         |
        | SMX/TMP                         |
        | Bactrim                         |
        | Bactrim DS                      |
        | Septra                          |
        | Septra DS                       |
        | Septrin                         |
        | sulfadiazine                    |
        | sulfisoxazole                   |
        | sulfasalazine                   |
        | sulfacetamide                   |

    Scenario Outline: sulfonamides, by code
      Given a Campath order for the first dose
      And the pneumocystis prophylaxis is atovaquone
      And the patient has an allergy with RxCUI <code>
      When the order is verified
      Then the order is verified
      And rule cll-pjp-prophylaxis is cleared

      Examples:
        | code  |
        | 10831 |
        | 10171 |
        | 10207 |
        | 9524  |
        | 10169 |

    Scenario Outline: other substances
      Given a Campath order for the first dose
      And the pneumocystis prophylaxis is atovaquone
      And the patient is allergic to "<substance>"
      When the order is verified
      Then the order is on hold
      And rule cll-pjp-prophylaxis is violated at level warn

      Examples:
        | substance      |
        | penicillin     |
        | polysorbate 80 |
        | trimethoprim   |
