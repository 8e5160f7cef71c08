Feature: Preparation of the bag
  Each dose of Lemtrada is drawn from a vial, diluted in one bag and infused soon after. These rules look at
  the diluent, the size of the bag, the time the bag may wait, how bag and vial are kept, and that nothing
  else is in the bag. The limits come from the US label (section 2.4, storage of the vial in section 16) and
  from AHFS; where a limit is the choice of this project, the rule says so.

  @diluent-allowed
  Rule: The diluent is 0.9 % sodium chloride or 5 % dextrose in water
    The label describes dilution in these two fluids only. How alemtuzumab keeps in any other is not known.

    Scenario Outline: a diluent that the label does not describe
      Given a Lemtrada order for course 1
      And the diluent of infusion 2 is <diluent>
      When the order is verified
      Then the order is rejected
      And rule diluent-allowed is violated at level block
      And rule diluent-allowed cannot be overridden
      And the finding of rule diluent-allowed names infusion 2
      And the finding of rule diluent-allowed does not name infusion 1
      And rule diluent-allowed shows the diluent of infusion 2 as evidence

      Examples:
        | diluent                                |
        | 5 % dextrose in 0.45 % sodium chloride |
        | 5 % dextrose in 0.9 % sodium chloride  |
        | 0.45 % sodium chloride                 |
        | lactated Ringer's solution             |
        | sterile water                          |
        | another diluent                        |

    Scenario Outline: one of the two diluents of the label
      Given a Lemtrada order for course 1
      And the diluent of every infusion is <diluent>
      When the order is verified
      Then the order is verified
      And rule diluent-allowed is cleared

      Examples:
        | diluent               |
        | 0.9 % sodium chloride |
        | 5 % dextrose          |

    Scenario: the two diluents of the label within one course
      Given a Lemtrada order for course 1
      And the diluent of infusion 3 is 5 % dextrose
      When the order is verified
      Then the order is verified
      And rule diluent-allowed is cleared

    Scenario: one bag has no diluent on the order
      Given a Lemtrada order for course 1
      And the diluent of infusion 4 is not known
      When the order is verified
      Then the order is on hold
      And rules diluent-allowed and must-dilute are not evaluated
      And rule diluent-allowed points to the diluent of infusion 4 as missing

    Scenario: a wrong diluent in one bag counts although another bag has none on the order
      Given a Lemtrada order for course 1
      And the diluent of infusion 2 is sterile water
      And the diluent of infusion 4 is not known
      When the order is verified
      Then the order is rejected
      And rule diluent-allowed is violated
      And the finding of rule diluent-allowed names infusion 2
      And rule must-dilute is not evaluated

    Scenario: a course that is ordered undiluted is left to the rule on dilution
      Given a Lemtrada order for course 1
      And the diluent of every infusion is none
      When the order is verified
      Then the order is rejected
      And rule must-dilute is violated
      And rules diluent-allowed and bag-volume-100ml are not applicable

  @bag-volume-100ml
  Rule: The bag holds 100 mL of diluent
    The label describes one size of bag. Another size changes the concentration, and the rate that goes with
    the four hours. What counts is the nominal size; overfill by the manufacturer is not counted. A final
    volume may hold the 1.2 mL of drug on top, so that 100 to 101.2 mL is right there.

    Scenario Outline: a bag of the wrong nominal size
      Given a Lemtrada order for course 1
      And the diluent volume of infusion 2 is <volume> mL
      When the order is verified
      Then the order is rejected
      And rule bag-volume-100ml is violated at level block
      And rule bag-volume-100ml cannot be overridden
      And the message of rule bag-volume-100ml says "<volume>"
      And the finding of rule bag-volume-100ml names infusion 2

      Examples:
        | volume |
        | 50     |
        | 99     |
        | 99.9   |
        | 100.1  |
        | 101    |
        | 101.2  |
        | 250    |

    Scenario Outline: a bag of 100 mL, however the number is written
      Given a Lemtrada order for course 1
      And the diluent volume of every infusion is <volume> mL
      When the order is verified
      Then the order is verified
      And rule bag-volume-100ml is cleared

      Examples:
        | volume |
        | 100    |
        | 100.0  |

    Scenario Outline: only a final volume is on the order, and it does not fit
      Given a Lemtrada order for course 1
      And the diluent volume of infusion 2 is not known
      And the final volume of infusion 2 is <volume> mL
      When the order is verified
      Then the order is rejected
      And rule bag-volume-100ml is violated
      And the message of rule bag-volume-100ml says "<volume>"
      And rule bag-volume-100ml shows the final volume of infusion 2 as evidence

      Examples:
        | volume |
        | 50     |
        | 99.9   |
        | 101.21 |
        | 101.3  |
        | 250    |

    Scenario Outline: only a final volume is on the order, and it fits
      Given a Lemtrada order for course 1
      And the diluent volume of infusion 2 is not known
      And the final volume of infusion 2 is <volume> mL
      When the order is verified
      Then the order is verified
      And rule bag-volume-100ml is cleared

      Examples:
        | volume |
        | 100    |
        | 100.1  |
        | 101.1  |
        | 101.2  |

    Scenario Outline: a bag of 100 mL with a final volume beside it
      Given a Lemtrada order for course 1
      And the diluent volume of infusion 2 is 100 mL
      And the final volume of infusion 2 is <final> mL
      When the order is verified
      Then the order is <decision>
      And rule bag-volume-100ml is <outcome>

      Examples:
        | final | decision | outcome  |
        | 99.9  | rejected | violated |
        | 100   | verified | cleared  |
        | 101.2 | verified | cleared  |
        | 101.3 | rejected | violated |

    Scenario: a fitting final volume does not make up for the wrong bag
      Given a Lemtrada order for course 1
      And the diluent volume of infusion 2 is 99 mL
      And the final volume of infusion 2 is 100.2 mL
      When the order is verified
      Then the order is rejected
      And rule bag-volume-100ml is violated

    Scenario: neither diluent volume nor final volume is on the order
      Given a Lemtrada order for course 1
      And the diluent volume of infusion 2 is not known
      When the order is verified
      Then the order is on hold
      And rules bag-volume-100ml and must-dilute are not evaluated
      And rule bag-volume-100ml points to the diluent volume of infusion 2 as missing

    Scenario: a volume of nothing in every bag is left to the rule on dilution
      Given a Lemtrada order for course 1
      And the diluent volume of every infusion is 0 mL
      When the order is verified
      Then the order is rejected
      And rule must-dilute is violated
      And rules diluent-allowed and bag-volume-100ml are not applicable

  @must-dilute
  Rule: The drug is diluted before it is infused
    The vial holds a concentrate that is made to be diluted (label, section 2.4; AHFS). An order that says
    so itself, by the diluent none or by a volume of nothing, is refused here. The rules on the kind of
    diluent and on the size of the bag then do not ask about that infusion.

    Scenario: one dose is ordered undiluted
      Given a Lemtrada order for course 1
      And the diluent of infusion 2 is none
      When the order is verified
      Then the order is rejected
      And rule must-dilute is violated at level block
      And rule must-dilute cannot be overridden
      And the finding of rule must-dilute names infusion 2
      And the finding of rule must-dilute does not name infusion 3
      And rules diluent-allowed and bag-volume-100ml are cleared

    Scenario: one dose has a diluent but none of its volume
      Given a Lemtrada order for course 1
      And the diluent volume of infusion 2 is 0 mL
      When the order is verified
      Then the order is rejected
      And rule must-dilute is violated
      And rules diluent-allowed and bag-volume-100ml are cleared

    Scenario: the final volume is nothing
      Given a Lemtrada order for course 1
      And the diluent volume of infusion 2 is not known
      And the final volume of infusion 2 is 0 mL
      When the order is verified
      Then the order is rejected
      And rule must-dilute is violated
      And rules diluent-allowed and bag-volume-100ml are cleared

    Scenario: an undiluted dose is refused although its volume is not known
      Given a Lemtrada order for course 1
      And the diluent of infusion 2 is none
      And the diluent volume of infusion 2 is not known
      When the order is verified
      Then the order is rejected
      And rule must-dilute is violated
      And rules diluent-allowed and bag-volume-100ml are cleared

    Scenario: a volume of nothing is refused although the diluent is not known
      Given a Lemtrada order for course 1
      And the diluent of infusion 2 is not known
      And the diluent volume of infusion 2 is 0 mL
      When the order is verified
      Then the order is rejected
      And rule must-dilute is violated
      And rules diluent-allowed and bag-volume-100ml are cleared

    Scenario: any volume above nothing counts as diluted, its size is judged elsewhere
      Given a Lemtrada order for course 1
      And the diluent volume of infusion 2 is 0.1 mL
      When the order is verified
      Then the order is rejected
      And rule must-dilute is cleared
      And rule bag-volume-100ml is violated

    Scenario: every dose is diluted in 100 mL
      Given a Lemtrada order for course 1
      And the diluent of every infusion is 5 % dextrose
      And the diluent volume of every infusion is 100 mL
      When the order is verified
      Then the order is verified
      And rule must-dilute is cleared

    Scenario: without a diluent on the order it is open if the dose is diluted
      Given a Lemtrada order for course 1
      And the diluent of infusion 2 is not known
      When the order is verified
      Then the order is on hold
      And rules must-dilute and diluent-allowed are not evaluated
      And rule must-dilute points to the diluent of infusion 2 as missing

    Scenario: without a volume on the order it is open if the dose is diluted
      Given a Lemtrada order for course 1
      And the diluent volume of infusion 2 is not known
      When the order is verified
      Then the order is on hold
      And rules must-dilute and bag-volume-100ml are not evaluated
      And rule must-dilute points to the diluent volume of infusion 2 as missing

  @bag-start-8h
  Rule: The infusion starts within 8 hours of dilution
    The diluted bag may be kept for 8 hours (AHFS). The label is read as counting them to the start of the
    infusion, and no reading allows a later start. Hours are elapsed hours: the night on which the clocks
    change makes them neither longer nor shorter. A bag that is prepared after the start is refused too.
    With an infusion of four hours, each bag here also ends later than 8 hours after dilution, which the next
    rule points out.

    Scenario Outline: the bag waits longer than 8 hours
      Given a Lemtrada order for course 1
      And infusion 2 is prepared <minutes> minutes before its start
      When the order is verified
      Then the order is rejected
      And rule bag-start-8h is violated at level block
      And rule bag-start-8h cannot be overridden
      And the message of rule bag-start-8h says "<minutes>"
      And the finding of rule bag-start-8h names infusion 2
      And rule bag-end-8h is violated

      Examples:
        | minutes |
        | 481     |
        | 600     |

    Scenario: prepared one minute too early by the clock
      Given a Lemtrada order for course 1
      And infusion 2 is prepared at 00:59
      When the order is verified
      Then the order is rejected
      And rule bag-start-8h is violated
      And rule bag-start-8h shows the preparation time of infusion 2 as evidence
      And rule bag-end-8h is violated

    Scenario: prepared on the evening before
      Given a Lemtrada order for course 1
      And infusion 2 is prepared on 2025-06-02 at 23:00
      When the order is verified
      Then the order is rejected
      And rule bag-start-8h is violated
      And the message of rule bag-start-8h says "600"
      And rule bag-end-8h is violated

    Scenario Outline: the bag waits 8 hours or little less
      Given a Lemtrada order for course 1
      And infusion 2 is prepared <minutes> minutes before its start
      When the order is verified
      Then the order is on hold
      And rule bag-start-8h is cleared
      And rule bag-end-8h is violated at level warn

      Examples:
        | minutes |
        | 480     |
        | 479     |

    Scenario Outline: the bag is infused as soon as it is prepared
      Given a Lemtrada order for course 1
      And infusion 2 is prepared <minutes> minutes before its start
      When the order is verified
      Then the order is verified
      And rules bag-start-8h and bag-end-8h are cleared

      Examples:
        | minutes |
        | 0       |
        | 1       |

    Scenario: a bag cannot be prepared after its infusion has started
      Given a Lemtrada order for course 1
      And infusion 2 is prepared 1 minute after its start
      When the order is verified
      Then the order is rejected
      And rule bag-start-8h is violated
      And rule bag-end-8h is cleared

    Scenario: in the night on which the clocks go back an hour is longer than the clock shows
      Given a Lemtrada order for course 1
      And the whole order is moved by 151 days
      And infusion 3 is on 2025-11-02
      And infusion 3 starts at 08:30
      And infusion 3 is prepared at 00:30
      When the order is verified
      Then the order is rejected
      And rule bag-start-8h is violated
      And the message of rule bag-start-8h says "540"
      And rule bag-end-8h is violated

    Scenario: in the night on which the clocks go forward an hour is shorter than the clock shows
      Given a Lemtrada order for course 1
      And the whole order is moved back by 87 days
      And infusion 3 is on 2025-03-09
      And infusion 3 starts at 09:30
      And infusion 3 is prepared at 00:30
      When the order is verified
      Then the order is on hold
      And rule bag-start-8h is cleared
      And rule bag-end-8h is violated

    Scenario: the time of dilution is not on the order
      Given a Lemtrada order for course 1
      And the preparation time of infusion 2 is not known
      When the order is verified
      Then the order is on hold
      And rules bag-start-8h and bag-end-8h are not evaluated
      And rule bag-start-8h points to the preparation time of infusion 2 as missing

  @bag-end-8h
  Rule: The infusion ends within 8 hours of dilution
    The European text and a drug-trade page count the 8 hours of stability to the end of the infusion; the
    US label seems to count them to the start only. A later end is therefore pointed out and not refused.

    Scenario: a bag that ends one minute beyond 8 hours
      Given a Lemtrada order for course 1
      And infusion 2 is prepared 241 minutes before its start
      When the order is verified
      Then the order is on hold
      And rule bag-end-8h is violated at level warn
      And the message of rule bag-end-8h says "481"
      And the finding of rule bag-end-8h names infusion 2
      And the finding of rule bag-end-8h does not name infusion 1
      And rule bag-start-8h is cleared

    Scenario Outline: a bag that ends 8 hours after dilution or a minute before that
      Given a Lemtrada order for course 1
      And infusion 2 is prepared <minutes> minutes before its start
      When the order is verified
      Then the order is verified
      And rules bag-start-8h and bag-end-8h are cleared

      Examples:
        | minutes |
        | 240     |
        | 239     |

    Scenario Outline: a longer infusion has to start sooner after dilution
      Given a Lemtrada order for course 1
      And infusion 2 is prepared 180 minutes before its start
      And infusion 2 runs for <minutes> minutes
      When the order is verified
      Then the order is <decision>
      And rule bag-end-8h is <outcome>

      Examples:
        | minutes | decision | outcome  |
        | 299     | verified | cleared  |
        | 300     | verified | cleared  |
        | 301     | on hold  | violated |

    Scenario Outline: the end follows from volume and rate where no duration is on the order
      Given a Lemtrada order for course 1
      And the duration of infusion 2 is not known
      And infusion 2 runs at 20 mL per hour
      And infusion 2 is prepared <minutes> minutes before its start
      When the order is verified
      Then the order is <decision>
      And rule bag-end-8h is <outcome>

      Examples:
        | minutes | decision | outcome  |
        | 180     | verified | cleared  |
        | 181     | on hold  | violated |

    Scenario: without a duration or a rate the end is not known
      Given a Lemtrada order for course 1
      And the duration of infusion 2 is not known
      When the order is verified
      Then the order is on hold
      And rules bag-end-8h, infusion-min-4h and infusion-long are not evaluated
      And rule bag-end-8h points to the duration of infusion 2 as missing

    Scenario: without a time of dilution nobody knows how old the bag is at its end
      Given a Lemtrada order for course 1
      And the preparation time of infusion 5 is not known
      When the order is verified
      Then the order is on hold
      And rules bag-end-8h and bag-start-8h are not evaluated
      And rule bag-end-8h points to the preparation time of infusion 5 as missing

  @bag-temperature
  Rule: The diluted bag is kept at room temperature or refrigerated, and away from light
    The label (section 2.4) and AHFS describe the diluted bag at 15 to 25 degrees Celsius or at 2 to 8
    degrees, protected from light. Kept otherwise, it may have lost its effect.

    Scenario Outline: a way of keeping the bag that is not described
      Given a Lemtrada order for course 1
      And the bag storage of infusion 2 is <storage>
      When the order is verified
      Then the order is on hold
      And rule bag-temperature is violated at level warn
      And the finding of rule bag-temperature names infusion 2
      And rule bag-temperature shows the bag storage of infusion 2 as evidence

      Examples:
        | storage         |
        | frozen          |
        | another storage |

    Scenario: a bag in the light
      Given a Lemtrada order for course 1
      And infusion 2 is not protected from light
      When the order is verified
      Then the order is on hold
      And rule bag-temperature is violated at level warn
      And rule bag-temperature shows the light protection of infusion 2 as evidence

    Scenario Outline: a described way of keeping the bag, in the dark
      Given a Lemtrada order for course 1
      And the bag storage of every infusion is <storage>
      And every infusion is protected from light
      When the order is verified
      Then the order is verified
      And rule bag-temperature is cleared

      Examples:
        | storage          |
        | room temperature |
        | refrigerated     |

    Scenario: the order does not say where the bag is kept
      Given a Lemtrada order for course 1
      And the bag storage of infusion 2 is not known
      When the order is verified
      Then the order is on hold
      And rule bag-temperature is not evaluated at level warn
      And rule bag-temperature points to the bag storage of infusion 2 as missing

    Scenario: the order does not say if the bag is protected from light
      Given a Lemtrada order for course 1
      And the light protection of infusion 2 is not known
      When the order is verified
      Then the order is on hold
      And rule bag-temperature is not evaluated
      And rule bag-temperature points to the light protection of infusion 2 as missing

    Scenario: a bag in the light counts although the order does not say where it is kept
      Given a Lemtrada order for course 1
      And the bag storage of infusion 2 is not known
      And infusion 2 is not protected from light
      When the order is verified
      Then the order is on hold
      And rule bag-temperature is violated

    Scenario: a frozen bag counts although the order does not speak of light
      Given a Lemtrada order for course 1
      And the bag storage of infusion 2 is frozen
      And the light protection of infusion 2 is not known
      When the order is verified
      Then the order is on hold
      And rule bag-temperature is violated

  @vial-storage
  Rule: The vial was refrigerated, was never frozen, and is not expired
    The vial is to be kept at 2 to 8 degrees Celsius in its carton, and must not freeze (label, section 16;
    AHFS). One consumer guide of 2018 says room temperature; it is not followed. A frozen or expired vial is
    refused. A vial that was kept warm is pointed out, so that the pharmacist can judge it. A vial may still
    be used on its expiry date; what counts is the date of the infusion at the infusion site.

    Scenario: the vial was frozen
      Given a Lemtrada order for course 1
      And the vial storage of infusion 2 is frozen
      When the order is verified
      Then the order is rejected
      And rule vial-storage is violated at level block
      And rule vial-storage cannot be overridden
      And the finding of rule vial-storage names infusion 2
      And the finding of rule vial-storage does not name infusion 3

    Scenario: the vial expired on the day before
      Given a Lemtrada order for course 1
      And the vial expiry date of infusion 2 is 2025-06-02
      When the order is verified
      Then the order is rejected
      And rule vial-storage is violated at level block
      And rule vial-storage shows the vial expiry date of infusion 2 as evidence

    Scenario Outline: the vial expires on the date of its infusion or on the day after
      Given a Lemtrada order for course 1
      And the vial expiry date of infusion 2 is <date>
      When the order is verified
      Then the order is verified
      And rule vial-storage is cleared

      Examples:
        | date       |
        | 2025-06-03 |
        | 2025-06-04 |

    Scenario: vials of one expiry date may be in date for the first infusions only
      Given a Lemtrada order for course 1
      And the vial expiry date of every infusion is 2025-06-05
      When the order is verified
      Then the order is rejected
      And rule vial-storage is violated at level block
      And the finding of rule vial-storage names infusion 5
      And the finding of rule vial-storage does not name infusion 4

    Scenario: an infusion late in the evening belongs to the local date
      Given a Lemtrada order for course 1
      And infusion 5 starts at 20:30
      And infusion 5 is prepared at 20:00
      And the vial expiry date of infusion 5 is 2025-06-06
      When the order is verified
      Then the order is verified
      And rule vial-storage is cleared

    Scenario Outline: the vial was kept in a way that the label does not describe
      Given a Lemtrada order for course 1
      And the vial storage of infusion 2 is <storage>
      When the order is verified
      Then the order is on hold
      And rule vial-storage is violated at level warn
      And the finding of rule vial-storage names infusion 2

      Examples:
        | storage          |
        | room temperature |
        | another storage  |

    Scenario: every vial was refrigerated
      Given a Lemtrada order for course 1
      And the vial storage of every infusion is refrigerated
      When the order is verified
      Then the order is verified
      And rule vial-storage is cleared

    Scenario: the expiry date is not on the order
      Given a Lemtrada order for course 1
      And the vial expiry date of infusion 2 is not known
      When the order is verified
      Then the order is on hold
      And rule vial-storage is not evaluated at level block
      And rule vial-storage points to the vial expiry date of infusion 2 as missing

    Scenario: the order does not say where the vial was kept
      Given a Lemtrada order for course 1
      And the vial storage of infusion 2 is not known
      When the order is verified
      Then the order is on hold
      And rule vial-storage is not evaluated at level block
      And rule vial-storage points to the vial storage of infusion 2 as missing

    Scenario: a warm vial does not hide that its expiry date is not known
      Given a Lemtrada order for course 1
      And the vial storage of infusion 2 is room temperature
      And the vial expiry date of infusion 2 is not known
      When the order is verified
      Then the order is on hold
      And rule vial-storage is not evaluated at level block
      And rule vial-storage points to the vial expiry date of infusion 2 as missing

    Scenario: a warm vial in one bag does not hide that another vial was frozen
      Given a Lemtrada order for course 1
      And the vial storage of infusion 2 is room temperature
      And the vial storage of infusion 4 is frozen
      When the order is verified
      Then the order is rejected
      And rule vial-storage is violated at level block
      And the finding of rule vial-storage names infusion 4

    Scenario: a frozen vial is refused although its expiry date is not known
      Given a Lemtrada order for course 1
      And the vial storage of infusion 2 is frozen
      And the vial expiry date of infusion 2 is not known
      When the order is verified
      Then the order is rejected
      And rule vial-storage is violated at level block

    Scenario: an expired vial is refused although the order does not say where it was kept
      Given a Lemtrada order for course 1
      And the vial expiry date of infusion 2 is 2025-06-02
      And the vial storage of infusion 2 is not known
      When the order is verified
      Then the order is rejected
      And rule vial-storage is violated at level block

  @no-mix
  Rule: Nothing else is in the bag or in the line
    Nothing is known of how alemtuzumab keeps beside another drug. The ban in the label (section 2.5) was
    recalled and not read again; a drug-trade page says the same. An order that does not speak of additives
    is not an order without them.

    Scenario: another drug is added to one bag
      Given a Lemtrada order for course 1
      And infusion 2 contains ondansetron
      When the order is verified
      Then the order is rejected
      And rule no-mix is violated at level block
      And rule no-mix cannot be overridden
      And the finding of rule no-mix names infusion 2
      And the finding of rule no-mix does not name infusion 3

    Scenario: the finding points at the contents of the bag
      Given a Lemtrada order for course 1
      And infusion 2 contains ondansetron
      When the order is verified
      Then the order is rejected
      And rule no-mix is violated
      And rule no-mix shows the additives of infusion 2 as evidence

    Scenario: the steroid does not belong into the bag either
      Given a Lemtrada order for course 1
      And infusion 1 contains methylprednisolone
      When the order is verified
      Then the order is rejected
      And rule no-mix is violated

    Scenario: nothing else is in any bag
      Given a Lemtrada order for course 1
      And every infusion contains nothing else
      When the order is verified
      Then the order is verified
      And rule no-mix is cleared

    Scenario: the order does not say what else is in the bag
      Given a Lemtrada order for course 1
      And the additives of infusion 2 are not known
      When the order is verified
      Then the order is on hold
      And rule no-mix is not evaluated at level block
      And rule no-mix points to the additives of infusion 2 as missing

    Scenario: an additive in one bag counts although another bag is not described
      Given a Lemtrada order for course 1
      And infusion 2 contains ondansetron
      And the additives of infusion 3 are not known
      When the order is verified
      Then the order is rejected
      And rule no-mix is violated
      And the finding of rule no-mix names infusion 2
