import { counted, formatCount } from '../../../view/format.ts'
import type { ReportData } from './blocks.ts'
import { type El, el } from './dom.ts'
import { type Found, readFilter, rowsThatFit } from './filtering.ts'

const quick = [
  ['all', ''],
  ['failed', '~failed'],
  ['legs differ', '~differs'],
  ['4xx and 5xx', '~c >=400'],
] as const
const words = '~d host   ~u url   ~m method   ~c 4xx   ~t type   ~b body   ~h header   ~all anywhere   ! & | ( )'
const patience = 120 // ms after the last key

/** Where a person says which rows they want to see. */
export class FilterBar {
  readonly element: El
  readonly input: El
  readonly #count = el('output', { class: 'count' })
  readonly #hint = el('p', { class: 'hint' }, words)
  readonly #data: ReportData
  readonly #show: (found: Found) => void
  #asked = 0

  constructor(data: ReportData, show: (found: Found) => void) {
    this.#data = data
    this.#show = show
    const says = 'filter: api.example.com, ~c 4xx, ~m POST & ~b word …'
    this.input = el('input', {
      type: 'search',
      placeholder: says,
      'aria-label': 'filter',
      spellcheck: 'false',
      autocomplete: 'off',
    })
    this.input.addEventListener('input', () => this.#soon())
    const chips = quick.map(([title, filter]) => {
      const chip = el('button', { type: 'button' }, title)
      chip.addEventListener('click', () => this.set(filter))
      return chip
    })
    this.element = el(
      'div',
      { class: 'filter' },
      this.input,
      el('span', { class: 'chips' }, ...chips),
      this.#count,
      this.#hint,
    )
    this.#tell(data.rows.length)
  }

  set(text: string): void {
    this.input.value = text
    this.#apply()
  }

  #soon(): void {
    const asked = ++this.#asked
    setTimeout(() => asked === this.#asked && this.#apply(), patience)
  }

  async #apply(): Promise<void> {
    const asked = ++this.#asked
    const read = readFilter(this.input.value)
    const wrong = 'problem' in read
    this.#hint.textContent = wrong ? read.problem : words
    this.#hint.classList.toggle('wrong', wrong)
    if (wrong) return
    let last: Found = []
    for await (const found of rowsThatFit({ matcher: read.matcher, data: this.#data }, () => asked === this.#asked)) {
      if (asked !== this.#asked) return
      last = found
      this.#tell(found.length, ', searching …')
    }
    if (asked !== this.#asked) return
    this.#tell(last.length)
    this.#show(last)
  }

  #tell(found: number, more = ''): void {
    const all = this.#data.rows.length
    this.#count.textContent = `${found === all ? counted(all, 'flow') : `${formatCount(found)} of ${counted(all, 'flow')}`}${more}`
  }
}
