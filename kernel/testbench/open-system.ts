/** Opens a system under test by the name of its configuration in kernel/testbench/systems. */
import { readFileSync } from 'node:fs'
import { compileSystem } from '../separation/config/compiler/compile.js'
import { ConfigurationError } from '../separation/config/source/configuration-error.js'
import { packagePath } from '../separation/config/source/package-path.js'
import { BulkheadSystem, type BulkheadOptions, type NamedSystem } from './bulkhead-system.js'
import { readPolicy } from './oracle/policy.js'
import type { SystemUnderTest } from './system-under-test.js'

const SYSTEMS = 'kernel/testbench/systems'
const compiled = new Map<string, NamedSystem>()

/** @throws ConfigurationError when there is no such system or it breaks a rule */
export function openSystem(name: string, options: BulkheadOptions): SystemUnderTest {
  return new BulkheadSystem(compileNamed(name), options)
}

export function compileNamed(name: string): NamedSystem {
  const known = compiled.get(name)
  if (known !== undefined) return known
  const file = `${SYSTEMS}/${name}.yaml`
  const text = readFileSync(packagePath(file), 'utf8')
  const system = { ...compileSystem(file, text), policy: readPolicy(text), policyText: text }
  compiled.set(name, system)
  return system
}

/** What the configuration compiler says of a text: `accepted`, or the name of the rule it breaks first. */
export function judgeConfiguration(text: string): string {
  try {
    compileSystem('configuration', text)
    return 'accepted'
  } catch (error) {
    if (error instanceof ConfigurationError) return error.findings[0]?.rule ?? error.code
    throw error
  }
}
