/**
 * Which attribute of a ReqIF object is its id, title, text ...: the names that the ReqIF implementation guide reserves (`ReqIF.*`), then
 * those that DOORS, Polarion, Jama, ReqView, StrictDoc and Eclipse RMF export. Compared without regard to case; the first that has a
 * value is taken. Without one, IDENTIFIER is the id, LONG-NAME the title and DESC the text. All attributes are kept besides.
 */
export const reqifNames = {
  id: ['ReqIF.ForeignID', 'UID', 'Object Identifier', 'Artifact ID', 'Requirement ID', 'ReqID', 'PUID', 'ID'],
  revision: ['ReqIF.ForeignRevision', 'Revision', 'Version'],
  title: ['ReqIF.Name', 'ReqIF.ChapterName', 'Title', 'Name', 'Object Heading', 'Heading', 'Headline', 'Summary'],
  text: ['ReqIF.Text', 'Statement', 'Object Text', 'Requirement Text', 'Primary Text', 'Description', 'Text', 'Content', 'Body'],
  rationale: ['ReqIF.Rationale', 'Rationale', 'Justification'],
  status: ['ReqIF.ForeignState', 'ReqIF.Status', 'Status', 'State'],
  methods: ['Verification Method', 'VerificationMethod', 'Verification'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type ReqifField = keyof typeof reqifNames

const fields = new Map<string, { readonly field: ReqifField; readonly rank: number }>()
for (const field of Object.keys(reqifNames) as ReqifField[])
  reqifNames[field].forEach((name, rank) => {
    if (!fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), { field, rank })
  })

/** The field that an attribute of this name is for, and how far behind in the list of names it stands. */
export function fieldOf(name: string): { readonly field: ReqifField; readonly rank: number } | undefined {
  return fields.get(name.toLowerCase())
}
