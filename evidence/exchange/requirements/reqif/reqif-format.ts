/** The reader of ReqIF and ReqIFz as the registry lists it; the work is loaded when a file is read. */
import type { RequirementReader } from '../../../items/reader.js'

export const reqifFormat: RequirementReader = {
  format: 'reqif',
  title: 'ReqIF document or ReqIFz archive, as DOORS, Polarion, Jama, ReqView, StrictDoc and Eclipse RMF write them',
  extensions: ['.reqif', '.reqifz', '.xml', '.zip'],
  recognises: (head, name) =>
    head.startsWith('PK\u0003\u0004') ? /\.(?:reqifz|zip)$/iu.test(name) : /<(?:[\w.-]+:)?REQ-IF[\s>]/u.test(head),
  read: async (files) => (await import('./read-reqif.js')).readReqif(files),
}
