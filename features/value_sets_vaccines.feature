Feature: Vaccines by name and CVX code
  Which vaccines are live is read from lists. A vaccine on no list is not classified, and the rules on
  vaccines then cannot be cleared. Here each name and code stands with its kind; all were given 41 days
  before day 1, a day too late.

    Scenario: names: live vaccines that should not be given
      Given a Lemtrada order for course 1
      And the patient received these vaccines 41 days before day 1:
        | measles                               |
        | measles vaccine                       |
        | measles and rubella                   |
        | M/R                                   |
        | MR vaccine                            |
        | MMR                                   |
        | MMR vaccine                           |
        | M-M-R                                 |
        | M-M-R II                              |
        | MMR II                                |
        | Priorix                               |
        | measles, mumps and rubella            |
        | measles, mumps, rubella               |
        | measles-mumps-rubella                 |
        | measles, mumps and rubella vaccine    |
        | MMRV                                  |
        | ProQuad                               |
        | Priorix-Tetra                         |
        | measles, mumps, rubella and varicella |
        | measles, mumps, rubella, varicella    |
        | measles-mumps-rubella-varicella       |
        | mumps                                 |
        | mumps vaccine                         |
        | rubella                               |
        | rubella vaccine                       |
        | rubella/mumps                         |
        | rubella and mumps                     |
        | rotavirus                             |
        | rotavirus, unspecified formulation    |
        | rotavirus vaccine                     |
        | rotavirus, pentavalent                |
        | RotaTeq                               |
        | RV5                                   |
        | rotavirus, monovalent                 |
        | Rotarix                               |
        | RV1                                   |
        | rotavirus, tetravalent                |
        | RotaShield                            |
        | varicella                             |
        | varicella vaccine                     |
        | chickenpox                            |
        | chickenpox vaccine                    |
        | Varivax                               |
        | Varilrix                              |
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated at level block
      And rules vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: CVX codes: live vaccines that should not be given
      Given a Lemtrada order for course 1
      And the patient received vaccines with these CVX codes 41 days before day 1:
        | 05  |
        | 04  |
        | 03  |
        | 94  |
        | 07  |
        | 06  |
        | 38  |
        | 122 |
        | 116 |
        | 119 |
        | 74  |
        | 21  |
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated at level block
      And rules vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: names: further live vaccines, treated alike
      Given a Lemtrada order for course 1
      And the patient received these vaccines 41 days before day 1:
        | zoster live                                      |
        | zoster vaccine live                              |
        | Zostavax                                         |
        | ZVL                                              |
        | Ebola Zaire vaccine, live                        |
        | rVSV-ZEBOV                                       |
        | Ervebo                                           |
        | Ebola Zaire vaccine, live, recombinant, 1mL dose |
        | dengue fever tetravalent                         |
        | Dengvaxia                                        |
        | Qdenga                                           |
        | Chikungunya live attenuated                      |
        | Ixchiq                                           |
        | Chikungunya live attenuated vaccine, 0.5 mL, PF  |
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated at level block
      And rules vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: CVX codes: further live vaccines, treated alike
      Given a Lemtrada order for course 1
      And the patient received vaccines with these CVX codes 41 days before day 1:
        | 121 |
        | 204 |
        | 56  |
        | 317 |
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated at level block
      And rules vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: names: rare live vaccines
      Given a Lemtrada order for course 1
      And the patient received these vaccines 41 days before day 1:
        | VEE, live              |
        | Junin virus            |
        | Candid 1               |
        | Candid #1              |
        | tularemia vaccine      |
        | tularemia              |
        | Hep A, live attenuated |
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated at level block
      And rules vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: CVX codes: rare live vaccines
      Given a Lemtrada order for course 1
      And the patient received vaccines with these CVX codes 41 days before day 1:
        | 80  |
        | 63  |
        | 78  |
        | 169 |
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated at level block
      And rules vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: names: live vaccines beside the catalogue's list
      Given a Lemtrada order for course 1
      And the patient received these vaccines 41 days before day 1:
        | dengue                     |
        | dengue vaccine             |
        | Dengue fever, unspecified  |
        | Japanese encephalitis live |
        | Imojev                     |
        | CD-JEV                     |
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated at level block
      And rules vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: CVX codes: live vaccines beside the catalogue's list
      Given a Lemtrada order for course 1
      And the patient received vaccines with these CVX codes 41 days before day 1:
        | 330 |
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated at level block
      And rules vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: names: live vaccines that are not generally recommended
      Given a Lemtrada order for course 1
      And the patient received these vaccines 41 days before day 1:
        | Adenovirus types 4 and 7                   |
        | adenovirus types 4 and 7, live, oral       |
        | adenovirus, type 4                         |
        | adenovirus, type 7                         |
        | adenovirus                                 |
        | adenovirus, unspecified formulation        |
        | adenovirus vaccine                         |
        | BCG                                        |
        | BCG vaccine                                |
        | Bacillus Calmette-Guerin                   |
        | Bacillus Calmette-Guerin vaccine           |
        | cholera, live attenuated                   |
        | Vaxchora                                   |
        | influenza, live, trivalent, intranasal     |
        | Influenza, live, trivalent, intranasal, PF |
        | influenza, live, quadrivalent, intranasal  |
        | FluMist Quadrivalent                       |
        | Fluenz Tetra                               |
        | Novel Influenza-H1N1-09, nasal             |
        | influenza nasal                            |
        | influenza nasal, unspecified formulation   |
        | FluMist                                    |
        | Fluenz                                     |
        | LAIV                                       |
        | LAIV3                                      |
        | LAIV4                                      |
        | live attenuated influenza vaccine          |
        | influenza, live, intranasal                |
        | OPV                                        |
        | oral polio vaccine                         |
        | oral polio                                 |
        | poliovirus vaccine, live, oral             |
        | polio, oral                                |
        | OPV bivalent                               |
        | OPV, monovalent                            |
        | OPV ,monovalent, unspecified               |
        | OPV, Unspecified                           |
        | Vaccinia (smallpox), live                  |
        | Vaccinia (smallpox, mpox), live            |
        | vaccinia                                   |
        | vaccinia (smallpox)                        |
        | smallpox                                   |
        | smallpox vaccine                           |
        | ACAM2000                                   |
        | vaccinia (smallpox) diluted                |
        | typhoid, oral                              |
        | oral typhoid vaccine                       |
        | typhoid vaccine, live, oral                |
        | Ty21a                                      |
        | Vivotif                                    |
        | yellow fever live                          |
        | yellow fever                               |
        | yellow fever vaccine                       |
        | YF-Vax                                     |
        | Yellow fever vaccine live - alt            |
        | Stamaril                                   |
        | Yellow fever, unspecified                  |
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated at level block
      And rules vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: CVX codes: live vaccines that are not generally recommended
      Given a Lemtrada order for course 1
      And the patient received vaccines with these CVX codes 41 days before day 1:
        | 143 |
        | 54  |
        | 55  |
        | 82  |
        | 19  |
        | 174 |
        | 111 |
        | 149 |
        | 125 |
        | 151 |
        | 02  |
        | 178 |
        | 179 |
        | 182 |
        | 75  |
        | 105 |
        | 25  |
        | 37  |
        | 183 |
        | 184 |
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated at level block
      And rules vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: names: live vaccines that are not generally recommended, beside the catalogue's list
      Given a Lemtrada order for course 1
      And the patient received these vaccines 41 days before day 1:
        | influenza, live, trivalent, intranasal, self/caregiver admin     |
        | Influenza, live, trivalent, intranasal, self/caregiver admin, PF |
        | FluMist Home                                                     |
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated at level block
      And rules vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: CVX codes: live vaccines that are not generally recommended, beside the catalogue's list
      Given a Lemtrada order for course 1
      And the patient received vaccines with these CVX codes 41 days before day 1:
        | 333 |
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-6wk is violated at level block
      And rules vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: names: vaccines of which some formulations are live
      Given a Lemtrada order for course 1
      And the patient received these vaccines 41 days before day 1:
        | cholera                            |
        | cholera, unspecified formulation   |
        | cholera vaccine                    |
        | influenza                          |
        | influenza, unspecified formulation |
        | influenza vaccine                  |
        | flu                                |
        | flu vaccine                        |
        | flu shot                           |
        | polio                              |
        | polio, unspecified formulation     |
        | polio vaccine                      |
        | typhoid                            |
        | typhoid, unspecified formulation   |
        | typhoid vaccine                    |
        | zoster                             |
        | zoster, unspecified formulation    |
        | zoster vaccine                     |
        | shingles                           |
        | shingles vaccine                   |
        | Ebola                              |
        | Ebola, unspecified                 |
        | Ebola vaccine                      |
      When the order is verified
      Then the order is on hold
      And rule vaccine-live-6wk is violated at level warn
      And rules vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: CVX codes: vaccines of which some formulations are live
      Given a Lemtrada order for course 1
      And the patient received vaccines with these CVX codes 41 days before day 1:
        | 26  |
        | 88  |
        | 89  |
        | 91  |
        | 188 |
        | 214 |
      When the order is verified
      Then the order is on hold
      And rule vaccine-live-6wk is violated at level warn
      And rules vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: names: further vaccines of which some formulations are live
      Given a Lemtrada order for course 1
      And the patient received these vaccines 41 days before day 1:
        | Novel Influenza-H1N1-09, all formulations      |
        | Japanese encephalitis                          |
        | Japanese Encephalitis, unspecified formulation |
        | VEE                                            |
        | VEE, unspecified formulation                   |
        | mpox                                           |
        | Vaccinia (smallpox, mpox), unspecified         |
        | mpox vaccine                                   |
        | monkeypox vaccine                              |
        | chikungunya                                    |
        | chikungunya vaccine                            |
        | intravesical BCG                               |
        | BCG live                                       |
        | BCG intravesical                               |
        | TICE BCG                                       |
        | TheraCys                                       |
        | OncoTICE                                       |
        | ImmuCyst                                       |
      When the order is verified
      Then the order is on hold
      And rule vaccine-live-6wk is violated at level warn
      And rules vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: CVX codes: further vaccines of which some formulations are live
      Given a Lemtrada order for course 1
      And the patient received vaccines with these CVX codes 41 days before day 1:
        | 128 |
        | 129 |
        | 92  |
        | 325 |
      When the order is verified
      Then the order is on hold
      And rule vaccine-live-6wk is violated at level warn
      And rules vaccine-other-6wk and vaccine-live-after are cleared

    Scenario: names: non-live vaccines named beside the live ones
      Given a Lemtrada order for course 1
      And the patient received these vaccines 41 days before day 1:
        | IPV                                      |
        | inactivated polio vaccine                |
        | inactivated poliovirus vaccine           |
        | IPOL                                     |
        | cholera, WC-rBS                          |
        | Dukoral                                  |
        | cholera, BivWC                           |
        | Shanchol                                 |
        | Euvichol                                 |
        | typhoid, parenteral                      |
        | typhoid, parenteral, AKD                 |
        | typhoid, parenteral, AKD (U.S. military) |
        | typhoid, ViCPs                           |
        | Typhim Vi                                |
        | typhoid Vi polysaccharide                |
        | Typhoid conjugate vaccine                |
        | Typhoid conjugate vaccine (TCV)          |
        | TCV                                      |
        | Typbar-TCV                               |
        | zoster recombinant                       |
        | recombinant zoster vaccine               |
        | RZV                                      |
        | Shingrix                                 |
      When the order is verified
      Then the order is on hold
      And rule vaccine-other-6wk is violated at level warn
      And rules vaccine-live-6wk and vaccine-live-after are cleared

    Scenario: CVX codes: non-live vaccines named beside the live ones
      Given a Lemtrada order for course 1
      And the patient received vaccines with these CVX codes 41 days before day 1:
        | 10  |
        | 172 |
        | 173 |
        | 41  |
        | 53  |
        | 101 |
        | 190 |
        | 187 |
      When the order is verified
      Then the order is on hold
      And rule vaccine-other-6wk is violated at level warn
      And rules vaccine-live-6wk and vaccine-live-after are cleared

    Scenario: names: non-replicating vaccinia
      Given a Lemtrada order for course 1
      And the patient received these vaccines 41 days before day 1:
        | vaccinia, non-replicating                                    |
        | Vaccinia, smallpox Mpox vaccine live, PF, SQ or ID injection |
        | MVA-BN                                                       |
        | Jynneos                                                      |
        | Imvanex                                                      |
        | Imvamune                                                     |
      When the order is verified
      Then the order is on hold
      And rule vaccine-other-6wk is violated at level warn
      And rules vaccine-live-6wk and vaccine-live-after are cleared

    Scenario: CVX codes: non-replicating vaccinia
      Given a Lemtrada order for course 1
      And the patient received vaccines with these CVX codes 41 days before day 1:
        | 206 |
      When the order is verified
      Then the order is on hold
      And rule vaccine-other-6wk is violated at level warn
      And rules vaccine-live-6wk and vaccine-live-after are cleared

    Scenario: names: other non-live vaccines
      Given a Lemtrada order for course 1
      And the patient received these vaccines 41 days before day 1:
        | DTP                                                                         |
        | DTaP                                                                        |
        | Daptacel                                                                    |
        | Infanrix                                                                    |
        | DTaP, 5 pertussis antigens                                                  |
        | DTaP, unspecified formulation                                               |
        | DT (pediatric)                                                              |
        | DTaP-Hep B-IPV                                                              |
        | Pediarix                                                                    |
        | DTaP-Hib                                                                    |
        | DTaP-Hib-IPV                                                                |
        | Pentacel                                                                    |
        | DTaP-IPV                                                                    |
        | Kinrix                                                                      |
        | Quadracel                                                                   |
        | DTP-Hib                                                                     |
        | DTP-Hib-Hep B                                                               |
        | DTaP-IPV-HIB-HEP B, historical                                              |
        | DTaP,IPV,Hib,HepB                                                           |
        | Vaxelis                                                                     |
        | DTAP/IPV/HIB - non-US                                                       |
        | DT, IPV adsorbed                                                            |
        | DTP-hepB-Hib Pentavalent Non-US                                             |
        | pertussis                                                                   |
        | Td (adult), adsorbed                                                        |
        | Td                                                                          |
        | Td (adult)                                                                  |
        | Td (adult), preservative free                                               |
        | Tenivac                                                                     |
        | TdVax                                                                       |
        | Td(adult) unspecified formulation                                           |
        | Td, adsorbed, preservative free, adult use, Lf unspecified                  |
        | Tdap                                                                        |
        | Tdap vaccine                                                                |
        | Boostrix                                                                    |
        | Adacel                                                                      |
        | tetanus toxoid, adsorbed                                                    |
        | tetanus toxoid, not adsorbed                                                |
        | tetanus toxoid, unspecified formulation                                     |
        | tetanus                                                                     |
        | tetanus vaccine                                                             |
        | Hep A, adult                                                                |
        | Havrix                                                                      |
        | Vaqta                                                                       |
        | Hep A, ped/adol, 2 dose                                                     |
        | Hep A, ped/adol, 3 dose                                                     |
        | Hep A, pediatric, unspecified formulation                                   |
        | Hep A, unspecified formulation                                              |
        | Hep A                                                                       |
        | hepatitis A                                                                 |
        | hepatitis A vaccine                                                         |
        | Hep A-Hep B                                                                 |
        | Twinrix                                                                     |
        | Hep A-Hep B, pediatric/adolescent                                           |
        | Hep B, adolescent or pediatric                                              |
        | Hep B, adolescent/high risk infant                                          |
        | Hep B, adult                                                                |
        | Engerix-B                                                                   |
        | Recombivax HB                                                               |
        | Hep B, high-dosage, dialysis or IC                                          |
        | Hep B, unspecified formulation                                              |
        | Hep B                                                                       |
        | hepatitis B                                                                 |
        | hepatitis B vaccine                                                         |
        | HepB-CpG                                                                    |
        | Heplisav-B                                                                  |
        | Heplisav                                                                    |
        | HepB recombinant, 3-antigen                                                 |
        | HepB recombinant, 3-antigen, Al(OH)3                                        |
        | PreHevbrio                                                                  |
        | Hib (PRP-D)                                                                 |
        | Hib (HbOC)                                                                  |
        | Hib (PRP-T)                                                                 |
        | ActHIB                                                                      |
        | Hiberix                                                                     |
        | Hib (PRP-OMP)                                                               |
        | PedvaxHIB                                                                   |
        | Hib, unspecified formulation                                                |
        | Hib                                                                         |
        | Hib-Hep B                                                                   |
        | Comvax                                                                      |
        | HPV, bivalent                                                               |
        | Cervarix                                                                    |
        | HPV, quadrivalent                                                           |
        | Gardasil                                                                    |
        | HPV9                                                                        |
        | Gardasil 9                                                                  |
        | HPV, unspecified formulation                                                |
        | HPV                                                                         |
        | HPV vaccine                                                                 |
        | influenza, split (incl. purified surface antigen)                           |
        | influenza, whole                                                            |
        | influenza, H5N1-1203                                                        |
        | Novel influenza-H1N1-09, preservative-free                                  |
        | Novel influenza-H1N1-09                                                     |
        | Influenza, high-dose, trivalent, PF                                         |
        | Fluzone High-Dose                                                           |
        | Influenza, split virus, trivalent, PF                                       |
        | Influenza, split virus, trivalent, preservative                             |
        | influenza, injectable                                                       |
        | influenza, seasonal, intradermal, preservative free                         |
        | Influenza, split virus, quadrivalent, PF                                    |
        | Fluzone Quadrivalent                                                        |
        | Fluarix Quadrivalent                                                        |
        | FluLaval Quadrivalent                                                       |
        | Afluria Quadrivalent                                                        |
        | Influenza, MDCK, trivalent, PF                                              |
        | Flucelvax                                                                   |
        | Influenza, recombinant, trivalent, PF                                       |
        | Flublok                                                                     |
        | Influenza, split virus, quadrivalent, preservative                          |
        | Influenza A monovalent (H5N1), ADJUVANTED-2013                              |
        | Influenza, injectable,quadrivalent, preservative free, pediatric            |
        | influenza, intradermal, quadrivalent, preservative free                     |
        | Influenza, adjuvanted, trivalent, PF                                        |
        | Fluad                                                                       |
        | Influenza, MDCK, quadrivalent, PF                                           |
        | Flucelvax Quadrivalent                                                      |
        | Influenza, recombinant, quadrivalent, PF                                    |
        | Flublok Quadrivalent                                                        |
        | Influenza, MDCK, quadrivalent, preservative                                 |
        | Influenza, high-dose, quadrivalent, PF                                      |
        | Fluzone High-Dose Quadrivalent                                              |
        | influenza, Southern Hemisphere, pediatric, preservative free                |
        | Influenza, Southern Hemisphere, quadrivalent, PF                            |
        | influenza, Southern Hemisphere, quadrivalent, with preservative             |
        | Influenza, adjuvanted, quadrivalent, PF                                     |
        | Fluad Quadrivalent                                                          |
        | influenza, Southern Hemisphere, high-dose, quadrivalent                     |
        | Influenza, MDCK, trivalent, preservative                                    |
        | Influenza-avian, H5N8, monovalent, PF                                       |
        | Influenza-avian, H5N8, monovalent, preservative                             |
        | Influenza, Southern Hemisphere, trivalent, PF                               |
        | influenza, inactivated                                                      |
        | inactivated influenza vaccine                                               |
        | Fluzone                                                                     |
        | Fluarix                                                                     |
        | FluLaval                                                                    |
        | Afluria                                                                     |
        | Fluvirin                                                                    |
        | Agriflu                                                                     |
        | IIV3                                                                        |
        | IIV4                                                                        |
        | meningococcal MPSV4                                                         |
        | Menomune                                                                    |
        | meningococcal C conjugate                                                   |
        | meningococcal ACWY, unspecified formulation                                 |
        | MenACWY                                                                     |
        | meningococcal ACWY                                                          |
        | meningococcal MCV4P                                                         |
        | Menactra                                                                    |
        | Meningococcal MCV4O                                                         |
        | Menveo                                                                      |
        | meningococcal MCV4, unspecified formulation                                 |
        | Meningococcal C/Y-HIB PRP                                                   |
        | meningococcal B, recombinant                                                |
        | Trumenba                                                                    |
        | meningococcal B, OMV                                                        |
        | Bexsero                                                                     |
        | meningococcal B, unspecified                                                |
        | MenB                                                                        |
        | meningococcal B                                                             |
        | meningococcal, unknown serogroups                                           |
        | meningococcal                                                               |
        | meningococcal vaccine                                                       |
        | meningococcal A polysaccharide (non-US)                                     |
        | meningococcal AC polysaccharide (non-US)                                    |
        | meningococcal conjugate quadrivalent, MenACWY-TT (MCV4)                     |
        | MenQuadfi                                                                   |
        | Nimenrix                                                                    |
        | Meningococcal polysaccharide (MenACWY-TT conjugate), (MenB), PF             |
        | Penbraya                                                                    |
        | Meningococcal oligosaccharide (MenACWY), (MenB), PF                         |
        | Penmenvy                                                                    |
        | pneumococcal polysaccharide PPV23                                           |
        | PPSV23                                                                      |
        | PPV23                                                                       |
        | Pneumovax                                                                   |
        | Pneumovax 23                                                                |
        | pneumococcal conjugate PCV 7                                                |
        | PCV7                                                                        |
        | Prevnar                                                                     |
        | pneumococcal, unspecified formulation                                       |
        | pneumococcal                                                                |
        | pneumococcal vaccine                                                        |
        | Pneumococcal conjugate PCV 13                                               |
        | PCV13                                                                       |
        | Prevnar 13                                                                  |
        | Prevenar 13                                                                 |
        | Pneumococcal Conjugate, unspecified formulation                             |
        | pneumococcal conjugate                                                      |
        | PCV10                                                                       |
        | Synflorix                                                                   |
        | PCV15                                                                       |
        | Vaxneuvance                                                                 |
        | Pneumococcal conjugate PCV15, polysaccharide CRM197 conjugate, adjuvant, PF |
        | PCV20                                                                       |
        | Prevnar 20                                                                  |
        | Prevenar 20                                                                 |
        | Pneumococcal conjugate PCV20, polysaccharide CRM197 conjugate, adjuvant, PF |
        | PCV21                                                                       |
        | Capvaxive                                                                   |
        | Pneumococcal conjugate PCV21, polysaccharide CRM197 conjugate, PF           |
        | COVID-19                                                                    |
        | COVID-19 vaccine                                                            |
        | COVID vaccine                                                               |
        | SARS-COV-2 (COVID-19) vaccine, UNSPECIFIED                                  |
        | COVID-19, mRNA, Moderna                                                     |
        | Spikevax                                                                    |
        | mNEXSPIKE                                                                   |
        | Moderna COVID-19 vaccine                                                    |
        | COVID-19, mRNA, Pfizer-BioNTech                                             |
        | Comirnaty                                                                   |
        | Pfizer-BioNTech COVID-19 vaccine                                            |
        | COVID-19 vaccine, vector-nr, rS-ChAdOx1                                     |
        | Vaxzevria                                                                   |
        | COVID-19, subunit, rS-nanoparticle                                          |
        | Nuvaxovid                                                                   |
        | Novavax COVID-19 vaccine                                                    |
        | COVID-19 vaccine, vector-nr, rS-Ad26                                        |
        | Janssen COVID-19 vaccine                                                    |
        | COVID-19, recombinant, preS dTM, AS03 adjuvant                              |
        | VidPrevtyn Beta                                                             |
        | COVID-19, inactivated, non-US                                               |
        | Covaxin                                                                     |
        | CoronaVac                                                                   |
        | Respiratory syncytial virus (RSV) vaccine, unspecified                      |
        | RSV vaccine                                                                 |
        | RSV, recombinant, adjuvanted                                                |
        | Arexvy                                                                      |
        | RSV, bivalent                                                               |
        | Abrysvo                                                                     |
        | RSV, mRNA                                                                   |
        | RSV, mRNA, injectable, PF                                                   |
        | mRESVIA                                                                     |
        | anthrax                                                                     |
        | BioThrax                                                                    |
        | Anthrax, pre-exposure prophylaxis, post-exposure prophylaxis                |
        | Anthrax, post-exposure prophylaxis                                          |
        | Cyfendus                                                                    |
        | Japanese encephalitis SC                                                    |
        | JE-VAX                                                                      |
        | Japanese Encephalitis IM                                                    |
        | Ixiaro                                                                      |
        | Lyme disease                                                                |
        | LYMErix                                                                     |
        | Poliovirus, inactivated, fractional-dose (fIPV)                             |
        | rabies, intramuscular injection                                             |
        | rabies, intradermal injection                                               |
        | rabies, unspecified formulation                                             |
        | rabies                                                                      |
        | rabies vaccine                                                              |
        | Rabies - IM Diploid cell culture                                            |
        | Imovax                                                                      |
        | Rabies - IM fibroblast culture                                              |
        | RabAvert                                                                    |
        | Tick-borne encephalitis vaccine (non-US)                                    |
        | FSME-IMMUN                                                                  |
        | Encepur                                                                     |
        | Tick-borne encephalitis, unspecified                                        |
        | tick-borne encephalitis                                                     |
        | Tick-borne encephalitis, inactivated, PF, 0.25mL                            |
        | Tick-borne encephalitis, inactivated, PF, 0.5mL                             |
        | Ticovac                                                                     |
        | VEE, inactivated                                                            |
        | Chikungunya, VLP, recombinant                                               |
        | Vimkunya                                                                    |
        | Chikungunya, VLP, recombinant, 0.8 mL, PF                                   |
        | Ebola, non-replicating vectors                                              |
        | Zabdeno                                                                     |
        | Mvabea                                                                      |
      When the order is verified
      Then the order is on hold
      And rule vaccine-other-6wk is violated at level warn
      And rules vaccine-live-6wk and vaccine-live-after are cleared

    Scenario: CVX codes: other non-live vaccines
      Given a Lemtrada order for course 1
      And the patient received vaccines with these CVX codes 41 days before day 1:
        | 01  |
        | 20  |
        | 106 |
        | 107 |
        | 28  |
        | 110 |
        | 50  |
        | 120 |
        | 130 |
        | 22  |
        | 102 |
        | 132 |
        | 146 |
        | 170 |
        | 195 |
        | 198 |
        | 11  |
        | 138 |
        | 113 |
        | 139 |
        | 196 |
        | 115 |
        | 35  |
        | 142 |
        | 112 |
        | 52  |
        | 83  |
        | 84  |
        | 31  |
        | 85  |
        | 104 |
        | 193 |
        | 08  |
        | 42  |
        | 43  |
        | 44  |
        | 45  |
        | 189 |
        | 220 |
        | 46  |
        | 47  |
        | 48  |
        | 49  |
        | 17  |
        | 51  |
        | 118 |
        | 62  |
        | 165 |
        | 137 |
        | 15  |
        | 16  |
        | 123 |
        | 126 |
        | 127 |
        | 135 |
        | 140 |
        | 141 |
        | 144 |
        | 150 |
        | 153 |
        | 155 |
        | 158 |
        | 160 |
        | 161 |
        | 166 |
        | 168 |
        | 171 |
        | 185 |
        | 186 |
        | 197 |
        | 200 |
        | 201 |
        | 202 |
        | 205 |
        | 231 |
        | 320 |
        | 321 |
        | 322 |
        | 331 |
        | 32  |
        | 103 |
        | 108 |
        | 114 |
        | 136 |
        | 147 |
        | 148 |
        | 162 |
        | 163 |
        | 164 |
        | 167 |
        | 191 |
        | 192 |
        | 203 |
        | 316 |
        | 328 |
        | 33  |
        | 100 |
        | 109 |
        | 133 |
        | 152 |
        | 177 |
        | 215 |
        | 216 |
        | 327 |
        | 213 |
        | 207 |
        | 221 |
        | 227 |
        | 228 |
        | 229 |
        | 311 |
        | 312 |
        | 208 |
        | 217 |
        | 218 |
        | 219 |
        | 230 |
        | 300 |
        | 301 |
        | 302 |
        | 308 |
        | 309 |
        | 310 |
        | 210 |
        | 211 |
        | 313 |
        | 212 |
        | 225 |
        | 226 |
        | 521 |
        | 502 |
        | 510 |
        | 511 |
        | 518 |
        | 314 |
        | 303 |
        | 305 |
        | 326 |
        | 24  |
        | 318 |
        | 39  |
        | 134 |
        | 66  |
        | 324 |
        | 18  |
        | 40  |
        | 90  |
        | 175 |
        | 176 |
        | 77  |
        | 222 |
        | 223 |
        | 224 |
        | 81  |
        | 329 |
      When the order is verified
      Then the order is on hold
      And rule vaccine-other-6wk is violated at level warn
      And rules vaccine-live-6wk and vaccine-live-after are cleared

    Scenario Outline: a live vaccine during a course of Lemtrada
      Given a Lemtrada order for course 1
      And a vaccination with CVX <code> is planned for 2025-07-01
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-after is violated at level block
      And rule vaccine-live-after cannot be overridden

      Examples:
        | code | vaccine                     |
        | 05   | measles                     |
        | 04   | measles and rubella         |
        | 03   | MMR                         |
        | 94   | MMRV                        |
        | 07   | mumps                       |
        | 06   | rubella                     |
        | 38   | rubella/mumps               |
        | 122  | rotavirus                   |
        | 116  | rotavirus, pentavalent      |
        | 119  | rotavirus, monovalent       |
        | 74   | rotavirus, tetravalent      |
        | 21   | varicella                   |
        | 121  | zoster live                 |
        | 204  | Ebola Zaire vaccine, live   |
        | 56   | dengue fever tetravalent    |
        | 317  | Chikungunya live attenuated |
        | 80   | VEE, live                   |
        | 63   | Junin virus                 |
        | 78   | tularemia vaccine           |
        | 169  | Hep A, live attenuated      |
        | 330  | dengue                      |

    Scenario Outline: a live vaccine that is not generally recommended, during a course of Lemtrada
      Given a Lemtrada order for course 1
      And a vaccination with CVX <code> is planned for 2025-07-01
      When the order is verified
      Then the order is rejected
      And rule vaccine-live-after is violated at level block
      And rule vaccine-live-after can be overridden

      Examples:
        | code | vaccine                                                      |
        | 143  | Adenovirus types 4 and 7                                     |
        | 54   | adenovirus, type 4                                           |
        | 55   | adenovirus, type 7                                           |
        | 82   | adenovirus                                                   |
        | 19   | BCG                                                          |
        | 174  | cholera, live attenuated                                     |
        | 111  | influenza, live, trivalent, intranasal                       |
        | 149  | influenza, live, quadrivalent, intranasal                    |
        | 125  | Novel Influenza-H1N1-09, nasal                               |
        | 151  | influenza nasal                                              |
        | 02   | OPV                                                          |
        | 178  | OPV bivalent                                                 |
        | 179  | OPV, monovalent                                              |
        | 182  | OPV, Unspecified                                             |
        | 75   | Vaccinia (smallpox), live                                    |
        | 105  | vaccinia (smallpox) diluted                                  |
        | 25   | typhoid, oral                                                |
        | 37   | yellow fever live                                            |
        | 183  | Yellow fever vaccine live - alt                              |
        | 184  | Yellow fever, unspecified                                    |
        | 333  | influenza, live, trivalent, intranasal, self/caregiver admin |

    Scenario Outline: a vaccine that may be live, during a course of Lemtrada
      Given a Lemtrada order for course 1
      And a vaccination with CVX <code> is planned for 2025-07-01
      When the order is verified
      Then the order is on hold
      And rule vaccine-live-after is violated at level warn

      Examples:
        | code | vaccine                                   |
        | 26   | cholera                                   |
        | 88   | influenza                                 |
        | 89   | polio                                     |
        | 91   | typhoid                                   |
        | 188  | zoster                                    |
        | 214  | Ebola                                     |
        | 128  | Novel Influenza-H1N1-09, all formulations |
        | 129  | Japanese encephalitis                     |
        | 92   | VEE                                       |
        | 325  | mpox                                      |

    Scenario Outline: a live vaccine during treatment with Campath
      Given a Campath order for a week of maintenance
      And the patient received a vaccine with CVX <code> on 2025-05-20
      When the order is verified
      Then the order is rejected
      And rule cll-live-vaccine is violated at level block

      Examples:
        | code | vaccine                                                      |
        | 05   | measles                                                      |
        | 04   | measles and rubella                                          |
        | 03   | MMR                                                          |
        | 94   | MMRV                                                         |
        | 07   | mumps                                                        |
        | 06   | rubella                                                      |
        | 38   | rubella/mumps                                                |
        | 122  | rotavirus                                                    |
        | 116  | rotavirus, pentavalent                                       |
        | 119  | rotavirus, monovalent                                        |
        | 74   | rotavirus, tetravalent                                       |
        | 21   | varicella                                                    |
        | 121  | zoster live                                                  |
        | 204  | Ebola Zaire vaccine, live                                    |
        | 56   | dengue fever tetravalent                                     |
        | 317  | Chikungunya live attenuated                                  |
        | 80   | VEE, live                                                    |
        | 63   | Junin virus                                                  |
        | 78   | tularemia vaccine                                            |
        | 169  | Hep A, live attenuated                                       |
        | 330  | dengue                                                       |
        | 143  | Adenovirus types 4 and 7                                     |
        | 54   | adenovirus, type 4                                           |
        | 55   | adenovirus, type 7                                           |
        | 82   | adenovirus                                                   |
        | 19   | BCG                                                          |
        | 174  | cholera, live attenuated                                     |
        | 111  | influenza, live, trivalent, intranasal                       |
        | 149  | influenza, live, quadrivalent, intranasal                    |
        | 125  | Novel Influenza-H1N1-09, nasal                               |
        | 151  | influenza nasal                                              |
        | 02   | OPV                                                          |
        | 178  | OPV bivalent                                                 |
        | 179  | OPV, monovalent                                              |
        | 182  | OPV, Unspecified                                             |
        | 75   | Vaccinia (smallpox), live                                    |
        | 105  | vaccinia (smallpox) diluted                                  |
        | 25   | typhoid, oral                                                |
        | 37   | yellow fever live                                            |
        | 183  | Yellow fever vaccine live - alt                              |
        | 184  | Yellow fever, unspecified                                    |
        | 333  | influenza, live, trivalent, intranasal, self/caregiver admin |

    Scenario Outline: a vaccine that may be live, during treatment with Campath
      Given a Campath order for a week of maintenance
      And the patient received a vaccine with CVX <code> on 2025-05-20
      When the order is verified
      Then the order is on hold
      And rule cll-live-vaccine is violated at level warn

      Examples:
        | code | vaccine                                   |
        | 26   | cholera                                   |
        | 88   | influenza                                 |
        | 89   | polio                                     |
        | 91   | typhoid                                   |
        | 188  | zoster                                    |
        | 214  | Ebola                                     |
        | 128  | Novel Influenza-H1N1-09, all formulations |
        | 129  | Japanese encephalitis                     |
        | 92   | VEE                                       |
        | 325  | mpox                                      |

    Scenario: vaccines that are not live, during treatment with Campath
      Given a Campath order for a week of maintenance
      And the patient received vaccines with these CVX codes on 2025-05-20:
        | 10  |
        | 172 |
        | 173 |
        | 41  |
        | 53  |
        | 101 |
        | 190 |
        | 187 |
        | 206 |
        | 01  |
        | 20  |
        | 106 |
        | 107 |
        | 28  |
        | 110 |
        | 50  |
        | 120 |
        | 130 |
        | 22  |
        | 102 |
        | 132 |
        | 146 |
        | 170 |
        | 195 |
        | 198 |
        | 11  |
        | 138 |
        | 113 |
        | 139 |
        | 196 |
        | 115 |
        | 35  |
        | 142 |
        | 112 |
        | 52  |
        | 83  |
        | 84  |
        | 31  |
        | 85  |
        | 104 |
        | 193 |
        | 08  |
        | 42  |
        | 43  |
        | 44  |
        | 45  |
        | 189 |
        | 220 |
        | 46  |
        | 47  |
        | 48  |
        | 49  |
        | 17  |
        | 51  |
        | 118 |
        | 62  |
        | 165 |
        | 137 |
        | 15  |
        | 16  |
        | 123 |
        | 126 |
        | 127 |
        | 135 |
        | 140 |
        | 141 |
        | 144 |
        | 150 |
        | 153 |
        | 155 |
        | 158 |
        | 160 |
        | 161 |
        | 166 |
        | 168 |
        | 171 |
        | 185 |
        | 186 |
        | 197 |
        | 200 |
        | 201 |
        | 202 |
        | 205 |
        | 231 |
        | 320 |
        | 321 |
        | 322 |
        | 331 |
        | 32  |
        | 103 |
        | 108 |
        | 114 |
        | 136 |
        | 147 |
        | 148 |
        | 162 |
        | 163 |
        | 164 |
        | 167 |
        | 191 |
        | 192 |
        | 203 |
        | 316 |
        | 328 |
        | 33  |
        | 100 |
        | 109 |
        | 133 |
        | 152 |
        | 177 |
        | 215 |
        | 216 |
        | 327 |
        | 213 |
        | 207 |
        | 221 |
        | 227 |
        | 228 |
        | 229 |
        | 311 |
        | 312 |
        | 208 |
        | 217 |
        | 218 |
        | 219 |
        | 230 |
        | 300 |
        | 301 |
        | 302 |
        | 308 |
        | 309 |
        | 310 |
        | 210 |
        | 211 |
        | 313 |
        | 212 |
        | 225 |
        | 226 |
        | 521 |
        | 502 |
        | 510 |
        | 511 |
        | 518 |
        | 314 |
        | 303 |
        | 305 |
        | 326 |
        | 24  |
        | 318 |
        | 39  |
        | 134 |
        | 66  |
        | 324 |
        | 18  |
        | 40  |
        | 90  |
        | 175 |
        | 176 |
        | 77  |
        | 222 |
        | 223 |
        | 224 |
        | 81  |
        | 329 |
      When the order is verified
      Then the order is verified
      And rule cll-live-vaccine is cleared
