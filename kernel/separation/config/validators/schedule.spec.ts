import { VALID_SYSTEM } from '../../../../test/kernel/valid-system.js'
import { describeMutations, wrong } from '../../../../test/kernel/validator-mutations.js'
import * as schedule from './schedule.js'

const ALL_IDLE = `system: asleep
revision: 1
memory: 4 MiB
majorFrame: 80000
partitions:
  - { name: one, code: 4 KiB, data: 4 KiB, idle: true }
schedule: []
`

describeMutations('Validators of schedule', schedule, [
  wrong('frame-length', 'a frame that never ends', 'majorFrame: 500000', 'majorFrame: 1099511627777'),
  wrong(
    'window-partition',
    'a window of nobody',
    'at: 400000, length: 40000 }',
    'at: 400000, length: 40000 }\n  - { partition: delta, at: 450000, length: 20000 }',
    'partition: delta',
  ),
  wrong(
    'window-order',
    'windows out of order',
    '  - { partition: gamma, at: 400000, length: 40000 }',
    '  - { partition: gamma, at: 450000, length: 40000 }\n  - { partition: gamma, at: 400000, length: 40000 }',
    'at: 400000',
  ),
  wrong('window-overlap', 'two windows that share a cycle', 'at: 40000', 'at: 39999'),
  wrong('window-in-frame', 'a window that ends after the frame', 'at: 400000, length: 40000', 'at: 400000, length: 100001'),
  wrong('window-minimum', 'a window that the switch fills', 'at: 400000, length: 40000', 'at: 400000, length: 7999'),
  wrong('window-restart', 'a window in which its partition cannot start', 'at: 400000, length: 40000', 'at: 400000, length: 9000'),
  wrong('partition-scheduled', 'a partition that never runs', '    idle: true\n', '', 'name: spare'),
  wrong('self-test-window', 'a self-test that fits no window', 'at: 40000, length: 300000', 'at: 40000, length: 100000', 'system: [halt'),
  wrong('schedule-runs', 'a system in which nobody runs', VALID_SYSTEM, ALL_IDLE, 'schedule: []'),
])
