/** Details of one item, from the chunk it stands in; a chunk is read once. */
import {
  INTERFACES_PER_CHUNK,
  MODULES_PER_CHUNK,
  REQUIREMENTS_PER_CHUNK,
  TESTS_PER_CHUNK,
  type ModuleDetail,
  type UsageDetail,
} from '../../format/data-shape.js'
import { readRequirements, type RequirementDetail } from '../../format/requirement-pack.js'
import { readTests, type TestDetail } from '../../format/test-pack.js'
import { loadChunk } from '../parts/data.js'

export class Details {
  private readonly requirementChunks = new Map<number, Promise<readonly RequirementDetail[]>>()
  private readonly testChunks = new Map<number, Promise<readonly TestDetail[]>>()

  requirement(index: number): Promise<RequirementDetail> {
    const read = async (number: number): Promise<readonly RequirementDetail[]> => readRequirements(await loadChunk('requirements', number))
    return itemOf(this.requirementChunks, index, REQUIREMENTS_PER_CHUNK, read)
  }

  test(index: number): Promise<TestDetail> {
    const read = async (number: number): Promise<readonly TestDetail[]> => readTests(await loadChunk('tests', number))
    return itemOf(this.testChunks, index, TESTS_PER_CHUNK, read)
  }

  async interface(index: number): Promise<UsageDetail> {
    return present((await loadChunk('interfaces', Math.floor(index / INTERFACES_PER_CHUNK)))[index % INTERFACES_PER_CHUNK])
  }

  async module(index: number): Promise<ModuleDetail> {
    return present((await loadChunk('modules', Math.floor(index / MODULES_PER_CHUNK)))[index % MODULES_PER_CHUNK])
  }
}

async function itemOf<Item>(
  chunks: Map<number, Promise<readonly Item[]>>,
  index: number,
  size: number,
  read: (number: number) => Promise<readonly Item[]>,
): Promise<Item> {
  const number = Math.floor(index / size)
  const chunk = chunks.get(number) ?? read(number)
  chunks.set(number, chunk)
  return present((await chunk)[index % size])
}

function present<Item>(item: Item | undefined): Item {
  if (item === undefined) throw new Error('The data files of the explorer do not belong together.')
  return item
}
