/** Where in the source the object stands that carries a flow. */
import type { FlowCarrier } from './flow.js'
import type { Path } from '../source/yaml-reader.js'

export function placeOfCarrier({ kind, object }: FlowCarrier): Path {
  switch (kind) {
    case 'port':
    case 'port-feedback':
      return ['ports', object]
    case 'notification':
      return ['notifications', object]
    case 'shared-region':
      return ['shared', object]
    case 'alarm':
      return ['audit', 'alarms', object]
    case 'control':
    case 'observation':
    case 'system-control':
    case 'schedule-choice':
    case 'audit-reading':
    case 'audit-release':
      return ['partitions', object, 'authority']
  }
}
