import { GUARDED_SYSTEM } from '../../../../test/kernel/guarded-system.js'
import { describeMutations, wrong } from '../../../../test/kernel/validator-mutations.js'
import * as least from './least-privilege.js'

const LAST = '    - { subject: apart, resource: console, may: [use] }\n'
const LIST = GUARDED_SYSTEM.slice(GUARDED_SYSTEM.indexOf('  least:'))

describeMutations(
  'Validators of least privilege',
  least,
  [
    wrong('name-reserved', 'an object that is called as every system has one', 'name: checked', 'name: audit', 'name: audit', [LIST, '']),
    wrong(
      'least-subjects',
      'a subject nobody knows',
      LAST,
      `${LAST}    - { subject: delta, resource: up, may: [receive] }\n`,
      'subject: delta',
    ),
    wrong(
      'least-resources',
      'a resource nobody knows',
      LAST,
      `${LAST}    - { subject: low, resource: chart, may: [read] }\n`,
      'resource: chart',
    ),
    wrong('least-resources', 'a right that the resource does not have', 'resource: up, may: [send]', 'resource: up, may: [write]'),
    wrong('least-once', 'a subject and resource listed twice', LAST, `${LAST}${LAST.replace('}', '} # again')}`, '# again'),
    wrong('least-granted', 'a right that is not listed', LAST, '', 'name: apart'),
    wrong('least-granted', 'a list that is empty', LIST, '  least: []\n', 'name: low'),
    wrong('least-used', 'a right that nothing grants', 'resource: up, may: [send]', 'resource: up, may: [send, receive]'),
  ],
  [],
  GUARDED_SYSTEM,
)
