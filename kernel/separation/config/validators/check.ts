/** Runs every validator of a stage and says where in the file each violation stands. */
import type { Finding } from '../source/configuration-error.js'
import type { Configuration } from '../configuration.js'
import type { SourceFile } from '../source/system-source.js'
import { COMPILED_VALIDATORS, COUNT_VALIDATORS, SECOND_LOOK_VALIDATORS, SOURCE_VALIDATORS } from './registry.js'
import type { CompiledValidator, SourceValidator, Violation } from './validator.js'

export function findingsInSource(source: SourceFile): readonly Finding[] {
  const run = (rules: readonly SourceValidator[]) =>
    rules.flatMap((rule) => [...rule.check(source.system)].map((violation) => located(source, rule, violation)))
  const counts = run(COUNT_VALIDATORS)
  return counts.length > 0 ? counts : run(SOURCE_VALIDATORS)
}

/** Only for a configuration compiled from a source without findings. */
export function findingsInConfiguration(source: SourceFile, configuration: Configuration): readonly Finding[] {
  const run = (rules: readonly CompiledValidator[]) =>
    rules.flatMap((rule) => [...rule.check(configuration, source.system)].map((violation) => located(source, rule, violation)))
  const compiled = run(COMPILED_VALIDATORS)
  return compiled.length > 0 ? compiled : run(SECOND_LOOK_VALIDATORS)
}

function located(
  { file, lineOf }: SourceFile,
  rule: { readonly name: string; readonly remedy: string },
  { path, what }: Violation,
): Finding {
  return { file, line: lineOf(path), rule: rule.name, what, remedy: rule.remedy }
}
