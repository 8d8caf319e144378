/** Sources with tags among the formats: a language by its extension, and a tag in the head; a file longer than that may have one later. */
import type { RequirementReader } from '../../../items/reader.js'
import { holdsKnownTag } from './tag-pattern.js'

/** Characters; a head of so many is likely cut. */
const longHead = 60_000

const extensions =
  '.ts .mts .cts .tsx .js .mjs .cjs .jsx .c .cc .cpp .cxx .h .hh .hpp .hxx .ads .adb .rs .go .java .kt .scala .cs .swift .py .rb .sh .pl .lua .sv .v .vhd .s .asm .proto .robot'.split(
    ' ',
  )

export const sourceTagsFormat: RequirementReader = {
  format: 'source-tags',
  title: 'tags in sources and tests: REQUIREMENT("ID"), @verifies ID, [impl->req~id~1], others by --map',
  extensions,
  recognises: (head, name) =>
    extensions.some((extension) => name.toLowerCase().endsWith(extension)) && (head.length > longHead || holdsKnownTag(head)),
  read: async (files, options) => (await import('./read-source-tags.js')).readSourceTags(files, options),
}
