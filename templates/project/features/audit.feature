Feature: Audit
  What was refused can be read by whoever runs the system.

  Background:
    Given a system whose configuration lists the flow from "sensor" to "display"

  @REQ-3~1
  Scenario: A refusal is recorded
    When "display" sends "secret" to "sensor"
    Then the last record reads "display to sensor: DENIED"

  @REQ-4~1
  Scenario: The record keeps the latest refusals and counts the rest
    When "display" sends "secret" to "sensor" 10 times
    Then the record holds 8 refusals
    And the record has given up 2 refusals
