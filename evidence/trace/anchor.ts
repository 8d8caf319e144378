/** Anchors of the case: kind and id, safe as HTML id and PDF destination. An id that loses characters gets a digest of the whole. */
import { createHash } from 'node:crypto'
import type { Link } from '../model/view-parts.js'

export type AnchorKind =
  | 'component'
  | 'element'
  | 'assurance'
  | 'threat'
  | 'objective'
  | 'assumption'
  | 'policy'
  | 'absent'
  | 'requirement'
  | 'claim'
  | 'interface'
  | 'module'
  | 'scenario'
  | 'deviation'
  | 'matrix'

export function anchorOf(kind: AnchorKind, id: string): string {
  const slug = id.replace(/[^A-Za-z0-9._-]/g, '_')
  const lossless = slug === id || (!id.includes('_') && /^[A-Za-z0-9.-]+([/~][A-Za-z0-9.-]+)*$/.test(id))
  return lossless ? `${kind}-${slug}` : `${kind}-${slug.slice(0, 60)}-${createHash('sha256').update(id).digest('hex').slice(0, 8)}`
}

export function linkTo(kind: AnchorKind, id: string, text = id): Link {
  return { text, anchor: anchorOf(kind, id) }
}
