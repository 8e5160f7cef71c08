Feature: Other diseases and medicines beside a Lemtrada course
  Lemtrada can set off new autoimmune disease, bleeding, stroke and harm to kidney, liver and lung, and it
  adds to any other suppression of the immune system. The rules here look for what makes that worse: other
  diseases, past or present, and other medicines.

  Day 1 of the first course is Monday 2025-06-02 and its last infusion is on 2025-06-06. Day 1 of the second
  course is 2026-06-08; its history begins on 2025-06-02. One kind of condition concerns one rule only, but
  for the autoimmune events that are known after Lemtrada, which concern two.

  @autoimmune-history
  Rule: No autoimmune disease besides multiple sclerosis, past or present
    Sources differ: one names such a history as a contraindication, the US label (section 5.1) warns of new
    autoimmune disease. So it is never passed in silence, but the prescriber may confirm the course.

    Scenario: another autoimmune disease
      Given a Lemtrada order for course 1
      And the patient has an active autoimmune disease
      When the order is verified
      Then the order is on hold
      And rule autoimmune-history is violated at level warn

    Scenario: an autoimmune disease of the past
      Given a Lemtrada order for course 1
      And the patient had an autoimmune disease since 2009-01-01, resolved
      When the order is verified
      Then the order is on hold
      And rule autoimmune-history is violated at level warn

    Scenario: an autoimmune disease of which nobody knows whether it is over
      Given a Lemtrada order for course 1
      And the patient has an autoimmune disease whose status is not known
      When the order is verified
      Then the order is on hold
      And rule autoimmune-history is violated

    Scenario Outline: <name>, an autoimmune disease by its diagnosis code
      Given a Lemtrada order for course 1
      And the patient had a condition with code <code>, resolved
      When the order is verified
      Then the order is on hold
      And rule autoimmune-history is violated

      Examples:
        | name                    | code   |
        | rheumatoid arthritis    | M05.9  |
        | lupus                   | M32.9  |
        | Crohn disease           | K50.90 |
        | psoriasis               | L40.0  |
        | Guillain-Barre syndrome | G61.0  |
        | myasthenia gravis       | G70.00 |
        | diabetes type 1         | E10.9  |

    Scenario Outline: an autoimmune event of the past in a first course: <event>
      Given a Lemtrada order for course 1
      And the patient had <event> since 2015-04-01, resolved
      When the order is verified
      Then the order is on hold
      And rule autoimmune-history is violated
      And rule suspect-autoimmune-event is not applicable

      Examples:
        | event                               |
        | immune thrombocytopenia             |
        | hemolytic anemia                    |
        | anti-GBM disease                    |
        | autoimmune hepatitis                |
        | hemophagocytic lymphohistiocytosis  |
        | adult-onset Still disease           |
        | thrombotic thrombocytopenic purpura |
        | autoimmune encephalitis             |
        | acquired hemophilia A               |
        | immune colitis                      |

    Scenario: no conditions at all
      Given a Lemtrada order for course 1
      And there are no conditions
      When the order is verified
      Then the order is verified
      And rule autoimmune-history is cleared

    Scenario: multiple sclerosis itself is no other autoimmune disease
      Given a Lemtrada order for course 1
      And the patient has an active condition with code G35
      When the order is verified
      Then the order is verified
      And rule autoimmune-history is cleared

    Scenario: some other condition
      Given a Lemtrada order for course 1
      And the patient has an active other condition
      When the order is verified
      Then the order is verified
      And rule autoimmune-history is cleared

    Scenario: nobody asked about conditions
      Given a Lemtrada order for course 1
      And the conditions are not known
      When the order is verified
      Then the order is on hold
      And rule autoimmune-history is not evaluated at level warn
      And rule autoimmune-history points to the conditions as missing
      And these rules are not evaluated:
        | ci-hiv                     |
        | ci-active-infection        |
        | tb-active-untreated        |
        | pml-signs                  |
        | thyroid-active             |
        | cv-cerebro-history         |
        | coagulopathy-anticoagulant |
        | kidney-lung-liver          |
        | malignancy                 |

    Scenario: an active condition that is not classified leaves every rule on conditions open
      Given a Lemtrada order for course 1
      And the patient has an active condition that is not classified
      When the order is verified
      Then the order is on hold
      And rule autoimmune-history points to the classification of condition 1 as missing
      And these rules are not evaluated:
        | autoimmune-history         |
        | ci-hiv                     |
        | ci-active-infection        |
        | tb-active-untreated        |
        | pml-signs                  |
        | thyroid-active             |
        | cv-cerebro-history         |
        | coagulopathy-anticoagulant |
        | kidney-lung-liver          |
        | malignancy                 |

    Scenario: an active condition with a code on no list leaves them open as well
      Given a Lemtrada order for course 1
      And the patient has an active condition with code J30.1
      When the order is verified
      Then the order is on hold
      And these rules are not evaluated:
        | autoimmune-history         |
        | ci-hiv                     |
        | ci-active-infection        |
        | tb-active-untreated        |
        | pml-signs                  |
        | thyroid-active             |
        | cv-cerebro-history         |
        | coagulopathy-anticoagulant |
        | kidney-lung-liver          |
        | malignancy                 |

    Scenario: a resolved condition that is not classified leaves open what asks about the past
      Given a Lemtrada order for course 1
      And the patient had a condition that is not classified, resolved
      When the order is verified
      Then the order is on hold
      And rules autoimmune-history, ci-hiv, cv-cerebro-history and malignancy are not evaluated
      And rules ci-active-infection, thyroid-active, kidney-lung-liver and pml-signs are cleared

  @thyroid-active
  Rule: No active thyroid disease
    Autoimmune thyroid disease is the most frequent one after Lemtrada. The label (section 5.8) asks that the
    benefit outweigh the risk where thyroid disease goes on already. The thyroid test itself is not judged.

    Scenario: active thyroid disease
      Given a Lemtrada order for course 1
      And the patient has an active thyroid disease
      When the order is verified
      Then the order is on hold
      And rule thyroid-active is violated at level warn
      And rule autoimmune-history is cleared

    Scenario Outline: <name>, a thyroid disease by its diagnosis code
      Given a Lemtrada order for course 1
      And the patient has an active condition with code <code>
      When the order is verified
      Then the order is on hold
      And rule thyroid-active is violated

      Examples:
        | name                   | code  |
        | congenital iodine lack | E00.9 |
        | hypothyroidism         | E03.9 |
        | Graves disease         | E05.0 |
        | Hashimoto disease      | E06.3 |
        | other thyroid disorder | E07.9 |

    Scenario: thyroid disease of the past
      Given a Lemtrada order for course 1
      And the patient had a thyroid disease, resolved
      When the order is verified
      Then the order is verified
      And rule thyroid-active is cleared

    Scenario: thyroid disease of which nobody knows whether it is over
      Given a Lemtrada order for course 1
      And the patient has a thyroid disease whose status is not known
      When the order is verified
      Then the order is on hold
      And rule thyroid-active is not evaluated at level warn
      And rule thyroid-active points to the status of condition 1 as missing

    Scenario: the value of the thyroid test is not judged
      Given a Lemtrada order for course 1
      And the TSH is 12 mIU/L
      When the order is verified
      Then the order is verified
      And rule thyroid-active is cleared

  @cv-cerebro-history
  Rule: No stroke, arterial dissection, angina, myocardial infarction or uncontrolled hypertension
    Strokes and dissections occurred within days of an infusion, and infusions strain the heart. The label
    (sections 5.2 and 5.3) asks for closer monitoring. Hypertension counts only while it is active. Blood
    pressure itself is not read; an order has no place for it.

    Scenario Outline: <disease> at any time
      Given a Lemtrada order for course 1
      And the patient had <disease> since 2012-05-01, resolved
      When the order is verified
      Then the order is on hold
      And rule cv-cerebro-history is violated at level warn

      Examples:
        | disease               |
        | stroke                |
        | arterial dissection   |
        | angina                |
        | myocardial infarction |

    Scenario Outline: <disease> that is still active
      Given a Lemtrada order for course 1
      And the patient has active <disease>
      When the order is verified
      Then the order is on hold
      And rule cv-cerebro-history is violated

      Examples:
        | disease                   |
        | stroke                    |
        | arterial dissection       |
        | angina                    |
        | myocardial infarction     |
        | uncontrolled hypertension |

    Scenario: hypertension that is controlled now
      Given a Lemtrada order for course 1
      And the patient had uncontrolled hypertension since 2020-01-01, resolved
      When the order is verified
      Then the order is verified
      And rule cv-cerebro-history is cleared

    Scenario Outline: <name>, a disease of heart or vessels by its diagnosis code
      Given a Lemtrada order for course 1
      And the patient has an active condition with code <code>
      When the order is verified
      Then the order is on hold
      And rule cv-cerebro-history is violated

      Examples:
        | name                        | code   |
        | bleeding under the meninges | I60.9  |
        | stroke, ischemic            | I63.9  |
        | stroke, unspecified         | I64    |
        | dissection of the carotid   | I77.71 |
        | dissection of a vertebral   | I77.74 |
        | dissection in the brain     | I67.0  |
        | angina                      | I20.9  |
        | myocardial infarction       | I21.9  |
        | second infarction           | I22.9  |
        | old infarction              | I25.2  |
        | hypertensive crisis         | I16.9  |

    Scenario: a stroke of which nobody knows whether it is over counts in any case
      Given a Lemtrada order for course 1
      And the patient has a stroke whose status is not known
      When the order is verified
      Then the order is on hold
      And rule cv-cerebro-history is violated

    Scenario: hypertension of which nobody knows whether it is controlled
      Given a Lemtrada order for course 1
      And the patient has uncontrolled hypertension whose status is not known
      When the order is verified
      Then the order is on hold
      And rule cv-cerebro-history is not evaluated at level warn
      And rule cv-cerebro-history points to the status of condition 1 as missing

  @coagulopathy-anticoagulant
  Rule: No bleeding disorder and no anticoagulant or antiplatelet drug
    Lemtrada can lower platelets and cause bleeding in the brain. A bleeding disorder or a drug against
    clotting makes that worse. Two references name it; the US label sets no such limit. Aspirin counts, also
    as the antipyretic of the order.

    Scenario: active bleeding disorder
      Given a Lemtrada order for course 1
      And the patient has an active coagulopathy
      When the order is verified
      Then the order is on hold
      And rule coagulopathy-anticoagulant is violated at level warn

    Scenario Outline: <name>, a bleeding disorder by its diagnosis code
      Given a Lemtrada order for course 1
      And the patient has an active condition with code <code>
      When the order is verified
      Then the order is on hold
      And rule coagulopathy-anticoagulant is violated

      Examples:
        | name                           | code  |
        | intravascular coagulation      | D65   |
        | hemophilia A                   | D66   |
        | hemophilia B                   | D67   |
        | von Willebrand disease         | D68.0 |

    Scenario: bleeding disorder of the past
      Given a Lemtrada order for course 1
      And the patient had a coagulopathy, resolved
      When the order is verified
      Then the order is verified
      And rule coagulopathy-anticoagulant is cleared

    Scenario: bleeding disorder of which nobody knows whether it is over
      Given a Lemtrada order for course 1
      And the patient has a coagulopathy whose status is not known
      When the order is verified
      Then the order is on hold
      And rule coagulopathy-anticoagulant is not evaluated at level warn

    Scenario Outline: the patient takes <drug>
      Given a Lemtrada order for course 1
      And the patient takes <drug>
      When the order is verified
      Then the order is on hold
      And rule coagulopathy-anticoagulant is violated at level warn

      Examples:
        | drug         |
        | warfarin     |
        | apixaban     |
        | rivaroxaban  |
        | dabigatran   |
        | edoxaban     |
        | heparin      |
        | enoxaparin   |
        | fondaparinux |
        | clopidogrel  |
        | prasugrel    |
        | ticagrelor   |
        | aspirin      |

    Scenario Outline: anticoagulant by its <system> <code>
      Given a Lemtrada order for course 1
      And the patient takes a medication with <system> <code>
      When the order is verified
      Then the order is on hold
      And rule coagulopathy-anticoagulant is violated

      Examples:
        | system   | code    |
        | RxCUI    | 1364430 |
        | ATC code | B01AA03 |
        | ATC code | B01AC06 |

    Scenario: anticoagulant that ends on day 1
      Given a Lemtrada order for course 1
      And the patient takes warfarin by mouth until 2025-06-02
      When the order is verified
      Then the order is on hold
      And rule coagulopathy-anticoagulant is violated

    Scenario: anticoagulant that ended on the day before day 1
      Given a Lemtrada order for course 1
      And the patient takes warfarin by mouth until 2025-06-01
      When the order is verified
      Then the order is verified
      And rule coagulopathy-anticoagulant is cleared

    Scenario: anticoagulant that starts on the day of the last infusion
      Given a Lemtrada order for course 1
      And the patient takes warfarin from 2025-06-06
      When the order is verified
      Then the order is on hold
      And rule coagulopathy-anticoagulant is violated

    Scenario: anticoagulant that starts after the last infusion
      Given a Lemtrada order for course 1
      And the patient takes warfarin from 2025-06-07
      When the order is verified
      Then the order is verified
      And rule coagulopathy-anticoagulant is cleared

    Scenario: aspirin as the antipyretic of the order
      Given a Lemtrada order for course 1
      And the antipyretic on 2025-06-04 is aspirin 500 mg by mouth
      When the order is verified
      Then the order is on hold
      And rule coagulopathy-anticoagulant is violated
      And rule antipyretic-considered is cleared

    Scenario: ibuprofen as the antipyretic of the order
      Given a Lemtrada order for course 1
      And the antipyretic on 2025-06-04 is ibuprofen 400 mg by mouth
      When the order is verified
      Then the order is verified
      And rule coagulopathy-anticoagulant is cleared

  @kidney-lung-liver
  Rule: No active kidney, lung or liver disease
    Lemtrada can cause immune disease of kidney and liver and inflammation of the lung (label, sections
    5.7 and 5.10). Disease that is there already leaves less reserve and hides the first signs.

    Scenario Outline: active <disease>
      Given a Lemtrada order for course 1
      And the patient has an active <disease>
      When the order is verified
      Then the order is on hold
      And rule kidney-lung-liver is violated at level warn

      Examples:
        | disease         |
        | renal disease   |
        | lung disease    |
        | hepatic disease |

    Scenario Outline: <name>, a disease of kidney, lung or liver by its diagnosis code
      Given a Lemtrada order for course 1
      And the patient has an active condition with code <code>
      When the order is verified
      Then the order is on hold
      And rule kidney-lung-liver is violated

      Examples:
        | name                    | code  |
        | nephritic syndrome      | N00.9 |
        | kidney disease, chronic | N18.3 |
        | kidney failure          | N19   |
        | asthma                  | J45.9 |
        | lung disease, chronic   | J44.9 |
        | lung fibrosis           | J84.1 |
        | liver disease, alcohol  | K70.3 |
        | cirrhosis               | K74.6 |

    Scenario Outline: <disease> of the past
      Given a Lemtrada order for course 1
      And the patient had a <disease>, resolved
      When the order is verified
      Then the order is verified
      And rule kidney-lung-liver is cleared

      Examples:
        | disease         |
        | renal disease   |
        | lung disease    |
        | hepatic disease |

    Scenario Outline: <disease> of which nobody knows whether it is over
      Given a Lemtrada order for course 1
      And the patient has a <disease> whose status is not known
      When the order is verified
      Then the order is on hold
      And rule kidney-lung-liver is not evaluated at level warn
      And rule kidney-lung-liver points to the status of condition 1 as missing

      Examples:
        | disease         |
        | renal disease   |
        | lung disease    |
        | hepatic disease |

  @malignancy
  Rule: No cancer, past or present
    Lemtrada may raise the risk of thyroid cancer, melanoma and lymphoma (label, section 5.4), and it weakens
    the body's watch over a tumour that is known.

    Scenario: active cancer
      Given a Lemtrada order for course 1
      And the patient has an active malignancy
      When the order is verified
      Then the order is on hold
      And rule malignancy is violated at level warn

    Scenario: cancer of the past
      Given a Lemtrada order for course 1
      And the patient had a malignancy since 2001-02-03, resolved
      When the order is verified
      Then the order is on hold
      And rule malignancy is violated at level warn

    Scenario Outline: <name>, a cancer by its diagnosis code
      Given a Lemtrada order for course 1
      And the patient had a condition with code <code>, resolved
      When the order is verified
      Then the order is on hold
      And rule malignancy is violated

      Examples:
        | name                       | code   |
        | cancer of the lip          | C00.9  |
        | melanoma                   | C43.9  |
        | breast cancer              | C50.9  |
        | thyroid cancer             | C73    |
        | chronic lymphatic leukemia | C91.10 |

    Scenario: no cancer among the conditions
      Given a Lemtrada order for course 1
      And the patient has an active other condition
      When the order is verified
      Then the order is verified
      And rule malignancy is cleared

    Scenario: a resolved condition that is not classified may have been a cancer
      Given a Lemtrada order for course 1
      And the patient had a condition that is not classified, resolved
      When the order is verified
      Then the order is on hold
      And rule malignancy is not evaluated at level warn
      And rules autoimmune-history, ci-hiv and cv-cerebro-history are not evaluated

  @immunosuppressant-concurrent
  Rule: No other immunosuppressive or MS drug during the course or shortly before it
    Suppression adds up, and infections become more frequent and more severe. Another MS drug of high efficacy
    during the course needs a named pharmacist's reason; any other such drug, or one that ended less than 6
    months before day 1, needs a look. The 6 months, and which drugs count as highly effective, are the
    project's own choice. The steroid of the course itself is never counted.

    Scenario Outline: <drug> during the course
      Given a Lemtrada order for course 1
      And the patient takes <drug>
      When the order is verified
      Then the order is rejected
      And rule immunosuppressant-concurrent is violated at level block
      And rule immunosuppressant-concurrent can be overridden

      Examples: MS drugs of high efficacy
        | drug         |
        | natalizumab  |
        | ocrelizumab  |
        | ofatumumab   |
        | ublituximab  |
        | rituximab    |
        | cladribine   |
        | mitoxantrone |

    Scenario Outline: <drug> beside the course
      Given a Lemtrada order for course 1
      And the patient takes <drug>
      When the order is verified
      Then the order is on hold
      And rule immunosuppressant-concurrent is violated at level warn
      And rule medication-unrecognised is cleared

      Examples: other MS drugs
        | drug               |
        | interferon beta-1a |
        | interferon beta-1b |
        | glatiramer         |
        | fingolimod         |
        | siponimod          |
        | ozanimod           |
        | ponesimod          |
        | teriflunomide      |
        | dimethyl fumarate  |
        | diroximel fumarate |
        | monomethyl fumarate |

      Examples: immunosuppressants and biologicals
        | drug          |
        | azathioprine  |
        | ciclosporin   |
        | cyclosporine  |
        | methotrexate  |
        | mycophenolate |
        | tacrolimus    |
        | sirolimus     |
        | adalimumab    |
        | etanercept    |
        | infliximab    |
        | tofacitinib   |
        | tocilizumab   |
        | satralizumab  |
        | inebilizumab  |
        | abatacept     |

      Examples: drugs against cancer
        | drug             |
        | cyclophosphamide |
        | fludarabine      |
        | chlorambucil     |
        | bendamustine     |
        | ibrutinib        |
        | venetoclax       |
        | obinutuzumab     |
        | capecitabine     |
        | belinostat       |
        | etoposide        |
        | cisplatin        |
        | carboplatin      |

    Scenario Outline: immunosuppressant by its <system> <code>
      Given a Lemtrada order for course 1
      And the patient takes a medication with <system> <code>
      When the order is verified
      Then the order is on hold
      And rule immunosuppressant-concurrent is violated at level warn

      Examples:
        | system   | code    |
        | RxCUI    | 1256    |
        | RxCUI    | 3002    |
        | RxCUI    | 3008    |
        | RxCUI    | 194000  |
        | RxCUI    | 1543543 |
        | RxCUI    | 4179    |
        | RxCUI    | 2555    |
        | RxCUI    | 40048   |
        | ATC code | L04AX01 |
        | ATC code | L01BA01 |
        | ATC code | L03AX13 |
        | ATC code | L03AB07 |

    Scenario: no medications
      Given a Lemtrada order for course 1
      And there are no medications
      When the order is verified
      Then the order is verified
      And rule immunosuppressant-concurrent is cleared

    Scenario Outline: <drug>, which suppresses nothing
      Given a Lemtrada order for course 1
      And the patient takes <drug>
      When the order is verified
      Then the order is verified
      And rule immunosuppressant-concurrent is cleared

      Examples:
        | drug          |
        | metformin     |
        | levothyroxine |
        | baclofen      |

    Scenario: steroids among the medications are exempt
      Given a Lemtrada order for course 1
      And the patient takes methylprednisolone into a vein from 2025-06-02 to 2025-06-04
      And the patient takes prednisone by mouth
      When the order is verified
      Then the order is verified
      And rule immunosuppressant-concurrent is cleared

    Scenario: an immunosuppressant that ends on day 1
      Given a Lemtrada order for course 1
      And the patient takes fingolimod by mouth from 2025-01-01 to 2025-06-02
      When the order is verified
      Then the order is on hold
      And rule immunosuppressant-concurrent is violated at level warn

    Scenario: an immunosuppressant that ended on the day before day 1
      Given a Lemtrada order for course 1
      And the patient takes fingolimod by mouth from 2025-01-01 to 2025-06-01
      When the order is verified
      Then the order is verified
      And rule immunosuppressant-concurrent is cleared

    Scenario: an immunosuppressant that starts on the day of the last infusion
      Given a Lemtrada order for course 1
      And the patient takes natalizumab into a vein from 2025-06-06
      When the order is verified
      Then the order is rejected
      And rule immunosuppressant-concurrent is violated at level block

    Scenario: an immunosuppressant that starts after the last infusion
      Given a Lemtrada order for course 1
      And the patient takes natalizumab into a vein from 2025-06-07
      When the order is verified
      Then the order is verified
      And rule immunosuppressant-concurrent is cleared

    Scenario Outline: treated with <drug> until exactly 6 months before day 1
      Given a Lemtrada order for course 1
      And the patient was treated with <drug> until 2024-12-02
      When the order is verified
      Then the order is verified
      And rule immunosuppressant-concurrent is cleared

      Examples:
        | drug         |
        | azathioprine |
        | ocrelizumab  |

    Scenario Outline: treated with <drug> until a day less than 6 months before day 1
      Given a Lemtrada order for course 1
      And the patient was treated with <drug> until 2024-12-03
      When the order is verified
      Then the order is on hold
      And rule immunosuppressant-concurrent is violated at level warn

      Examples:
        | drug         |
        | azathioprine |
        | ocrelizumab  |

    Scenario: 6 months after 31 August are over on 1 March
      Day 1 is 2025-03-01 here: the whole order stands 93 days earlier.

      Given a Lemtrada order for course 1
      And the whole order is moved back by 93 days
      And the patient was treated with azathioprine until 2024-08-31
      When the order is verified
      Then the order is verified
      And rule immunosuppressant-concurrent is cleared

    Scenario: 6 months after 31 August are not over on 28 February
      Given a Lemtrada order for course 1
      And the whole order is moved back by 94 days
      And the patient was treated with azathioprine until 2024-08-31
      When the order is verified
      Then the order is on hold
      And rule immunosuppressant-concurrent is violated

    Scenario: an earlier therapy without its end
      Given a Lemtrada order for course 1
      And the patient was treated with azathioprine until a date that is not known
      When the order is verified
      Then the order is on hold
      And rule immunosuppressant-concurrent is not evaluated at level warn
      And rule immunosuppressant-concurrent points to the end of earlier therapy 3 as missing

    Scenario: one earlier therapy ended too late, whatever became of the other
      Given a Lemtrada order for course 1
      And the patient was treated with azathioprine until a date that is not known
      And the patient was treated with teriflunomide until 2025-04-30
      When the order is verified
      Then the order is on hold
      And rule immunosuppressant-concurrent is violated at level warn

    Scenario: an earlier therapy that is not named
      Given a Lemtrada order for course 1
      And the patient was treated with a drug that is not named until 2025-04-30
      When the order is verified
      Then the order is on hold
      And rule immunosuppressant-concurrent is not evaluated at level warn
      And rule immunosuppressant-concurrent points to the name of earlier therapy 3 as missing
      And rule campath-history is not evaluated

    Scenario: nobody asked about earlier therapies
      Given a Lemtrada order for course 1
      And the earlier therapies are not known
      When the order is verified
      Then the order is on hold
      And rule immunosuppressant-concurrent is not evaluated at level warn
      And rules two-prior-dmt and campath-history are not evaluated

    Scenario: nobody asked about medications
      Given a Lemtrada order for course 1
      And the medications are not known
      When the order is verified
      Then the order is on hold
      And rule immunosuppressant-concurrent is not evaluated at level block
      And rule immunosuppressant-concurrent points to the medications as missing
      And these rules are not evaluated:
        | campath-concurrent         |
        | campath-history            |
        | duplicate-alemtuzumab      |
        | coagulopathy-anticoagulant |

    Scenario: a milder finding never hides what is not known
      The drug that is not named might be one of high efficacy, which weighs more than azathioprine.

      Given a Lemtrada order for course 1
      And the patient takes azathioprine
      And the patient takes a medication that is not named
      When the order is verified
      Then the order is on hold
      And rule immunosuppressant-concurrent is not evaluated at level block
      And these rules are not evaluated:
        | campath-concurrent         |
        | duplicate-alemtuzumab      |
        | coagulopathy-anticoagulant |
        | campath-history            |

    Scenario: a drug of high efficacy weighs more than the others
      Given a Lemtrada order for course 1
      And the patient takes azathioprine
      And the patient takes natalizumab
      And the patient takes a medication that is not named
      When the order is verified
      Then the order is rejected
      And rule immunosuppressant-concurrent is violated at level block
      And these rules are not evaluated:
        | campath-concurrent         |
        | duplicate-alemtuzumab      |
        | coagulopathy-anticoagulant |
        | campath-history            |

    Scenario: alemtuzumab itself belongs to other rules
      Given a Lemtrada order for course 1
      And the patient takes Campath
      When the order is verified
      Then the order is rejected
      And rule immunosuppressant-concurrent is cleared
      And rule campath-concurrent is violated

  @suspect-autoimmune-event
  Rule: No autoimmune event since the first alemtuzumab infusion
    The label (sections 5.6 to 5.16) warns of ten autoimmune events after alemtuzumab. One that began on or
    after the first infusion was most likely caused by it. While it is active the course is withheld; when it
    is over the prescriber confirms a further course. The same event also counts as a history of autoimmune
    disease.

    Scenario Outline: active <event> since the first course
      Given a Lemtrada order for course 2
      And the patient has active <event> since 2025-09-01
      When the order is verified
      Then the order is rejected
      And rule suspect-autoimmune-event is violated at level block
      And rule suspect-autoimmune-event cannot be overridden
      And rule autoimmune-history is violated
      And rules coagulopathy-anticoagulant and kidney-lung-liver are cleared

      Examples:
        | event                               |
        | immune thrombocytopenia             |
        | hemolytic anemia                    |
        | anti-GBM disease                    |
        | autoimmune hepatitis                |
        | hemophagocytic lymphohistiocytosis  |
        | adult-onset Still disease           |
        | thrombotic thrombocytopenic purpura |
        | autoimmune encephalitis             |
        | acquired hemophilia A               |
        | immune colitis                      |

    Scenario Outline: <event> by its diagnosis code
      Given a Lemtrada order for course 2
      And the patient has an active condition with code <code> since 2025-09-01
      When the order is verified
      Then the order is rejected
      And rule suspect-autoimmune-event is violated at level block
      And rule autoimmune-history is violated
      And rules coagulopathy-anticoagulant and kidney-lung-liver are cleared

      Examples:
        | event                               | code    |
        | immune thrombocytopenia             | D69.3   |
        | drug-induced hemolytic anemia       | D59.0   |
        | autoimmune hemolytic anemia         | D59.1   |
        | anti-GBM disease                    | M31.0   |
        | autoimmune hepatitis                | K75.4   |
        | hemophagocytic lymphohistiocytosis  | D76.1   |
        | adult-onset Still disease           | M06.1   |
        | thrombotic thrombocytopenic purpura | M31.1   |
        | autoimmune encephalitis             | G04.81  |
        | acquired hemophilia A               | D68.311 |

    Scenario: an event that is over
      Given a Lemtrada order for course 2
      And the patient had immune thrombocytopenia since 2025-09-01, resolved
      When the order is verified
      Then the order is on hold
      And rule suspect-autoimmune-event is violated at level warn
      And rule autoimmune-history is violated

    Scenario: one event is over, another is active
      Given a Lemtrada order for course 2
      And the patient had immune thrombocytopenia since 2025-09-01, resolved
      And the patient has active hemolytic anemia since 2026-04-01
      When the order is verified
      Then the order is rejected
      And rule suspect-autoimmune-event is violated at level block
      And rule autoimmune-history is violated

    Scenario: the event began on the day of the first infusion
      Given a Lemtrada order for course 2
      And the patient has active immune thrombocytopenia since 2025-06-02
      When the order is verified
      Then the order is rejected
      And rule suspect-autoimmune-event is violated
      And rule autoimmune-history is violated

    Scenario: the event began on the day before the first infusion
      Given a Lemtrada order for course 2
      And the patient has active immune thrombocytopenia since 2025-06-01
      When the order is verified
      Then the order is on hold
      And rule suspect-autoimmune-event is cleared
      And rule autoimmune-history is violated

    Scenario: the first infusion of all counts, not the last course
      Given a Lemtrada order for course 3
      And the patient has active autoimmune hepatitis since 2024-09-01
      When the order is verified
      Then the order is rejected
      And rule suspect-autoimmune-event is violated
      And rule autoimmune-history is violated

    Scenario: nothing happened since the first course
      Given a Lemtrada order for course 2
      And there are no conditions
      When the order is verified
      Then the order is verified
      And rule suspect-autoimmune-event is cleared

    Scenario: another autoimmune disease is none of the ten events
      Given a Lemtrada order for course 2
      And the patient has an active autoimmune disease since 2025-09-01
      When the order is verified
      Then the order is on hold
      And rule suspect-autoimmune-event is cleared
      And rule autoimmune-history is violated

    Scenario: a first course has no earlier infusion to suspect
      Given a Lemtrada order for course 1
      And the patient has active immune thrombocytopenia since 2025-05-01
      When the order is verified
      Then the order is on hold
      And rule suspect-autoimmune-event is not applicable
      And rule autoimmune-history is violated

    Scenario: an active event without its onset
      Given a Lemtrada order for course 2
      And the patient has active immune thrombocytopenia
      When the order is verified
      Then the order is on hold
      And rule suspect-autoimmune-event is not evaluated at level block
      And rule suspect-autoimmune-event points to the onset of condition 1 as missing
      And rule autoimmune-history is violated

    Scenario: an event of which nobody knows whether it is over
      Given a Lemtrada order for course 2
      And the patient has immune thrombocytopenia whose status is not known, since 2025-09-01
      When the order is verified
      Then the order is on hold
      And rule suspect-autoimmune-event is not evaluated at level block
      And rule suspect-autoimmune-event points to the status of condition 1 as missing
      And rule autoimmune-history is violated

    Scenario: a resolved event without its onset
      Given a Lemtrada order for course 2
      And the patient had immune thrombocytopenia, resolved
      When the order is verified
      Then the order is on hold
      And rule suspect-autoimmune-event is not evaluated at level warn
      And rule autoimmune-history is violated

    Scenario: an event that is over never hides one that may be active
      Given a Lemtrada order for course 2
      And the patient had immune thrombocytopenia since 2025-09-01, resolved
      And the patient has active hemolytic anemia
      When the order is verified
      Then the order is on hold
      And rule suspect-autoimmune-event is not evaluated at level block
      And rule autoimmune-history is violated

    Scenario: nobody knows of earlier infusions
      Given a Lemtrada order for course 1
      And the earlier infusions are not known
      When the order is verified
      Then the order is on hold
      And rule suspect-autoimmune-event is not evaluated at level block
      And these rules are not evaluated:
        | campath-history          |
        | course-interval-12mo     |
        | course-number-consistent |
        | duplicate-alemtuzumab    |
        | monitoring-adherence     |
        | prior-course-incomplete  |

  @medication-unrecognised
  Rule: Every medication is on a list
    A drug that no list knows is not seen by the rules on medicines. It blocks nothing, but it is named, so
    that the pharmacist looks at it. The rule is the project's own choice.

    Scenario: a medication on no list
      Given a Lemtrada order for course 1
      And the patient takes "vitalixir"
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is violated at level info
      And rule medication-unrecognised shows the name of medication 1 as evidence
      And rules immunosuppressant-concurrent and coagulopathy-anticoagulant are cleared

    Scenario: two of three medications on no list
      Given a Lemtrada order for course 1
      And the patient takes "vitalixir"
      And the patient takes metformin
      And the patient takes "golden root"
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is violated
      And the message of rule medication-unrecognised says "2"

    Scenario Outline: <drug> is on a list
      Given a Lemtrada order for course 1
      And the patient takes <drug>
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

      Examples:
        | drug          |
        | metformin     |
        | paracetamol   |
        | omeprazole    |

    Scenario: a medication that is not named
      Given a Lemtrada order for course 1
      And the patient takes a medication that is not named
      When the order is verified
      Then the order is on hold
      And rule medication-unrecognised is not evaluated at level info
      And rule medication-unrecognised points to the name of medication 1 as missing
      And these rules are not evaluated:
        | campath-concurrent           |
        | duplicate-alemtuzumab        |
        | coagulopathy-anticoagulant   |
        | immunosuppressant-concurrent |
        | campath-history              |

  @renal-hepatic-drugs
  Rule: No drug that harms kidney or liver during the course
    Lemtrada can damage kidney and liver through autoimmunity. Another drug that harms them adds to it and
    makes the cause hard to tell. One reference names such drugs in general; the list is the project's own
    choice. It is shown only, and holds nothing up.

    Scenario Outline: the patient takes <drug> during the course
      Given a Lemtrada order for course 1
      And the patient takes <drug>
      When the order is verified
      Then the order is verified
      And rule renal-hepatic-drugs is violated at level info

      Examples:
        | drug           |
        | gentamicin     |
        | amphotericin B |
        | isoniazid      |
        | valproate      |
        | amiodarone     |
        | ketoconazole   |

    Scenario Outline: <drug> suppresses the immune system as well
      Given a Lemtrada order for course 1
      And the patient takes <drug>
      When the order is verified
      Then the order is on hold
      And rule renal-hepatic-drugs is violated at level info
      And rule immunosuppressant-concurrent is violated

      Examples:
        | drug          |
        | cisplatin     |
        | ciclosporin   |
        | tacrolimus    |
        | methotrexate  |
        | leflunomide   |
        | teriflunomide |

    Scenario: such a drug that ended on the day before day 1
      Given a Lemtrada order for course 1
      And the patient takes gentamicin into a vein from 2025-05-20 to 2025-06-01
      When the order is verified
      Then the order is verified
      And rule renal-hepatic-drugs is cleared

    Scenario: such a drug that ends on day 1
      Given a Lemtrada order for course 1
      And the patient takes gentamicin into a vein from 2025-05-20 to 2025-06-02
      When the order is verified
      Then the order is verified
      And rule renal-hepatic-drugs is violated

    Scenario: nobody knows of medicines that may harm kidney or liver
      Given a Lemtrada order for course 1
      And the medications are not known
      When the order is verified
      Then the order is on hold
      And rule renal-hepatic-drugs is not evaluated at level info
      And these rules are not evaluated:
        | campath-concurrent           |
        | campath-history              |
        | duplicate-alemtuzumab        |
        | coagulopathy-anticoagulant   |
        | immunosuppressant-concurrent |
