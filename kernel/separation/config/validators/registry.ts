/** All rules, in the order in which their findings are reported: sizes and names first, derived flows last. */
import * as audit from './audit.js'
import * as authority from './authority.js'
import * as capacity from './capacity.js'
import * as flows from './flows.js'
import * as health from './health.js'
import * as memory from './memory.js'
import * as names from './names.js'
import * as notifications from './notifications.js'
import * as ports from './ports.js'
import * as schedule from './schedule.js'
import * as shared from './shared-regions.js'
import type { CompiledValidator, SourceValidator } from './validator.js'

/** Alone and first: the others may take time that grows with the square of what they look at. */
export const COUNT_VALIDATORS: readonly SourceValidator[] = [capacity.objectCounts]

export const SOURCE_VALIDATORS: readonly SourceValidator[] = [
  capacity.capabilityCount,
  names.nameForm,
  names.nameUnique,
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
  schedule.idleUnscheduled,
  authority.authorityPartitions,
  authority.authorityOnce,
  authority.consoleOwner,
  authority.maintenancePartition,
  authority.maintenanceReturn,
  authority.maintenanceScheduled,
  authority.resumeAuthority,
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
  audit.alarmCount,
  audit.alarmUnique,
  audit.alarmNotification,
  flows.flowPartitions,
  flows.flowOnce,
]

export const COMPILED_VALIDATORS: readonly CompiledValidator[] = [
  memory.memoryFits,
  memory.memoryAfterKernel,
  memory.memoryDisjoint,
  memory.imageSize,
  memory.imagesContiguous,
  shared.sharedPlace,
  shared.sharedOverlap,
  schedule.selfTestWindow,
  capacity.kernelData,
  capacity.kernelDataSize,
  flows.flowDeclared,
  flows.flowUsed,
]
