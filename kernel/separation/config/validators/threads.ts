/** Threads and semaphores within a partition. ARINC 653 Part 1, "Process Management", "Semaphore", "Mutex". Model cycles. */
import type { SystemSource } from '../source/system-source.js'
import type { Path } from '../source/yaml-reader.js'
import type { SourceValidator } from './validator.js'

type Thread = SystemSource['partitions'][number]['threads'][number]

function threadsOf({ partitions }: SystemSource): readonly { readonly thread: Thread; readonly path: Path }[] {
  return partitions.flatMap(({ threads }, i) => threads.map((thread, k) => ({ thread, path: ['partitions', i, 'threads', k] })))
}

export const threadPeriod: SourceValidator = {
  name: 'thread-period',
  enforced: 'compiler',
  states: 'Periodic and sporadic threads have a period, and no others do.',
  remedy: 'add period, or choose the kind that has one',
  *check(system) {
    for (const { thread, path } of threadsOf(system)) {
      const needs = thread.kind === 'periodic' || thread.kind === 'sporadic'
      if (needs !== thread.period > 0) yield { path, what: `${thread.name} is ${thread.kind} and has a period of ${thread.period} cycles` }
    }
  },
}

export const threadDeadline: SourceValidator = {
  name: 'thread-deadline',
  enforced: 'compiler',
  states: 'The deadline of a thread with a period comes before its next release, and an error handler has none.',
  remedy: 'shorten the deadline, or lengthen the period',
  *check(system) {
    for (const { thread, path } of threadsOf(system)) {
      const { name, kind, period, deadline } = thread
      if (kind === 'handler' ? deadline > 0 : period > 0 && deadline > period)
        yield { path: [...path, 'deadline'], what: `${name} has ${deadline} cycles for a period of ${period}` }
    }
  },
}

export const threadHandler: SourceValidator = {
  name: 'thread-handler',
  enforced: 'compiler',
  states: 'A partition has at most one error handler, and no thread is above it.',
  remedy: 'keep one handler and give it the highest priority',
  *check({ partitions }) {
    for (const [i, { name, threads }] of partitions.entries()) {
      const [handler, ...others] = threads.filter(({ kind }) => kind === 'handler')
      if (handler === undefined) continue
      const path = ['partitions', i, 'threads']
      for (const other of others) yield { path: [...path, threads.indexOf(other)], what: `${name} has two error handlers` }
      for (const [k, thread] of threads.entries())
        if (thread !== handler && thread.priority >= handler.priority && thread.kind !== 'handler')
          yield { path: [...path, k, 'priority'], what: `${thread.name} would keep the error handler ${handler.name} waiting` }
    }
  },
}

export const handlerAction: SourceValidator = {
  name: 'handler-action',
  enforced: 'compiler',
  states: 'An error leads to the error handler only where the partition has one, and where it has one some error does.',
  remedy: 'add a thread of kind handler, or choose another action',
  *check({ partitions }) {
    for (const [i, { name, threads, health }] of partitions.entries()) {
      const handler = threads.findIndex(({ kind }) => kind === 'handler')
      const led = Object.entries(health).filter(([, { action, escalation }]) => action === 'HANDLER' || escalation?.action === 'HANDLER')
      if (handler < 0)
        for (const [error] of led) yield { path: ['partitions', i, 'health', error], what: `${name} has no handler for ${error}` }
      else if (led.length === 0) yield { path: ['partitions', i, 'threads', handler], what: `no error of ${name} leads to its handler` }
    }
  },
}

export const semaphoreUnits: SourceValidator = {
  name: 'semaphore-units',
  enforced: 'compiler',
  states: 'A semaphore begins with no more units than it holds, and holds at least one.',
  remedy: 'raise maximum, or lower initial',
  *check({ partitions }) {
    for (const [i, { semaphores }] of partitions.entries())
      for (const [k, { name, initial, maximum }] of semaphores.entries())
        if (maximum < 1 || initial > maximum)
          yield { path: ['partitions', i, 'semaphores', k], what: `${name} begins with ${initial} units of ${maximum}` }
  },
}

export const semaphoreCeiling: SourceValidator = {
  name: 'semaphore-ceiling',
  enforced: 'compiler',
  states: 'A semaphore with a ceiling has one unit, there from the start: it has one holder.',
  remedy: 'use initial: 1 and maximum: 1, or remove the ceiling',
  *check({ partitions }) {
    for (const [i, { semaphores }] of partitions.entries())
      for (const [k, { name, initial, maximum, ceiling }] of semaphores.entries())
        if (ceiling !== undefined && (initial !== 1 || maximum !== 1))
          yield { path: ['partitions', i, 'semaphores', k], what: `${name} has a ceiling and ${maximum} units` }
  },
}
