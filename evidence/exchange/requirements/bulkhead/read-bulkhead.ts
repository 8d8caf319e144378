/**
 * Our own profiles: with security-target.yaml everything its folder states, with profile.yaml the catalogue alone, with requirements.yaml
 * the derived requirements alone. Refused like any profile: an id defined twice or a reference to nothing stops the reading.
 */
import { dirname, posix } from 'node:path'
import type { InputFile } from '../../../items/reader.js'
import type { RequirementItem } from '../../../items/requirement-item.js'
import type { RequirementSet, SourceMapping } from '../../../items/requirement-set.js'
import type { Catalogue } from '../../../model/catalogue.js'
import { loadCatalogue } from '../../../profiles/catalogue-loader.js'
import { IdIndex } from '../../../profiles/id-index.js'
import { parseProfiles } from '../../../profiles/profiles.js'
import { checkShape } from '../../../profiles/schema-check.js'
import type { WrittenRequirement } from '../../../profiles/written-shapes.js'
import { parseYaml } from '../../../profiles/yaml-document.js'
import { readSourceText } from '../../text/source-text.js'
import { setAttribute, type AttributeRecord } from '../set/attributes.js'
import { makeSet } from '../set/make-set.js'
import { catalogueAttributes, catalogueItems, catalogueMappings } from './catalogue-items.js'
import { derivedItem } from './derived-item.js'
import { profileFolder } from './profile-folder.js'

/** @throws EvidenceError as the loaders of evidence/profiles, `no-items` */
export async function readBulkhead(files: readonly InputFile[]): Promise<RequirementSet> {
  const parts = new Parts()
  const targets = files.filter(({ name }) => baseName(name) === 'security-target.yaml')
  for (const target of targets) await parts.addProfiles(target)
  const covered = targets.map(({ name }) => posix.dirname(name))
  for (const file of files) {
    const isCovered = covered.some((folder) => file.name.startsWith(folder === '.' ? '' : `${folder}/`))
    if (isCovered) continue
    if (baseName(file.name) === 'profile.yaml') await parts.addCatalogue(file)
    else await parts.addRequirements(file)
  }
  return makeSet({
    format: 'bulkhead-yaml',
    title: parts.titles.join(', '),
    version: parts.versions.join(', '),
    files: files.map(({ name }) => name),
    items: parts.items,
    mappings: parts.mappings,
    attributes: parts.attributes,
  })
}

class Parts {
  readonly titles: string[] = []
  readonly versions: string[] = []
  readonly items: RequirementItem[] = []
  readonly mappings: SourceMapping[] = []
  readonly attributes: AttributeRecord = {}

  async addProfiles({ name, path }: InputFile): Promise<void> {
    const folder = posix.dirname(name)
    const profiles = parseProfiles(folder, await profileFolder(folder, dirname(path)))
    this.take(profiles.catalogue, profiles.ids, name)
    for (const requirement of profiles.requirements)
      this.items.push(
        derivedItem(requirement.name, requirement, profiles.ids.placeOf('derived requirement', requirement.id) ?? { file: name }),
      )
  }

  async addCatalogue({ name, path }: InputFile): Promise<void> {
    const folder = posix.dirname(name)
    const ids = new IdIndex()
    this.take(loadCatalogue(folder, await profileFolder(folder, dirname(path)), ids), ids, name)
  }

  async addRequirements(file: InputFile): Promise<void> {
    const document = parseYaml(file.name, await readSourceText(file))
    const { requirements } = checkShape(document, 'requirements')
    requirements.forEach((requirement: WrittenRequirement, i) => {
      this.items.push(derivedItem(requirement.id, requirement, { file: file.name, line: document.lineOf(['requirements', i, 'id']) }))
    })
  }

  private take(catalogue: Catalogue, ids: IdIndex, file: string): void {
    this.titles.push(catalogue.profile.title)
    this.versions.push(catalogue.profile.version)
    for (const item of catalogueItems(catalogue, ids, file)) this.items.push(item)
    for (const mapping of catalogueMappings(catalogue, ids, file)) this.mappings.push(mapping)
    for (const [name, value] of Object.entries(catalogueAttributes(catalogue))) setAttribute(this.attributes, name, value)
  }
}

function baseName(name: string): string {
  return posix.basename(name)
}
