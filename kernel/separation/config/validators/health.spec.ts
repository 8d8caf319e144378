import { describeMutations, wrong } from '../../../../test/kernel/validator-mutations.js'
import * as health from './health.js'

describeMutations('Validators of health', health, [
  ...['HALT', 'RESTART_MODULE', 'MAINTENANCE', '{ action: LOG, escalate: { count: 2, within: 9, action: HALT } }'].map((answer) =>
    wrong(
      'health-module',
      `an error that leads to ${answer} by one who may not`,
      'health: { ILLEGAL_INSTRUCTION: COLD }',
      `health: { ILLEGAL_INSTRUCTION: COLD, ILLEGAL_REQUEST: ${answer} }`,
    ),
  ),
  wrong('health-ignore', 'a fault that nobody learns of', 'ILLEGAL_INSTRUCTION: COLD', 'ILLEGAL_INSTRUCTION: COLD, HARDWARE_FAULT: IGNORE'),
  ...['count: 1, within: 9', 'count: 17, within: 9', 'count: 2, within: 0'].map((after) =>
    wrong(
      'health-escalation',
      `an escalation after ${after}`,
      'ILLEGAL_INSTRUCTION: COLD',
      `ILLEGAL_INSTRUCTION: { action: COLD, escalate: { ${after}, action: IDLE } }`,
    ),
  ),
  ...['COLD', 'LOG'].map((action) =>
    wrong(
      'health-severity',
      `an escalation from COLD to ${action}`,
      'ILLEGAL_INSTRUCTION: COLD',
      `ILLEGAL_INSTRUCTION: { action: COLD, escalate: { count: 2, within: 9, action: ${action} } }`,
    ),
  ),
  wrong('restart-limit', 'a restart that is never allowed', 'restartLimit: 2', 'restartLimit: 0', 'health:'),
  wrong('restart-limit', 'restarts without end', 'restartLimit: 2', 'restartLimit: 1000001'),
  wrong('restart-used', 'a limit of restarts that never happen', 'idle: true', 'idle: true\n    restartLimit: 1', '    restartLimit: 1'),
])
