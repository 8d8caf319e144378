/** Decisions of a security target on a profile. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { RequirementSet } from '../../../items/requirement-set.js'
import { readNiap } from './read-niap.js'

const component = (id: string, body: string, attributes = '') => `<f-component cc-id="${id}" name="N" ${attributes}>${body}</f-component>`
const profile = `<PP xmlns="https://niap-ccevs.org/cc/v1" name="P">
${component('ftp_itc.1', '<f-element><title><selectables><selectable id="s-tls">TLS</selectable><selectable id="s-ssh">SSH</selectable><selectable>none</selectable></selectables> for <assignable>users</assignable></title></f-element>')}
${component('fcs_tls.1', '<depends on-sel="s-tls"/><f-element><title>t</title></f-element>', 'status="sel-based"')}
${component('fcs_ssh.1', '<depends on-sel="s-ssh"/><f-element><title>t</title></f-element>', 'status="sel-based"')}
${component('fau_arp.1', '<f-element><title>t</title></f-element>', 'status="optional"')}</PP>`

let folder = ''
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'bulkhead-target-'))
  writeFileSync(join(folder, 'pp.xml'), profile)
})
after(() => rmSync(folder, { recursive: true }))

const read = (map: Readonly<Record<string, unknown>> | null): Promise<RequirementSet> =>
  readNiap([{ name: 'pp.xml', path: join(folder, 'pp.xml') }], { map })
const inclusions = ({ items }: RequirementSet) =>
  items.filter(({ kind }) => kind === 'element').map(({ id, inclusion }) => `${id} ${inclusion}`)

describe('What the profile does not have is refused', () => {
  const refusals: readonly (readonly [string, Readonly<Record<string, unknown>>, RegExp])[] = [
    ['a component', { claims: ['FAU_NIX.1'] }, /^--map: claims "FAU_NIX\.1": the profile has no such component; /u],
    ['a choice by id', { selected: ['s-none'] }, /selected "s-none": nothing in the profile has this id/u],
    [
      'a choice by text',
      { decided: { 'FTP_ITC.1.1 selection 1': ['IPsec'] } },
      /"IPsec" is no choice of FTP_ITC\.1\.1 selection 1; choose from "TLS", "SSH", "none"/u,
    ],
    ['an operation', { decided: { 'FTP_ITC.1.1 selection 9': ['TLS'] } }, /the profile has no such operation/u],
    ['a member', { chosen: [] }, /unknown member "chosen"/u],
    ['a text in place of a list', { claims: 'FAU_ARP.1' }, /claims is no list/u],
    ['a list of lists', { selected: [['s-tls']] }, /selected holds something that is no text/u],
  ]
  for (const [what, map, line] of refusals)
    test(what, () => assert.rejects(read({ format: 'niap-xml', ...map }), { code: 'malformed-map', message: line }))
})

describe('What a target takes up', () => {
  test('a choice takes up what depends on it, a claim what it names; the rest keeps its inclusion', async () => {
    const set = await read({
      format: 'niap-xml',
      claims: ['FAU_ARP.1'],
      selected: ['s-tls'],
      decided: { 'FTP_ITC.1.1 assignment 1': 'administrators' },
    })
    assert.deepEqual(inclusions(set), [
      'FTP_ITC.1.1 mandatory',
      'FCS_TLS.1.1 mandatory',
      'FCS_SSH.1.1 selection-based',
      'FAU_ARP.1.1 mandatory',
    ])
    assert.deepEqual(
      set.items.find(({ id }) => id === 'FTP_ITC.1.1')?.operations.map(({ decided }) => decided),
      ['TLS', 'administrators'],
    )
    const { attributes } = set.items.find(({ id }) => id === 'FAU_ARP.1') ?? {}
    assert.deepEqual([attributes?.['published-inclusion'], attributes?.['security-target']], ['optional', 'claimed'])
  })

  test('choices by id and by text come together, in the order of the profile', async () => {
    const set = await read({ format: 'niap-xml', selected: ['s-ssh'], decided: { 'FTP_ITC.1.1 selection 1': ['TLS'] } })
    assert.equal(set.items.find(({ id }) => id === 'FTP_ITC.1.1')?.operations[0]?.decided, 'TLS, SSH')
  })

  test('without a target, and with a map for another format, the profile is as published', async () => {
    for (const map of [null, { format: 'csv', columns: {} }])
      assert.deepEqual(inclusions(await read(map)), [
        'FTP_ITC.1.1 mandatory',
        'FCS_TLS.1.1 selection-based',
        'FCS_SSH.1.1 selection-based',
        'FAU_ARP.1.1 optional',
      ])
  })
})
