import { describeMutations, wrong } from '../../../../test/kernel/validator-mutations.js'
import * as names from './names.js'

describeMutations('Validators of names', names, [
  wrong('name-form', 'an underscore in a name', 'system: test-system', 'system: test_system'),
  wrong('name-form', 'a name that is too long', 'system: test-system', `system: ${'a'.repeat(33)}`),
  wrong('name-form', 'a capital letter in a name', 'name: log', 'name: Log'),
  wrong('name-form', 'an empty name', 'name: log', "name: ''"),
  wrong('name-unique', 'a port that is called as a partition', 'name: orders', 'name: spare', 'kind: queuing'),
])
