/** The page of the validators of a configuration, from their registry: what each refuses, what to do, and who else keeps the rule. */
import {
  COMPILED_VALIDATORS,
  COUNT_VALIDATORS,
  SECOND_LOOK_VALIDATORS,
  SOURCE_VALIDATORS,
} from '../../kernel/separation/config/validators/registry.js'
import type { Enforced, Rule } from '../../kernel/separation/config/validators/validator.js'
import { codeSpan, markdownTable, plainText } from './markdown.js'

const KEPT_BY: Readonly<Record<Enforced, string>> = { compiler: 'compiler', boot: 'compiler, boot', 'run time': 'compiler, run time' }

export function validatorsPage(): string {
  const written = [...COUNT_VALIDATORS, ...SOURCE_VALIDATORS]
  const count = written.length + COMPILED_VALIDATORS.length + SECOND_LOOK_VALIDATORS.length
  const parts = [
    '# Validators of a configuration',
    `${count} rules that every accepted system keeps, each with a name that messages and tests use. A configuration is looked at in three steps; what a step finds keeps the next one from being taken.`,
    'Kept by: the compiler refuses what breaks the rule, in every case. At boot, the check that the kernel makes of the vector refuses what the rule is about as well, whoever made the vector. At run time, the kernel refuses the call that would break it. Where neither stands, the vector does not show it, or breaking it harms nobody but its author.',
    '## What was written',
    table(written),
    '## What was compiled',
    table(COMPILED_VALIDATORS),
    '## A second look at the compiler',
    'No source can break these. They look at the work of the compiler from other ends, so that a defect of it is found before a vector is made.',
    table(SECOND_LOOK_VALIDATORS),
  ]
  return `${parts.join('\n\n')}\n`
}

const table = (rules: readonly Rule[]): string =>
  markdownTable(
    ['name', 'what holds', 'kept by', 'remedy'],
    rules.map(({ name, states, enforced, remedy }) => [codeSpan(name), plainText(states), KEPT_BY[enforced], plainText(remedy)]),
  )
