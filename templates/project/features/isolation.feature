Feature: Isolation
  What one partition does reaches another only as the configuration says.

  Background:
    Given a system whose configuration lists the flow from "sensor" to "display"

  @REQ-1~1
  Scenario: A listed flow is delivered
    When "sensor" sends "42" to "display"
    Then the outcome is "OK"
    And "display" has received "42"

  @REQ-2~1
  Scenario Outline: A flow that is not listed is refused: <why>
    When "<from>" sends "secret" to "<to>"
    Then the outcome is "DENIED"
    And "<to>" has received "nothing"

    Examples:
      | why                 | from    | to      |
      | the other direction | display | sensor  |
      | a stranger          | logger  | display |
