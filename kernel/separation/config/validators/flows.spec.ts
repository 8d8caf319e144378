import { describeMutations, wrong } from '../../../../test/kernel/validator-mutations.js'
import * as flows from './flows.js'

describeMutations('Validators of flows', flows, [
  wrong(
    'flow-partitions',
    'a flow to nobody',
    '- { from: alpha, to: gamma }',
    '- { from: alpha, to: gamma }\n    - { from: alpha, to: delta }',
    'to: delta',
  ),
  wrong(
    'flow-partitions',
    'a flow to oneself',
    '- { from: alpha, to: gamma }',
    '- { from: alpha, to: gamma }\n    - { from: alpha, to: alpha }',
    'from: alpha, to: alpha',
  ),
  wrong(
    'flow-once',
    'a flow listed twice',
    '    - { from: spare, to: beta }\n',
    '    - { from: spare, to: beta }\n    - { from: spare, to: beta } # again\n',
    '# again',
  ),
  wrong('flow-declared', 'a flow the policy does not list', '    - { from: alpha, to: gamma }\n', '', 'name: altitude'),
  wrong(
    'flow-used',
    'a flow that nothing carries',
    '- { from: alpha, to: gamma }',
    '- { from: alpha, to: gamma }\n    - { from: gamma, to: alpha }',
    'from: gamma, to: alpha',
  ),
])
