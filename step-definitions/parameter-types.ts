/** Words of the feature files that the steps take as one value. */
import { defineParameterType } from '@cucumber/cucumber'
import type { BootInput, Signer } from '../kernel/testbench/system-under-test.js'

/** A number as it is written: decimal, negative, or hexadecimal with 0x. It stays text, so that reports show it as written. */
defineParameterType({ name: 'number', regexp: /-?\d+|0x[0-9a-f]+/, transformer: (text: string) => text })

defineParameterType({
  name: 'register',
  regexp: /zero|ra|sp|gp|tp|[ast]\d{1,2}/,
  transformer: (name: string) => name,
})

defineParameterType({ name: 'resultCode', regexp: /[A-Z]+/, transformer: (code: string) => code })

defineParameterType({ name: 'modeWord', regexp: /stopped|starting|running/, transformer: (word: string) => word })

defineParameterType({ name: 'auditEvent', regexp: /[A-Z]+(?:_[A-Z]+)*/, transformer: (event: string) => event })

defineParameterType({
  name: 'bootInput',
  regexp: /trap stub|configuration|boot code|hosted code/,
  transformer: (input: string) => input as BootInput,
})

const MEASURED_PLACES: Readonly<Record<string, string>> = {
  'trap stub in memory': 'kernel-stub',
  'configuration vector': 'configuration',
  'audit trail': 'audit-trail',
  'crash record': 'crash-record',
}

defineParameterType({
  name: 'signer',
  regexp: /its owner|a stranger|nobody/,
  transformer: (signer: string) => signer as Signer,
})

defineParameterType({
  name: 'measuredPlace',
  regexp: /trap stub in memory|configuration vector|audit trail|crash record/,
  transformer: (place: string) => MEASURED_PLACES[place],
})
