/** All rules, in the order in which their findings are reported: sizes and names first, derived flows last. */
import * as spaces from './address-spaces.js'
import * as audit from './audit.js'
import * as authority from './authority.js'
import * as capacity from './capacity.js'
import * as rights from './compiled-rights.js'
import * as control from './control.js'
import * as flows from './flows.js'
import * as health from './health.js'
import * as idle from './idle.js'
import * as least from './least-privilege.js'
import * as memory from './memory.js'
import * as names from './names.js'
import * as notifications from './notifications.js'
import * as ports from './ports.js'
import * as schedule from './schedule.js'
import * as schedules from './schedules.js'
import * as shared from './shared-regions.js'
import * as threads from './threads.js'
import * as timing from './timing.js'
import type { CompiledValidator, SourceValidator } from './validator.js'
import * as ways from './ways.js'

/** Alone and first: the others may take time that grows with the square of what they look at. */
export const COUNT_VALIDATORS: readonly SourceValidator[] = [capacity.objectCounts]

export const SOURCE_VALIDATORS: readonly SourceValidator[] = [
  capacity.capabilityCount,
  names.nameForm,
  names.nameUnique,
  least.nameReserved,
  authority.systemName,
  memory.memorySize,
  memory.memoryPages,
  memory.codeSize,
  memory.dataSize,
  ports.portPartitions,
  ports.portReceivers,
  ports.portDirection,
  ports.portMessage,
  ports.queueDepth,
  ports.queueReceiver,
  ports.samplingRefresh,
  notifications.notificationPartitions,
  notifications.notificationSenders,
  notifications.notificationUsed,
  notifications.notificationBits,
  shared.sharedPartitions,
  shared.sharedUsers,
  schedule.frameLength,
  schedule.windowPartition,
  schedule.windowOrder,
  schedule.windowOverlap,
  schedule.windowInFrame,
  schedule.windowMinimum,
  schedule.windowRestart,
  schedule.partitionScheduled,
  schedule.scheduleRuns,
  idle.idleUnscheduled,
  idle.idleUnconnected,
  idle.idlePowerless,
  schedules.scheduleWindows,
  schedules.scheduleReached,
  schedules.scheduleChoice,
  schedules.scheduleFallback,
  schedules.scheduleMaintenance,
  threads.threadPeriod,
  threads.threadDeadline,
  threads.threadHandler,
  threads.handlerAction,
  threads.semaphoreUnits,
  threads.semaphoreCeiling,
  timing.samplingReachable,
  authority.authorityPartitions,
  authority.authorityOnce,
  authority.consoleOwner,
  authority.maintenancePartition,
  authority.maintenanceReturn,
  authority.maintenanceScheduled,
  authority.maintenanceEntered,
  authority.resumeAuthority,
  control.controlAcyclic,
  control.controlMaintenance,
  control.controlAuditReader,
  health.healthModule,
  health.healthIgnore,
  health.healthEscalation,
  health.healthSeverity,
  health.restartLimit,
  health.restartUsed,
  audit.auditCapacity,
  audit.auditBoot,
  audit.auditSubjects,
  audit.auditReader,
  audit.auditReadable,
  audit.alarmEvent,
  audit.alarmCause,
  audit.alarmSequence,
  audit.alarmCount,
  timing.alarmPossible,
  audit.alarmUnique,
  audit.alarmNotification,
  flows.flowPartitions,
  flows.flowOnce,
  ways.mustPassPartitions,
  ways.mustPassOnce,
  ways.neverPartitions,
  ways.neverOnce,
  ways.neverContradicted,
  least.leastSubjects,
  least.leastResources,
  least.leastOnce,
]

/** What a source can lead to, and only shows when it is compiled. */
export const COMPILED_VALIDATORS: readonly CompiledValidator[] = [
  memory.memoryFits,
  shared.sharedPlace,
  shared.sharedOverlap,
  schedule.selfTestWindow,
  capacity.kernelDataSize,
  flows.flowDeclared,
  flows.flowUsed,
  ways.mustPassHolds,
  ways.mustPassUsed,
  ways.neverHolds,
  least.leastGranted,
  least.leastUsed,
]

/** A second look at the work of the compiler, from other ends: no source can break these, a defect of the compiler can. */
export const SECOND_LOOK_VALIDATORS: readonly CompiledValidator[] = [
  memory.memoryAfterKernel,
  memory.memoryDisjoint,
  memory.imageSize,
  memory.imagesContiguous,
  spaces.mappingDisjoint,
  spaces.frameExclusive,
  spaces.writeXorExecute,
  spaces.kernelUnmapped,
  spaces.imagesLast,
  rights.capabilityGranted,
  rights.capabilityComplete,
  rights.mappingGranted,
  rights.authorityGranted,
  rights.scheduleCompiled,
  timing.frameSlots,
  capacity.kernelData,
  capacity.vectorReadable,
]

export const VALIDATORS: readonly (SourceValidator | CompiledValidator)[] = [
  ...COUNT_VALIDATORS,
  ...SOURCE_VALIDATORS,
  ...COMPILED_VALIDATORS,
  ...SECOND_LOOK_VALIDATORS,
]
