/** What an observer told, as text that a test can read and compare. */
import type { Direction } from '../../src/model/party.ts'
import type { PlainContext, PlainSink } from '../../src/observe/plain.ts'

export const context: PlainContext = { scheme: 'https', authority: 'fallback.test' }

/** One part of a conversation: bytes, or what else can happen to a direction. */
export type Part = readonly [Direction, string | Uint8Array | 'FIN' | number]

export const client = (bytes: string | Uint8Array): Part => ['to-server', bytes]
export const server = (bytes: string | Uint8Array): Part => ['to-client', bytes]
/** Bytes that nobody kept. */
export const gap = (direction: Direction, length: number): Part => [direction, length]
export const fin = (direction: Direction): Part => [direction, 'FIN']

/** Lines such as `1 open GET https://a/`, `1 response-head 200`, `1 response body hello`; body pieces in a row become one. */
export class Transcript implements PlainSink {
  readonly lines: string[] = []
  #body = ''

  open(...[key, , head, stream]: Parameters<PlainSink['open']>): void {
    const url = `${head.scheme}://${head.authority}${head.path}`
    const headers = head.headers.map(([name, value]) => `${name}=${value}`).join('; ')
    this.#line(`${key} open ${head.method} ${url} ${head.version}${stream ? ` stream ${stream}` : ''} {${headers}}`)
  }

  event(...[key, event]: Parameters<PlainSink['event']>): void {
    switch (event.type) {
      case 'body': {
        const prefix = `${key} ${event.side} body `
        const text = Buffer.from(event.bytes).toString('latin1')
        if (this.#body === prefix) this.lines.push(this.lines.pop()! + text)
        else this.#line(prefix + text)
        this.#body = prefix
        return
      }
      case 'informational':
      case 'response-head': {
        const { status, reason, version, headers } = event.head
        const shown = headers.map(([name, value]) => `${name}=${value}`).join('; ')
        return this.#line(`${key} ${event.type} ${version} ${status} ${reason} {${shown}}`)
      }
      case 'body-dropped': {
        const prefix = `${key} ${event.side} dropped `
        const before = this.lines.at(-1)?.startsWith(prefix) ? Number(this.lines.pop()!.slice(prefix.length)) : 0
        return this.#line(`${prefix}${before + event.length}`)
      }
      case 'ended': {
        const trailers = event.trailers ? ` ${JSON.stringify(event.trailers)}` : ''
        return this.#line(`${key} ${event.side} ended${trailers}`)
      }
      case 'upgraded':
        return this.#line(`${key} upgraded ${event.protocol}`)
      case 'aborted':
        return this.#line(`${key} ${event.how ?? 'aborted'} by ${event.by}: ${event.why}`)
      case 'problem':
        return this.#line(`${key} problem ${event.problem.code} ${event.problem.blame}`)
    }
  }

  problem(problem: Parameters<PlainSink['problem']>[0]): void {
    this.#line(`problem ${problem.code} ${problem.blame}`)
  }

  protocol(name: string): void {
    this.#line(`protocol ${name}`)
  }

  #line(line: string): void {
    this.lines.push(line)
    this.#body = ''
  }
}
