/** Elements from values. Texts of the data reach the page here and nowhere else, as text nodes: no markup is ever parsed. */
export type Child = Node | string | null

type Attributes = Readonly<Record<string, string | number | boolean | null>>

/** `true`: attribute without value; `false` and `null`: none. `children` of null are left out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? '' : String(value))
  }
  made.append(...children.filter((child) => child !== null))
  return made
}

const SVG = 'http://www.w3.org/2000/svg'

export function svgElement(tag: string, attributes: Attributes = {}, ...children: readonly Child[]): SVGElement {
  const made = document.createElementNS<'svg'>(SVG, tag as 'svg')
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(name, String(value))
  }
  made.append(...children.filter((child) => child !== null))
  return made
}

/** The shape of a tone, drawn in index.html; the word beside it says the same. */
export function shape(tone: string): SVGElement {
  return svgElement('svg', { class: 'shape', 'aria-hidden': 'true' }, svgElement('use', { href: `#shape-${tone}` }))
}

export function button(label: string, pressed: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, label)
  made.addEventListener('click', pressed)
  return made
}
