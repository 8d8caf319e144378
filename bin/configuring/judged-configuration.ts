/** A configuration file, read and judged: what the validators find, and what the compiler makes of it when its names and sizes hold. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { analyse } from '../../kernel/separation/config/compiler/compile.js'
import type { Configuration } from '../../kernel/separation/config/configuration.js'
import { ConfigurationError, type Finding } from '../../kernel/separation/config/source/configuration-error.js'
import { readSource, type SourceFile } from '../../kernel/separation/config/source/system-source.js'
import { LARGEST_SOURCE } from '../../kernel/separation/config/source/yaml-reader.js'
import { UsageError } from '../command.js'

export interface JudgedConfiguration {
  readonly file: string
  /** Undefined: not a configuration at all, as `findings` say. */
  readonly source: SourceFile | undefined
  readonly configuration: Configuration | undefined
  readonly findings: readonly Finding[]
}

/** @throws UsageError when there is no such file */
export function judgeConfigurationFile(file: string): JudgedConfiguration {
  if (!existsSync(file)) throw new UsageError(`${file}: no such file; remedy: name the YAML file of a system`)
  if (statSync(file).isDirectory()) throw new UsageError(`${file}: is a folder; remedy: name the YAML file of a system`)
  try {
    return { file, ...analyse(readSource(file, readText(file))) }
  } catch (error) {
    if (error instanceof ConfigurationError) return { file, source: undefined, configuration: undefined, findings: error.findings }
    throw error
  }
}

/** UTF-8 takes at most four bytes for a character; a byte that is no UTF-8 is refused, not replaced. */
function readText(file: string): string {
  const refuse = (what: string, remedy: string) => new ConfigurationError('unreadable', { file, line: 1, rule: 'yaml-size', what, remedy })
  const { size } = statSync(file)
  if (size > 4 * LARGEST_SOURCE) throw refuse(`${size} bytes`, 'split the system')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch {
    throw new ConfigurationError('unreadable', { file, line: 1, rule: 'yaml-encoding', what: 'is not UTF-8', remedy: 'save it as UTF-8' })
  }
}
