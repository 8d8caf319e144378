import { describeMutations, onPartition } from '../../../../test/kernel/validator-mutations.js'
import type { Capability, Configuration } from '../configuration.js'
import * as rights from './compiled-rights.js'

const ALPHA = 0
const GAMMA = 2

const capabilities = (valid: Configuration, id: number, change: (held: readonly Capability[]) => readonly Capability[]): Configuration =>
  onPartition(valid, id, { capabilities: change(valid.partitions[id]?.capabilities ?? []) })

describeMutations(
  'Validators of compiled rights',
  rights,
  [],
  [
    [
      'capability-granted',
      'the right to send where only receiving is written',
      (valid) =>
        capabilities(valid, GAMMA, ([first, ...others]) => [
          { kind: 'port', object: 0, send: true, receive: true },
          ...(first === undefined ? [] : others),
        ]),
    ],
    [
      'capability-granted',
      'a capability for a notification that names others',
      (valid) => capabilities(valid, GAMMA, (held) => [...held, { kind: 'notification', object: 0 }]),
    ],
    [
      'capability-granted',
      'control where only observation is written',
      (valid) => capabilities(valid, 1, (held) => held.map((each) => (each.kind === 'partition' ? { ...each, control: true } : each))),
    ],
    ['capability-complete', 'a port whose sender has no capability for it', (valid) => capabilities(valid, ALPHA, (held) => held.slice(1))],
    [
      'capability-complete',
      'one capability twice',
      (valid) => capabilities(valid, GAMMA, (held) => held.flatMap((each) => [each, each]).slice(1, 1)),
    ],
    [
      'mapping-granted',
      'a reader that may write',
      (valid) => ({
        ...valid,
        sharedRegions: valid.sharedRegions.map((region) => ({ ...region, maps: region.maps.map((map) => ({ ...map, write: true })) })),
      }),
    ],
    [
      'mapping-granted',
      'a user that has no mapping',
      (valid) => ({ ...valid, sharedRegions: valid.sharedRegions.map((region) => ({ ...region, maps: region.maps.slice(1) })) }),
    ],
    ['authority-granted', 'a reader of the audit trail that nobody named', (valid) => onPartition(valid, ALPHA, { readAudit: true })],
    ['authority-granted', 'an operation that nobody wrote', (valid) => onPartition(valid, ALPHA, { systemControl: ['halt'] })],
    [
      'schedule-compiled',
      'a window that is longer than written',
      (valid) => ({ ...valid, windows: valid.windows.map((window) => ({ ...window, length: window.length + 1 })) }),
    ],
    [
      'schedule-compiled',
      'a window that nobody wrote',
      (valid) => ({ ...valid, windows: [...valid.windows, { partition: 0, offset: 450_000, length: 20_000 }] }),
    ],
  ],
)
