/**
 * Blocks of V8 to lines, as c8 does it, with the package c8 uses: where the scripts that ran lie on disk as they ran. Of one that does
 * not, or has changed since, no line can be told, and so none is told of any: a share of some files would read as a share of all.
 */
import { statSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Profiler } from 'node:inspector'
import v8ToIstanbul from 'v8-to-istanbul'
import type { FileCoverage } from '../../../items/coverage-report.js'
import { mergeIstanbulFiles, moduleOf, readIstanbulFile, type IstanbulFile } from '../istanbul/istanbul-file.js'
import { isJsonRecord, member, type JsonRecord } from '../../json/json-fields.js'
import type { V8Process } from './v8-scripts.js'

/** Bytes; no script that people wrote is larger. */
const largestScript = 16 << 20

/** The modules, or why there are none, in words. */
export async function modulesByLine(
  scripts: readonly Profiler.ScriptCoverage[],
  maps: V8Process['maps'],
): Promise<readonly FileCoverage[] | string> {
  const merged = new Map<string, IstanbulFile>()
  for (const script of scripts) {
    const files = await filesOf(script, maps.get(script.url))
    if (typeof files === 'string') return files
    for (const file of files) {
      const known = merged.get(file.path)
      merged.set(file.path, known === undefined ? file : mergeIstanbulFiles(known, file))
    }
  }
  return [...merged.values()].map(moduleOf)
}

async function filesOf(
  { url, functions }: Profiler.ScriptCoverage,
  map: JsonRecord | undefined,
): Promise<readonly IstanbulFile[] | string> {
  const path = url.startsWith('file://') ? fileURLToPath(url) : url
  const name = path.slice(path.lastIndexOf('/') + 1)
  const ran = textThatRan(path, map)
  if (ran === null) return `${name} is not there as it ran`
  const end = Math.max(...functions.flatMap(({ ranges }) => ranges.map(({ endOffset }) => endOffset)))
  // Lengths of lines leave open whether the last one ends in a line feed.
  if (end > ran.source.length || ran.source.length - end > (ran.rebuilt ? 1 : 0)) return `${name} has changed since it ran`
  try {
    const converter = v8ToIstanbul(path, 0, ran.sourceMap === undefined ? { source: ran.source } : { ...ran, originalSource: '' })
    await converter.load()
    converter.applyCoverage(functions)
    return Object.entries(converter.toIstanbul()).map(([key, value]) => readIstanbulFile(key, value, { file: name }))
  } catch (error) {
    return `${name}: ${error instanceof Error ? error.message : 'its lines cannot be told'}`
  }
}

interface RanText {
  readonly source: string
  readonly rebuilt: boolean
  readonly sourceMap?: { readonly sourcemap: never }
}

/** Node states the lengths of the lines of what a hook compiled; signs in them do not matter, only where they stand. */
function textThatRan(path: string, map: JsonRecord | undefined): RanText | null {
  const lengths = map === undefined ? undefined : member(map, 'lineLengths')
  const data = map === undefined ? undefined : member(map, 'data')
  if (Array.isArray(lengths) && lengths.every((length) => Number.isSafeInteger(length) && length >= 0) && isJsonRecord(data))
    return {
      source: lengths.map((length: number) => `${'.'.repeat(length)}\n`).join(''),
      rebuilt: true,
      sourceMap: { sourcemap: data as never },
    }
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat?.isFile() === true && stat.size <= largestScript ? { source: readFileSync(path, 'utf8'), rebuilt: false } : null
}
