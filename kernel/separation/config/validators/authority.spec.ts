import { describeMutations, wrong } from '../../../../test/kernel/validator-mutations.js'
import * as authority from './authority.js'

describeMutations('Validators of authority', authority, [
  wrong('system-name', 'a partition that is called as the system', 'system: test-system', 'system: alpha'),
  wrong('authority-partitions', 'authority over nobody', 'observe: [gamma]', 'observe: [gamma, delta]'),
  wrong('authority-partitions', 'authority over oneself', 'observe: [gamma]', 'observe: [gamma, beta]'),
  wrong('authority-once', 'observation of what is controlled', 'observe: [gamma]', 'observe: [gamma, alpha]', 'authority:'),
  wrong('console-owner', 'two owners of the console', 'name: gamma\n', 'name: gamma\n    console: true\n', 'console: true'),
  wrong(
    'maintenance-partition',
    'two partitions for maintenance',
    'name: gamma\n',
    'name: gamma\n    maintenance: true\n    authority: { system: [halt] }\n',
    'maintenance: true',
  ),
  wrong('maintenance-partition', 'maintenance in which nobody runs', '    maintenance: true\n', '', 'system: [halt', [
    'maintenance, resume, ',
    'maintenance, ',
  ]),
  wrong(
    'maintenance-return',
    'maintenance that nobody ends',
    'system: [halt, maintenance, resume, selftest]',
    'system: [maintenance]',
    'maintenance: true',
  ),
  wrong(
    'maintenance-scheduled',
    'maintenance by an idle partition',
    '    maintenance: true\n',
    '',
    'idle: true',
    ['maintenance, resume, ', 'maintenance, '],
    ['idle: true', 'idle: true\n    maintenance: true\n    authority: { system: [halt] }'],
  ),
  wrong(
    'resume-authority',
    'resuming by one who does not run',
    'restartLimit: 2',
    'restartLimit: 2\n    authority: { system: [resume] }',
    'authority: { system',
  ),
  wrong(
    'maintenance-entered',
    'a partition for a mode that nobody enters',
    'system: [halt, maintenance, resume, selftest]',
    'system: [halt, resume, selftest]',
    'maintenance: true',
  ),
])
