import type { ReportConnection, ReportFlow, ReportRow } from '../shape.ts'
import { type El, page } from './dom.ts'

declare const DecompressionStream: new (format: 'deflate') => TransformStream

const mostKept = 6 // blocks

/** Blocks of data of one kind, inflated when they are asked for; the last ones stay. */
export class PageBlocks<Value> {
  readonly #nodes: readonly El[]
  readonly #kept = new Map<number, Promise<readonly Value[]>>()

  constructor(kind: string) {
    this.#nodes = [...page().querySelectorAll(`script.${kind}`)]
  }

  get length(): number {
    return this.#nodes.length
  }

  /** How many values a block has. */
  count(block: number): number {
    return Number(this.#nodes[block]?.getAttribute('data-count') ?? 0)
  }

  /** The numbers of its values, where it names them. */
  ids(block: number): readonly number[] {
    return (this.#nodes[block]?.getAttribute('data-ids') ?? '').split(' ').filter(Boolean).map(Number)
  }

  values(block: number): Promise<readonly Value[]> {
    const known = this.#kept.get(block)
    if (known) return known
    const read = inflated<readonly Value[]>(this.#nodes[block]?.textContent ?? '')
    this.#kept.set(block, read)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest)
    return read
  }
}

async function inflated<T>(base64: string): Promise<T> {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i)
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))
  return JSON.parse(await new Response(stream as never).text())
}

/** All that a report holds. */
export class ReportData {
  readonly rows: readonly ReportRow[]
  readonly #flows: PageBlocks<ReportFlow>
  readonly #starts: readonly number[]
  readonly #connections: PageBlocks<ReportConnection>
  readonly #placeOf = new Map<number, readonly [block: number, index: number]>()

  private constructor(
    rows: readonly ReportRow[],
    flows: PageBlocks<ReportFlow>,
    connections: PageBlocks<ReportConnection>,
  ) {
    this.rows = rows
    this.#flows = flows
    this.#connections = connections
    const starts = [0]
    for (let block = 0; block < flows.length; block++) starts.push(starts.at(-1)! + flows.count(block))
    this.#starts = starts
    for (let block = 0; block < connections.length; block++)
      for (const [index, id] of connections.ids(block).entries()) this.#placeOf.set(id, [block, index])
  }

  static async read(): Promise<ReportData> {
    const blocks = new PageBlocks<ReportRow>('rows')
    const rows = await Promise.all(Array.from({ length: blocks.length }, (_, block) => blocks.values(block)))
    return new ReportData(rows.flat(), new PageBlocks('flows'), new PageBlocks('connections'))
  }

  get connectionCount(): number {
    return this.#placeOf.size
  }

  /** What is behind a row. */
  async flow(index: number): Promise<ReportFlow> {
    if (index >= this.rows.length) return {}
    const block = this.#starts.findLastIndex(start => start <= index)
    return (await this.#flows.values(block))[index - this.#starts[block]!] ?? {}
  }

  /** What is behind all rows, block by block: the index of the first with the values. */
  async *flows(): AsyncGenerator<readonly [first: number, flows: readonly ReportFlow[]]> {
    for (let block = 0; block < this.#flows.length; block++)
      yield [this.#starts[block]!, await this.#flows.values(block)]
  }

  async connection(id: number): Promise<ReportConnection | undefined> {
    const place = this.#placeOf.get(id)
    return place && (await this.#connections.values(place[0]))[place[1]]
  }
}
