/** The readers of requirements of one run: the registered ones, those of the user (`--reader`), and what a map says about names. */
import { basename, resolve } from 'node:path'
import { loadRequirementReader, preferMapped, withPlugIns } from '../../evidence/exchange/plug-in.js'
import { requirementReaders } from '../../evidence/exchange/requirements/formats.js'
import { regularText } from './regular-text.js'
import type { ReaderOptions, RequirementReader } from '../../evidence/items/reader.js'

/** @param modules paths of ES modules; each is run. @throws EvidenceError `malformed-reader` */
export async function requirementReadersFor(modules: readonly string[], options: ReaderOptions): Promise<readonly RequirementReader[]> {
  const plugIns: RequirementReader[] = []
  for (const module of modules) {
    regularText(module)
    plugIns.push(await loadRequirementReader({ name: basename(module), path: resolve(module) }))
  }
  return preferMapped(withPlugIns(plugIns, requirementReaders), options)
}
