import { GUARDED_SYSTEM } from '../../../../test/kernel/guarded-system.js'
import { describeMutations, wrong } from '../../../../test/kernel/validator-mutations.js'
import * as ways from './ways.js'

const PASS = '    - { from: low, to: high, via: guard }\n'
const NEVER = '    - { from: apart, to: high }\n'
const QUEUES = [
  ['up, kind: sampling, message: 16, refresh: 80000', 'up, kind: queuing, message: 16, depth: 2'],
  ['checked, kind: sampling, message: 16, refresh: 80000', 'checked, kind: queuing, message: 16, depth: 2'],
  [
    '    - { from: guard, to: high }\n',
    '    - { from: guard, to: high }\n    - { from: guard, to: low }\n    - { from: high, to: guard }\n',
  ],
] as const
const AROUND = [
  ['from: low, to: [guard]', 'from: low, to: [guard, high]'],
  ['    - { from: guard, to: high }\n', '    - { from: guard, to: high }\n    - { from: low, to: high }\n'],
  ['    - { subject: high,', '    - { subject: high, resource: up, may: [receive] }\n    - { subject: high,'],
] as const

describeMutations(
  'Validators of ways',
  ways,
  [
    wrong('must-pass-partitions', 'a mediator nobody knows', 'via: guard', 'via: delta'),
    wrong('must-pass-partitions', 'a mediator between one partition', 'from: low, to: high, via', 'from: high, to: high, via'),
    wrong('must-pass-once', 'a mediator listed twice', PASS, `${PASS}${PASS.replace('}', '} # again')}`, '# again'),
    wrong('must-pass-holds', 'a way around the mediator', ...AROUND[0], 'via: guard', AROUND[1], AROUND[2]),
    wrong('must-pass-used', 'a mediator that nothing gets through', PASS, '    - { from: high, to: apart, via: guard }\n', 'to: apart'),
    wrong('never-partitions', 'a partition nobody knows', 'from: apart, to: high', 'from: apart, to: delta'),
    wrong('never-partitions', 'a partition apart from itself', 'from: apart, to: high', 'from: apart, to: apart'),
    wrong('never-once', 'a pair listed twice', NEVER, `${NEVER}${NEVER.replace('}', '} # again')}`, '# again'),
    wrong('never-contradicted', 'a pair that is allowed as well', NEVER, '    - { from: low, to: guard } # never\n', '# never'),
    wrong('never-holds', 'queues whose fill leads back, one after the other', ...QUEUES[0], 'from: high, to: low', QUEUES[1], QUEUES[2]),
  ],
  [],
  GUARDED_SYSTEM,
)
