/** The health table of a partition: what each error leads to, and when it escalates. ARINC 653 Part 1, "Health Monitor". */
import { HEALTH_ACTIONS, HEALTH_ERRORS, type HealthError } from '../../../abi/health.js'
import { form, record, type Schema } from './json-schema.js'

const MEANING: Readonly<Record<HealthError, string>> = {
  MEMORY_VIOLATION: 'A load, store or fetch outside what the partition may reach. Default IDLE.',
  STACK_OVERFLOW: 'A load or store between code and data, or a stack overflow that the partition reports of itself. Default IDLE.',
  ILLEGAL_INSTRUCTION: 'An instruction the partition may not execute. Default IDLE.',
  HARDWARE_FAULT: 'An access that the address space grants and the hardware refuses. Default IDLE.',
  ILLEGAL_REQUEST: 'A call the kernel refuses for lack of authority. Default LOG.',
  APPLICATION_ERROR: 'What the partition reports of itself by hm_raise. Default LOG.',
  DEADLINE_MISSED: 'A thread that is not done by its deadline. Default IDLE.',
  NUMERIC_ERROR: 'A numeric error that the partition reports of itself by hm_raise. Default IDLE.',
}

export const HEALTH_TABLE: Schema = record(
  'What an error of this partition leads to.',
  [],
  Object.fromEntries(HEALTH_ERRORS.map((error) => [error, form('healthAnswer', MEANING[error])])),
)

const ESCALATION = record(
  'The last of so many errors of this kind within so much time has another answer. Restarts do not reset the count.',
  ['count', 'within', 'action'],
  {
    count: form('count', 'Errors of this kind, the last one included.'),
    within: form('cycles', 'Time from the first of them to the last.'),
    action: form('healthAction', 'What the last of them leads to.'),
  },
)

/** Definitions that the health table refers to. */
export const HEALTH_ANSWERS: Readonly<Record<string, Schema>> = {
  healthAction: {
    enum: HEALTH_ACTIONS,
    description:
      'IGNORE leaves no record; LOG goes on where that is possible; HANDLER starts the error handler of the partition; STOP_PROCESS stops the thread that failed; IDLE stops the partition; COLD and WARM start it anew, without and with its data; SWITCH_SCHEDULE, MAINTENANCE, RESTART_MODULE and HALT reach the module.',
  },
  healthAnswer: {
    description: 'An action, or an action and when it escalates.',
    anyOf: [
      form('healthAction', 'Whatever came before.'),
      record('An answer that escalates.', ['action'], { action: form('healthAction', 'What the error leads to.'), escalate: ESCALATION }),
    ],
  },
}
