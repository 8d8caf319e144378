/** A system with every kind of object, which every validator accepts: mutations of it are wrong in one thing. */
export const VALID_SYSTEM = `system: test-system
revision: 1
memory: 4 MiB
majorFrame: 500000
partitions:
  - name: alpha
    code: 16 KiB
    data: 16 KiB
    health: { ILLEGAL_INSTRUCTION: COLD }
    restartLimit: 2
  - name: beta
    code: 16 KiB
    data: 16 KiB
    console: true
    maintenance: true
    authority:
      readAudit: true
      system: [halt, maintenance, resume, selftest]
      control: [alpha]
      observe: [gamma]
  - name: gamma
    code: 16 KiB
    data: 16 KiB
  - name: spare
    code: 16 KiB
    data: 16 KiB
    idle: true
ports:
  - { name: altitude, kind: sampling, message: 16, refresh: 1000000, from: alpha, to: [beta, gamma] }
  - { name: orders, kind: queuing, message: 32, depth: 4, from: beta, to: [alpha] }
notifications:
  - { name: alert, from: [alpha], to: beta, bits: 0x3 }
  - { name: alarm, from: [], to: beta, bits: 0xf0 }
shared:
  - { name: map, size: 8 KiB, write: [beta], read: [gamma] }
  - { name: log, size: 8 KiB, write: [gamma], read: [beta] }
schedule:
  - { partition: alpha, at: 0, length: 40000 }
  - { partition: beta, at: 40000, length: 300000 }
  - { partition: gamma, at: 400000, length: 40000 }
audit:
  records: 64
  select: [FLOW_DENIED, CALL_REFUSED]
  subjects: [alpha, gamma]
  onFull: overwrite
  alarms:
    - { event: FLOW_DENIED, count: 3, action: { notify: alarm, bits: 0x10 } }
    - { event: CALL_REFUSED, count: 9, action: stop }
policy:
  flows:
    - { from: alpha, to: beta }
    - { from: alpha, to: gamma }
    - { from: beta, to: alpha }
    - { from: beta, to: gamma }
    - { from: gamma, to: beta }
    - { from: beta, to: spare }
    - { from: spare, to: beta }
`
