/** The windows of the major frame. Model cycles. SKPP FRU_PRU_EXP.1, FPT_SEP.3; ARINC 653 Part 1, "Partition scheduling". */
import { selfTestCharge } from '../../boot/self-test.js'
import { MINIMUM_WINDOW, restartCharge, SWITCH_RESERVE } from '../../scheduler/charges.js'
import { LONGEST_FRAME } from '../limits.js'
import type { SystemSource } from '../source/system-source.js'
import { partitionNames } from './known-names.js'
import type { CompiledValidator, SourceValidator } from './validator.js'

export const frameLength: SourceValidator = {
  name: 'frame-length',
  enforced: 'compiler',
  states: 'The major frame holds at least one shortest window and is not longer than 2^40 cycles.',
  remedy: `use ${MINIMUM_WINDOW} to ${LONGEST_FRAME} cycles`,
  *check({ majorFrame }) {
    if (majorFrame < MINIMUM_WINDOW || majorFrame > LONGEST_FRAME)
      yield { path: ['majorFrame'], what: `a major frame of ${majorFrame} cycles cannot be scheduled` }
  },
}

export const windowPartition: SourceValidator = {
  name: 'window-partition',
  enforced: 'boot',
  states: 'Every window belongs to a partition.',
  remedy: 'name a partition of this system',
  *check(system) {
    const known = partitionNames(system)
    for (const [i, { partition }] of system.schedule.entries())
      if (!known.has(partition)) yield { path: ['schedule', i, 'partition'], what: `a window names ${partition}, which is no partition` }
  },
}

export const windowOrder: SourceValidator = {
  name: 'window-order',
  enforced: 'boot',
  states: 'Windows are written in the order in which they begin.',
  remedy: 'sort the schedule by at',
  *check({ schedule }) {
    for (const [i, { partition, at }] of schedule.entries()) {
      const before = schedule[i - 1]
      if (before !== undefined && at < before.at)
        yield { path: ['schedule', i, 'at'], what: `the window of ${partition} at ${at} is written after one at ${before.at}` }
    }
  },
}

export const windowOverlap: SourceValidator = {
  name: 'window-overlap',
  enforced: 'boot',
  states: 'No two windows share a cycle.',
  remedy: 'shorten the earlier one or move the later one',
  *check({ schedule }) {
    const inOrder = schedule.map((window, i) => ({ ...window, i })).sort((a, b) => a.at - b.at)
    for (const [k, { partition, at, i }] of inOrder.entries()) {
      const before = inOrder[k - 1]
      if (before !== undefined && before.at + before.length > at)
        yield { path: ['schedule', i, 'at'], what: `the window of ${partition} begins at ${at}, before that of ${before.partition} ends` }
    }
  },
}

export const windowInFrame: SourceValidator = {
  name: 'window-in-frame',
  enforced: 'boot',
  states: 'Every window ends within the major frame.',
  remedy: 'shorten the window or lengthen the frame',
  *check({ schedule, majorFrame }) {
    for (const [i, { partition, at, length }] of schedule.entries())
      if (at + length > majorFrame)
        yield { path: ['schedule', i, 'length'], what: `the window of ${partition} ends at ${at + length} and the frame at ${majorFrame}` }
  },
}

export const windowMinimum: SourceValidator = {
  name: 'window-minimum',
  enforced: 'compiler',
  states: 'Every window holds the switch reserve of the kernel and as much again for its partition.',
  remedy: `give it at least ${MINIMUM_WINDOW} cycles`,
  *check({ schedule }) {
    for (const [i, { partition, length }] of schedule.entries())
      if (length < MINIMUM_WINDOW) yield { path: ['schedule', i, 'length'], what: `the window of ${partition} has ${length} cycles` }
  },
}

export const windowRestart: SourceValidator = {
  name: 'window-restart',
  enforced: 'compiler',
  states: 'Every window is long enough to start its partition in, with the switch reserve: a partition starts in whichever comes first.',
  remedy: 'lengthen the window, or make code and data smaller',
  *check(system) {
    const start = startCycles(system)
    for (const [i, { partition, length }] of system.schedule.entries()) {
      const needed = start.get(partition) ?? 0
      if (length >= MINIMUM_WINDOW && length < needed)
        yield { path: ['schedule', i, 'length'], what: `starting ${partition} takes ${needed} cycles and its window has ${length}` }
    }
  },
}

/** Cycles from the begin of a window to its end that a start needs, by partition. */
function startCycles({ partitions }: SystemSource): ReadonlyMap<string, number> {
  const range = (bytes: number) => ({ address: 0, bytes })
  return new Map(partitions.map(({ name, code, data }) => [name, restartCharge({ code: range(code), data: range(data) }) + SWITCH_RESERVE]))
}

export const partitionScheduled: SourceValidator = {
  name: 'partition-scheduled',
  enforced: 'compiler',
  states: 'Every partition has a window in some schedule, unless it is declared idle.',
  remedy: 'add a window, or write idle: true',
  *check({ partitions, schedule, schedules }) {
    const scheduled = new Set([schedule, ...schedules.map(({ windows }) => windows)].flat().map(({ partition }) => partition))
    for (const [i, { name, idle }] of partitions.entries())
      if (!idle && !scheduled.has(name)) yield { path: ['partitions', i], what: `${name} never runs` }
  },
}

export const scheduleRuns: SourceValidator = {
  name: 'schedule-runs',
  enforced: 'compiler',
  states: 'The schedule has a window: a system in which nobody runs serves nobody.',
  remedy: 'give a partition a window',
  *check({ schedule }) {
    if (schedule.length === 0) yield { path: ['schedule'], what: 'the schedule has no window' }
  },
}

export const selfTestWindow: CompiledValidator = {
  name: 'self-test-window',
  enforced: 'run time',
  states: 'A partition that may test the kernel has a window long enough for the test, because windows do not move.',
  remedy: 'lengthen one of its windows, or remove selftest and resume from its authority',
  *check(configuration) {
    const needed = selfTestCharge(configuration) + 2 * SWITCH_RESERVE
    const longest = new Map<number, number>()
    for (const { partition, length } of configuration.windows) longest.set(partition, Math.max(length, longest.get(partition) ?? 0))
    for (const [i, { name, systemControl }] of configuration.partitions.entries()) {
      const window = longest.get(i) ?? 0
      if ((systemControl.includes('selftest') || systemControl.includes('resume')) && window < needed)
        yield {
          path: ['partitions', i, 'authority', 'system'],
          what: `a self-test takes ${needed} cycles and the longest window of ${name} has ${window}`,
        }
    }
  },
}
