Feature: Explanation of flows
  Whoever judges a configuration can ask why information of one partition may reach another one, and is told the objects that carry it.

  @SKPP:FDP_IFC.2.1 @REQ:management.flows-explained~1 @TSFI:system_source
  Rule: Every object by which information can reach another partition is told

    Background:
      Given the configuration
        """yaml
        system: apart
        revision: 1
        memory: 4 MiB
        majorFrame: 150000
        partitions:
          - { name: one, code: 16 KiB, data: 16 KiB }
          - { name: two, code: 16 KiB, data: 16 KiB }
          - { name: three, code: 16 KiB, data: 16 KiB }
        schedule:
          - { partition: one, at: 0, length: 50000 }
          - { partition: two, at: 50000, length: 50000 }
          - { partition: three, at: 100000, length: 50000 }
        policy:
          flows: []
        """

    Scenario: Between partitions that share nothing there is no way
      Then information of "one" reaches "two" by "no way"
      And the flow picture shows "nothing"

    Scenario Outline: Information reaches another partition through <carrier>
      Given in the configuration "<from>" is replaced by "<to>"
      Then information of "one" reaches "two" by "<told>"

      Examples:
        | carrier | from | to | told |
        | a sampling port | schedule: | ports:\n  - { name: link, kind: sampling, message: 16, refresh: 200000, from: one, to: [two] }\nschedule: | port link: one sends by slot 0, two receives by slot 0 |
        | the fill of a queue | schedule: | ports:\n  - { name: link, kind: queuing, message: 16, depth: 2, from: two, to: [one] }\nschedule: | fill of port link: one receives by slot 0, and two, which sends by slot 0, sees how full it is |
        | a notification | schedule: | notifications:\n  - { name: bell, from: [one], to: two, bits: 0x1 }\nschedule: | notification bell: one sets bits 0x1 by slot 0, two waits for them |
        | a shared region | schedule: | shared:\n  - { name: board, size: 4 KiB, write: [one], read: [two] }\nschedule: | shared region board: one writes at 0x200000, two reads it |
        | control of a partition | name: one, code: 16 KiB, | name: one, authority: { control: [two] }, code: 16 KiB, | control by one: one stops and restarts two by slot 0 |
        | the status of a partition | name: two, code: 16 KiB, | name: two, authority: { observe: [one] }, code: 16 KiB, | status read by two: two reads mode and restarts of one by slot 0 |
        | a restart of the system | name: one, code: 16 KiB, | name: one, authority: { system: [restart] }, code: 16 KiB, | system control by one: one may call for restart, which two notices |
        | the audit trail | name: two, code: 16 KiB, | name: two, authority: { readAudit: true }, code: 16 KiB, | audit trail read by two: what one does is recorded, and two reads it |
        | an alarm | schedule: | notifications:\n  - { name: bell, from: [], to: two, bits: 0x1 }\naudit:\n  alarms:\n    - { event: FLOW_DENIED, count: 3, action: { notify: bell, bits: 0x1 } }\nschedule: | alarm on FLOW_DENIED through notification bell: events of one are counted, and two is notified |

    Scenario: Two readers of the audit trail tell each other what they have released
      Given in the configuration "name: one, code: 16 KiB," is replaced by "name: one, authority: { readAudit: true }, code: 16 KiB,"
      And in the configuration "name: two, code: 16 KiB," is replaced by "name: two, authority: { readAudit: true }, code: 16 KiB,"
      And in the configuration "schedule:" is replaced by "audit: { subjects: [three] }\nschedule:"
      Then information of "one" reaches "two" by "audit records released by one: records that one has read are gone for two"

    Scenario: A schedule that one selects is noticed by the other
      Given in the configuration "name: one, code: 16 KiB," is replaced by "name: one, authority: { selectSchedule: true }, code: 16 KiB,"
      And in the configuration "policy:" is replaced by "schedules:\n  - { name: other, windows: [{ partition: one, at: 0, length: 50000 }] }\npolicy:"
      Then information of "one" reaches "two" by "schedule selected by one: one selects when two runs"

    Scenario: A way through a third partition is told step by step
      Given in the configuration "schedule:" is replaced by "notifications:\n  - { name: bell, from: [one], to: three, bits: 0x1 }\n  - { name: gong, from: [three], to: two, bits: 0x1 }\nschedule:"
      Then information of "one" reaches "two" by "notification bell: one sets bits 0x1 by slot 0, three waits for them, notification gong: three sets bits 0x1 by slot 0, two waits for them"
      And the flow picture shows "notification bell: from one to three, notification gong: from three to two"

    Scenario: The answer for people names the line of each object and of each rule
      Given in the configuration "schedule:" is replaced by "notifications:\n  - { name: bell, from: [one], to: three, bits: 0x1 }\n  - { name: gong, from: [three], to: two, bits: 0x1 }\nschedule:"
      And in the configuration "flows: []" is replaced by "flows:\n    - { from: one, to: three }\n  mustPass:\n    - { from: one, to: two, via: three }\n  never:\n    - { from: two, to: one }"
      Then the explanation of a flow from "one" to "two" reads
        """
        one can reach two through three, if it passes on what it learns
          policy, line 20: every way passes three
          one to three: allowed by policy.flows, line 18
            line 10: notification bell: one sets bits 0x1 by slot 0, three waits for them
          three to two: the policy does not list it
            line 11: notification gong: three sets bits 0x1 by slot 0, two waits for them
        """
      And the explanation of a flow from "two" to "one" reads
        """
        two cannot reach one: nothing that two can cause is noticed, by however many others, by one
          policy, line 22: no way may connect them
          information from two can reach nobody
          information can reach one from nobody
        """
      And the flow picture shows "notification bell: from one to three, notification gong: from three to two, must pass three: from one to two via three, never, through whomever: from two to one"
