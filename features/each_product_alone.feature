Feature: Each product is judged by its own rules
  Campath and Lemtrada hold the same substance, but what is right for one is wrong for the other. The
  rules of one are silent on orders for the other.

  Rule: The rules for Lemtrada are silent on Campath

    Scenario Outline: no rule of Lemtrada is asked
      Given a Campath order for <order>
      When the order is verified
      Then the order is verified
      And the order is judged by the rules of campath-cll
      And rule <rule> is not asked
      And rule cll-product is cleared

      Examples:
        | order                 | rule                     |
        | the first dose        | product-indication-match |
        | the first dose        | dose-12mg                |
        | the first dose        | course-1-five-days       |
        | the first dose        | infusion-min-4h          |
        | the first dose        | setting-equipped         |
        | the first dose        | observe-2h               |
        | the first dose        | vitals-order             |
        | the first dose        | steroid-days-1-3         |
        | the first dose        | antiviral-present        |
        | the first dose        | ci-hiv                   |
        | the first dose        | pregnancy                |
        | the first dose        | baseline-labs-complete   |
        | the first dose        | baseline-labs-30d        |
        | the first dose        | rems-prescriber          |
        | the first dose        | rems-patient-enrolled    |
        | the first dose        | rems-patient-authorized  |
        | the first dose        | rems-pharmacy            |
        | the first dose        | rems-facility            |
        | the first dose        | rems-prescription-form   |
        | the first dose        | rems-med-guide           |
        | the step to 10 mg     | course-interval-12mo     |
        | the step to 30 mg     | duplicate-alemtuzumab    |
        | a week of maintenance | monitoring-adherence     |
        | a week of maintenance | course-consecutive-days  |

    Scenario: a facility that is not certified for the REMS, nor equipped
      Given a Campath order for the first dose
      And the facility is not certified
      And the prescriber is not certified
      And the pharmacy is not certified
      And the patient is not enrolled in the REMS
      And the facility is not equipped for resuscitation
      When the order is verified
      Then the order is verified
      And rules rems-facility and rems-prescriber are not asked
      And rules rems-pharmacy, rems-patient-enrolled and setting-equipped are not asked

    Scenario: nothing is known of the REMS
      Given a Campath order for the first dose
      And nothing of the REMS is known
      When the order is verified
      Then the order is verified
      And rules rems-facility and rems-prescriber are not asked

    Scenario: what Lemtrada forbids and Campath does not
      Given a Campath order for the first dose
      And the patient has active autoimmune disease
      And the patient has active thyroid disease
      And the patient takes warfarin
      And the patient takes azathioprine
      And the result of the hepatitis B test is positive
      And the result of the tuberculosis test is latent tuberculosis
      When the order is verified
      Then the order is verified
      And rules autoimmune-history, thyroid-active and coagulopathy-anticoagulant are not asked
      And rules immunosuppressant-concurrent, hbv-hcv and tb-active-untreated are not asked

  Rule: The rules for Campath are silent on Lemtrada

    Scenario Outline: no rule of Campath is asked
      Given a Lemtrada order for course <course>
      When the order is verified
      Then the order is verified
      And the order is judged by the rules of lemtrada-ms
      And rule <rule> is not asked
      And rule product-indication-match is cleared

      Examples:
        | course | rule                     |
        | 1      | cll-product              |
        | 2      | cll-dose-step            |
        | 1      | cll-max-single-30        |
        | 2      | cll-max-week-90          |
        | 1      | cll-escalation-order     |
        | 2      | cll-repeat-step          |
        | 1      | cll-restart-after-7d     |
        | 2      | cll-frequency            |
        | 1      | cll-duration-12wk        |
        | 2      | cll-infusion-2h          |
        | 1      | cll-route-iv             |
        | 2      | cll-diluent              |
        | 1      | cll-volume               |
        | 2      | cll-bag-8h               |
        | 1      | cll-premed               |
        | 2      | cll-pjp-prophylaxis      |
        | 1      | cll-herpes-prophylaxis   |
        | 2      | cll-prophylaxis-duration |
        | 1      | cll-hold-counts          |
        | 2      | cll-resume-counts        |
        | 1      | cll-low-baseline         |
        | 2      | cll-autoimmune-cytopenia |
        | 1      | cll-serious-infection    |
        | 2      | cll-infusion-reaction    |
        | 1      | cll-cbc-weekly           |
        | 2      | cll-live-vaccine         |
        | 1      | cll-contraception        |
        | 2      | cll-hiv                  |
        | 1      | cll-single-agent         |
        | 2      | cll-age                  |

    Scenario: doses of Campath in the history are no course of Lemtrada
      Given a Lemtrada order for course 1
      And an earlier infusion of Campath 30 mg was given on 2019-03-04 in course 1 with a reaction of grade 3
      When the order is verified
      Then the order is on hold
      And rule campath-history is violated at level warn
      And rules cll-infusion-reaction, cll-escalation-order and cll-dose-step are not asked
