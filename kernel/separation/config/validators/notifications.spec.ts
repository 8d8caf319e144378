import { describeMutations, wrong } from '../../../../test/kernel/validator-mutations.js'
import * as notifications from './notifications.js'

describeMutations('Validators of notifications', notifications, [
  wrong('notification-partitions', 'a notification to nowhere', 'to: beta, bits: 0xf0', 'to: delta, bits: 0xf0'),
  wrong('notification-partitions', 'a notification from nowhere', 'from: [alpha], to: beta', 'from: [alpha, delta], to: beta'),
  wrong('notification-senders', 'a sender named twice', 'from: [alpha], to: beta', 'from: [alpha, alpha], to: beta'),
  wrong('notification-senders', 'a notification to its sender', 'from: [alpha], to: beta', 'from: [alpha, beta], to: beta'),
  wrong('notification-used', 'a notification nobody sends', 'from: [alpha], to: beta', 'from: [], to: beta'),
  wrong('notification-bits', 'a notification without bits', 'bits: 0x3', 'bits: 0x0'),
  wrong('notification-bits', 'two notifications that share a bit', 'bits: 0xf0', 'bits: 0xf1'),
])
