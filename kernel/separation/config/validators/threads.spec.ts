import { describeMutations, wrong } from '../../../../test/kernel/validator-mutations.js'
import * as threads from './threads.js'

/** Gives the partition `spare` threads or semaphores. */
const spare = (member: string, ...objects: readonly string[]): string =>
  `    idle: true\n    ${member}:\n${objects.map((object) => `      - { ${object} }\n`).join('')}`
const mutation = (rule: string, title: string, at: string, member: string, ...objects: readonly string[]) =>
  wrong(rule, title, '    idle: true\n', spare(member, ...objects), at)
const HANDLED = ['    idle: true\n', '    idle: true\n    health: { NUMERIC_ERROR: HANDLER }\n'] as const

describeMutations('Validators of threads and semaphores', threads, [
  mutation('thread-period', 'a periodic thread without period', 'name: t', 'threads', 'name: t, kind: periodic, priority: 1'),
  mutation('thread-period', 'a sporadic thread without interval', 'name: t', 'threads', 'name: t, kind: sporadic, priority: 1'),
  mutation('thread-period', 'an aperiodic thread with a period', 'name: t', 'threads', 'name: t, priority: 1, period: 1000'),
  mutation(
    'thread-deadline',
    'a deadline after the next release',
    'deadline: 1001',
    'threads',
    'name: t, kind: periodic, priority: 1, period: 1000, deadline: 1001',
  ),
  wrong('thread-handler', 'two error handlers', ...HANDLED, 'name: u', [
    '    idle: true\n',
    spare('threads', 'name: t, kind: handler, priority: 9', 'name: u, kind: handler, priority: 8'),
  ]),
  wrong('thread-handler', 'a thread above the error handler', ...HANDLED, 'name: u', [
    '    idle: true\n',
    spare('threads', 'name: t, kind: handler, priority: 9', 'name: u, priority: 9'),
  ]),
  wrong('handler-action', 'an error that nobody handles', ...HANDLED, 'health: { NUMERIC_ERROR'),
  mutation('handler-action', 'a handler of nothing', 'name: t', 'threads', 'name: t, kind: handler, priority: 9'),
  mutation('semaphore-units', 'a semaphore that holds nothing', 'name: s', 'semaphores', 'name: s, initial: 0, maximum: 0'),
  mutation('semaphore-units', 'more units than it holds', 'name: s', 'semaphores', 'name: s, initial: 2, maximum: 1'),
  mutation('semaphore-ceiling', 'a holder of one unit in two', 'name: s', 'semaphores', 'name: s, maximum: 2, ceiling: 9'),
])
