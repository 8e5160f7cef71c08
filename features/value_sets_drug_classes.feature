Feature: Drugs by what they mean for a rule
  What a drug means for a rule is a matter of lists: which count as corticosteroid or antihistamine, which
  suppress the immune system, which thin the blood. Each drug of each list stands here, so that none can
  be lost unseen. Most lists are the choice of this project.

    Scenario Outline: corticosteroids before the infusion
      Given a Lemtrada order for course 1
      And the steroid on 2025-06-03 is <drug> <dose> mg <route>
      When the order is verified
      Then the order is <decision>
      And rule steroid-days-1-3 is cleared
      And rule steroid-dose-1000 is <outcome>

      Examples:
        | drug               | dose  | route       | decision | outcome  |
        | methylprednisolone | 1000  | into a vein | verified | cleared  |
        | methylprednisolone | 1250  | by mouth    | verified | cleared  |
        | prednisone         | 1250  | by mouth    | on hold  | violated |
        | prednisolone       | 1250  | by mouth    | on hold  | violated |
        | dexamethasone      | 187.5 | into a vein | on hold  | violated |
        | dexamethasone      | 187.5 | by mouth    | on hold  | violated |
        | hydrocortisone     | 5000  | into a vein | on hold  | violated |
        | betamethasone      | 150   | into a vein | on hold  | violated |

    Scenario Outline: herpes antivirals
      Given a Lemtrada order for course 1
      And the antiviral is "<drug>"
      When the order is verified
      Then the order is <decision>
      And rule antiviral-present is cleared
      And rule antiviral-accepted is <outcome>

      Examples:
        | drug           | decision | outcome  |
        | acyclovir      | verified | cleared  |
        | valacyclovir   | verified | cleared  |
        | famciclovir    | verified | cleared  |
        | ganciclovir    | on hold  | violated |
        | valganciclovir | on hold  | violated |

    Scenario Outline: H1 antihistamines
      Given a Lemtrada order for course 1
      And the antihistamine on 2025-06-04 is "<drug>" 10 mg by mouth
      When the order is verified
      Then the order is verified
      And rule antihistamine-considered is cleared

      Examples:
        | drug                          |
        | diphenhydramine               |
        | cetirizine                    |
        | loratadine                    |
        | fexofenadine                  |
        | hydroxyzine                   |
        | chlorpheniramine              |
        | promethazine                  |
        | levocetirizine                |
        | desloratadine                 |
        | clemastine                    |
        | dimetindene                   |
        | dexchlorpheniramine           |
        | brompheniramine               |
        | bilastine                     |
        | diphenhydramine-acetaminophen |
        | diphenhydramine-ibuprofen     |

    Scenario Outline: H2 blockers are none
      Given a Lemtrada order for course 1
      And the antihistamine on 2025-06-04 is "<drug>" 20 mg by mouth
      When the order is verified
      Then the order is verified
      And rule antihistamine-considered is violated at level info

      Examples:
        | drug       |
        | famotidine |
        | ranitidine |
        | cimetidine |
        | nizatidine |

    Scenario Outline: antipyretics
      Given a Lemtrada order for course 1
      And the antipyretic on 2025-06-04 is "<drug>" 500 mg by mouth
      When the order is verified
      Then the order is <decision>
      And rule antipyretic-considered is cleared
      And rule coagulopathy-anticoagulant is <bleeding>

      Examples:
        | drug                          | decision | bleeding |
        | acetaminophen                 | verified | cleared  |
        | ibuprofen                     | verified | cleared  |
        | naproxen                      | verified | cleared  |
        | aspirin                       | on hold  | violated |
        | diphenhydramine-acetaminophen | verified | cleared  |
        | diphenhydramine-ibuprofen     | verified | cleared  |
        | acetaminophen-codeine         | verified | cleared  |
        | hydrocodone-acetaminophen     | verified | cleared  |
        | oxycodone-acetaminophen       | verified | cleared  |

    Scenario Outline: Campath premedication: the names of both drugs
      Given a Campath order for the first dose
      And <role> on 2025-06-02 is "<drug>" <dose> mg by mouth
      When the order is verified
      Then the order is verified
      And rule cll-premed is cleared

      Examples:
        | role              | drug                          | dose |
        | the antihistamine | diphenhydramine               | 50   |
        | the antihistamine | diphenhydramine hydrochloride | 50   |
        | the antihistamine | diphenhydramine HCl           | 50   |
        | the antihistamine | Benadryl                      | 50   |
        | the antipyretic   | acetaminophen                 | 500  |
        | the antipyretic   | paracetamol                   | 500  |
        | the antipyretic   | APAP                          | 500  |
        | the antipyretic   | Tylenol                       | 500  |
        | the antipyretic   | Ofirmev                       | 500  |
        | the antipyretic   | Panadol                       | 500  |

    Scenario Outline: Campath premedication: the codes of both drugs
      Given a Campath order for the first dose
      And <role> on 2025-06-02 is the drug with RxCUI <code>
      When the order is verified
      Then the order is verified
      And rule cll-premed is cleared

      Examples:
        | role              | code |
        | the antihistamine | 3498 |
        | the antipyretic   | 161  |

    Scenario Outline: sulfamethoxazole-trimethoprim against Pneumocystis, by name
      Given a Campath order for the first dose
      And the pneumocystis prophylaxis is "<name>"
      When the order is verified
      Then the order is verified
      And rule cll-pjp-prophylaxis is cleared

      Examples:
        | name                              |
        | sulfamethoxazole-trimethoprim     |
        | sulfamethoxazole / trimethoprim   |
        | sulfamethoxazole/trimethoprim     |
        | sulfamethoxazole and trimethoprim |
        | trimethoprim-sulfamethoxazole     |
        | trimethoprim/sulfamethoxazole     |
        | trimethoprim / sulfamethoxazole   |
        | trimethoprim and sulfamethoxazole |
        | sulphamethoxazole-trimethoprim    |
        | co-trimoxazole                    |
        | cotrimoxazole                     |
        | TMP-SMX                           |
        | TMP/SMX                           |
        | TMP-SMX DS                        |
        | TMP/SMX DS                        |
        | SMX-TMP                           |
        | SMX/TMP                           |
        | SMZ-TMP                           |
        | SMZ/TMP                           |
        | Bactrim                           |
        | Bactrim DS                        |
        | Septra                            |
        | Septra DS                         |
        | Septrin                           |
        | Sulfatrim                         |

    Scenario Outline: alternatives against Pneumocystis with an allergy to sulfonamides, by name
      Given a Campath order for the first dose
      And the pneumocystis prophylaxis is "<name>"
      And the patient is allergic to sulfonamides
      When the order is verified
      Then the order is verified
      And rule cll-pjp-prophylaxis is cleared

      Examples:
        | name                    |
        | dapsone                 |
        | Avlosulfon              |
        | atovaquone              |
        | Mepron                  |
        | Wellvone                |
        | pentamidine             |
        | pentamidine isethionate |
        | pentamidine isetionate  |
        | NebuPent                |
        | Pentam                  |
        | Pentacarinat            |

    Scenario Outline: prophylaxis against Pneumocystis, by code
      Given a Campath order for the first dose
      And the pneumocystis prophylaxis is the drug with RxCUI <code>
      And the patient is allergic to sulfonamides
      When the order is verified
      Then the order is verified
      And rule cll-pjp-prophylaxis is cleared

      Examples:
        | code  |
        | 10831 |
        | 3108  |

    Scenario Outline: herpes antivirals beside Campath, by name
      Given a Campath order for the first dose
      And the antiviral is "<name>"
      When the order is verified
      Then the order is <decision>
      And rule cll-herpes-prophylaxis is <outcome>

      Examples:
        | name                         | decision | outcome  |
        | acyclovir                    | verified | cleared  |
        | aciclovir                    | verified | cleared  |
        | acyclovir sodium             | verified | cleared  |
        | aciclovir sodium             | verified | cleared  |
        | Zovirax                      | verified | cleared  |
        | Sitavig                      | verified | cleared  |
        | valacyclovir                 | verified | cleared  |
        | valaciclovir                 | verified | cleared  |
        | valacyclovir hydrochloride   | verified | cleared  |
        | valaciclovir hydrochloride   | verified | cleared  |
        | Valtrex                      | verified | cleared  |
        | ganciclovir                  | on hold  | violated |
        | ganciclovir sodium           | on hold  | violated |
        | Cytovene                     | on hold  | violated |
        | Cymevene                     | on hold  | violated |
        | valganciclovir               | on hold  | violated |
        | valganciclovir hydrochloride | on hold  | violated |
        | Valcyte                      | on hold  | violated |
        | famciclovir                  | verified | cleared  |
        | Famvir                       | verified | cleared  |

    Scenario Outline: herpes antivirals beside Campath, by code
      Given a Campath order for the first dose
      And the antiviral is the drug with RxCUI <code>
      When the order is verified
      Then the order is <decision>
      And rule cll-herpes-prophylaxis is <outcome>

      Examples:
        | code   | decision | outcome  |
        | 281    | verified | cleared  |
        | 73645  | verified | cleared  |
        | 68099  | verified | cleared  |
        | 198382 | verified | cleared  |
        | 199192 | verified | cleared  |
        | 199193 | verified | cleared  |
        | 4678   | on hold  | violated |
        | 275891 | on hold  | violated |

    Scenario Outline: other MS drugs of high efficacy
      Given a Lemtrada order for course 1
      And the patient takes "<drug>"
      When the order is verified
      Then the order is rejected
      And rule immunosuppressant-concurrent is violated at level block
      And rule immunosuppressant-concurrent can be overridden

      Examples:
        | drug         |
        | natalizumab  |
        | ocrelizumab  |
        | ofatumumab   |
        | ublituximab  |
        | rituximab    |
        | cladribine   |
        | mitoxantrone |

    Scenario Outline: other immunosuppressants, antineoplastics and MS drugs
      Given a Lemtrada order for course 1
      And the patient takes "<drug>"
      When the order is verified
      Then the order is on hold
      And rule immunosuppressant-concurrent is violated at level warn

      Examples:
        | drug                   |
        | azathioprine           |
        | cyclophosphamide       |
        | ciclosporin            |
        | capecitabine           |
        | belinostat             |
        | etoposide              |
        | cisplatin              |
        | carboplatin            |
        | methotrexate           |
        | mycophenolate          |
        | tacrolimus             |
        | sirolimus              |
        | fludarabine            |
        | chlorambucil           |
        | bendamustine           |
        | ibrutinib              |
        | venetoclax             |
        | obinutuzumab           |
        | fingolimod             |
        | siponimod              |
        | ozanimod               |
        | ponesimod              |
        | teriflunomide          |
        | dimethyl fumarate      |
        | diroximel fumarate     |
        | monomethyl fumarate    |
        | infliximab             |
        | adalimumab             |
        | etanercept             |
        | certolizumab pegol     |
        | golimumab              |
        | tofacitinib            |
        | baricitinib            |
        | upadacitinib           |
        | filgotinib             |
        | ruxolitinib            |
        | fedratinib             |
        | abrocitinib            |
        | tocilizumab            |
        | satralizumab           |
        | inebilizumab           |
        | abatacept              |
        | interferon beta        |
        | interferon beta-1a     |
        | peginterferon beta-1a  |
        | interferon beta-1b     |
        | glatiramer             |
        | daclizumab             |
        | leflunomide            |
        | everolimus             |
        | belatacept             |
        | basiliximab            |
        | antithymocyte globulin |
        | sarilumab              |
        | anakinra               |
        | canakinumab            |
        | secukinumab            |
        | ixekizumab             |
        | ustekinumab            |
        | guselkumab             |
        | risankizumab           |
        | vedolizumab            |
        | belimumab              |
        | anifrolumab            |
        | eculizumab             |
        | ravulizumab            |
        | efgartigimod           |
        | apremilast             |
        | deucravacitinib        |
        | thalidomide            |
        | lenalidomide           |
        | pomalidomide           |
        | acalabrutinib          |
        | zanubrutinib           |
        | pirtobrutinib          |
        | idelalisib             |
        | duvelisib              |
        | pentostatin            |
        | cytarabine             |
        | fluorouracil           |
        | gemcitabine            |
        | mercaptopurine         |
        | thioguanine            |
        | hydroxyurea            |
        | doxorubicin            |
        | epirubicin             |
        | vincristine            |
        | paclitaxel             |
        | docetaxel              |
        | oxaliplatin            |
        | irinotecan             |
        | bortezomib             |
        | imatinib               |
        | dasatinib              |
        | nilotinib              |
        | sunitinib              |
        | pazopanib              |
        | lapatinib              |
        | dabrafenib             |
        | cetuximab              |
        | trastuzumab            |
        | bevacizumab            |
        | pembrolizumab          |
        | nivolumab              |

    Scenario Outline: classes of ATC codes that suppress the immune system
      Given a Lemtrada order for course 1
      And the patient takes a medication with ATC code <code>
      When the order is verified
      Then the order is on hold
      And rule immunosuppressant-concurrent is violated at level warn
      And rule medication-unrecognised is cleared

      Examples:
        | code    |
        | L01ZZ99 |
        | L04ZZ99 |
        | L03AX13 |
        | L03AB07 |
        | L03AB08 |
        | L03AB13 |

    Scenario Outline: high-efficacy drugs for multiple sclerosis, by ATC code
      Given a Lemtrada order for course 1
      And the patient takes a medication with ATC code <code>
      When the order is verified
      Then the order is rejected
      And rule immunosuppressant-concurrent is violated at level block

      Examples:
        | code    | drug         |
        | L01XC02 | rituximab    |
        | L01FA01 | rituximab    |
        | L04AA23 | natalizumab  |
        | L04AG03 | natalizumab  |
        | L04AA36 | ocrelizumab  |
        | L04AG08 | ocrelizumab  |
        | L01XC10 | ofatumumab   |
        | L01FA02 | ofatumumab   |
        | L04AA52 | ofatumumab   |
        | L04AG12 | ofatumumab   |
        | L04AG14 | ublituximab  |
        | L01BB04 | cladribine   |
        | L04AA40 | cladribine   |
        | L01DB07 | mitoxantrone |

    Scenario Outline: a name and an ATC code that disagree both count
      Given a Lemtrada order for course 1
      And the patient takes Lemtrada with ATC code <code>
      When the order is verified
      Then the order is rejected
      And rule duplicate-alemtuzumab is violated
      And rule immunosuppressant-concurrent is violated at level warn

      Examples:
        | code    | drug                  |
        | L04AX01 | azathioprine          |
        | L01AA01 | cyclophosphamide      |
        | L01BC06 | capecitabine          |
        | L01CB01 | etoposide             |
        | L01XA02 | carboplatin           |
        | L04AA10 | sirolimus             |
        | L04AH01 | sirolimus             |
        | L04AA06 | mycophenolate         |
        | L01BC02 | fluorouracil          |
        | L04AA27 | fingolimod            |
        | L04AE01 | fingolimod            |
        | L04AA42 | siponimod             |
        | L04AE03 | siponimod             |
        | L04AA38 | ozanimod              |
        | L04AE02 | ozanimod              |
        | L04AA50 | ponesimod             |
        | L04AE04 | ponesimod             |
        | L04AX07 | dimethyl fumarate     |
        | L04AX09 | diroximel fumarate    |
        | L03AX13 | glatiramer            |
        | L03AB07 | interferon beta-1a    |
        | L03AB08 | interferon beta-1b    |
        | L03AB13 | peginterferon beta-1a |
        | L04AC01 | daclizumab            |
        | L01BB05 | fludarabine           |
        | L01AA02 | chlorambucil          |
        | L01AA09 | bendamustine          |
        | L01XC15 | obinutuzumab          |
        | L01FA03 | obinutuzumab          |

    Scenario Outline: antineoplastics beside Campath
      Given a Campath order for the first dose
      And the patient takes "<drug>"
      When the order is verified
      Then the order is on hold
      And rule cll-single-agent is violated at level warn

      Examples:
        | drug             |
        | cyclophosphamide |
        | capecitabine     |
        | belinostat       |
        | etoposide        |
        | cisplatin        |
        | carboplatin      |
        | methotrexate     |
        | mitoxantrone     |
        | cladribine       |
        | fludarabine      |
        | chlorambucil     |
        | bendamustine     |
        | ibrutinib        |
        | venetoclax       |
        | rituximab        |
        | ofatumumab       |
        | obinutuzumab     |
        | ruxolitinib      |
        | fedratinib       |
        | thalidomide      |
        | lenalidomide     |
        | pomalidomide     |
        | acalabrutinib    |
        | zanubrutinib     |
        | pirtobrutinib    |
        | idelalisib       |
        | duvelisib        |
        | pentostatin      |
        | cytarabine       |
        | fluorouracil     |
        | gemcitabine      |
        | mercaptopurine   |
        | thioguanine      |
        | hydroxyurea      |
        | doxorubicin      |
        | epirubicin       |
        | vincristine      |
        | paclitaxel       |
        | docetaxel        |
        | oxaliplatin      |
        | irinotecan       |
        | bortezomib       |
        | imatinib         |
        | dasatinib        |
        | nilotinib        |
        | sunitinib        |
        | pazopanib        |
        | lapatinib        |
        | dabrafenib       |
        | cetuximab        |
        | trastuzumab      |
        | bevacizumab      |
        | pembrolizumab    |
        | nivolumab        |

    Scenario: the class of ATC codes of antineoplastics
      Given a Campath order for the first dose
      And the patient takes a medication with ATC code L01ZZ99
      When the order is verified
      Then the order is on hold
      And rule cll-single-agent is violated

    Scenario Outline: antineoplastics beside Campath, by RxCUI
      Given a Campath order for the first dose
      And the patient takes a medication with RxCUI <code>
      When the order is verified
      Then the order is on hold
      And rule cll-single-agent is violated

      Examples:
        | code    |
        | 3002    |
        | 194000  |
        | 1543543 |
        | 4179    |
        | 2555    |
        | 40048   |
        | 6851    |
        | 121191  |
        | 4492    |
        | 12574   |
        | 103     |
        | 10485   |
        | 3995    |
        | 32592   |
        | 51499   |
        | 662281  |
        | 357977  |
        | 714438  |
        | 480167  |
        | 1424911 |
        | 318341  |

    Scenario Outline: antineoplastics beside Campath, by ATC code
      Given a Campath order for the first dose
      And the patient takes a medication with ATC code <code>
      When the order is verified
      Then the order is on hold
      And rule cll-single-agent is violated

      Examples:
        | code    |
        | L01AA01 |
        | L01BC06 |
        | L01CB01 |
        | L01XA01 |
        | L01XA02 |
        | L01BA01 |
        | L04AX03 |
        | L01XC02 |
        | L01FA01 |
        | L01BC02 |
        | L01XC10 |
        | L01FA02 |
        | L04AA52 |
        | L04AG12 |
        | L01BB04 |
        | L04AA40 |
        | L01DB07 |
        | L01BB05 |
        | L01AA02 |
        | L01AA09 |
        | L01XC15 |
        | L01FA03 |

    Scenario Outline: earlier therapies of multiple sclerosis
      Given a Lemtrada order for course 1
      And there are no earlier therapies
      And the patient was treated with "<other>" until 2015-01-01
      And the patient was treated with "<drug>" until 2015-06-30
      When the order is verified
      Then the order is verified
      And rule two-prior-dmt is cleared

      Examples:
        | drug                  | other      |
        | interferon beta-1a    | glatiramer |
        | peginterferon beta-1a | glatiramer |
        | interferon beta-1b    | glatiramer |
        | glatiramer            | fingolimod |
        | natalizumab           | glatiramer |
        | ocrelizumab           | glatiramer |
        | ofatumumab            | glatiramer |
        | ublituximab           | glatiramer |
        | rituximab             | glatiramer |
        | cladribine            | glatiramer |
        | mitoxantrone          | glatiramer |
        | fingolimod            | glatiramer |
        | siponimod             | glatiramer |
        | ozanimod              | glatiramer |
        | ponesimod             | glatiramer |
        | teriflunomide         | glatiramer |
        | dimethyl fumarate     | glatiramer |
        | diroximel fumarate    | glatiramer |
        | monomethyl fumarate   | glatiramer |
        | daclizumab            | glatiramer |

    Scenario Outline: anticoagulants and antiplatelet drugs
      Given a Lemtrada order for course 1
      And the patient takes "<drug>"
      When the order is verified
      Then the order is on hold
      And rule coagulopathy-anticoagulant is violated at level warn

      Examples:
        | drug                 |
        | warfarin             |
        | apixaban             |
        | rivaroxaban          |
        | dabigatran           |
        | edoxaban             |
        | heparin              |
        | enoxaparin           |
        | fondaparinux         |
        | clopidogrel          |
        | prasugrel            |
        | ticagrelor           |
        | aspirin              |
        | acenocoumarol        |
        | phenprocoumon        |
        | dalteparin           |
        | tinzaparin           |
        | nadroparin           |
        | bivalirudin          |
        | argatroban           |
        | ticlopidine          |
        | cangrelor            |
        | dipyridamole         |
        | aspirin-dipyridamole |
        | cilostazol           |
        | vorapaxar            |

    Scenario: the class of ATC codes of anticoagulants
      Given a Lemtrada order for course 1
      And the patient takes a medication with ATC code B01AZ99
      When the order is verified
      Then the order is on hold
      And rule coagulopathy-anticoagulant is violated

    Scenario Outline: drugs that harm kidney or liver
      Given a Lemtrada order for course 1
      And the patient takes "<drug>"
      When the order is verified
      Then the order is <decision>
      And rule renal-hepatic-drugs is violated at level info
      And rule immunosuppressant-concurrent is <suppression>

      Examples:
        | drug           | decision | suppression |
        | gentamicin     | verified | cleared     |
        | tobramycin     | verified | cleared     |
        | amikacin       | verified | cleared     |
        | streptomycin   | verified | cleared     |
        | neomycin       | verified | cleared     |
        | kanamycin      | verified | cleared     |
        | netilmicin     | verified | cleared     |
        | paromomycin    | verified | cleared     |
        | plazomicin     | verified | cleared     |
        | amphotericin B | verified | cleared     |
        | cisplatin      | on hold  | violated    |
        | ciclosporin    | on hold  | violated    |
        | tacrolimus     | on hold  | violated    |
        | methotrexate   | on hold  | violated    |
        | leflunomide    | on hold  | violated    |
        | teriflunomide  | on hold  | violated    |
        | isoniazid      | verified | cleared     |
        | valproate      | verified | cleared     |
        | amiodarone     | verified | cleared     |
        | ketoconazole   | verified | cleared     |

    Scenario Outline: drugs that harm kidney or liver, by ATC code
      Given a Lemtrada order for course 1
      And the patient takes a medication with ATC code <code>
      When the order is verified
      Then the order is on hold
      And rule renal-hepatic-drugs is violated at level info
      And rule immunosuppressant-concurrent is violated at level warn

      Examples:
        | code    | drug          |
        | L01XA01 | cisplatin     |
        | L04AD01 | ciclosporin   |
        | L04AD02 | tacrolimus    |
        | L01BA01 | methotrexate  |
        | L04AX03 | methotrexate  |
        | L04AA13 | leflunomide   |
        | L04AK01 | leflunomide   |
        | L04AA31 | teriflunomide |
        | L04AK02 | teriflunomide |

    Scenario: the class of ATC codes of aminoglycosides
      Given a Lemtrada order for course 1
      And the patient takes a medication with ATC code J01GZ99
      When the order is verified
      Then the order is verified
      And rule renal-hepatic-drugs is violated at level info
