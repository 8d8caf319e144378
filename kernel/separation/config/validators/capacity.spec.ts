import { describeMutations, wrong } from '../../../../test/kernel/validator-mutations.js'
import * as capacity from './capacity.js'

const manyPorts = Array.from(
  { length: 65 },
  (_, i) => `  - { name: p${i}, kind: sampling, message: 1, refresh: 1, from: alpha, to: [beta] }\n`,
).join('')
const manyRegions = Array.from({ length: 513 }, (_, i) => `  - { name: r${i}, size: 4 KiB, write: [alpha], read: [beta] }\n`).join('')
const manyAlarms = Array.from({ length: 31 }, (_, i) => `    - { event: FLOW_DENIED, count: ${i + 10}, action: stop }\n`).join('')

describeMutations(
  'Validators of capacity',
  capacity,
  [
    wrong('object-counts', 'too many shared regions', 'shared:\n', `shared:\n${manyRegions}`, 'shared:'),
    wrong('object-counts', 'too many alarms', '  alarms:\n', `  alarms:\n${manyAlarms}`, 'alarms:'),
    wrong('capability-count', 'too many capabilities', 'ports:\n', `ports:\n${manyPorts}`, 'name: alpha'),
  ],
  [
    ['kernel-data', 'kernel data within the vector', (valid) => ({ ...valid, kernelData: { address: 0x8000_1000, bytes: 0xf_f000 } })],
    ['kernel-data', 'kernel data smaller than its records', (valid) => ({ ...valid, kernelData: { address: 0x8001_0000, bytes: 0x1000 } })],
    ['vector-readable', 'what the boot refuses', (valid) => ({ ...valid, majorFrame: 1 })],
    ['kernel-data-size', 'kernel data without end', (valid) => ({ ...valid, kernelData: { address: 0x8001_0000, bytes: 0x0401_0000 } })],
  ],
)
