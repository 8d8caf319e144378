import { describeMutations, wrong } from '../../../../test/kernel/validator-mutations.js'
import { SHARED_LIMIT } from '../../../abi/partition-memory.js'
import * as sharedRegions from './shared-regions.js'

describeMutations('Validators of shared regions', sharedRegions, [
  wrong('shared-partitions', 'a region that nobody known reads', 'write: [beta], read: [gamma]', 'write: [beta], read: [gamma, delta]'),
  wrong('shared-partitions', 'a region that nobody known writes', 'write: [beta], read: [gamma]', 'write: [beta, delta], read: [gamma]'),
  wrong('shared-users', 'a region without writer', 'write: [beta], read: [gamma]', 'write: [], read: [gamma, beta]'),
  wrong('shared-users', 'a region of one partition', 'write: [beta], read: [gamma]', 'write: [beta], read: []'),
  wrong('shared-users', 'a writer that is listed as reader', 'write: [beta], read: [gamma]', 'write: [beta], read: [gamma, beta]'),
  wrong('shared-place', 'a shared region outside its part', 'size: 8 KiB, write: [beta]', 'size: 8 KiB, at: 0x100000, write: [beta]'),
  wrong('shared-place', 'a shared region inside a page', 'size: 8 KiB, write: [beta]', 'size: 8 KiB, at: 0x280800, write: [beta]'),
  wrong(
    'shared-place',
    'a shared region beyond its part',
    'size: 8 KiB, write: [beta]',
    `size: 8 KiB, at: ${SHARED_LIMIT - 4096}, write: [beta]`,
  ),
  wrong(
    'shared-overlap',
    'two shared regions in one place',
    'size: 8 KiB, write: [gamma]',
    'size: 8 KiB, at: 0x201000, write: [gamma]',
    'at: 0x201000',
    ['size: 8 KiB, write: [beta]', 'size: 8 KiB, at: 0x200000, write: [beta]'],
  ),
])
