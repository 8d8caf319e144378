/** An installed Chromium for specs and benches; nothing is downloaded. It may open files and nothing else. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A line that says why there is none, where there is none. */
export function chromiumPath(): { readonly path: string } | { readonly missing: string } {
  const named = process.env['CHROMIUM_PATH']
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const candidates = named === undefined ? NAMES.flatMap((name) => folders.map((folder) => join(folder, name))) : [named]
  const path = candidates.find(isExecutable)
  return path === undefined ? { missing: 'no Chromium on PATH: pages are not opened (set CHROMIUM_PATH)' } : { path }
}

/** The browser, with a fresh profile; or the line that says why there is none. */
export async function startBrowser(): Promise<Browser | string> {
  const found = chromiumPath()
  return 'missing' in found ? found.missing : chromium.launch({ executablePath: found.path, args: FLAGS })
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
