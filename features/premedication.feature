Feature: Premedication
  A high dose of corticosteroid just before the first three infusions of every course makes infusion
  reactions milder. The label (section 2.2) asks for 1,000 mg methylprednisolone or an equivalent on these
  dates, and names no equivalents. An antihistamine and an antipyretic are to be considered. Premedication
  is read by the local date of the infusion site: a dose belongs to the infusion of its date.

  @steroid-days-1-3
  Rule: A corticosteroid is given on each of the first three infusion dates
    Any corticosteroid of the list counts, by mouth or into a vein, whatever its dose and hour: the dose and
    the hour are judged by the two rules that follow, which do not ask about a date without a steroid. The
    later dates of a course need none. Only the label names the three dates.

    Scenario Outline: one of the first three dates has no steroid
      Given a Lemtrada order for course 1
      And there is no steroid on <date>
      When the order is verified
      Then the order is rejected
      And rule steroid-days-1-3 is violated at level block
      And rule steroid-days-1-3 cannot be overridden
      And the finding of rule steroid-days-1-3 names <infusion>
      And the finding of rule steroid-days-1-3 does not name <other>
      And rules steroid-dose-1000 and steroid-before-infusion are cleared

      Examples:
        | date       | infusion   | other      |
        | 2025-06-02 | infusion 1 | infusion 2 |
        | 2025-06-03 | infusion 2 | infusion 3 |
        | 2025-06-04 | infusion 3 | infusion 1 |

    Scenario: no steroid at all
      Given a Lemtrada order for course 1
      And there is no steroid
      When the order is verified
      Then the order is rejected
      And rule steroid-days-1-3 is violated
      And rules steroid-dose-1000 and steroid-before-infusion are not applicable

    Scenario: the third date is the last that needs a steroid
      Given a Lemtrada order for course 1
      And there is no steroid on 2025-06-04
      And methylprednisolone 1000 mg into a vein is also given on 2025-06-05 at 08:00
      And methylprednisolone 1000 mg into a vein is also given on 2025-06-06 at 08:00
      When the order is verified
      Then the order is rejected
      And rule steroid-days-1-3 is violated
      And the finding of rule steroid-days-1-3 names infusion 3

    Scenario: a steroid on each of the first three dates and none after
      Given a Lemtrada order for course 1
      When the order is verified
      Then the order is verified
      And rules steroid-days-1-3, steroid-dose-1000 and steroid-before-infusion are cleared

    Scenario: extra steroid on the fourth and fifth date is allowed and not judged
      Given a Lemtrada order for course 1
      And methylprednisolone 40 mg into a muscle is also given on 2025-06-04 at 18:00
      And methylprednisolone 500 mg into a vein is also given on 2025-06-05 at 03:00
      And prednisone 60 mg by mouth is also given on 2025-06-06 at 18:00
      When the order is verified
      Then the order is verified
      And rules steroid-days-1-3, steroid-dose-1000 and steroid-before-infusion are cleared

    Scenario: each course needs it anew
      Given a Lemtrada order for course 2
      And there is no steroid on 2026-06-10
      When the order is verified
      Then the order is rejected
      And rule steroid-days-1-3 is violated
      And the finding of rule steroid-days-1-3 names infusion 3

    Scenario: what counts is the third infusion date, not the third day of the calendar
      Given a Lemtrada order for course 1
      And infusion 3 is on 2025-06-07 with its premedication
      When the order is verified
      Then the order is rejected
      And rule steroid-days-1-3 is violated
      And the finding of rule steroid-days-1-3 names infusion 4
      And the finding of rule steroid-days-1-3 does not name infusion 3
      And rule course-consecutive-days is violated

    Scenario: an infusion that is held does not count as one of the three
      Given a Lemtrada order for course 1
      And infusion 2 is held
      When the order is verified
      Then the order is rejected
      And rule steroid-days-1-3 is violated
      And the finding of rule steroid-days-1-3 names infusion 4
      And the finding of rule steroid-days-1-3 does not name infusion 2
      And rules course-1-five-days and course-interrupted are violated

    Scenario: a steroid late on the evening before belongs to that evening
      Given a Lemtrada order for course 1
      And there is no steroid on 2025-06-03
      And methylprednisolone 1000 mg into a vein is also given on 2025-06-02 at 23:59
      When the order is verified
      Then the order is rejected
      And rule steroid-days-1-3 is violated
      And the finding of rule steroid-days-1-3 names infusion 2
      And the finding of rule steroid-days-1-3 does not name infusion 1
      And rule steroid-before-infusion is violated
      And rule steroid-dose-1000 is violated at level info

    Scenario Outline: any dose and any hour of the date counts here
      Given a Lemtrada order for course 1
      And the steroid on 2025-06-03 is <steroid>
      And the steroid on 2025-06-03 is given at <hour>
      When the order is verified
      Then the order is rejected
      And rule steroid-days-1-3 is cleared
      And rules steroid-dose-1000 and steroid-before-infusion are violated

      Examples:
        | steroid                             | hour  |
        | methylprednisolone 1 mg into a vein | 23:59 |
        | methylprednisolone 1 mg by mouth    | 00:00 |
        | prednisone 1 mg by mouth            | 23:59 |
        | prednisolone 1 mg by mouth          | 00:00 |
        | dexamethasone 1 mg by mouth         | 23:59 |
        | dexamethasone 1 mg into a vein      | 00:00 |
        | hydrocortisone 1 mg into a vein     | 23:59 |
        | betamethasone 1 mg into a vein      | 00:00 |

    Scenario Outline: a steroid that is neither swallowed nor given into a vein does not count
      Given a Lemtrada order for course 1
      And the steroid on 2025-06-03 is given <route>
      When the order is verified
      Then the order is rejected
      And rule steroid-days-1-3 is violated
      And the finding of rule steroid-days-1-3 names infusion 2
      And rules steroid-dose-1000 and steroid-before-infusion are cleared

      Examples:
        | route            |
        | into a muscle    |
        | under the skin   |
        | on the skin      |
        | by inhalation    |
        | by another route |

    Scenario: the order does not speak of premedication
      Given a Lemtrada order for course 1
      And the premedications are not known
      When the order is verified
      Then the order is on hold
      And rule steroid-days-1-3 is not evaluated at level block
      And rule steroid-days-1-3 points to the premedications as missing
      And rules steroid-dose-1000 and steroid-before-infusion are not evaluated
      And rules antihistamine-considered and antipyretic-considered are not evaluated
      And rule coagulopathy-anticoagulant is not evaluated

    Scenario: the order says that there is no premedication
      Given a Lemtrada order for course 1
      And there are no premedications
      When the order is verified
      Then the order is rejected
      And rule steroid-days-1-3 is violated
      And rules antihistamine-considered and antipyretic-considered are violated
      And rules steroid-dose-1000 and steroid-before-infusion are not applicable

    Scenario: a steroid without a time may stand on any date
      Given a Lemtrada order for course 1
      And the time of the steroid on 2025-06-03 is not known
      When the order is verified
      Then the order is on hold
      And rules steroid-days-1-3, steroid-dose-1000 and steroid-before-infusion are not evaluated
      And rule steroid-days-1-3 points to the time of the steroid on 2025-06-03 as missing

    Scenario: a steroid without a route may be one that does not count
      Given a Lemtrada order for course 1
      And the route of the steroid on 2025-06-03 is not known
      When the order is verified
      Then the order is on hold
      And rules steroid-days-1-3, steroid-dose-1000 and steroid-before-infusion are not evaluated
      And rule steroid-days-1-3 points to the route of the steroid on 2025-06-03 as missing

    Scenario: a premedication without a name leaves every rule on premedication open
      Given a Lemtrada order for course 1
      And a premedication that is not named is also given on 2025-06-03 at 08:00
      When the order is verified
      Then the order is on hold
      And rules steroid-days-1-3, steroid-dose-1000 and steroid-before-infusion are not evaluated
      And rules antihistamine-considered and antipyretic-considered are not evaluated
      And rule coagulopathy-anticoagulant is not evaluated

  @steroid-dose-1000
  Rule: The corticosteroid equals at least 1,000 mg methylprednisolone
    The doses of a date are added up, also those after the start of the infusion. The usual ratio is used:
    4 mg methylprednisolone equal 5 mg prednisone or prednisolone, 0.75 mg dexamethasone, 20 mg
    hydrocortisone and 0.6 mg betamethasone. Below 1,000 mg the order is refused, unless a named pharmacist
    releases it. The label lists no equivalents, so a pharmacist confirms every drug other than
    methylprednisolone, as well as methylprednisolone by mouth below 1,250 mg. More than 1,250 mg is
    only shown.

    Scenario Outline: methylprednisolone into a vein below 1,000 mg
      Given a Lemtrada order for course 1
      And methylprednisolone on <date> is <dose> mg
      When the order is verified
      Then the order is rejected
      And rule steroid-dose-1000 is violated at level block
      And rule steroid-dose-1000 can be overridden
      And the message of rule steroid-dose-1000 says "<dose>"
      And the finding of rule steroid-dose-1000 names <infusion>
      And rule steroid-dose-1000 shows the dose of methylprednisolone on <date> as evidence

      Examples:
        | date       | dose  | infusion   |
        | 2025-06-02 | 500   | infusion 1 |
        | 2025-06-03 | 999.9 | infusion 2 |
        | 2025-06-04 | 999   | infusion 3 |

    Scenario Outline: methylprednisolone into a vein from 1,000 to 1,250 mg
      Given a Lemtrada order for course 1
      And methylprednisolone on 2025-06-03 is <dose> mg
      When the order is verified
      Then the order is verified
      And rule steroid-dose-1000 is cleared

      Examples:
        | dose |
        | 1000 |
        | 1001 |
        | 1249 |
        | 1250 |

    Scenario Outline: more than 1,250 mg is shown and holds nothing
      Given a Lemtrada order for course 1
      And the steroid on 2025-06-03 is methylprednisolone <dose> mg <route>
      When the order is verified
      Then the order is verified
      And rule steroid-dose-1000 is violated at level info
      And the message of rule steroid-dose-1000 says "<dose>"
      And the finding of rule steroid-dose-1000 names infusion 2

      Examples:
        | dose   | route       |
        | 1250.1 | into a vein |
        | 1251   | into a vein |
        | 1251   | by mouth    |

    Scenario Outline: methylprednisolone by mouth
      Given a Lemtrada order for course 1
      And the steroid on 2025-06-03 is methylprednisolone <dose> mg by mouth
      When the order is verified
      Then the order is <decision>
      And rule steroid-dose-1000 is violated at level <level>

      Examples:
        | dose | decision | level |
        | 999  | rejected | block |
        | 1000 | on hold  | warn  |
        | 1001 | on hold  | warn  |
        | 1249 | on hold  | warn  |

    Scenario: 1,250 mg methylprednisolone by mouth need no confirmation
      Given a Lemtrada order for course 1
      And the steroid on 2025-06-03 is methylprednisolone 1250 mg by mouth
      When the order is verified
      Then the order is verified
      And rule steroid-dose-1000 is cleared

    Scenario Outline: another steroid that equals 1,000 mg or more is confirmed by the pharmacist
      Given a Lemtrada order for course 1
      And the steroid on 2025-06-03 is <steroid>
      When the order is verified
      Then the order is on hold
      And rule steroid-dose-1000 is violated at level warn
      And the finding of rule steroid-dose-1000 names infusion 2
      And the message of rule steroid-dose-1000 says "pharmacist"

      Examples:
        | steroid                            |
        | prednisone 1250 mg by mouth        |
        | prednisone 1251 mg by mouth        |
        | prednisolone 1250 mg by mouth      |
        | dexamethasone 187.5 mg by mouth    |
        | dexamethasone 187.5 mg into a vein |
        | dexamethasone 187.6 mg into a vein |
        | hydrocortisone 5000 mg into a vein |
        | hydrocortisone 5001 mg into a vein |
        | betamethasone 150 mg into a vein   |
        | betamethasone 150.1 mg into a vein |

    Scenario Outline: another steroid that equals less than 1,000 mg
      Given a Lemtrada order for course 1
      And the steroid on 2025-06-03 is <steroid>
      When the order is verified
      Then the order is rejected
      And rule steroid-dose-1000 is violated at level block
      And rule steroid-dose-1000 can be overridden

      Examples:
        | steroid                            |
        | prednisone 1249 mg by mouth        |
        | prednisone 1000 mg by mouth        |
        | prednisolone 1249 mg by mouth      |
        | dexamethasone 187.4 mg by mouth    |
        | dexamethasone 187.4 mg into a vein |
        | hydrocortisone 4999 mg into a vein |
        | betamethasone 149.9 mg into a vein |

    Scenario Outline: the doses of one date are added up
      Given a Lemtrada order for course 1
      And methylprednisolone on 2025-06-03 is 500 mg
      And methylprednisolone <second> mg into a vein is also given on 2025-06-03 at 08:30
      When the order is verified
      Then the order is <decision>
      And rule steroid-dose-1000 is <outcome>

      Examples:
        | second | decision | outcome  |
        | 499    | rejected | violated |
        | 500    | verified | cleared  |
        | 501    | verified | cleared  |

    Scenario: doses of different dates are not added up
      Given a Lemtrada order for course 1
      And methylprednisolone on 2025-06-02 is 1500 mg
      And methylprednisolone on 2025-06-03 is 500 mg
      When the order is verified
      Then the order is rejected
      And rule steroid-dose-1000 is violated at level block
      And the finding of rule steroid-dose-1000 names infusion 2

    Scenario: a dose after the start of the infusion is added too, its hour is judged elsewhere
      Given a Lemtrada order for course 1
      And methylprednisolone on 2025-06-03 is 500 mg
      And methylprednisolone 500 mg into a vein is also given on 2025-06-03 at 13:30
      When the order is verified
      Then the order is on hold
      And rule steroid-dose-1000 is cleared
      And rule steroid-before-infusion is violated

    Scenario: a lack that another steroid makes up for is confirmed by the pharmacist
      Given a Lemtrada order for course 1
      And methylprednisolone on 2025-06-03 is 999 mg
      And dexamethasone 20 mg into a vein is also given on 2025-06-03 at 08:30
      When the order is verified
      Then the order is on hold
      And rule steroid-dose-1000 is violated at level warn

    Scenario: a lack that another steroid does not make up for
      Given a Lemtrada order for course 1
      And methylprednisolone on 2025-06-03 is 900 mg
      And dexamethasone 18.7 mg into a vein is also given on 2025-06-03 at 08:30
      When the order is verified
      Then the order is rejected
      And rule steroid-dose-1000 is violated at level block

    Scenario: the dose of a steroid is not on the order
      Given a Lemtrada order for course 1
      And the dose of the steroid on 2025-06-03 is not known
      When the order is verified
      Then the order is on hold
      And rule steroid-dose-1000 is not evaluated at level block
      And rule steroid-dose-1000 points to the dose of the steroid on 2025-06-03 as missing
      And rules steroid-days-1-3 and steroid-before-infusion are cleared

    Scenario: a dose to be confirmed does not hide that another dose is not known
      Given a Lemtrada order for course 1
      And the steroid on 2025-06-02 is prednisone 1250 mg by mouth
      And the dose of the steroid on 2025-06-03 is not known
      When the order is verified
      Then the order is on hold
      And rule steroid-dose-1000 is not evaluated at level block
      And rule steroid-dose-1000 points to the dose of the steroid on 2025-06-03 as missing

    Scenario: a dose that is too low counts although another dose is not known
      Given a Lemtrada order for course 1
      And methylprednisolone on 2025-06-02 is 999 mg
      And the dose of the steroid on 2025-06-03 is not known
      When the order is verified
      Then the order is rejected
      And rule steroid-dose-1000 is violated at level block
      And the finding of rule steroid-dose-1000 names infusion 1

    Scenario: a low dose after the third date is not judged
      Given a Lemtrada order for course 1
      And methylprednisolone 100 mg into a vein is also given on 2025-06-05 at 08:00
      When the order is verified
      Then the order is verified
      And rule steroid-dose-1000 is cleared

    Scenario: without a steroid there is no dose to judge
      Given a Lemtrada order for course 2
      And there is no steroid
      When the order is verified
      Then the order is rejected
      And rule steroid-dose-1000 is not applicable
      And rule steroid-days-1-3 is violated
      And rule steroid-before-infusion is not applicable

  @steroid-before-infusion
  Rule: The corticosteroid is given within 4 hours before the infusion
    The label places the dose immediately before the infusion. A dose long before may have worn off, and one
    after the start comes too late. The window of 4 hours is the choice of this project; each dose of the
    date must lie in it. Hours are elapsed hours, also in the night on which the clocks change.

    Scenario Outline: outside of the window
      Given a Lemtrada order for course 1
      And the steroid on <date> is given at <hour>
      When the order is verified
      Then the order is on hold
      And rule steroid-before-infusion is violated at level warn
      And the finding of rule steroid-before-infusion names <infusion>
      And rule steroid-before-infusion shows the time of the steroid on <date> as evidence

      Examples:
        | date       | hour  | infusion   |
        | 2025-06-02 | 04:59 | infusion 1 |
        | 2025-06-03 | 00:00 | infusion 2 |
        | 2025-06-03 | 09:01 | infusion 2 |
        | 2025-06-04 | 13:30 | infusion 3 |

    Scenario: one minute more than four hours before the start
      Given a Lemtrada order for course 1
      And the steroid on 2025-06-03 is given 241 minutes before the infusion
      When the order is verified
      Then the order is on hold
      And rule steroid-before-infusion is violated
      And the message of rule steroid-before-infusion says "241"
      And the finding of rule steroid-before-infusion does not name infusion 1

    Scenario: one minute after the start
      Given a Lemtrada order for course 1
      And the steroid on 2025-06-03 is given 1 minute after the start of the infusion
      When the order is verified
      Then the order is on hold
      And rule steroid-before-infusion is violated
      And the message of rule steroid-before-infusion says "after"

    Scenario Outline: inside of the window, up to its edges
      Given a Lemtrada order for course 1
      And the steroid on 2025-06-03 is given <minutes> minutes before the infusion
      When the order is verified
      Then the order is verified
      And rule steroid-before-infusion is cleared

      Examples:
        | minutes |
        | 240     |
        | 239     |
        | 1       |
        | 0       |

    Scenario Outline: every dose of the date must lie in the window
      Given a Lemtrada order for course 1
      And methylprednisolone on 2025-06-03 is 500 mg
      And methylprednisolone 500 mg into a vein is also given on 2025-06-03 at <hour>
      When the order is verified
      Then the order is <decision>
      And rule steroid-before-infusion is <outcome>
      And rule steroid-dose-1000 is cleared

      Examples:
        | hour  | decision | outcome  |
        | 04:59 | on hold  | violated |
        | 05:00 | verified | cleared  |
        | 09:00 | verified | cleared  |
        | 09:01 | on hold  | violated |

    Scenario: the hour of a later date is not judged
      Given a Lemtrada order for course 1
      And methylprednisolone 1000 mg into a vein is also given on 2025-06-05 at 03:00
      When the order is verified
      Then the order is verified
      And rule steroid-before-infusion is cleared

    Scenario: in the night on which the clocks go back four hours are over sooner by the clock
      Given a Lemtrada order for course 1
      And the whole order is moved by 151 days
      And infusion 3 is on 2025-11-02
      And infusion 3 is prepared at 02:30
      And infusion 3 starts at 04:30
      And the steroid on 2025-11-02 is given at 00:30
      When the order is verified
      Then the order is on hold
      And rule steroid-before-infusion is violated
      And the message of rule steroid-before-infusion says "300"

    Scenario: in the night on which the clocks go forward four hours take longer by the clock
      Given a Lemtrada order for course 1
      And the whole order is moved back by 87 days
      And infusion 3 is on 2025-03-09
      And infusion 3 is prepared at 04:00
      And infusion 3 starts at 06:00
      And the steroid on 2025-03-09 is given at 01:00
      When the order is verified
      Then the order is verified
      And rule steroid-before-infusion is cleared

    Scenario: a second dose without a time may lie outside of the window
      Given a Lemtrada order for course 1
      And dexamethasone 20 mg into a vein is also given on 2025-06-03 at 08:30
      And the time of dexamethasone on 2025-06-03 is not known
      When the order is verified
      Then the order is on hold
      And rule steroid-before-infusion is not evaluated at level warn
      And rule steroid-dose-1000 is not evaluated
      And rule steroid-days-1-3 is cleared

    Scenario: a dose outside of the window counts although a second dose has no time
      Given a Lemtrada order for course 1
      And the steroid on 2025-06-02 is given 241 minutes before the infusion
      And dexamethasone 20 mg into a vein is also given on 2025-06-03 at 08:30
      And the time of dexamethasone on 2025-06-03 is not known
      When the order is verified
      Then the order is on hold
      And rule steroid-before-infusion is violated
      And rule steroid-dose-1000 is not evaluated

    Scenario: the only steroid of a date has no time
      Given a Lemtrada order for course 1
      And the time of the steroid on 2025-06-04 is not known
      When the order is verified
      Then the order is on hold
      And rules steroid-before-infusion, steroid-dose-1000 and steroid-days-1-3 are not evaluated

    Scenario: without a steroid there is no hour to judge
      Given a Lemtrada order for course 1
      And there is no steroid
      When the order is verified
      Then the order is rejected
      And rule steroid-before-infusion is not applicable
      And rule steroid-days-1-3 is violated
      And rule steroid-dose-1000 is not applicable

  @antihistamine-considered
  Rule: An H1 antihistamine is ordered for each infusion date
    The label asks to consider one (sections 2.2 and 5.2); AHFS and a patient leaflet word it more firmly.
    Its absence is therefore shown and holds nothing. Blockers of the H2 receptor do not count. Any hour of
    the date counts, and any dose.

    Scenario: no antihistamine at all
      Given a Lemtrada order for course 1
      And there is no antihistamine
      When the order is verified
      Then the order is verified
      And rule antihistamine-considered is violated at level info
      And the finding of rule antihistamine-considered names infusion 1
      And the finding of rule antihistamine-considered names infusion 5

    Scenario: the last infusion date has none
      Given a Lemtrada order for course 1
      And there is no antihistamine on 2025-06-06
      When the order is verified
      Then the order is verified
      And rule antihistamine-considered is violated
      And the finding of rule antihistamine-considered names infusion 5
      And the finding of rule antihistamine-considered does not name infusion 4

    Scenario Outline: a drug that is no H1 antihistamine
      Given a Lemtrada order for course 1
      And the antihistamine on 2025-06-03 is <drug> mg by mouth
      When the order is verified
      Then the order is verified
      And rule antihistamine-considered is violated
      And the finding of rule antihistamine-considered names infusion 2

      Examples:
        | drug           |
        | famotidine 20  |
        | ranitidine 150 |
        | ibuprofen 400  |

    Scenario Outline: an H1 antihistamine
      Given a Lemtrada order for course 1
      And the antihistamine on 2025-06-03 is <drug>
      When the order is verified
      Then the order is verified
      And rule antihistamine-considered is cleared

      Examples:
        | drug                              |
        | diphenhydramine 50 mg into a vein |
        | cetirizine 10 mg by mouth         |
        | loratadine 10 mg by mouth         |
        | fexofenadine 180 mg by mouth      |
        | hydroxyzine 25 mg by mouth        |
        | chlorpheniramine 4 mg by mouth    |
        | promethazine 25 mg into a muscle  |
        | levocetirizine 5 mg by mouth      |
        | desloratadine 5 mg by mouth       |

    Scenario Outline: the first and the last minute of an infusion date count
      Given a Lemtrada order for course 1
      And the antihistamine on 2025-06-03 is given at <hour>
      When the order is verified
      Then the order is verified
      And rule antihistamine-considered is cleared

      Examples:
        | hour  |
        | 00:00 |
        | 23:59 |

    Scenario: an antihistamine without a time may stand on another date
      Given a Lemtrada order for course 1
      And the time of the antihistamine on 2025-06-03 is not known
      When the order is verified
      Then the order is verified
      And rule antihistamine-considered is not evaluated at level info

    Scenario: without premedication on the order it is open if an antihistamine is given
      Given a Lemtrada order for course 1
      And the premedications are not known
      When the order is verified
      Then the order is on hold
      And rule antihistamine-considered is not evaluated at level info
      And rule antihistamine-considered points to the premedications as missing
      And rules steroid-days-1-3, steroid-dose-1000 and steroid-before-infusion are not evaluated
      And rules antipyretic-considered and coagulopathy-anticoagulant are not evaluated

  @antipyretic-considered
  Rule: An antipyretic is ordered for each infusion date
    The label asks to consider one (sections 2.2 and 5.2); AHFS and a patient leaflet word it more firmly.
    Its absence is therefore shown and holds nothing. Aspirin counts as an antipyretic, yet it also thins the
    blood, which another rule points out.

    Scenario: no antipyretic at all
      Given a Lemtrada order for course 1
      And there is no antipyretic
      When the order is verified
      Then the order is verified
      And rule antipyretic-considered is violated at level info
      And the finding of rule antipyretic-considered names infusion 1
      And the finding of rule antipyretic-considered names infusion 5

    Scenario: the last date has no antipyretic
      Given a Lemtrada order for course 1
      And there is no antipyretic on 2025-06-06
      When the order is verified
      Then the order is verified
      And rule antipyretic-considered is violated
      And the finding of rule antipyretic-considered names infusion 5
      And the finding of rule antipyretic-considered does not name infusion 4

    Scenario Outline: an antipyretic
      Given a Lemtrada order for course 1
      And the antipyretic on 2025-06-03 is <drug>
      When the order is verified
      Then the order is verified
      And rule antipyretic-considered is cleared

      Examples:
        | drug                              |
        | acetaminophen 1000 mg into a vein |
        | paracetamol 500 mg by mouth       |
        | ibuprofen 400 mg by mouth         |
        | naproxen 250 mg by mouth          |

    Scenario: aspirin counts, and is pointed out as a drug that thins the blood
      Given a Lemtrada order for course 1
      And the antipyretic on 2025-06-03 is aspirin 500 mg by mouth
      When the order is verified
      Then the order is on hold
      And rule antipyretic-considered is cleared
      And rule coagulopathy-anticoagulant is violated at level warn

    Scenario: a drug that is no antipyretic
      Given a Lemtrada order for course 1
      And the antipyretic on 2025-06-03 is cetirizine 10 mg by mouth
      When the order is verified
      Then the order is verified
      And rule antipyretic-considered is violated
      And the finding of rule antipyretic-considered names infusion 2

    Scenario Outline: the first and the last minute of an infusion date count for the antipyretic
      Given a Lemtrada order for course 1
      And the antipyretic on 2025-06-03 is given at <hour>
      When the order is verified
      Then the order is verified
      And rule antipyretic-considered is cleared

      Examples:
        | hour  |
        | 00:00 |
        | 23:59 |

    Scenario: an antipyretic without a time may stand on another date
      Given a Lemtrada order for course 1
      And the time of the antipyretic on 2025-06-03 is not known
      When the order is verified
      Then the order is verified
      And rule antipyretic-considered is not evaluated at level info

    Scenario: without premedication on the order it is open if an antipyretic is given
      Given a Lemtrada order for course 1
      And the premedications are not known
      When the order is verified
      Then the order is on hold
      And rule antipyretic-considered is not evaluated at level info
      And rule antipyretic-considered points to the premedications as missing
      And rules steroid-days-1-3, steroid-dose-1000 and steroid-before-infusion are not evaluated
      And rules antihistamine-considered and coagulopathy-anticoagulant are not evaluated
