/** All rules, in the order in which their findings are reported: a rule may rely on those before it when it words a message. */
import type { CompiledValidator, SourceValidator } from './validator.js'

export const SOURCE_VALIDATORS: readonly SourceValidator[] = []

export const COMPILED_VALIDATORS: readonly CompiledValidator[] = []
