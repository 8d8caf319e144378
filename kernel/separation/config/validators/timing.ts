/** Times that must fit one another: a message and the windows it passes between, an alarm and the frame it counts in. Model cycles. */
import { TRAP_CHARGE } from '../../scheduler/charges.js'
import { timelines } from '../../scheduler/timeline.js'
import type { WindowSource } from '../source/system-source.js'
import type { CompiledValidator, SourceValidator } from './validator.js'

export const samplingReachable: SourceValidator = {
  name: 'sampling-reachable',
  enforced: 'compiler',
  states: 'A message of a sampling port can still be valid when each receiver first runs after the sender, in one schedule at least.',
  remedy: 'raise refresh, or move the windows closer together',
  *check(system) {
    const schedules = [system.schedule, ...system.schedules.map(({ windows }) => windows)].map(windowsByPartition)
    for (const [i, port] of system.ports.entries()) {
      if (port.kind !== 'sampling' || port.refresh < 1) continue
      for (const receiver of port.to) {
        const gaps = schedules.map((windows) => shortestGap(windows.get(port.from) ?? [], windows.get(receiver) ?? [], system.majorFrame))
        const youngest = Math.min(...gaps)
        if (Number.isFinite(youngest) && port.refresh < youngest)
          yield {
            path: ['ports', i, 'refresh'],
            what: `when ${receiver} runs, a message of port ${port.name} is at least ${youngest} cycles old and valid for ${port.refresh}`,
          }
      }
    }
  },
}

function windowsByPartition(schedule: readonly WindowSource[]): ReadonlyMap<string, readonly WindowSource[]> {
  const windows = new Map<string, WindowSource[]>()
  for (const window of schedule) windows.set(window.partition, [...(windows.get(window.partition) ?? []), window])
  return windows
}

/** From the end of some window of the sender to the next begin of some window of the receiver, over the end of the frame if need be. */
function shortestGap(senders: readonly WindowSource[], receivers: readonly WindowSource[], frame: number): number {
  const gaps = senders.flatMap(({ at, length }) => receivers.map((window) => (((window.at - at - length) % frame) + frame) % frame))
  return gaps.reduce((least, gap) => Math.min(least, gap), Number.POSITIVE_INFINITY)
}

export const alarmPossible: SourceValidator = {
  name: 'alarm-possible',
  enforced: 'compiler',
  states: `The events that raise an alarm fit one major frame: each takes the kernel at least ${TRAP_CHARGE} cycles.`,
  remedy: 'lower the count',
  *check({ audit, majorFrame }) {
    for (const [i, { event, count }] of audit.alarms.entries())
      if (count * TRAP_CHARGE > majorFrame)
        yield { path: ['audit', 'alarms', i, 'count'], what: `${count} of ${event} do not happen within ${majorFrame} cycles` }
  },
}

export const frameSlots: CompiledValidator = {
  name: 'frame-slots',
  enforced: 'boot',
  states: 'Windows, idle slots and the waits between them, as the kernel will run them, make up the major frame.',
  remedy: 'report it as a defect of the compiler: no source can ask for it',
  *check(configuration) {
    for (const slots of timelines(configuration)) {
      let at = 0
      for (const { offset, length } of slots) {
        if (offset < at || length <= 0) yield { path: ['schedule'], what: `the slot at ${offset} begins before ${at}, or is empty` }
        at = offset + length
      }
      if (at > configuration.majorFrame)
        yield { path: ['majorFrame'], what: `the slots end at ${at} and the frame at ${configuration.majorFrame}` }
    }
  },
}
