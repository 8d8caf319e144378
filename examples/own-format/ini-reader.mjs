// Reads requirements from INI files: a section is a requirement, its keys are title, text and the ids it refines.
import { readFile } from 'node:fs/promises'

export const requirementReader = {
  format: 'ini',
  title: 'requirements in INI files',
  extensions: ['.ini'],
  recognises: (head, name) => name.endsWith('.ini') && /^\[REQ-/m.test(head),
  async read(files) {
    const items = []
    for (const { name, path } of files) {
      const lines = (await readFile(path, 'utf8')).split(/\r?\n/)
      lines.forEach((line, index) => {
        const place = { file: name, line: index + 1 }
        const section = /^\[([^\]]+)\]$/.exec(line)
        if (section !== null) items.push({ id: section[1], place, links: [], attributes: {} })
        const [key, ...rest] = line.split('=')
        const value = rest.join('=').trim()
        const item = items.at(-1)
        if (rest.length === 0 || item === undefined) return
        if (key.trim() === 'refines') item.links.push({ role: 'refines', target: value, place })
        else if (key.trim() === 'title' || key.trim() === 'text') item[key.trim()] = value
        else item.attributes[key.trim()] = value
      })
    }
    return { items }
  },
}
