import assert from 'node:assert/strict'
import { describeMutations, onPartition } from '../../../../test/kernel/validator-mutations.js'
import * as spaces from './address-spaces.js'

describeMutations(
  'Validators of address spaces',
  spaces,
  [],
  [
    [
      'mapping-disjoint',
      'a shared region where data is',
      (valid) => ({
        ...valid,
        sharedRegions: valid.sharedRegions.map((region) => ({ ...region, maps: region.maps.map((map) => ({ ...map, at: 0x10_0000 })) })),
      }),
    ],
    [
      'frame-exclusive',
      'data of two partitions in one place',
      (valid) => onPartition(valid, 1, { data: valid.partitions[0]?.data ?? assert.fail() }),
    ],
    [
      'write-xor-execute',
      'data where the code of another partition is',
      (valid) => onPartition(valid, 1, { data: valid.partitions[0]?.code ?? assert.fail() }),
    ],
    [
      'kernel-unmapped',
      'data in the data of the kernel',
      (valid) => onPartition(valid, 2, { data: { address: 0x8002_0000, bytes: 4096 } }),
    ],
    ['kernel-unmapped', 'code where an image is', (valid) => onPartition(valid, 2, { code: valid.partitions[0]?.image ?? assert.fail() })],
    [
      'images-last',
      'an image before the memory of partitions',
      (valid) => onPartition(valid, 0, { image: valid.partitions[0]?.code ?? assert.fail() }),
    ],
  ],
)
