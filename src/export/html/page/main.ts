import { ReportData } from './blocks.ts'
import { type Detail, detailParts } from './detail.ts'
import { browser, el, page } from './dom.ts'
import { FilterBar } from './filter-bar.ts'
import { FlowList } from './list.ts'
import { sequence } from './sequence.ts'
import { summary } from './summary.ts'

const onPaper = 400 // rows
const narrow = 'screen and (max-width: 820px)'

/** Opens the report, or says why this browser cannot. */
export async function openReport(): Promise<void> {
  try {
    await show(await ReportData.read())
  } catch (error) {
    const why = `This report cannot be shown here, perhaps for want of a newer browser: ${error}`
    page()
      .getElementById('report')
      ?.append(el('p', { class: 'note' }, why))
  }
}

/** Draws the list, and tells the first flow, or the one in the address. */
async function show(data: ReportData): Promise<void> {
  const place = el('section', { class: 'detail', 'aria-live': 'polite' })
  const isNarrow = browser().matchMedia(narrow)
  let told: Detail | undefined
  let asked = 0
  const drawAgain = (): void => {
    const connection = told?.connection
    if (connection)
      for (const drawn of page().querySelectorAll('.sequence'))
        drawn.replaceWith(sequence(connection, isNarrow.matches))
  }
  const choose = async (index: number): Promise<void> => {
    const row = data.rows[index]
    if (!row) return
    const mine = ++asked
    list.select(index)
    const [flow, connection] = await Promise.all([data.flow(index), data.connection(row.connection)])
    if (mine !== asked) return
    told = { row, flow, connection }
    place.replaceChildren(...detailParts(told, isNarrow.matches))
    browser().history.replaceState(undefined, '', `#${row.id}`)
  }
  const list = new FlowList(data.rows, index => void choose(index))
  const bar = new FilterBar(data, found => list.show(found))
  page().getElementById('report')?.append(summary(data.rows, data.connectionCount), bar.element, list.element, place)
  list.draw()
  isNarrow.addEventListener('change', drawAgain)
  listen(list, bar)
  const named = data.rows.findIndex(({ id }) => `#${id}` === browser().location.hash)
  await choose(Math.max(0, named))
  page()
    .getElementById('report')
    ?.setAttribute('data-open', String(Math.round(performance.now())))
}

function listen(list: FlowList, bar: FilterBar): void {
  browser().addEventListener('resize', () => list.draw())
  browser().addEventListener('beforeprint', () => list.draw(onPaper))
  browser().addEventListener('afterprint', () => list.draw())
  page().addEventListener('keydown', event => {
    if (event.target === bar.input) {
      if (event.key === 'Escape') bar.set('')
      if (event.key === 'Enter') list.element.focus()
    } else if (event.key === '/' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault()
      bar.input.focus()
    }
  })
}
