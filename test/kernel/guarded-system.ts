/** A system whose policy says everything a policy can say: a guard between two partitions, a pair apart, and every right listed. */
export const GUARDED_SYSTEM = `system: guarded
revision: 1
memory: 4 MiB
majorFrame: 80000
partitions:
  - { name: low, code: 4 KiB, data: 4 KiB }
  - { name: guard, code: 4 KiB, data: 4 KiB }
  - { name: high, code: 4 KiB, data: 4 KiB }
  - { name: apart, code: 4 KiB, data: 4 KiB, console: true }
ports:
  - { name: up, kind: sampling, message: 16, refresh: 80000, from: low, to: [guard] }
  - { name: checked, kind: sampling, message: 16, refresh: 80000, from: guard, to: [high] }
schedule:
  - { partition: low, at: 0, length: 20000 }
  - { partition: guard, at: 20000, length: 20000 }
  - { partition: high, at: 40000, length: 20000 }
  - { partition: apart, at: 60000, length: 20000 }
policy:
  flows:
    - { from: low, to: guard }
    - { from: guard, to: high }
  mustPass:
    - { from: low, to: high, via: guard }
  never:
    - { from: high, to: low }
    - { from: apart, to: high }
  least:
    - { subject: low, resource: up, may: [send] }
    - { subject: guard, resource: up, may: [receive] }
    - { subject: guard, resource: checked, may: [send] }
    - { subject: high, resource: checked, may: [receive] }
    - { subject: apart, resource: console, may: [use] }
`
