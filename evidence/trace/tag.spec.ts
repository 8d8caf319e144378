import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseTag } from './tag.js'

const place = { file: 'features/a.feature', line: 3 }

describe('tags', () => {
  for (const tag of [
    '@SKPP:FDP_IFF.1', // a component: a verdict is given per element
    '@SKPP:fdp_iff.1.2',
    '@SKPP:',
    '@SKPP:FDP_IFF.1.2 ',
    '@REQ:flow.deny-by-default',
    '@REQ:flow.deny-by-default~0',
    '@REQ:flow.deny-by-default~01',
    '@REQ:~1',
    '@claim:5',
    '@claim:c05',
    '@TSFI:',
    '@TSFI:Port_Send',
    '@skpp:FDP_IFF.1.2',
    '@Claim:C05',
  ])
    test(`${tag} is malformed`, () =>
      assert.throws(() => parseTag(tag, place), {
        code: 'malformed-tag',
        message: /^features\/a\.feature:3: malformed tag .*; write it as @/,
      }))

  for (const tag of ['@slow', '@SKPP', '@REQ-17', '@claims', '@jira:REQ:1', '@TSFIX:a'])
    test(`${tag} passes by`, () => assert.equal(parseTag(tag, place), undefined))

  for (const [tag, kind, id] of [
    ['@SKPP:FDP_IFF.1.2', 'element', 'FDP_IFF.1.2'],
    ['@SKPP:FPT_TST_EXP.1.3', 'element', 'FPT_TST_EXP.1.3'],
    ['@REQ:flow.deny-by-default~12', 'derived', 'flow.deny-by-default~12'],
    ['@claim:C05', 'claim', 'C05'],
    ['@TSFI:port_send', 'interface', 'port_send'],
  ] as const)
    test(`${tag} names the ${kind} ${id}`, () => assert.deepEqual(parseTag(tag, place), { kind, id }))
})
