import { describeMutations, wrong } from '../../../../test/kernel/validator-mutations.js'
import * as idle from './idle.js'

describeMutations('Validators of idle', idle, [
  wrong(
    'idle-unscheduled',
    'an idle partition with a window',
    'at: 40000, length: 300000 }',
    'at: 40000, length: 300000 }\n  - { partition: spare, at: 350000, length: 40000 }',
    'idle: true',
  ),
  wrong('idle-unconnected', 'a port to one that never runs', 'to: [beta, gamma]', 'to: [beta, gamma, spare]'),
  wrong('idle-unconnected', 'a region of one that never runs', 'write: [beta], read: [gamma]', 'write: [beta], read: [gamma, spare]'),
  wrong('idle-unconnected', 'a notification by one that never runs', 'from: [alpha], to: beta', 'from: [alpha, spare], to: beta'),
  wrong(
    'idle-powerless',
    'authority of one that never runs',
    'idle: true',
    'idle: true\n    authority: { observe: [alpha] }',
    'observe: [alpha]',
  ),
  wrong('idle-powerless', 'a console of one that never runs', 'idle: true', 'idle: true\n    console: true', '    console: true', [
    '    console: true\n    maintenance',
    '    maintenance',
  ]),
])
