/** A claim about separation kernels and hypervisors that the product implements and measures, and how it is shown. */
import type { ClaimId } from './ids.js'

export interface Claim {
  readonly id: ClaimId
  readonly claim: string
  readonly shown: string
}
