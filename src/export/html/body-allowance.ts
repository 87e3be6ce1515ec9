import type { BodyJson } from '../../view/json/body-json.ts'
import type { ExchangeJson, HttpMessageJson, SideJson } from '../../view/json/exchange-json.ts'

const mostOfAll = 24 * 1024 * 1024 // characters of all bodies: what a browser opens at once
const mostOfOne = 32 * 1024
const start = 1024 * 1024

/** How much of the bodies has room in a report of so many flows. What some leave over is for those that follow. */
export class BodyAllowance {
  readonly #share: number
  readonly #textsAlone: boolean
  #left = start

  /** @param textsAlone what is no text stays out: nobody could look for secrets in it */
  constructor(flows: number, textsAlone = false) {
    this.#share = mostOfAll / Math.max(1, flows)
    this.#textsAlone = textsAlone
  }

  /** The exchange with as much of its bodies as there is room for. */
  cut(exchange: ExchangeJson): ExchangeJson {
    this.#left += this.#share
    const { server, messages } = exchange
    return {
      ...exchange,
      ...this.#side(exchange),
      ...(server && { server: this.#side(server) }),
      ...(messages && {
        messages: messages.map(message => ({ ...message, ...(message.body && { body: this.#body(message.body) }) })),
      }),
    }
  }

  #side({ request, informational, response }: SideJson): SideJson {
    return { request: this.#message(request), informational, ...(response && { response: this.#message(response) }) }
  }

  #message<M extends HttpMessageJson>(message: M): M {
    return message.body ? { ...message, body: this.#body(message.body) } : message
  }

  #body(body: BodyJson): BodyJson {
    const { text, base64, ...rest } = body
    const room = this.#textsAlone && base64 ? 0 : Math.floor(Math.min(mostOfOne, this.#left))
    const has = text ?? base64 ?? ''
    if (has.length <= room) {
      this.#left -= has.length
      return body
    }
    if (text === undefined) return { ...rest, shown: 0, whole: false } // half of an image shows nothing
    const kept = text.slice(0, room).replace(/[\ud800-\udbff]$/, '')
    this.#left -= kept.length
    return { ...rest, text: kept, shown: Buffer.byteLength(kept), whole: false }
  }
}
