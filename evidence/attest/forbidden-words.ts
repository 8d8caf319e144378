/**
 * Words that claim more than the evidence shows. A report must not use them of our system, whoever writes its texts; each comes with
 * what may be said instead. Matching ignores letter case and takes any white space between words, since lines break anywhere.
 */
import { EvidenceError } from '../model/errors.js'

export interface ForbiddenUse {
  /** As it stands in the text. */
  readonly found: string
  /** 1-based. */
  readonly line: number
  readonly instead: string
}

interface Rule {
  readonly pattern: RegExp
  readonly instead: string
  /** The use is allowed when the words around it match. */
  readonly unless?: RegExp
}

const counts = 'write x of n catalogue elements, 0 confirmed against the published text'
const noDifference = 'write: no difference in N seeded pairs on the modelled machine'
const signature = 'write: integrity only, signer unidentified'
const independence = 'name who did what: engines and tests of one team share their errors'
const blockCoverage = 'write V8 block coverage, functions and lines'

const rules: readonly Rule[] = [
  {
    pattern: /\bSKPP[\s-]+(conformant|conformance|compliant|compliance|certified)\b/,
    instead: counts,
    unless: /INTEGRITY-178B|Class AMA/,
  },
  { pattern: /\bEAL\s*[1-7]\s*(\+|augmented)/, instead: 'write that the pack prepares evidence; it claims no assurance level' },
  { pattern: /\b100\s*(%|percent|per cent)\s+of\s+(the\s+)?SKPP\b/, instead: counts },
  { pattern: /\bnon-?\s?interference\s+(is\s+|was\s+|has\s+been\s+)?(proven|proved)\b/, instead: noDifference },
  { pattern: /\bproven\s+non-?\s?interference\b/, instead: noDifference },
  {
    pattern: /\bno\s+covert\s+(channels?|timing\s+channels?|storage\s+channels?)\b/,
    instead: 'write: capacity within the bound for the listed channels',
  },
  { pattern: /\bWCET\b/, instead: 'write: largest observed model cycles' },
  { pattern: /\bworst[\s-]+case\s+execution\s+times?\b/, instead: 'write: largest observed model cycles' },
  { pattern: /\blatenc(y|ies)\b/, instead: 'write latency in model cycles', unless: /model\s+cycles/i },
  {
    pattern: /\bhyperjacking\s+(is\s+|was\s+)?prevented\b/,
    instead: 'write: compromise of a VMM contained; compromise of the kernel not addressed',
  },
  { pattern: /\bprevents?\s+hyperjacking\b/, instead: 'write: compromise of a VMM contained; compromise of the kernel not addressed' },
  { pattern: /\bMC\s*\/\s*DC\b/, instead: blockCoverage },
  { pattern: /\b(decision|branch)\s+coverage\b/, instead: blockCoverage },
  {
    pattern: /\b(pack|report|manifest|evidence|results?|case)\s+((is|are|was|were|has been|have been)\s+)?(\w+ly\s+)?signed\b/,
    instead: signature,
  },
  { pattern: /\bsigned\s+(by|pack|packs|report|reports|manifest|evidence|results?|case)\b/, instead: signature },
  {
    pattern:
      /\bindependent(ly)?\s+(engines?|oracles?|tests?|tested|suites?|verif\w+|implement\w+|references?|evidence|review\w*|confirm\w*|check\w*|judg\w+)\b/,
    instead: independence,
  },
  { pattern: /\b(engines?|oracles?|tests?|suites?|judges?)\s+(is|are|was|were)\s+independent\b/, instead: independence },
]

/** Characters on each side in which `unless` may stand. */
const around = 80

export function forbiddenUses(text: string): ForbiddenUse[] {
  return rules
    .flatMap(({ pattern, instead, unless }) =>
      [...text.matchAll(new RegExp(pattern.source, 'giu'))]
        .filter(({ index, 0: found }) => unless?.test(text.slice(Math.max(0, index - around), index + found.length + around)) !== true)
        .map(({ index, 0: found }) => ({ found: found.replace(/\s+/g, ' '), index, instead })),
    )
    .sort((a, b) => a.index - b.index)
    .map(({ found, index, instead }) => ({ found, line: lineAt(text, index), instead }))
}

/** @throws EvidenceError `forbidden-words` at the first use. */
export function refuseForbiddenWords(file: string, text: string): void {
  const [first] = forbiddenUses(text)
  if (first !== undefined)
    throw new EvidenceError('forbidden-words', { file, line: first.line }, `the text says "${first.found}"`, first.instead)
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}
