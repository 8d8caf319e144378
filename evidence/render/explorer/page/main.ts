/** The explorer in the browser: the address decides what is shown; keys and links only change the address. */
import type { SummaryData } from '../format/data-shape.js'
import { announce } from './parts/announcer.js'
import { loadFile, receiveData } from './parts/data.js'
import { element } from './parts/element.js'
import { flowsPage } from './summary/flows-page.js'
import { growWhole } from './items/detail-parts.js'
import { keysDialog, singleKeysAct } from './parts/keys-dialog.js'
import { listModel } from './lists/list-models.js'
import { ListView } from './lists/list-view.js'
import { Lists } from './lists/lists.js'
import { overviewPage } from './summary/overview-page.js'
import { formatRoute, parseRoute, type Page, type Route } from '../browse/route.js'
import { applyScheme, schemeSwitch } from './parts/scheme-switch.js'
import { sourcesPage } from './summary/sources-page.js'

const titles: Readonly<Record<Page, string>> = {
  overview: 'Overview',
  requirements: 'Requirements',
  tests: 'Tests',
  interfaces: 'Interfaces',
  modules: 'Modules',
  flows: 'Flows',
  defects: 'Defects',
  findings: 'Findings of the sources',
  sources: 'Sources',
}

class Explorer {
  private readonly lists = new Lists()
  private readonly views = new Map<Page, ListView>()
  private readonly keys = keysDialog()
  private shown: Page | null = null
  private readonly main = found('main')

  constructor(private readonly summary: SummaryData) {}

  start(): void {
    const { counts } = this.summary
    const empty: readonly Page[] = [
      ...(counts.interfaces === 0 ? (['interfaces'] as const) : []),
      ...(counts.modules === 0 ? (['modules'] as const) : []),
      ...(counts.flows === 0 ? (['flows'] as const) : []),
    ]
    const links = (['overview', 'requirements', 'tests', 'interfaces', 'modules', 'flows', 'defects', 'sources'] as const)
      .filter((page) => !empty.includes(page))
      .map((page) => element('li', {}, element('a', { href: `#/${page}`, 'data-page': page }, titles[page])))
    found('parts').replaceChildren(element('ul', {}, ...links))
    const keysButton = element('button', { type: 'button', class: 'tool' }, 'Keys')
    keysButton.addEventListener('click', () => this.keys.showModal())
    found('tools').replaceChildren(keysButton, schemeSwitch())
    document.body.append(this.keys)
    window.addEventListener('hashchange', () => void this.show(true))
    window.addEventListener('beforeprint', () => growWhole(this.main))
    document.addEventListener('keydown', (event) => this.key(event))
    document.querySelector('.skip')?.addEventListener('click', (event) => {
      event.preventDefault()
      this.main.focus()
    })
    void this.show(false)
  }

  /** `moved`: the reader followed a link or went back, so the focus belongs to what is new. */
  private async show(moved: boolean): Promise<void> {
    const route = parseRoute(location.hash)
    const before = this.shown
    const content = await this.contentOf(route.page).catch((error: unknown) => failure(error))
    // A later address may have come meanwhile.
    if (parseRoute(location.hash).page !== route.page) return
    const view = this.views.get(route.page)
    if (before !== route.page) {
      this.main.replaceChildren(content)
      this.main.className = view === undefined ? 'pages' : 'lists'
      this.main.scrollTop = 0
      this.shown = route.page
      view?.attached()
    }
    view?.show(route)
    this.mark(route)
    if (!moved) return
    if (before !== route.page && route.item === null) this.main.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
    else if (route.item !== null) view?.focusDetailSoon()
  }

  private mark({ page, item }: Route): void {
    for (const link of document.querySelectorAll('#parts a')) {
      const here = link.getAttribute('data-page') === page || (page === 'findings' && link.getAttribute('data-page') === 'sources')
      if (here) link.setAttribute('aria-current', 'page')
      else link.removeAttribute('aria-current')
    }
    const name = item === null ? titles[page] : `${item} · ${titles[page]}`
    document.title = this.summary.title === '' ? name : `${name} · ${this.summary.title}`
    if (item !== null) announce(item)
  }

  private async contentOf(page: Page): Promise<HTMLElement> {
    if (page === 'overview') return overviewPage(this.summary)
    if (page === 'sources') return sourcesPage(this.summary)
    if (page === 'flows') return flowsPage(await loadFile('flows'))
    const known = this.views.get(page)
    if (known !== undefined) return known.root
    const model = await listModel(page, titles[page], this.lists)
    const view = new ListView(model, (route, keep) => this.go(route, keep))
    this.views.set(page, view)
    void model.loadTexts?.((share) => view.textsLoaded(share))
    return view.root
  }

  private go(route: Route, keep: boolean): void {
    const address = formatRoute(route)
    if (address === location.hash) return
    if (keep) history.pushState(null, '', address)
    else history.replaceState(null, '', address)
    void this.show(false)
  }

  private key(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || this.keys.open) return
    const inText = event.target instanceof HTMLInputElement && event.target.type !== 'checkbox'
    if (event.key.length === 1 && !inText) {
      if (!singleKeysAct()) return
      if (event.key === '/' || event.key === '?') {
        event.preventDefault()
        if (event.key === '?') this.keys.showModal()
        else void this.search()
        return
      }
    }
    if (this.shown !== null && this.views.get(this.shown)?.key(event) === true) event.preventDefault()
  }

  /** From a page without a list: to the requirements. */
  private async search(): Promise<void> {
    if (this.shown === null || !this.views.has(this.shown)) {
      history.pushState(null, '', '#/requirements')
      await this.show(false)
    }
    if (this.shown !== null) this.views.get(this.shown)?.focusSearch()
  }
}

function found(id: string): HTMLElement {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`index.html has no ${id}`)
  return element
}

function failure(error: unknown): HTMLElement {
  return element(
    'div',
    { class: 'document' },
    element('h1', { tabindex: -1 }, 'Not readable'),
    element('p', { class: 'note', role: 'alert' }, error instanceof Error ? error.message : 'The page cannot be shown.'),
  )
}

/** The list that the address asks for comes while the page is still read; what fails is said when the list is shown. */
function loadEarly(): void {
  const { page } = parseRoute(location.hash)
  if (page !== 'overview' && page !== 'sources') loadFile(page).catch(() => undefined)
}

receiveData()
applyScheme()
loadEarly()
document.addEventListener('DOMContentLoaded', () => {
  void loadFile('summary').then((summary) => new Explorer(summary).start())
})
