import { describeMutations, wrong } from '../../../../test/kernel/validator-mutations.js'
import * as timing from './timing.js'

describeMutations(
  'Validators of timing',
  timing,
  [
    // From the end of alpha's window, 40000, to gamma's begin, 400000.
    wrong('sampling-reachable', 'a message too old for its receiver by one cycle', 'refresh: 1000000', 'refresh: 359999'),
    wrong('alarm-possible', 'more events than fit a frame', 'count: 9,', 'count: 100000,'),
  ],
  [
    ['frame-slots', 'windows that overlap', (valid) => ({ ...valid, windows: valid.windows.map((window) => ({ ...window, offset: 0 })) })],
    ['frame-slots', 'a frame that ends before its windows', (valid) => ({ ...valid, majorFrame: 430_000 })],
  ],
)
