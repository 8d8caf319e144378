/**
 * The interpreter's WebAssembly modules, emitted from the instruction table: a loop that fetches through the fetch TLB, takes the
 * decoded instruction from the decode cache and branches to its handler. Compiled once per process, when first needed.
 *
 * There are two loops. The common one has the handlers of the base instructions and is the faster one, because what the compiler keeps
 * in registers depends on all handlers of a loop; the complete one has all. Both: `run(hart, instructions)`, where `hart` is the offset of
 * the hart's block. Executes at most `instructions` of them and returns how many retired; fewer means that the instruction at pc needs
 * the slow path. Nothing of it has happened yet then. The bitwise complement of the count says that it needs the complete loop.
 */
import { COMPRESSED_TABLE } from '../../isa/compressed.js'
import type { InstructionLength } from '../../isa/decode.js'
import type { Extension } from '../../isa/instruction.js'
import { INSTRUCTION_TABLE } from '../../isa/instruction-table.js'
import { DECODE_ENTRY, DECODE_MASK, DECODE_SCALE } from '../../memory/decode-cache.js'
import { DECODE_CACHE, DERIVED_SLOTS, SLOT_OFFSET } from '../../memory/layout.js'
import { FunctionBody, type Label } from '../wasm/function-body.js'
import { encodeModule } from '../wasm/module.js'
import { I32, I64 } from '../wasm/opcodes.js'
import { emitEntry, emitMiss, TLB_ADDEND } from '../wasm/tlb-lookup.js'
import { HandlerEmitter, type InterpreterLocals } from './handler-emitter.js'

/** Handler of every instruction that has no fast path. */
export const SLOW_HANDLER = 0

export interface InterpreterLoop {
  readonly module: WebAssembly.Module
  /** Handler number by length and position in the instruction table; those of the common loop are the same in both. */
  readonly handlers: Readonly<Record<InstructionLength, readonly number[]>>
}

/** A handler is emitted for a row and a length, so that the address of the next instruction does not wait for a load. */
interface Handler {
  readonly row: number
  readonly length: InstructionLength
}

const COMMON: ReadonlySet<Extension> = new Set<Extension>(['I', 'M', 'A', 'Zba', 'Zifencei'])
/** What they do, only the slow path can. */
const SLOW: ReadonlySet<Extension> = new Set<Extension>(['Zicsr', 'privileged', 'hosted', 'H', 'Svinval', 'Smrnmi', 'Zicbom', 'Zicboz'])

/** Whether an instruction asks for the complete loop. */
export const isUncommon = (extension: Extension): boolean => !COMMON.has(extension) && !SLOW.has(extension)

let common: InterpreterLoop | undefined
let complete: InterpreterLoop | undefined

export function commonLoop(): InterpreterLoop {
  common ??= compile(commonHandlers())
  return common
}

export function completeLoop(): InterpreterLoop {
  complete ??= compile([...commonHandlers(), ...handlersOf(isUncommon)])
  return complete
}

/** An odd number is no page address: forces the first lookup. */
const NO_PAGE = 1n
const PAGE = -4096n

function compile(handlers: readonly Handler[]): InterpreterLoop {
  const bytes = encodeModule([{ name: 'run', parameters: 2, body: emitRun(handlers) }])
  const numbers = (length: InstructionLength): number[] =>
    INSTRUCTION_TABLE.map((_, row) => handlers.findIndex((handler) => handler.row === row && handler.length === length) + 1)
  return { module: new WebAssembly.Module(bytes), handlers: { 2: numbers(2), 4: numbers(4) } }
}

const commonHandlers = (): Handler[] => handlersOf((extension) => COMMON.has(extension))

function handlersOf(wanted: (extension: Extension) => boolean): Handler[] {
  const compressed = new Set(COMPRESSED_TABLE.map(({ target }) => target))
  const fast = INSTRUCTION_TABLE.flatMap(({ extension }, row) => (wanted(extension) && hasFastPath(row) ? [row] : []))
  const short = fast.filter((row) => compressed.has(INSTRUCTION_TABLE[row]?.name ?? ''))
  return [...fast.map((row) => ({ row, length: 4 as const })), ...short.map((row) => ({ row, length: 2 as const }))]
}

/** Emits the handler to a body of its own, to see whether the instruction's meaning needs what only the slow path can do. */
function hasFastPath(row: number): boolean {
  const body = new FunctionBody([I32, I32])
  let slow = false
  body.block((leave) => {
    const emitter = new HandlerEmitter(body, sharedLocals(body), leave, leave, 4)
    INSTRUCTION_TABLE[row]?.semantics(emitter, emitter.operands)
    slow = emitter.slow
  })
  return !slow
}

function sharedLocals(body: FunctionBody): InterpreterLocals {
  const i32 = () => body.local(I32)
  return { hart: body.parameter(0), entry: i32(), pc: body.local(I64), loadTlb: i32(), storeTlb: i32() }
}

function emitRun(handlers: readonly Handler[]): FunctionBody {
  const body = new FunctionBody([I32, I32])
  const locals = sharedLocals(body)
  const { hart, entry, pc, loadTlb, storeTlb } = locals
  const budget = body.parameter(1)
  const left = body.local(I32)
  const page = body.local(I64)
  const pageAddend = body.local(I32)
  const place = body.local(I32)

  body.get(hart).memory('i64.load', SLOT_OFFSET.pc).set(pc)
  body.get(hart).memory('i32.load', DERIVED_SLOTS.loadTlb).set(loadTlb)
  body.get(hart).memory('i32.load', DERIVED_SLOTS.storeTlb).set(storeTlb)
  body.get(budget).set(left)
  body.i64(NO_PAGE).set(page)

  body.block((beyond) => {
    body.block((leave) => {
      body.loop((again) => {
        body.get(left).op('i32.eqz').branchIf(leave)
        // The page of pc, unless it is the one of the instruction before.
        body.get(pc).i64(PAGE).op('i64.and').get(page).op('i64.ne')
        body.if(() => {
          body.get(pc).op('i32.wrap_i64')
          emitEntry(body, () => void body.get(hart).memory('i32.load', DERIVED_SLOTS.fetchTlb))
          body.set(entry)
          emitMiss(body, entry, () => void body.get(pc), 1)
          body.branchIf(leave)
          body.get(pc).i64(PAGE).op('i64.and').set(page)
          body.get(entry).memory('i32.load', TLB_ADDEND).set(pageAddend)
        })
        body.get(pc).op('i32.wrap_i64').get(pageAddend).op('i32.add').set(place)
        body.get(place).i32(DECODE_MASK).op('i32.and').i32(Math.log2(DECODE_SCALE)).op('i32.shl').get(hart).op('i32.add').set(entry)
        body
          .get(entry)
          .memory('i32.load', DECODE_CACHE + DECODE_ENTRY.word)
          .get(place)
          .memory('i32.load')
          .op('i32.ne')
          .branchIf(leave)
        body.block((done) => emitHandlers(body, locals, handlers, { leave, beyond, done }))
        body.get(left).i32(1).op('i32.sub').set(left)
        body.branch(again)
      })
    })
    body.get(hart).get(pc).memory('i64.store', SLOT_OFFSET.pc)
    body.get(budget).get(left).op('i32.sub').op('return')
  })
  body.get(hart).get(pc).memory('i64.store', SLOT_OFFSET.pc)
  body.get(left).get(budget).op('i32.sub').i32(1).op('i32.sub')
  return body
}

/** Where a handler goes: to the slow path, to the loop that has the handler, on to the next instruction. */
interface Exits {
  readonly leave: Label
  readonly beyond: Label
  readonly done: Label
}

/** Nested blocks, the innermost with the branch table; the code after the end of block n is handler n. */
function emitHandlers(body: FunctionBody, locals: InterpreterLocals, handlers: readonly Handler[], exits: Exits): void {
  const labels: Label[] = []
  const nest = (count: number): void => {
    if (count === 0) {
      body.get(locals.entry).memory('i32.load', DECODE_CACHE + DECODE_ENTRY.handler)
      body.branchTable([exits.leave, ...[...labels].reverse()], exits.beyond)
      return
    }
    body.block((label) => {
      labels.push(label)
      nest(count - 1)
    })
    const handler = handlers[count - 1]
    if (handler === undefined) return
    const emitter = new HandlerEmitter(body, locals, exits.leave, exits.done, handler.length)
    INSTRUCTION_TABLE[handler.row]?.semantics(emitter, emitter.operands)
    emitter.finish()
  }
  nest(handlers.length)
}
