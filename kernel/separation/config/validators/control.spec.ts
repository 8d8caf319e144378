import { describeMutations, wrong } from '../../../../test/kernel/validator-mutations.js'
import * as control from './control.js'

/** Nobody runs in maintenance mode any more. */
const NO_MAINTENANCE = [
  ['    maintenance: true\n', ''],
  ['maintenance, resume, selftest', 'selftest'],
] as const
const GAMMA = '  - name: gamma\n    code: 16 KiB\n    data: 16 KiB\n'

describeMutations('Validators of control', control, [
  wrong(
    'control-acyclic',
    'two partitions that may stop each other',
    'restartLimit: 2\n',
    'restartLimit: 2\n    authority: { control: [beta] }\n',
    'control: [beta]',
    ...NO_MAINTENANCE,
  ),
  wrong(
    'control-acyclic',
    'a circle of three',
    GAMMA,
    `${GAMMA}    authority: { control: [beta] }\n`,
    'control: [gamma]',
    ['restartLimit: 2\n', 'restartLimit: 2\n    authority: { control: [gamma] }\n'],
    ...NO_MAINTENANCE,
  ),
  wrong(
    'control-maintenance',
    'who could stop the one that maintains',
    GAMMA,
    `${GAMMA}    authority: { control: [beta] }\n`,
    'control: [beta]',
  ),
  wrong(
    'control-audit-reader',
    'who could stop the one that empties the ring',
    GAMMA,
    `${GAMMA}    authority: { control: [beta] }\n`,
    'control: [beta]',
    ['onFull: overwrite', 'onFull: halt'],
    ...NO_MAINTENANCE,
  ),
])
