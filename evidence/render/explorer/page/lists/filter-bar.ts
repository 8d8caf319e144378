/** Search and filters of a list: one search field, switches with counts for the verdict, menus for the rest. */
import { button, element, shape } from '../parts/element.js'
import type { Facet, ListModel } from './list-model.js'

export interface FilterState {
  readonly search: string
  /** Positions of the chosen values, by filter. */
  readonly chosen: ReadonlyMap<string, readonly number[]>
}

export class FilterBar {
  readonly root: HTMLElement
  readonly input: HTMLInputElement
  private readonly marks = new Map<string, readonly HTMLButtonElement[]>()
  private readonly menus = new Map<string, HTMLSelectElement>()
  private readonly clear: HTMLButtonElement
  private state: FilterState = { search: '', chosen: new Map() }

  constructor(
    private readonly model: ListModel,
    private readonly changed: (state: FilterState) => void,
  ) {
    this.input = element('input', {
      type: 'search',
      'aria-label': `Search ${model.noun}`,
      placeholder: `Search ${model.noun}`,
      spellcheck: 'false',
      autocomplete: 'off',
      'aria-keyshortcuts': '/',
    })
    this.input.addEventListener('input', () => this.set({ ...this.state, search: this.input.value }))
    this.clear = button('Clear', () => this.set({ search: '', chosen: new Map() }), { class: 'clear' })
    const marks = model.facets.filter(({ control }) => control === 'marks').map((facet) => this.markRow(facet))
    const menus = model.facets.filter(({ control, values }) => control === 'choice' && values.length > 1).map((facet) => this.menu(facet))
    this.root = element(
      'search',
      { class: 'filters' },
      element('div', { class: 'find' }, this.input, this.clear),
      ...marks,
      menus.length === 0 ? null : this.fold(menus),
    )
  }

  /** Shows the state of the address, without telling anyone. */
  show(state: FilterState): void {
    this.state = state
    if (this.input.value !== state.search) this.input.value = state.search
    for (const { key } of this.model.facets) {
      const chosen = state.chosen.get(key) ?? []
      this.marks.get(key)?.forEach((mark, value) => mark.setAttribute('aria-pressed', String(chosen.includes(value))))
      const menu = this.menus.get(key)
      if (menu !== undefined) {
        menu.value = chosen[0] === undefined ? '' : String(chosen[0])
        menu.classList.toggle('chosen', chosen.length > 0)
      }
    }
    this.clear.hidden = state.search === '' && [...state.chosen.values()].every((values) => values.length === 0)
  }

  /** How many items each value would show. */
  showCounts(counts: ReadonlyMap<string, readonly number[]>): void {
    for (const facet of this.model.facets) {
      const numbers = counts.get(facet.key) ?? []
      const chosen = this.state.chosen.get(facet.key) ?? []
      this.marks.get(facet.key)?.forEach((mark, value) => {
        const count = mark.querySelector('.count')
        if (count !== null) count.textContent = (numbers[value] ?? 0).toLocaleString('en-GB')
        mark.classList.toggle('empty', (numbers[value] ?? 0) === 0 && !chosen.includes(value))
      })
      for (const option of this.menus.get(facet.key)?.options ?? []) {
        const name = facet.values[Number(option.value)]?.name
        if (option.value !== '' && name !== undefined)
          option.textContent = `${name} (${(numbers[Number(option.value)] ?? 0).toLocaleString('en-GB')})`
      }
    }
  }

  private set(state: FilterState): void {
    this.show(state)
    this.changed(state)
  }

  private choose(key: string, values: readonly number[]): void {
    this.set({ ...this.state, chosen: new Map([...this.state.chosen, [key, values]]) })
  }

  private markRow(facet: Facet): HTMLElement {
    const marks = facet.values.map(({ name, tone }, value) => {
      const mark = element(
        'button',
        { type: 'button', class: `mark ${tone ?? ''}`, 'aria-pressed': 'false' },
        tone === null ? null : shape(tone),
        element('span', {}, name),
        ' ',
        element('span', { class: 'count' }, '0'),
      )
      mark.addEventListener('click', () => {
        const chosen = this.state.chosen.get(facet.key) ?? []
        this.choose(facet.key, chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value])
      })
      return mark
    })
    this.marks.set(facet.key, marks)
    return element('div', { class: 'marks', role: 'group', 'aria-label': facet.title }, ...marks)
  }

  /** Where the room is narrow the menus fold away, unless one of them filters. */
  private fold(menus: readonly HTMLElement[]): HTMLElement {
    const fold = element(
      'details',
      { class: 'more-filters' },
      element('summary', {}, 'More filters'),
      element('div', { class: 'menus' }, ...menus),
    )
    const wide = window.matchMedia('(min-width: 40rem)')
    const settle = (): void => {
      fold.open = wide.matches || [...this.menus.values()].some(({ value }) => value !== '')
    }
    wide.addEventListener('change', settle)
    settle()
    return fold
  }

  private menu(facet: Facet): HTMLElement {
    const select = element('select', {}, element('option', { value: '' }, 'all'))
    facet.values.forEach(({ name }, value) => select.append(element('option', { value }, name)))
    select.addEventListener('change', () => this.choose(facet.key, select.value === '' ? [] : [Number(select.value)]))
    this.menus.set(facet.key, select)
    return element('label', { class: 'menu' }, element('span', {}, facet.title), select)
  }
}
