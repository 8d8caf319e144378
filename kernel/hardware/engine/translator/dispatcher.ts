/**
 * Goes from region to region without JavaScript: `dispatch(hart, budget)` looks the hart's pc and fetch set up in the jump cache and
 * calls the region's function, until there is none or one leaves for something else. The result is a region's: the budget that is left,
 * or its complement; a positive one says that the jump cache does not know the pc.
 */
import { JUMP_ENTRY, SET_SHIFT } from '../../memory/jump-cache.js'
import { DERIVED_SLOTS, JUMP_CACHE, JUMP_ENTRIES, JUMP_ENTRY_BYTES, SLOT_OFFSET } from '../../memory/layout.js'
import { FunctionBody } from '../wasm/function-body.js'
import { encodeModule } from '../wasm/module.js'
import { I32, I64 } from '../wasm/opcodes.js'

let compiled: WebAssembly.Module | undefined

export function dispatcherModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(encodeModule([{ name: 'dispatch', parameters: 2, body: emitDispatch() }], { callsTable: true }))
  return compiled
}

function emitDispatch(): FunctionBody {
  const body = new FunctionBody([I32, I32])
  const [hart, budget] = [body.parameter(0), body.parameter(1)]
  const pc = body.local(I64)
  const set = body.local(I32)
  const entry = body.local(I32)
  body.block((leave) => {
    body.loop((again) => {
      body.get(hart).memory('i64.load', SLOT_OFFSET.pc).set(pc)
      body.get(hart).memory('i32.load', DERIVED_SLOTS.fetchTlb).set(set)
      body.get(pc).op('i32.wrap_i64').i32(1).op('i32.shr_u').get(set).i32(SET_SHIFT).op('i32.shr_u').op('i32.xor')
      body
        .i32(JUMP_ENTRIES - 1)
        .op('i32.and')
        .i32(Math.log2(JUMP_ENTRY_BYTES))
        .op('i32.shl')
      body.get(hart).op('i32.add').set(entry)
      body
        .get(entry)
        .memory('i64.load', JUMP_CACHE + JUMP_ENTRY.pc)
        .get(pc)
        .op('i64.ne')
      body
        .get(entry)
        .memory('i32.load', JUMP_CACHE + JUMP_ENTRY.set)
        .get(set)
        .op('i32.ne')
        .op('i32.or')
        .branchIf(leave)
      body
        .get(hart)
        .get(entry)
        .memory('i32.load', JUMP_CACHE + JUMP_ENTRY.code)
        .memory('i32.store', DERIVED_SLOTS.leftRegion)
      body
        .get(hart)
        .get(budget)
        .get(entry)
        .memory('i32.load', JUMP_CACHE + JUMP_ENTRY.code)
        .callIndirect()
        .tee(budget)
      body.i32(0).op('i32.lt_s').branchIf(leave)
      body.branch(again)
    })
  })
  body.get(budget)
  return body
}
