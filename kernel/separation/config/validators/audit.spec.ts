import { VALID_SYSTEM } from '../../../../test/kernel/valid-system.js'
import { describeMutations, wrong } from '../../../../test/kernel/validator-mutations.js'
import * as audit from './audit.js'

const ALARMS = VALID_SYSTEM.slice(VALID_SYSTEM.indexOf('  alarms:'), VALID_SYSTEM.indexOf('policy:'))

describeMutations('Validators of audit', audit, [
  wrong('audit-capacity', 'an audit ring for nothing', 'records: 64', 'records: 3'),
  wrong('audit-capacity', 'an audit ring that is too large', 'records: 64', 'records: 4097'),
  wrong(
    'audit-boot',
    'a ring that the start fills',
    'records: 64\n  select: [FLOW_DENIED, CALL_REFUSED]\n  subjects: [alpha, gamma]\n  onFull: overwrite',
    'records: 6\n  select: [FLOW_DENIED, CALL_REFUSED]\n  subjects: [alpha, gamma]\n  onFull: halt',
    'records: 6',
  ),
  wrong('audit-subjects', 'an audited stranger', 'subjects: [alpha, gamma]', 'subjects: [alpha, gamma, delta]'),
  wrong(
    'audit-readable',
    'a reader of nothing',
    'select: [FLOW_DENIED, CALL_REFUSED]',
    'select: []',
    'readAudit',
    [ALARMS, '  alarms: []\n'],
    ['name: alarm, from: []', 'name: alarm, from: [alpha]'],
  ),
  wrong('audit-reader', 'a ring that nobody empties', 'onFull: overwrite', 'onFull: halt', 'onFull: halt', [
    'readAudit: true',
    'readAudit: false',
  ]),
  wrong('alarm-event', 'an alarm about what is not recorded', 'event: CALL_REFUSED', 'event: MEMORY_VIOLATION'),
  wrong('alarm-cause', 'an alarm about what the kernel does', 'event: CALL_REFUSED', 'event: HALT', 'event: HALT', [
    '[FLOW_DENIED, CALL_REFUSED]',
    '[FLOW_DENIED, HALT]',
  ]),
  wrong('alarm-sequence', 'an alarm that waits for what nobody records', 'count: 9', 'count: 9, then: [MEMORY_VIOLATION]'),
  wrong('alarm-sequence', 'an alarm that waits for the kernel', 'count: 9', 'count: 9, then: [ALARM]'),
  wrong('alarm-count', 'an alarm without cause', 'count: 9', 'count: 0'),
  wrong(
    'alarm-unique',
    'two alarms for one cause',
    '  alarms:\n',
    '  alarms:\n    - { event: FLOW_DENIED, count: 3, action: stop }\n',
    'action: { notify',
  ),
  wrong('alarm-notification', 'an alarm to nobody', 'action: { notify: alarm', 'action: { notify: alert-two', 'notify: alert-two', [
    'name: alarm, from: []',
    'name: alarm, from: [alpha]',
  ]),
  wrong('alarm-notification', 'an alarm with foreign bits', 'bits: 0x10 }', 'bits: 0x100 }'),
  wrong('alarm-notification', 'an alarm without bits', 'bits: 0x10 }', 'bits: 0x0 }'),
])
