/** `bulkhead configure`: checks and compiles the configuration of a system, explains its flows and draws them. */
import type { KeyObject } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { publicKeyBytes, signVector } from '../../kernel/separation/config/compiler/sign-vector.js'
import type { Configuration } from '../../kernel/separation/config/configuration.js'
import { type Explanation, explainFlow, explanationLines } from '../../kernel/separation/config/flows/explanation.js'
import { flowPicture, MOST_DRAWN } from '../../kernel/separation/config/picture/flow-picture.js'
import type { SourceFile } from '../../kernel/separation/config/source/system-source.js'
import { encodeVector } from '../../kernel/separation/config/vector.js'
import { misuse, UsageError, type Command, type ExitCode, type Invocation } from '../command.js'
import { signingKey } from '../assurance/pack/signing-key.js'
import { acceptedLines, answerAsJson, findingLines } from '../configuring/answer.js'
import { judgeConfigurationFile, type JudgedConfiguration } from '../configuring/judged-configuration.js'
import { visible, type Terminal } from '../terminal.js'

export const command: Command = {
  name: 'configure',
  summary: 'check and compile the configuration of a system; explain its flows, draw them',
  usage: 'configure [options] FILE.yaml, or: configure FILE.yaml --explain FROM TO',
  options: {
    check: { type: 'boolean', help: 'check alone, and write nothing' },
    out: { type: 'string', value: 'FILE', help: 'write the configuration vector that the kernel boots' },
    sign: { type: 'string', value: 'KEY', help: 'Ed25519 private key in PEM: the signature follows the vector in --out' },
    explain: { type: 'boolean', help: 'why may the partition FROM reach TO, object by object, or why not; exit 1 when not' },
    flows: { type: 'string', value: 'FILE.svg', help: `draw the flows of up to ${MOST_DRAWN} partitions` },
    json: { type: 'boolean', help: 'the answer as JSON' },
  },
  operands: 3,
  run: configure,
}

/** 2: not a configuration; 1: one that a validator refuses, or no way from FROM to TO; 0: accepted. */
async function configure(invocation: Invocation, terminal: Terminal): Promise<ExitCode> {
  const [file, from, to] = invocation.operands
  if (file === undefined) throw misuse(command, 'no configuration given')
  refuseMisuse(invocation)
  const key = await signingKey(invocation)
  const judged = judgeConfigurationFile(file)
  const explanation = invocation.flag('explain') ? explained(judged, from, to) : undefined
  const vector = judged.findings.length === 0 && judged.configuration !== undefined ? encodeVector(judged.configuration) : undefined
  const status = judged.source === undefined ? 2 : vector === undefined || explanation?.steps.length === 0 ? 1 : 0
  drawFlows(judged, invocation.text('flows'))
  if (vector !== undefined) writeVector(vector, invocation.text('out'), key)
  const signer = key === null ? undefined : Buffer.from(publicKeyBytes(key)).toString('hex')
  tell({ judged, explanation, vector, signer }, invocation.flag('json'), terminal)
  return status
}

function refuseMisuse(invocation: Invocation): void {
  const names = invocation.operands.length - 1
  if (invocation.flag('explain') && names !== 2) throw misuse(command, '--explain needs the file and two partitions')
  if (!invocation.flag('explain') && names > 0) throw misuse(command, `unexpected operand ${JSON.stringify(invocation.operands[1])}`)
  if (invocation.flag('check') && (invocation.text('out') ?? invocation.text('flows')) !== undefined)
    throw misuse(command, '--check writes nothing')
  if (invocation.text('sign') !== undefined && invocation.text('out') === undefined) throw misuse(command, '--sign needs --out')
}

function explained({ source, configuration }: JudgedConfiguration, from = '', to = ''): Explanation | undefined {
  if (source === undefined || configuration === undefined) return undefined
  for (const name of [from, to])
    if (!configuration.partitions.some((partition) => partition.name === name))
      throw new UsageError(
        `--explain: ${JSON.stringify(name)} is no partition of ${configuration.name}; remedy: ${knownNames(configuration)}`,
      )
  if (from === to) throw new UsageError('--explain: a partition reaches itself; remedy: name two partitions')
  return explainFlow(source, configuration, from, to)
}

const knownNames = ({ partitions }: Configuration): string => `name two of ${partitions.map(({ name }) => name).join(', ')}`

function writeVector(vector: Uint8Array, file: string | undefined, key: KeyObject | null): void {
  if (file !== undefined) writeFileSync(file, key === null ? vector : signVector(vector, key))
}

/** Also of a system whose policy does not allow its flows: the picture shows which they are. */
function drawFlows(
  { source, configuration }: { source: SourceFile | undefined; configuration: Configuration | undefined },
  file: string | undefined,
): void {
  if (file === undefined || source === undefined || configuration === undefined) return
  const { length } = configuration.partitions
  if (length > MOST_DRAWN)
    throw new UsageError(
      `--flows: nobody can read a picture of ${length} partitions; remedy: use --explain or --json, up to ${MOST_DRAWN} are drawn`,
    )
  writeFileSync(file, flowPicture(configuration, source.system.policy))
}

interface Answer {
  readonly judged: JudgedConfiguration
  readonly explanation: Explanation | undefined
  readonly vector: Uint8Array | undefined
  /** Public key in hexadecimal, where the vector is signed. */
  readonly signer: string | undefined
}

function tell({ judged, explanation, vector, signer }: Answer, asJson: boolean, terminal: Terminal): void {
  const say = (line: string): void => terminal.out(`${visible(line)}\n`)
  if (asJson) say(JSON.stringify({ ...answerAsJson(judged, vector, signer), ...(explanation === undefined ? {} : { explanation }) }))
  else {
    for (const line of findingLines(judged.findings)) say(line)
    if (explanation !== undefined) for (const line of explanationLines(explanation)) say(line)
    else if (vector !== undefined && judged.configuration !== undefined)
      for (const line of acceptedLines(judged.configuration, vector, signer)) say(line)
  }
}
