import assert from 'node:assert/strict'
import { describeMutations, onPartition, wrong } from '../../../../test/kernel/validator-mutations.js'
import * as memory from './memory.js'

describeMutations(
  'Validators of memory',
  memory,
  [
    wrong('memory-size', 'too little memory', 'memory: 4 MiB', 'memory: 1 MiB'),
    wrong('memory-size', 'too much memory', 'memory: 4 MiB', 'memory: 1024 MiB'),
    wrong('memory-pages', 'half a page of memory', 'memory: 4 MiB', 'memory: 4196352'),
    wrong('memory-pages', 'a page and a byte of data', 'data: 16 KiB', 'data: 4097 B'),
    wrong('memory-pages', 'a shared region of a page and a byte', 'size: 8 KiB', 'size: 4097'),
    wrong('code-size', 'a partition without code', 'code: 16 KiB', 'code: 0 B'),
    wrong(
      'code-size',
      'code beyond its window',
      'code: 16 KiB\n    data: 16 KiB\n    idle',
      'code: 960 KiB\n    data: 16 KiB\n    idle',
      'code: 960 KiB',
    ),
    wrong('data-size', 'a partition without data', 'data: 16 KiB', 'data: 0 B'),
    wrong('data-size', 'data beyond its window', 'data: 16 KiB\n    idle', 'data: 1028 KiB\n    idle', 'data: 1028 KiB'),
    wrong('memory-fits', 'partitions that memory does not hold', 'data: 16 KiB\n    idle', 'data: 1024 KiB\n    idle', 'memory: 2 MiB', [
      'memory: 4 MiB',
      'memory: 2 MiB',
    ]),
  ],
  [
    ['memory-disjoint', 'data that overlaps code', (valid) => onPartition(valid, 1, { data: valid.partitions[1]?.code ?? assert.fail() })],
    ['memory-disjoint', 'data inside a page', (valid) => onPartition(valid, 3, { data: { address: 0x802f_0800, bytes: 4096 } })],
    [
      'memory-after-kernel',
      'data in the memory of the kernel',
      (valid) => onPartition(valid, 3, { data: { address: 0x8001_0000, bytes: 4096 } }),
    ],
    [
      'image-size',
      'an image that is not as large as its code',
      (valid) => onPartition(valid, 0, { code: { address: 0x802f_0000, bytes: 4096 } }),
    ],
    [
      'images-contiguous',
      'an image among other memory',
      (valid) => onPartition(valid, 3, { image: { address: 0x802f_0000, bytes: 16_384 } }),
    ],
  ],
)
