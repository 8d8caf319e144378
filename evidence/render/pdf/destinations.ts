/**
 * What links lead to: one named destination per anchor, its name the anchor itself, so that a link can be written before the place it
 * leads to is known, and so that `pack.pdf#nameddest=ANCHOR` works from outside. ISO 32000-1, "Named destinations", "Name trees".
 */
import { RenderError } from '../render-error.js'
import type { PackDocument } from './pack-document.js'
import { byteString, decimal, RawObject, reference } from './raw-object.js'

/** Names in one leaf of the tree. */
const leafSize = 256

export class Destinations {
  private readonly places = new Map<string, string>()
  /** Anchor to the page it was first linked from. */
  private readonly wanted = new Map<string, string>()

  /** `top`: from the lower edge of the page. @throws RenderError `duplicate-anchor` */
  add(anchor: string, page: number, left: number, top: number): void {
    if (this.places.has(anchor))
      throw new RenderError('duplicate-anchor', 'templates', `two places carry the id "${anchor}"`, 'give each its own id')
    this.places.set(anchor, `[${reference(page)} /XYZ ${decimal(left)} ${decimal(top)} null]`)
  }

  want(anchor: string, from: string): void {
    if (!this.places.has(anchor) && !this.wanted.has(anchor)) this.wanted.set(anchor, from)
  }

  /** @throws RenderError `dangling-link` for a link that leads nowhere. */
  finish(document: PackDocument): void {
    for (const [anchor, from] of this.wanted)
      if (!this.places.has(anchor))
        throw new RenderError('dangling-link', from, `link to "${anchor}", which is nowhere`, 'give the template an element with that id')
    const names = [...this.places].sort(([a], [b]) => (a < b ? -1 : 1))
    const leaves: string[] = []
    for (let at = 0; at < names.length; at += leafSize) {
      const leaf = names.slice(at, at + leafSize)
      const limits = [leaf[0], leaf.at(-1)].map((entry) => byteString(entry?.[0] ?? '')).join(' ')
      const id = document.reserve()
      document.writeObject(
        id,
        `<< /Limits [${limits}] /Names [${leaf.map(([anchor, place]) => `${byteString(anchor)} ${place}`).join('\n')}] >>`,
      )
      leaves.push(reference(id))
    }
    document.catalogue.Names.data.Dests = new RawObject(`<< /Kids [${leaves.join(' ')}] >>`)
  }
}
