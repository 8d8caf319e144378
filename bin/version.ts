/** The name and version every artefact states; the one place besides package.json that knows them. */
export const PRODUCT = 'Bulkhead'
