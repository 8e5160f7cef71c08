Feature: Diagnosis codes and what they mean
  Conditions are read by their ICD-10-CM codes. The longest beginning on a list wins; of two ranges the
  narrower one. Each beginning stands here, ranges with their first and their last code. All are recalled.

    Scenario Outline: an active condition beside Lemtrada
      Given a Lemtrada order for course 1
      And the patient has an active condition with code <code>
      When the order is verified
      Then the order is <decision>
      And rule <rule> is violated

      Examples:
        | code    | kind                      | decision | rule                       |
        | A00     | infection                 | rejected | ci-active-infection        |
        | B99.9   | infection                 | rejected | ci-active-infection        |
        | J00     | infection                 | rejected | ci-active-infection        |
        | J22.9   | infection                 | rejected | ci-active-infection        |
        | N10     | infection                 | rejected | ci-active-infection        |
        | N39.0   | infection                 | rejected | ci-active-infection        |
        | L03     | infection                 | rejected | ci-active-infection        |
        | A15     | tuberculosis              | rejected | tb-active-untreated        |
        | A19.9   | tuberculosis              | rejected | tb-active-untreated        |
        | B20     | hiv                       | rejected | ci-hiv                     |
        | Z21     | hiv                       | rejected | ci-hiv                     |
        | A81.2   | suspected pml             | rejected | pml-signs                  |
        | M05     | autoimmune                | on hold  | autoimmune-history         |
        | M06.9   | autoimmune                | on hold  | autoimmune-history         |
        | M32     | autoimmune                | on hold  | autoimmune-history         |
        | M35.9   | autoimmune                | on hold  | autoimmune-history         |
        | K50     | autoimmune                | on hold  | autoimmune-history         |
        | K51.9   | autoimmune                | on hold  | autoimmune-history         |
        | L40     | autoimmune                | on hold  | autoimmune-history         |
        | G61.0   | autoimmune                | on hold  | autoimmune-history         |
        | G70.0   | autoimmune                | on hold  | autoimmune-history         |
        | E10     | autoimmune                | on hold  | autoimmune-history         |
        | M06.1   | adult onset still         | on hold  | autoimmune-history         |
        | E00     | thyroid                   | on hold  | thyroid-active             |
        | E07.9   | thyroid                   | on hold  | thyroid-active             |
        | I60     | stroke                    | on hold  | cv-cerebro-history         |
        | I64.9   | stroke                    | on hold  | cv-cerebro-history         |
        | I77.71  | arterial dissection       | on hold  | cv-cerebro-history         |
        | I77.74  | arterial dissection       | on hold  | cv-cerebro-history         |
        | I67.0   | arterial dissection       | on hold  | cv-cerebro-history         |
        | I20     | angina                    | on hold  | cv-cerebro-history         |
        | I21     | myocardial infarction     | on hold  | cv-cerebro-history         |
        | I22     | myocardial infarction     | on hold  | cv-cerebro-history         |
        | I25.2   | myocardial infarction     | on hold  | cv-cerebro-history         |
        | I16     | hypertension uncontrolled | on hold  | cv-cerebro-history         |
        | D65     | coagulopathy              | on hold  | coagulopathy-anticoagulant |
        | D68.9   | coagulopathy              | on hold  | coagulopathy-anticoagulant |
        | D68.311 | acquired hemophilia a     | on hold  | autoimmune-history         |
        | D69.3   | immune thrombocytopenia   | on hold  | autoimmune-history         |
        | D59.0   | hemolytic anemia          | on hold  | autoimmune-history         |
        | D59.1   | hemolytic anemia          | on hold  | autoimmune-history         |
        | M31.1   | ttp                       | on hold  | autoimmune-history         |
        | M31.0   | anti gbm disease          | on hold  | autoimmune-history         |
        | K75.4   | autoimmune hepatitis      | on hold  | autoimmune-history         |
        | D76.1   | hlh                       | on hold  | autoimmune-history         |
        | G04.81  | autoimmune encephalitis   | on hold  | autoimmune-history         |
        | N00     | renal                     | on hold  | kidney-lung-liver          |
        | N08.9   | renal                     | on hold  | kidney-lung-liver          |
        | N17     | renal                     | on hold  | kidney-lung-liver          |
        | N19.9   | renal                     | on hold  | kidney-lung-liver          |
        | J40     | lung                      | on hold  | kidney-lung-liver          |
        | J47.9   | lung                      | on hold  | kidney-lung-liver          |
        | J60     | lung                      | on hold  | kidney-lung-liver          |
        | J84.9   | lung                      | on hold  | kidney-lung-liver          |
        | K70     | hepatic                   | on hold  | kidney-lung-liver          |
        | K77.9   | hepatic                   | on hold  | kidney-lung-liver          |
        | C00     | malignancy                | on hold  | malignancy                 |
        | C97.9   | malignancy                | on hold  | malignancy                 |

    Scenario: the disease that Lemtrada is for
      Given a Lemtrada order for course 1
      And the patient has an active condition with code G35
      When the order is verified
      Then the order is verified
      And rules autoimmune-history and malignancy are cleared

    Scenario: the disease that Lemtrada is for, beside Campath
      Given a Campath order for the first dose
      And the patient has an active condition with code G35
      When the order is verified
      Then the order is verified
      And rules cll-autoimmune-cytopenia, cll-serious-infection and cll-hiv are cleared

    Scenario: a code on no list is not classified
      Given a Campath order for the first dose
      And the patient has an active condition with code Q99.9
      When the order is verified
      Then the order is on hold
      And rules cll-autoimmune-cytopenia, cll-serious-infection and cll-hiv are not evaluated

    Scenario Outline: an autoimmune event after Lemtrada, by code
      Given a Lemtrada order for course 2
      And the patient has an active condition with code <code> since 2025-09-01
      When the order is verified
      Then the order is rejected
      And rules suspect-autoimmune-event and autoimmune-history are violated

      Examples:
        | code    |
        | D69.3   |
        | D59.0   |
        | D59.1   |
        | M31.0   |
        | K75.4   |
        | D76.1   |
        | M06.1   |
        | M31.1   |
        | G04.81  |
        | D68.311 |

    Scenario Outline: an autoimmune event after Lemtrada, by kind
      Given a Lemtrada order for course 2
      And the patient has active <kind> since 2025-09-01
      When the order is verified
      Then the order is rejected
      And rules suspect-autoimmune-event and autoimmune-history are violated

      Examples:
        | kind                                |
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

    Scenario Outline: a code of the disease alone settles its course
      Given a Lemtrada order for course 1
      And the diagnosis code is <code>
      And the disease course is not known
      When the order is verified
      Then the order is <decision>
      And rule indication-relapsing-ms is <outcome>

      Examples:
        | code   | course                           | decision | outcome  |
        | G35.A  | relapsing remitting              | verified | cleared  |
        | G35.B  | primary progressive              | rejected | violated |
        | G35.B0 | primary progressive              | rejected | violated |
        | G35.B1 | primary progressive              | rejected | violated |
        | G35.B2 | primary progressive              | rejected | violated |
        | G35.C1 | active secondary progressive     | verified | cleared  |
        | G35.C2 | non active secondary progressive | rejected | violated |

    Scenario Outline: codes that leave the course open
      Given a Lemtrada order for course 1
      And the diagnosis code is <code>
      When the order is verified
      Then the order is verified
      And rules product-indication-match and indication-relapsing-ms are cleared

      Examples:
        | code   |
        | G35    |
        | G35.C  |
        | G35.C0 |
        | G35.D  |

    Scenario Outline: codes beside Campath
      Given a Campath order for the first dose
      And the patient has an active condition with code <code>
      When the order is verified
      Then the order is <decision>
      And rule <rule> is violated

      Examples:
        | code  | decision | rule                     |
        | A00   | rejected | cll-serious-infection    |
        | B99.9 | rejected | cll-serious-infection    |
        | J00   | rejected | cll-serious-infection    |
        | J22.9 | rejected | cll-serious-infection    |
        | N10   | rejected | cll-serious-infection    |
        | N39.0 | rejected | cll-serious-infection    |
        | L03   | rejected | cll-serious-infection    |
        | A15   | rejected | cll-serious-infection    |
        | A19.9 | rejected | cll-serious-infection    |
        | B20   | on hold  | cll-hiv                  |
        | Z21   | on hold  | cll-hiv                  |
        | D69.3 | rejected | cll-autoimmune-cytopenia |
        | D59.0 | rejected | cll-autoimmune-cytopenia |
        | D59.1 | rejected | cll-autoimmune-cytopenia |
