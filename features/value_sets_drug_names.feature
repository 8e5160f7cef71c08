Feature: Names and codes of drugs that are recognised
  A pharmacy system names a drug in its own way: by its generic name, a salt, a brand, an RxCUI or an ATC
  code. A name that is on no list is not seen by the rules on medicines; it is listed for the pharmacist
  instead. Each name and code here is on a list. The medications ended long ago, so that no other rule
  speaks.

    Scenario: names: corticosteroids for high-dose premedication
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | methylprednisolone                  |
        | methylprednisolone sodium succinate |
        | methylprednisolone acetate          |
        | Solu-Medrol                         |
        | Solu-Medrone                        |
        | Solumedrol                          |
        | Medrol                              |
        | Medrone                             |
        | Depo-Medrol                         |
        | A-Methapred                         |
        | Urbason                             |
        | prednisone                          |
        | Deltasone                           |
        | Rayos                               |
        | prednisolone                        |
        | prednisolone sodium phosphate       |
        | Orapred                             |
        | Millipred                           |
        | dexamethasone                       |
        | dexamethasone sodium phosphate      |
        | dexamethasone phosphate             |
        | Decadron                            |
        | Hemady                              |
        | hydrocortisone                      |
        | hydrocortisone sodium succinate     |
        | Solu-Cortef                         |
        | Cortef                              |
        | betamethasone                       |
        | betamethasone sodium phosphate      |
        | Celestone                           |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: herpes antivirals
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | acyclovir                    |
        | aciclovir                    |
        | acyclovir sodium             |
        | aciclovir sodium             |
        | Zovirax                      |
        | Sitavig                      |
        | valacyclovir                 |
        | valaciclovir                 |
        | valacyclovir hydrochloride   |
        | valaciclovir hydrochloride   |
        | Valtrex                      |
        | ganciclovir                  |
        | ganciclovir sodium           |
        | Cytovene                     |
        | Cymevene                     |
        | valganciclovir               |
        | valganciclovir hydrochloride |
        | Valcyte                      |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: famciclovir
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | famciclovir |
        | Famvir      |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: antivirals that are no herpes prophylaxis
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | penciclovir             |
        | Denavir                 |
        | oseltamivir             |
        | oseltamivir phosphate   |
        | Tamiflu                 |
        | letermovir              |
        | Prevymis                |
        | baloxavir               |
        | baloxavir marboxil      |
        | Xofluza                 |
        | entecavir               |
        | Baraclude               |
        | lamivudine              |
        | Epivir                  |
        | emtricitabine-tenofovir |
        | emtricitabine/tenofovir |
        | Truvada                 |
        | Descovy                 |
        | nirmatrelvir-ritonavir  |
        | nirmatrelvir/ritonavir  |
        | Paxlovid                |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: antivirals that are no herpes prophylaxis, with codes
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | tenofovir                     |
        | tenofovir disoproxil          |
        | tenofovir disoproxil fumarate |
        | Viread                        |
        | Vemlidy                       |
        | dolutegravir                  |
        | Tivicay                       |
        | efavirenz                     |
        | Sustiva                       |
        | abacavir                      |
        | Ziagen                        |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: H1 antihistamines
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | diphenhydramine                |
        | diphenhydramine hydrochloride  |
        | diphenhydramine HCl            |
        | Benadryl                       |
        | cetirizine                     |
        | cetirizine hydrochloride       |
        | Zyrtec                         |
        | Quzyttir                       |
        | loratadine                     |
        | Claritin                       |
        | Clarityn                       |
        | Alavert                        |
        | fexofenadine                   |
        | fexofenadine hydrochloride     |
        | Allegra                        |
        | Telfast                        |
        | hydroxyzine                    |
        | hydroxyzine hydrochloride      |
        | hydroxyzine pamoate            |
        | Atarax                         |
        | Vistaril                       |
        | chlorpheniramine               |
        | chlorphenamine                 |
        | chlorpheniramine maleate       |
        | chlorphenamine maleate         |
        | Chlor-Trimeton                 |
        | Piriton                        |
        | promethazine                   |
        | promethazine hydrochloride     |
        | Phenergan                      |
        | levocetirizine                 |
        | levocetirizine dihydrochloride |
        | Xyzal                          |
        | desloratadine                  |
        | Clarinex                       |
        | Aerius                         |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: further H1 antihistamines
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | clemastine                  |
        | clemastine fumarate         |
        | Tavegil                     |
        | Tavegyl                     |
        | dimetindene                 |
        | dimethindene                |
        | dimetindene maleate         |
        | Fenistil                    |
        | dexchlorpheniramine         |
        | dexchlorpheniramine maleate |
        | Polaramine                  |
        | brompheniramine             |
        | brompheniramine maleate     |
        | bilastine                   |
        | Bilaxten                    |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: H2 blockers (no H1 antihistamines)
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | famotidine               |
        | Pepcid                   |
        | ranitidine               |
        | ranitidine hydrochloride |
        | Zantac                   |
        | cimetidine               |
        | Tagamet                  |
        | nizatidine               |
        | Axid                     |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: antipyretics
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | acetaminophen   |
        | paracetamol     |
        | APAP            |
        | Tylenol         |
        | Ofirmev         |
        | Panadol         |
        | ibuprofen       |
        | Advil           |
        | Motrin          |
        | Nurofen         |
        | naproxen        |
        | naproxen sodium |
        | Aleve           |
        | Naprosyn        |
        | Anaprox         |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: aspirin
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | aspirin              |
        | acetylsalicylic acid |
        | ASA                  |
        | Ecotrin              |
        | Bayer Aspirin        |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: combinations
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | diphenhydramine-acetaminophen |
        | acetaminophen-diphenhydramine |
        | Tylenol PM                    |
        | diphenhydramine-ibuprofen     |
        | ibuprofen-diphenhydramine     |
        | Advil PM                      |
        | acetaminophen-codeine         |
        | codeine-acetaminophen         |
        | co-codamol                    |
        | hydrocodone-acetaminophen     |
        | acetaminophen-hydrocodone     |
        | Norco                         |
        | Vicodin                       |
        | oxycodone-acetaminophen       |
        | acetaminophen-oxycodone       |
        | Percocet                      |
        | aspirin-dipyridamole          |
        | dipyridamole-aspirin          |
        | Aggrenox                      |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: immunosuppressants and antineoplastics with confirmed codes
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | azathioprine              |
        | azathioprine sodium       |
        | Imuran                    |
        | Azasan                    |
        | cyclophosphamide          |
        | Cytoxan                   |
        | Endoxan                   |
        | ciclosporin               |
        | cyclosporine              |
        | cyclosporin               |
        | Neoral                    |
        | Sandimmune                |
        | Gengraf                   |
        | capecitabine              |
        | Xeloda                    |
        | belinostat                |
        | Beleodaq                  |
        | etoposide                 |
        | etoposide phosphate       |
        | Toposar                   |
        | VePesid                   |
        | cisplatin                 |
        | Platinol                  |
        | carboplatin               |
        | Paraplatin                |
        | methotrexate              |
        | methotrexate sodium       |
        | amethopterin              |
        | MTX                       |
        | Trexall                   |
        | Otrexup                   |
        | Rasuvo                    |
        | Rheumatrex                |
        | Xatmep                    |
        | tacrolimus                |
        | Prograf                   |
        | Envarsus XR               |
        | Astagraf XL               |
        | Advagraf                  |
        | sirolimus                 |
        | rapamycin                 |
        | Rapamune                  |
        | mycophenolate             |
        | mycophenolate mofetil     |
        | mycophenolic acid         |
        | mycophenolate sodium      |
        | MMF                       |
        | CellCept                  |
        | Myfortic                  |
        | rituximab                 |
        | rituximab-abbs            |
        | rituximab-pvvr            |
        | rituximab-arrx            |
        | Rituxan                   |
        | MabThera                  |
        | Truxima                   |
        | Ruxience                  |
        | Riabni                    |
        | fluorouracil              |
        | 5-fluorouracil            |
        | 5-FU                      |
        | Adrucil                   |
        | gemcitabine               |
        | gemcitabine hydrochloride |
        | Gemzar                    |
        | mercaptopurine            |
        | 6-mercaptopurine          |
        | 6-MP                      |
        | Purinethol                |
        | Purixan                   |
        | thioguanine               |
        | tioguanine                |
        | Tabloid                   |
        | epirubicin                |
        | Ellence                   |
        | oxaliplatin               |
        | Eloxatin                  |
        | irinotecan                |
        | Camptosar                 |
        | nilotinib                 |
        | Tasigna                   |
        | sunitinib                 |
        | Sutent                    |
        | pazopanib                 |
        | Votrient                  |
        | lapatinib                 |
        | Tykerb                    |
        | dabrafenib                |
        | Tafinlar                  |
        | cetuximab                 |
        | Erbitux                   |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: disease-modifying therapies of multiple sclerosis
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | natalizumab                |
        | natalizumab-sztn           |
        | Tysabri                    |
        | Tyruko                     |
        | ocrelizumab                |
        | ocrelizumab-hyaluronidase  |
        | Ocrevus                    |
        | Ocrevus Zunovo             |
        | ofatumumab                 |
        | Kesimpta                   |
        | Arzerra                    |
        | ublituximab                |
        | ublituximab-xiiy           |
        | Briumvi                    |
        | cladribine                 |
        | Mavenclad                  |
        | Leustatin                  |
        | Litak                      |
        | mitoxantrone               |
        | mitoxantrone hydrochloride |
        | mitozantrone               |
        | Novantrone                 |
        | fingolimod                 |
        | fingolimod hydrochloride   |
        | Gilenya                    |
        | Tascenso ODT               |
        | siponimod                  |
        | Mayzent                    |
        | ozanimod                   |
        | Zeposia                    |
        | ponesimod                  |
        | Ponvory                    |
        | teriflunomide              |
        | Aubagio                    |
        | dimethyl fumarate          |
        | dimethylfumarate           |
        | DMF                        |
        | BG-12                      |
        | Tecfidera                  |
        | diroximel fumarate         |
        | Vumerity                   |
        | monomethyl fumarate        |
        | Bafiertam                  |
        | glatiramer                 |
        | glatiramer acetate         |
        | Copaxone                   |
        | Glatopa                    |
        | interferon beta-1a         |
        | interferon beta 1a         |
        | interferon-beta-1a         |
        | Avonex                     |
        | Rebif                      |
        | interferon beta-1b         |
        | interferon beta 1b         |
        | interferon-beta-1b         |
        | Betaseron                  |
        | Betaferon                  |
        | Extavia                    |
        | peginterferon beta-1a      |
        | peginterferon beta 1a      |
        | Plegridy                   |
        | daclizumab                 |
        | daclizumab beta            |
        | Zinbryta                   |
        | Zenapax                    |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: interferon beta without its kind; it names no distinct therapy
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | interferon beta |
        | beta interferon |
        | interferon-beta |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: further immunosuppressants and antineoplastics
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | fludarabine                |
        | fludarabine phosphate      |
        | Fludara                    |
        | chlorambucil               |
        | Leukeran                   |
        | bendamustine               |
        | bendamustine hydrochloride |
        | Treanda                    |
        | Bendeka                    |
        | Belrapzo                   |
        | Vivimusta                  |
        | ibrutinib                  |
        | Imbruvica                  |
        | venetoclax                 |
        | Venclexta                  |
        | Venclyxto                  |
        | obinutuzumab               |
        | Gazyva                     |
        | Gazyvaro                   |
        | infliximab                 |
        | infliximab-dyyb            |
        | infliximab-abda            |
        | infliximab-axxq            |
        | Remicade                   |
        | Inflectra                  |
        | Renflexis                  |
        | Avsola                     |
        | adalimumab                 |
        | adalimumab-atto            |
        | adalimumab-adaz            |
        | Humira                     |
        | Amjevita                   |
        | Hyrimoz                    |
        | Cyltezo                    |
        | Hadlima                    |
        | etanercept                 |
        | etanercept-szzs            |
        | Enbrel                     |
        | Erelzi                     |
        | certolizumab pegol         |
        | certolizumab               |
        | Cimzia                     |
        | golimumab                  |
        | Simponi                    |
        | Simponi Aria               |
        | tofacitinib                |
        | tofacitinib citrate        |
        | Xeljanz                    |
        | baricitinib                |
        | Olumiant                   |
        | upadacitinib               |
        | Rinvoq                     |
        | filgotinib                 |
        | Jyseleca                   |
        | ruxolitinib                |
        | ruxolitinib phosphate      |
        | Jakafi                     |
        | Jakavi                     |
        | fedratinib                 |
        | Inrebic                    |
        | abrocitinib                |
        | Cibinqo                    |
        | tocilizumab                |
        | tocilizumab-bavi           |
        | tocilizumab-aazg           |
        | Actemra                    |
        | RoActemra                  |
        | Tofidence                  |
        | Tyenne                     |
        | satralizumab               |
        | satralizumab-mwge          |
        | Enspryng                   |
        | inebilizumab               |
        | inebilizumab-cdon          |
        | Uplizna                    |
        | abatacept                  |
        | Orencia                    |
        | leflunomide                |
        | Arava                      |
        | everolimus                 |
        | Afinitor                   |
        | Zortress                   |
        | Certican                   |
        | belatacept                 |
        | Nulojix                    |
        | basiliximab                |
        | Simulect                   |
        | antithymocyte globulin     |
        | anti-thymocyte globulin    |
        | ATG                        |
        | Thymoglobulin              |
        | Atgam                      |
        | sarilumab                  |
        | Kevzara                    |
        | anakinra                   |
        | Kineret                    |
        | canakinumab                |
        | Ilaris                     |
        | secukinumab                |
        | Cosentyx                   |
        | ixekizumab                 |
        | Taltz                      |
        | ustekinumab                |
        | Stelara                    |
        | guselkumab                 |
        | Tremfya                    |
        | risankizumab               |
        | risankizumab-rzaa          |
        | Skyrizi                    |
        | vedolizumab                |
        | Entyvio                    |
        | belimumab                  |
        | Benlysta                   |
        | anifrolumab                |
        | anifrolumab-fnia           |
        | Saphnelo                   |
        | eculizumab                 |
        | Soliris                    |
        | ravulizumab                |
        | ravulizumab-cwvz           |
        | Ultomiris                  |
        | efgartigimod               |
        | efgartigimod alfa          |
        | efgartigimod alfa-fcab     |
        | Vyvgart                    |
        | apremilast                 |
        | Otezla                     |
        | deucravacitinib            |
        | Sotyktu                    |
        | thalidomide                |
        | Thalomid                   |
        | lenalidomide               |
        | Revlimid                   |
        | pomalidomide               |
        | Pomalyst                   |
        | acalabrutinib              |
        | Calquence                  |
        | zanubrutinib               |
        | Brukinsa                   |
        | pirtobrutinib              |
        | Jaypirca                   |
        | idelalisib                 |
        | Zydelig                    |
        | duvelisib                  |
        | Copiktra                   |
        | pentostatin                |
        | Nipent                     |
        | cytarabine                 |
        | cytosine arabinoside       |
        | Ara-C                      |
        | hydroxyurea                |
        | hydroxycarbamide           |
        | Hydrea                     |
        | Droxia                     |
        | doxorubicin                |
        | doxorubicin hydrochloride  |
        | Adriamycin                 |
        | Doxil                      |
        | Caelyx                     |
        | vincristine                |
        | vincristine sulfate        |
        | Oncovin                    |
        | paclitaxel                 |
        | Taxol                      |
        | Abraxane                   |
        | docetaxel                  |
        | Taxotere                   |
        | bortezomib                 |
        | Velcade                    |
        | imatinib                   |
        | imatinib mesylate          |
        | Gleevec                    |
        | Glivec                     |
        | dasatinib                  |
        | Sprycel                    |
        | trastuzumab                |
        | Herceptin                  |
        | bevacizumab                |
        | Avastin                    |
        | pembrolizumab              |
        | Keytruda                   |
        | nivolumab                  |
        | Opdivo                     |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: anticoagulants and antiplatelet drugs
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | rivaroxaban                   |
        | Xarelto                       |
        | dabigatran                    |
        | dabigatran etexilate          |
        | dabigatran etexilate mesylate |
        | Pradaxa                       |
        | edoxaban                      |
        | edoxaban tosylate             |
        | Savaysa                       |
        | Lixiana                       |
        | heparin                       |
        | heparin sodium                |
        | unfractionated heparin        |
        | UFH                           |
        | enoxaparin                    |
        | enoxaparin sodium             |
        | Lovenox                       |
        | Clexane                       |
        | fondaparinux                  |
        | fondaparinux sodium           |
        | Arixtra                       |
        | prasugrel                     |
        | prasugrel hydrochloride       |
        | Effient                       |
        | Efient                        |
        | ticagrelor                    |
        | Brilinta                      |
        | Brilique                      |
        | dalteparin                    |
        | dalteparin sodium             |
        | Fragmin                       |
        | tinzaparin                    |
        | tinzaparin sodium             |
        | Innohep                       |
        | nadroparin                    |
        | nadroparin calcium            |
        | Fraxiparine                   |
        | bivalirudin                   |
        | Angiomax                      |
        | argatroban                    |
        | ticlopidine                   |
        | Ticlid                        |
        | cangrelor                     |
        | Kengreal                      |
        | dipyridamole                  |
        | Persantine                    |
        | cilostazol                    |
        | Pletal                        |
        | vorapaxar                     |
        | Zontivity                     |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: anticoagulants and antiplatelet drugs with codes
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | warfarin              |
        | warfarin sodium       |
        | Coumadin              |
        | Jantoven              |
        | apixaban              |
        | Eliquis               |
        | clopidogrel           |
        | clopidogrel bisulfate |
        | Plavix                |
        | acenocoumarol         |
        | Sintrom               |
        | phenprocoumon         |
        | Marcumar              |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: drugs that harm kidney or liver function
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | gentamicin               |
        | gentamicin sulfate       |
        | Garamycin                |
        | tobramycin               |
        | tobramycin sulfate       |
        | Nebcin                   |
        | Tobi                     |
        | amikacin                 |
        | amikacin sulfate         |
        | Arikayce                 |
        | streptomycin             |
        | streptomycin sulfate     |
        | neomycin                 |
        | neomycin sulfate         |
        | kanamycin                |
        | netilmicin               |
        | paromomycin              |
        | Humatin                  |
        | plazomicin               |
        | Zemdri                   |
        | amphotericin B           |
        | amphotericin             |
        | liposomal amphotericin B |
        | amphotericin B liposome  |
        | AmBisome                 |
        | Abelcet                  |
        | Fungizone                |
        | amiodarone               |
        | amiodarone hydrochloride |
        | Pacerone                 |
        | Cordarone                |
        | Nexterone                |
        | ketoconazole             |
        | Nizoral                  |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: drugs that harm kidney or liver function, with codes
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | isoniazid                   |
        | INH                         |
        | isonicotinic acid hydrazide |
        | Nydrazid                    |
        | valproate                   |
        | valproic acid               |
        | sodium valproate            |
        | valproate sodium            |
        | divalproex                  |
        | divalproex sodium           |
        | Depakote                    |
        | Depakene                    |
        | Epilim                      |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: Pneumocystis prophylaxis
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
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
        | dapsone                           |
        | Avlosulfon                        |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: further Pneumocystis prophylaxis
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | atovaquone              |
        | Mepron                  |
        | Wellvone                |
        | pentamidine             |
        | pentamidine isethionate |
        | pentamidine isetionate  |
        | NebuPent                |
        | Pentam                  |
        | Pentacarinat            |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: products for the skin or the eye
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | acyclovir, topical               |
        | acyclovir cream                  |
        | acyclovir ointment               |
        | aciclovir cream                  |
        | acyclovir, ophthalmic            |
        | acyclovir ophthalmic ointment    |
        | Avaclyr                          |
        | tacrolimus, topical              |
        | tacrolimus ointment              |
        | Protopic                         |
        | pimecrolimus                     |
        | Elidel                           |
        | ciclosporin, ophthalmic          |
        | cyclosporine ophthalmic emulsion |
        | Restasis                         |
        | Cequa                            |
        | Ikervis                          |
        | fluorouracil, topical            |
        | fluorouracil cream               |
        | Efudex                           |
        | ketoconazole, topical            |
        | ketoconazole cream               |
        | ketoconazole shampoo             |
        | ruxolitinib, topical             |
        | ruxolitinib cream                |
        | Opzelura                         |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: everyday drugs that concern no rule, so that they are recognised
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | metformin                |
        | metformin hydrochloride  |
        | Glucophage               |
        | omeprazole               |
        | Prilosec                 |
        | esomeprazole             |
        | Nexium                   |
        | lansoprazole             |
        | Prevacid                 |
        | pantoprazole             |
        | Protonix                 |
        | atorvastatin             |
        | atorvastatin calcium     |
        | Lipitor                  |
        | simvastatin              |
        | Zocor                    |
        | rosuvastatin             |
        | Crestor                  |
        | pravastatin              |
        | Pravachol                |
        | metoprolol               |
        | metoprolol succinate     |
        | metoprolol tartrate      |
        | Lopressor                |
        | Toprol-XL                |
        | carvedilol               |
        | Coreg                    |
        | propranolol              |
        | Inderal                  |
        | hydrochlorothiazide      |
        | HCTZ                     |
        | furosemide               |
        | frusemide                |
        | Lasix                    |
        | spironolactone           |
        | Aldactone                |
        | sertraline               |
        | sertraline hydrochloride |
        | Zoloft                   |
        | fluoxetine               |
        | Prozac                   |
        | citalopram               |
        | Celexa                   |
        | escitalopram             |
        | Lexapro                  |
        | paroxetine               |
        | Paxil                    |
        | duloxetine               |
        | Cymbalta                 |
        | venlafaxine              |
        | Effexor                  |
        | mirtazapine              |
        | Remeron                  |
        | bupropion                |
        | Wellbutrin               |
        | amitriptyline            |
        | Elavil                   |
        | nortriptyline            |
        | Pamelor                  |
        | carbamazepine            |
        | Tegretol                 |
        | oxcarbazepine            |
        | Trileptal                |
        | lamotrigine              |
        | Lamictal                 |
        | modafinil                |
        | Provigil                 |
        | methylphenidate          |
        | Ritalin                  |
        | Concerta                 |
        | diazepam                 |
        | Valium                   |
        | tramadol                 |
        | Ultram                   |
        | oxycodone                |
        | morphine                 |
        | morphine sulfate         |
        | celecoxib                |
        | Celebrex                 |
        | diclofenac               |
        | diclofenac sodium        |
        | Voltaren                 |
        | ondansetron              |
        | Zofran                   |
        | metoclopramide           |
        | Reglan                   |
        | tamsulosin               |
        | Flomax                   |
        | tolterodine              |
        | Detrol                   |
        | albuterol                |
        | salbutamol               |
        | Ventolin                 |
        | ProAir                   |
        | fluticasone-salmeterol   |
        | fluticasone/salmeterol   |
        | Advair                   |
        | tiotropium               |
        | Spiriva                  |
        | budesonide               |
        | Pulmicort                |
        | Entocort                 |
        | triamcinolone            |
        | triamcinolone acetonide  |
        | Kenalog                  |
        | allopurinol              |
        | Zyloprim                 |
        | glipizide                |
        | Glucotrol                |
        | hydroxychloroquine       |
        | Plaquenil                |
        | sulfasalazine            |
        | Azulfidine               |
        | sildenafil               |
        | Viagra                   |
        | ascorbic acid            |
        | vitamin C                |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: names: everyday drugs that concern no rule, by name
      Given a Lemtrada order for course 1
      And the patient took these medications until 2015-12-31:
        | levothyroxine                  |
        | levothyroxine sodium           |
        | Synthroid                      |
        | Levoxyl                        |
        | Euthyrox                       |
        | cholecalciferol                |
        | vitamin D                      |
        | vitamin D3                     |
        | colecalciferol                 |
        | ergocalciferol                 |
        | vitamin D2                     |
        | cyanocobalamin                 |
        | vitamin B12                    |
        | vitamin B-12                   |
        | folic acid                     |
        | folate                         |
        | vitamin B9                     |
        | multivitamin                   |
        | multivitamins                  |
        | multivitamin with minerals     |
        | calcium carbonate              |
        | calcium                        |
        | Tums                           |
        | magnesium oxide                |
        | magnesium                      |
        | ferrous sulfate                |
        | iron                           |
        | iron sulfate                   |
        | biotin                         |
        | fish oil                       |
        | omega-3 fatty acids            |
        | omega-3                        |
        | melatonin                      |
        | lisinopril                     |
        | Zestril                        |
        | Prinivil                       |
        | losartan                       |
        | losartan potassium             |
        | Cozaar                         |
        | valsartan                      |
        | Diovan                         |
        | amlodipine                     |
        | amlodipine besylate            |
        | Norvasc                        |
        | atenolol                       |
        | Tenormin                       |
        | insulin glargine               |
        | Lantus                         |
        | Basaglar                       |
        | insulin lispro                 |
        | Humalog                        |
        | sitagliptin                    |
        | Januvia                        |
        | empagliflozin                  |
        | Jardiance                      |
        | semaglutide                    |
        | Ozempic                        |
        | Wegovy                         |
        | gabapentin                     |
        | Neurontin                      |
        | pregabalin                     |
        | Lyrica                         |
        | levetiracetam                  |
        | Keppra                         |
        | topiramate                     |
        | Topamax                        |
        | baclofen                       |
        | Lioresal                       |
        | tizanidine                     |
        | Zanaflex                       |
        | dalfampridine                  |
        | fampridine                     |
        | Ampyra                         |
        | Fampyra                        |
        | amantadine                     |
        | Gocovri                        |
        | oxybutynin                     |
        | Ditropan                       |
        | solifenacin                    |
        | Vesicare                       |
        | mirabegron                     |
        | Myrbetriq                      |
        | trazodone                      |
        | Desyrel                        |
        | clonazepam                     |
        | Klonopin                       |
        | lorazepam                      |
        | Ativan                         |
        | alprazolam                     |
        | Xanax                          |
        | zolpidem                       |
        | Ambien                         |
        | montelukast                    |
        | Singulair                      |
        | fluticasone                    |
        | fluticasone propionate         |
        | Flonase                        |
        | Flovent                        |
        | polyethylene glycol 3350       |
        | macrogol                       |
        | MiraLAX                        |
        | docusate                       |
        | docusate sodium                |
        | Colace                         |
        | senna                          |
        | sennosides                     |
        | Senokot                        |
        | loperamide                     |
        | Imodium                        |
        | amoxicillin                    |
        | amoxicillin-clavulanate        |
        | amoxicillin/clavulanate        |
        | co-amoxiclav                   |
        | Augmentin                      |
        | azithromycin                   |
        | Zithromax                      |
        | doxycycline                    |
        | nitrofurantoin                 |
        | Macrobid                       |
        | cephalexin                     |
        | cefalexin                      |
        | Keflex                         |
        | trimethoprim                   |
        | rifampin                       |
        | rifampicin                     |
        | Rifadin                        |
        | fluconazole                    |
        | Diflucan                       |
        | ethinyl estradiol-norgestimate |
        | norgestimate-ethinyl estradiol |
        | levonorgestrel                 |
        | Mirena                         |
        | Kyleena                        |
        | etonogestrel                   |
        | Nexplanon                      |
        | medroxyprogesterone            |
        | medroxyprogesterone acetate    |
        | Depo-Provera                   |
        | sumatriptan                    |
        | Imitrex                        |
        | deflazacort                    |
        | Emflaza                        |
        | cortisone                      |
        | cortisone acetate              |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: RxCUIs
      Given a Lemtrada order for course 1
      And the patient took medications with these RxCUIs until 2015-12-31:
        | 6902    |
        | 8640    |
        | 8638    |
        | 3264    |
        | 5492    |
        | 281     |
        | 73645   |
        | 4678    |
        | 275891  |
        | 68099   |
        | 198382  |
        | 199192  |
        | 199193  |
        | 117466  |
        | 1433868 |
        | 195085  |
        | 190521  |
        | 3498    |
        | 20610   |
        | 28889   |
        | 87636   |
        | 5553    |
        | 2400    |
        | 8745    |
        | 161     |
        | 5640    |
        | 7258    |
        | 1191    |
        | 1256    |
        | 3002    |
        | 3008    |
        | 194000  |
        | 1543543 |
        | 4179    |
        | 2555    |
        | 40048   |
        | 6851    |
        | 42316   |
        | 35302   |
        | 7145    |
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
        | 11289   |
        | 1364430 |
        | 32968   |
        | 154     |
        | 8150    |
        | 6038    |
        | 11118   |
        | 266856  |
        | 10831   |
        | 3108    |
        | 6809    |
        | 7646    |
        | 283742  |
        | 17128   |
        | 40790   |
        | 83367   |
        | 36567   |
        | 301542  |
        | 42463   |
        | 6918    |
        | 20352   |
        | 8787    |
        | 5487    |
        | 4603    |
        | 9997    |
        | 36437   |
        | 4493    |
        | 2556    |
        | 321988  |
        | 32937   |
        | 72625   |
        | 39786   |
        | 15996   |
        | 42347   |
        | 704     |
        | 7531    |
        | 2002    |
        | 32624   |
        | 28439   |
        | 30125   |
        | 6901    |
        | 3322    |
        | 10689   |
        | 7804    |
        | 7052    |
        | 140587  |
        | 3355    |
        | 26225   |
        | 6915    |
        | 77492   |
        | 119565  |
        | 435     |
        | 284635  |
        | 69120   |
        | 19831   |
        | 10759   |
        | 519     |
        | 4821    |
        | 5521    |
        | 9524    |
        | 136411  |
        | 1151    |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario: ATC codes
      Given a Lemtrada order for course 1
      And the patient took medications with these ATC codes until 2015-12-31:
        | H02AB04 |
        | H02AB07 |
        | H02AB06 |
        | H02AB02 |
        | H02AB09 |
        | H02AB01 |
        | J05AB01 |
        | J05AB11 |
        | J05AB06 |
        | J05AB14 |
        | J05AB09 |
        | R06AA02 |
        | R06AE07 |
        | R06AX13 |
        | R06AX26 |
        | N05BB01 |
        | R06AB04 |
        | R06AD02 |
        | R06AE09 |
        | R06AX27 |
        | N02BE01 |
        | M01AE01 |
        | M01AE02 |
        | B01AC06 |
        | N02BA01 |
        | L04AX01 |
        | L01AA01 |
        | L04AD01 |
        | L01BC06 |
        | L01CB01 |
        | L01XA01 |
        | L01XA02 |
        | L01BA01 |
        | L04AX03 |
        | L04AD02 |
        | L04AA10 |
        | L04AH01 |
        | L04AA06 |
        | L01XC02 |
        | L01FA01 |
        | L01BC02 |
        | L04AA23 |
        | L04AG03 |
        | L04AA36 |
        | L04AG08 |
        | L01XC10 |
        | L01FA02 |
        | L04AA52 |
        | L04AG12 |
        | L04AG14 |
        | L01BB04 |
        | L04AA40 |
        | L01DB07 |
        | L04AA27 |
        | L04AE01 |
        | L04AA42 |
        | L04AE03 |
        | L04AA38 |
        | L04AE02 |
        | L04AA50 |
        | L04AE04 |
        | L04AA31 |
        | L04AK02 |
        | L04AX07 |
        | N07XX09 |
        | L04AX09 |
        | L03AX13 |
        | L03AB07 |
        | L03AB08 |
        | L03AB13 |
        | L04AC01 |
        | L01BB05 |
        | L01AA02 |
        | L01AA09 |
        | L01XC15 |
        | L01FA03 |
        | L04AA13 |
        | L04AK01 |
        | J02AA01 |
        | C01BD01 |
        | J02AB02 |
        | J04AC01 |
        | N03AG01 |
        | J01EE01 |
        | J04BA02 |
        | P01AX06 |
        | P01CX01 |
        | D06BB03 |
        | S01AD03 |
        | D11AH01 |
        | S01XA18 |
        | D01AC08 |
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is cleared

    Scenario Outline: a name or code on no list
      Given a Lemtrada order for course 1
      And the patient takes <drug>
      When the order is verified
      Then the order is verified
      And rule medication-unrecognised is violated at level info

      Examples:
        | drug                               |
        | "vitalixir"                        |
        | a medication with RxCUI 99999999   |
        | a medication with ATC code V99ZZ99 |

    Scenario Outline: alemtuzumab beside Lemtrada, by name
      Given a Lemtrada order for course 1
      And the patient takes "<name>"
      When the order is verified
      Then the order is rejected
      And rule duplicate-alemtuzumab is violated at level block

      Examples:
        | name             |
        | alemtuzumab      |
        | alemtuzumab-hrzn |
        | Campath-1H       |
        | Lemtrada         |

    Scenario Outline: Campath beside Lemtrada, by name
      Given a Lemtrada order for course 1
      And the patient takes "<name>"
      When the order is verified
      Then the order is rejected
      And rule campath-concurrent is violated at level block

      Examples:
        | name       |
        | Campath    |
        | MabCampath |

    Scenario Outline: alemtuzumab beside Lemtrada, by code
      Given a Lemtrada order for course 1
      And the patient takes a medication with <system> <code>
      When the order is verified
      Then the order is rejected
      And rule duplicate-alemtuzumab is violated at level block

      Examples:
        | system   | code    |
        | RxCUI    | 117055  |
        | ATC code | L04AA34 |
        | ATC code | L04AG06 |
        | ATC code | L01XC04 |

    Scenario: alemtuzumab is no other antineoplastic beside Campath
      Given a Campath order for the first dose
      And the patient took medications with these ATC codes until 2026-12-31:
        | L04AA34 |
        | L04AG06 |
        | L01XC04 |
      And the patient takes Campath
      And the patient takes Lemtrada
      When the order is verified
      Then the order is verified
      And rule cll-single-agent is cleared

    Scenario Outline: prophylaxis by code
      Given a Lemtrada order for course 1
      And the antiviral is the drug with RxCUI <code>
      When the order is verified
      Then the order is verified
      And rule antiviral-present is cleared

      Examples:
        | code   |
        | 281    |
        | 73645  |
        | 68099  |
        | 198382 |
        | 199192 |
        | 199193 |

    Scenario Outline: premedication by code
      Given a Lemtrada order for course 1
      And the steroid on 2025-06-03 is the drug with RxCUI <code>
      When the order is verified
      Then the order is verified
      And rule steroid-days-1-3 is cleared

      Examples:
        | code |
        | 6902 |
