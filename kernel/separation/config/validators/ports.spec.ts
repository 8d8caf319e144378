import { describeMutations, wrong } from '../../../../test/kernel/validator-mutations.js'
import * as ports from './ports.js'

describeMutations('Validators of ports', ports, [
  wrong('port-partitions', 'a port from nowhere', 'depth: 4, from: beta', 'depth: 4, from: delta'),
  wrong('port-partitions', 'a port to nowhere', 'to: [beta, gamma]', 'to: [beta, gamma, delta]'),
  wrong('port-receivers', 'a port without receiver', 'from: beta, to: [alpha]', 'from: beta, to: []'),
  wrong('port-receivers', 'a receiver named twice', 'to: [beta, gamma]', 'to: [beta, gamma, beta]'),
  wrong('port-direction', 'a port to its sender', 'to: [beta, gamma]', 'to: [beta, gamma, alpha]'),
  wrong('port-message', 'an empty message', 'message: 16', 'message: 0'),
  wrong('port-message', 'a message that is too large', 'message: 16', 'message: 1025'),
  wrong('queue-depth', 'a queue that holds nothing', 'depth: 4', 'depth: 0'),
  wrong('queue-depth', 'a queue that is too deep', 'depth: 4', 'depth: 257'),
  wrong('queue-receiver', 'a queue with two receivers', 'from: beta, to: [alpha]', 'from: beta, to: [alpha, gamma]'),
  wrong('sampling-refresh', 'a message that is never valid', 'refresh: 1000000', 'refresh: 0'),
])
