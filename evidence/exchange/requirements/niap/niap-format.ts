/** The reader of NIAP XML as the registry lists it; the work is loaded when a file is read. */
import type { RequirementReader } from '../../../items/reader.js'
import { looksLikeNiap } from './niap-root.js'

export const niapFormat: RequirementReader = {
  format: 'niap-xml',
  title: 'protection profile, PP-Module or functional package in the XML of NIAP, technical decisions with it; a target by --map',
  extensions: ['.xml'],
  recognises: (head) => looksLikeNiap(head),
  read: async (files, options) => (await import('./read-niap.js')).readNiap(files, options),
}
