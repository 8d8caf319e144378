/** Sources with tags among the formats, by the extensions of programming languages. */
import type { RequirementReader } from '../../../items/reader.js'

const extensions =
  '.ts .mts .cts .tsx .js .mjs .cjs .jsx .c .cc .cpp .cxx .h .hh .hpp .hxx .ads .adb .rs .go .java .kt .scala .cs .swift .py .rb .sh .pl .lua .sv .v .vhd .s .asm .proto .robot'.split(
    ' ',
  )

export const sourceTagsFormat: RequirementReader = {
  format: 'source-tags',
  title: 'tags in sources and tests: REQUIREMENT("ID"), @verifies ID, [impl->req~id~1], others by --map',
  extensions,
  recognises: (_, name) => extensions.some((extension) => name.toLowerCase().endsWith(extension)),
  read: async (files, options) => (await import('./read-source-tags.js')).readSourceTags(files, options),
}
