/** A block of instructions as assembly with its words. */
import { disassemble } from '../../hardware/isa/disassemble.js'

export const blockText = (words: readonly number[]): string[] =>
  words.map((word, index) => `${word.toString(16).padStart(8, '0')}  ${disassemble(word, BigInt(index * 4))}`)
