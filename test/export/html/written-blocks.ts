import { Blocks } from '../../../src/export/html/blocks.ts'
import { exchangeJson } from '../../../src/view/json/exchange-json.ts'
import { exchangeOf } from '../../store/samples.ts'
import { FakeElement } from './page/fake-page.ts'
import { reportConnectionOf, rowOf } from './samples.ts'

/** So many rows with what is behind them, and three connections. */
export function someBlocks(flows: number): string {
  const [rows, behind, connections] = [new Blocks('rows'), new Blocks('flows'), new Blocks('connections')]
  const written: string[] = []
  for (let id = 1; id <= flows; id++) {
    written.push(...rows.add(id, rowOf(id)))
    written.push(...behind.add(id, { exchange: exchangeJson({ exchange: exchangeOf(id), bodies: {} }, 0) }))
  }
  for (const id of [3, 1, 2]) written.push(...connections.add(id, reportConnectionOf({ id })))
  return [...written, ...[rows, behind, connections].flatMap(each => [...each.rest()])].join('')
}

/** The blocks of a page as its elements. */
export function blocksIn(html: string): FakeElement[] {
  return [...html.matchAll(/<script type="text\/plain"([^>]*)>([^<]*)<\/script>/g)].map(([, attributes, text]) => {
    const element = new FakeElement('script')
    for (const [, name, value] of attributes!.matchAll(/([\w-]+)="([^"]*)"/g)) element.setAttribute(name!, value!)
    element.append(text!)
    return element
  })
}
