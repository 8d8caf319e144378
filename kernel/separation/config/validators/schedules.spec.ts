import { describeMutations, wrong } from '../../../../test/kernel/validator-mutations.js'
import * as schedules from './schedules.js'

/** A further schedule, and who may select it. */
const second = (windows = '', more = ''): string => `schedules:
  - name: second${more}
    windows:
      - { partition: beta, at: 0, length: 60000 }
${windows}audit:`
const FALLBACK = '\n    fallback: true'
const SYSTEM = 'system: [halt, maintenance, resume, selftest]'
const chosen = [SYSTEM, `${SYSTEM}\n      selectSchedule: true`] as const
const third = second('', FALLBACK).replace('schedules:\n', '').replace('name: second', 'name: third')

describeMutations('Validators of further schedules', schedules, [
  wrong(
    'schedule-windows',
    'windows of another schedule that overlap',
    'audit:',
    second('      - { partition: alpha, at: 59999, length: 40000 }\n'),
    'at: 59999',
    chosen,
  ),
  wrong(
    'schedule-windows',
    'a window of an idle partition in another schedule',
    'audit:',
    second('      - { partition: spare, at: 60000, length: 40000 }\n'),
    'name: second',
    chosen,
  ),
  wrong('schedule-reached', 'a schedule that nobody selects', 'audit:', second(), 'name: second'),
  wrong('schedule-reached', 'a fallback of no error', 'audit:', second('', FALLBACK), 'name: second'),
  wrong('schedule-choice', 'a choice of one', ...chosen, 'selectSchedule'),
  wrong('schedule-fallback', 'two fallbacks', 'audit:', second('', FALLBACK).replace(/audit:$/u, third), 'fallback: true', chosen),
  wrong(
    'schedule-fallback',
    'an error that falls back on nothing',
    'observe: [gamma]',
    'observe: [gamma]\n    health: { NUMERIC_ERROR: SWITCH_SCHEDULE }',
    'health: { NUMERIC_ERROR',
    chosen,
    ['audit:', second()],
  ),
  wrong(
    'schedule-maintenance',
    'maintenance that another schedule forgets',
    'audit:',
    second().replace('partition: beta', 'partition: gamma'),
    'name: second',
    chosen,
  ),
])
