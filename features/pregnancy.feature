Feature: Pregnancy, contraception and breast-feeding around a Lemtrada course
  In animals the antibody killed embryos, and antibodies against the thyroid that arise after treatment can
  pass to the child. The rules here are asked of everyone who is not recorded as male.

  Day 1 of the first course is Monday 2025-06-02 and its last infusion is on 2025-06-06. The woman of
  the example order is not pregnant and was tested on 2025-05-30.

  @pregnancy
  Rule: The patient is not pregnant
    The US label (section 8.1) and three references advise against treatment in pregnancy. A named pharmacist
    may still release the order with a reason; the patient is referred to the prescriber.

    Scenario: pregnant
      Given a Lemtrada order for course 1
      And the patient is pregnant
      When the order is verified
      Then the order is rejected
      And rule pregnancy is violated at level block
      And rule pregnancy can be overridden
      And rules pregnancy-test and contraception-4mo are cleared

    Scenario: not pregnant
      Given a Lemtrada order for course 1
      And the patient is not pregnant
      When the order is verified
      Then the order is verified
      And rule pregnancy is cleared

    Scenario: cannot become pregnant
      Given a Lemtrada order for course 1
      And the pregnancy status is not applicable
      When the order is verified
      Then the order is verified
      And rule pregnancy is cleared
      And rules pregnancy-test and contraception-4mo are not applicable

    Scenario Outline: pregnant, sex <sex>
      Given a Lemtrada order for course 1
      And the sex of the patient is <sex>
      And the patient is pregnant
      When the order is verified
      Then the order is rejected
      And rule pregnancy is violated

      Examples:
        | sex                 |
        | other               |
        | recorded as unknown |

    Scenario: a man
      Given a Lemtrada order for course 1
      And the patient is male
      When the order is verified
      Then the order is verified
      And rules pregnancy, pregnancy-test, contraception-4mo and lactation are not applicable

    Scenario: a man of whom nothing of this is recorded
      Given a Lemtrada order for course 1
      And the patient is male
      And the pregnancy status is not known
      And the date of the pregnancy test is not known
      And the end of contraception is not known
      And the breast-feeding status is not known
      When the order is verified
      Then the order is verified
      And rules pregnancy, pregnancy-test, contraception-4mo and lactation are not applicable

    Scenario: nobody asked whether she is pregnant
      Given a Lemtrada order for course 1
      And the pregnancy status is not known
      When the order is verified
      Then the order is on hold
      And rule pregnancy is not evaluated at level block
      And rule pregnancy points to the pregnancy status as missing
      And rules pregnancy-test and contraception-4mo are not evaluated

    Scenario: pregnant, but the sex is not recorded
      Given a Lemtrada order for course 1
      And the sex of the patient is not known
      And the patient is pregnant
      When the order is verified
      Then the order is on hold
      And rule pregnancy is not evaluated at level block
      And rule pregnancy points to the sex of the patient as missing
      And rules pregnancy-test, contraception-4mo and lactation are not evaluated

  @pregnancy-test
  Rule: A pregnancy test of the last 7 days before day 1 is on file
    A test just before day 1 finds a pregnancy that nobody knows of yet. No source asks for it; the rule and
    its 7 days are the project's own choice.

    Scenario Outline: test of <date>, in time for 2025-06-02
      Given a Lemtrada order for course 1
      And the pregnancy test was on <date>
      When the order is verified
      Then the order is verified
      And rule pregnancy-test is cleared

      Examples: 7 days before, inside, and on day 1
        | date       |
        | 2025-05-26 |
        | 2025-05-27 |
        | 2025-06-01 |
        | 2025-06-02 |

    Scenario: test 8 days before day 1
      Given a Lemtrada order for course 1
      And the pregnancy test was 8 days before day 1
      When the order is verified
      Then the order is on hold
      And rule pregnancy-test is violated at level warn
      And the message of rule pregnancy-test says "8"
      And the message of rule pregnancy-test says "7"

    Scenario: test on the day after day 1
      Given a Lemtrada order for course 1
      And the pregnancy test was on 2025-06-03
      When the order is verified
      Then the order is on hold
      And rule pregnancy-test is violated at level warn

    Scenario: the test ages while the course is put off
      Given a Lemtrada order for course 1
      And the pregnancy test was on 2025-05-30
      And the course starts on 2025-06-07
      When the order is verified
      Then the order is on hold
      And rule pregnancy-test is violated

    Scenario: test without a date
      Given a Lemtrada order for course 1
      And the date of the pregnancy test is not known
      When the order is verified
      Then the order is on hold
      And rule pregnancy-test is not evaluated at level warn
      And rule pregnancy-test points to the date of the pregnancy test as missing
      And rule pregnancy is cleared

    Scenario: a woman who cannot become pregnant needs no test
      Given a Lemtrada order for course 1
      And the pregnancy status is not applicable
      And the date of the pregnancy test is not known
      When the order is verified
      Then the order is verified
      And rule pregnancy-test is not applicable

    Scenario: who cannot become pregnant needs no test, whatever the sex
      Given a Lemtrada order for course 1
      And the sex of the patient is not known
      And the pregnancy status is not applicable
      And the date of the pregnancy test is not known
      When the order is verified
      Then the order is on hold
      And rules pregnancy-test and contraception-4mo are not applicable
      And rules pregnancy and lactation are not evaluated

  @contraception-4mo
  Rule: Contraception is planned until 4 months after the last infusion
    The US label (section 8.3) asks for contraception during each course and for 4 months after it. They are
    calendar months: where the day does not exist, the first of the next month counts.

    Scenario Outline: contraception until <date>
      Given a Lemtrada order for course 1
      And contraception is planned until <date>
      When the order is verified
      Then the order is verified
      And rule contraception-4mo is cleared

      Examples: 4 months after 2025-06-06 to the day, and longer
        | date       |
        | 2025-10-06 |
        | 2025-10-07 |
        | 2025-12-31 |

    Scenario: contraception one day short of 4 months
      Given a Lemtrada order for course 1
      And contraception is planned until 2025-10-05
      When the order is verified
      Then the order is on hold
      And rule contraception-4mo is violated at level warn
      And the message of rule contraception-4mo says "3"
      And the message of rule contraception-4mo says "4"

    Scenario: 4 months after day 1 are not enough
      Given a Lemtrada order for course 1
      And contraception is planned until 2025-10-02
      When the order is verified
      Then the order is on hold
      And rule contraception-4mo is violated

    Scenario: after a last infusion on 31 October the 4 months end on 1 March
      The whole order stands 147 days later here, so the last infusion is on 2025-10-31.

      Given a Lemtrada order for course 1
      And the whole order is moved by 147 days
      And contraception is planned until 2026-03-01
      When the order is verified
      Then the order is verified
      And rule contraception-4mo is cleared

    Scenario: after a last infusion on 31 October the end of February is too early
      Given a Lemtrada order for course 1
      And the whole order is moved by 147 days
      And contraception is planned until 2026-02-28
      When the order is verified
      Then the order is on hold
      And rule contraception-4mo is violated

    Scenario: the course is put off, the plan for contraception is not
      Given a Lemtrada order for course 1
      And contraception is planned until 2025-10-06
      And the course starts on 2025-06-03
      When the order is verified
      Then the order is on hold
      And rule contraception-4mo is violated

    Scenario: contraception is counted from the last infusion of a later course
      Given a Lemtrada order for course 2
      And contraception is planned until 2026-10-10
      When the order is verified
      Then the order is verified
      And rule contraception-4mo is cleared

    Scenario: no plan for contraception
      Given a Lemtrada order for course 1
      And the end of contraception is not known
      When the order is verified
      Then the order is on hold
      And rule contraception-4mo is not evaluated at level warn
      And rule contraception-4mo points to the end of contraception as missing

    Scenario: a woman who cannot become pregnant needs no contraception
      Given a Lemtrada order for course 1
      And the pregnancy status is not applicable
      And the end of contraception is not known
      When the order is verified
      Then the order is verified
      And rule contraception-4mo is not applicable

  @lactation
  Rule: The patient does not breast-feed
    Nobody knows whether the antibody passes into human milk and what it does to the child. Three references
    advise against it, so the prescriber weighs it with the patient.

    Scenario: breast-feeding
      Given a Lemtrada order for course 1
      And the patient is breast-feeding
      When the order is verified
      Then the order is on hold
      And rule lactation is violated at level warn

    Scenario: not breast-feeding
      Given a Lemtrada order for course 1
      And the patient is not breast-feeding
      When the order is verified
      Then the order is verified
      And rule lactation is cleared

    Scenario: breast-feeding, although she cannot become pregnant
      Given a Lemtrada order for course 1
      And the pregnancy status is not applicable
      And the patient is breast-feeding
      When the order is verified
      Then the order is on hold
      And rule lactation is violated

    Scenario: nobody asked whether she breast-feeds
      Given a Lemtrada order for course 1
      And the breast-feeding status is not known
      When the order is verified
      Then the order is on hold
      And rule lactation is not evaluated at level warn
      And rule lactation points to the breast-feeding status as missing

    Scenario: a man does not breast-feed
      Given a Lemtrada order for course 1
      And the patient is male
      And the breast-feeding status is not known
      When the order is verified
      Then the order is verified
      And rule lactation is not applicable
