/** What a check of a pack found, on one page: for a reader and for a program. */
import type { KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { manifestName, type Manifest } from './manifest.js'
import type { PackProblem } from './pack-files.js'
import { judgeSignature, type SignatureState } from './pack-signature.js'
import { historyName, readHistory, type HistoryProblem } from './run-history.js'
import { printProblem, verifyPack } from './verify-pack.js'

export interface PackVerdict {
  /** Files, manifest, signature and history hold together, and the signature is by the key given, if one was. */
  readonly passed: boolean
  readonly intact: boolean
  readonly files: number
  readonly digest: string | null
  readonly problems: readonly PackProblem[]
  readonly signature: SignatureState
  /** What the evidence is worth as to its origin. */
  readonly assurance: string
  /** Null: there is no history beside the pack. */
  readonly history: { readonly runs: number; readonly entry: number | null; readonly problems: readonly HistoryProblem[] } | null
}

/** @param trusted the public key of the signer, from elsewhere than the pack; null: none given. */
export function judgePack(folder: string, trusted: KeyObject | null): PackVerdict {
  const problems = verifyPack(folder)
  const manifest = readManifest(folder, problems)
  const signature = judgeSignature(folder, trusted)
  const history = historyOf(folder, manifest?.digest ?? null)
  const intact = problems.length === 0
  const origin = trusted === null ? signature.kind !== 'invalid' : signature.kind === 'identified'
  return {
    passed: intact && origin && (history === null || history.problems.length === 0),
    intact,
    files: manifest?.files.length ?? 0,
    digest: manifest?.digest ?? null,
    problems,
    signature,
    assurance:
      signature.kind === 'identified' && intact
        ? 'integrity, and origin as far as the key given is the signer’s'
        : 'integrity only, signer unidentified',
    history,
  }
}

/** One page: problems first, at most as many as a page holds. */
export function* verdictLines(name: string, verdict: PackVerdict, mostProblems = 40): Generator<string> {
  const { problems, history } = verdict
  for (const problem of problems.slice(0, mostProblems)) yield printProblem(problem)
  if (problems.length > mostProblems) yield `and ${problems.length - mostProblems} more problems; --json lists all`
  yield `pack       ${name}: ${verdict.intact ? 'intact' : `not intact: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`}`
  yield `manifest   ${verdict.files} files, digest ${verdict.digest ?? 'unknown'}`
  yield `signature  ${signatureText(verdict.signature)}`
  if (history === null) yield 'history    none beside the pack'
  else {
    for (const { line, what } of history.problems) yield `history    ${line === 0 ? '' : `line ${line} `}${what}`
    const entry = history.entry === null ? 'none of them is this pack' : `this pack is run ${history.entry}`
    yield `history    ${history.runs} runs, ${entry}; ${history.problems.length === 0 ? 'the chain is whole' : 'the chain is broken'}`
  }
  yield `assurance  ${verdict.assurance}`
  yield 'not shown  that the results are true, that the system is the one named, or when the pack was made'
  yield `answer     ${verdict.passed ? 'the pack holds together' : 'no'}`
}

function signatureText(signature: SignatureState): string {
  switch (signature.kind) {
    case 'absent':
      return 'none'
    case 'unidentified':
      return `fits the key in the pack itself (SHA-256 ${signature.keyId}); no key was given to check it against`
    case 'identified':
      return `fits the key given (SHA-256 ${signature.keyId})`
    case 'invalid':
      return `worthless: it ${signature.what}`
    default: {
      const never: never = signature
      throw new Error(`no words for ${String(never)}`)
    }
  }
}

function readManifest(folder: string, problems: readonly PackProblem[]): Manifest | null {
  const unreadable = problems.some(({ kind, path }) => path === manifestName && (kind === 'malformed-manifest' || kind === 'missing'))
  return unreadable ? null : (JSON.parse(readFileSync(join(folder, manifestName), 'utf8')) as Manifest)
}

/** A history lies beside the packs it speaks of. The last entry of this pack counts. */
function historyOf(folder: string, digest: string | null): PackVerdict['history'] {
  const file = join(dirname(resolve(folder)), historyName)
  if (!existsSync(file)) return null
  const { entries, problems } = readHistory(file)
  return { runs: entries.length, entry: entries.findLast(({ pack }) => pack === digest)?.number ?? null, problems }
}
