import type { Claim } from '../../../../rules/claims.ts'
import { bodyPatience } from '../../../../rules/endless.ts'
import type { FieldLine } from '../../../../wire/http1/field-lines.ts'
import type { Framing } from '../../../../wire/http1/framing.ts'
import type { Lane } from './lane.ts'
import type { Outlet } from './outlet.ts'

interface Piece {
  readonly framed: Uint8Array
  readonly parts: readonly Uint8Array[]
}

interface Asked<Verdict> {
  readonly lane: Lane
  readonly claim: Claim<{ readonly head: never; readonly body?: Uint8Array }, Verdict>
  readonly framing: Framing
  /** Shows it to whoever claims it. */
  readonly act: (body: Uint8Array | undefined, late: boolean) => Verdict | Promise<Verdict>
  /** What becomes of it: writes the head, and says where the body goes, from its beginning. */
  readonly perform: (verdict: Verdict | undefined) => Outlet
}

/** A message that somebody claims: kept until its verdict, then played through it. */
export class HeldMessage<Verdict> implements Outlet {
  readonly #asked: Asked<Verdict>
  readonly #pieces: Piece[] = []
  #bytes = 0
  #ended = false
  #trailers: readonly FieldLine[] | undefined
  #state: 'collecting' | 'asked' | 'over' = 'collecting'
  #outlet: Outlet | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(asked: Asked<Verdict>) {
    this.#asked = asked
  }

  /** Bytes of its body have come. */
  get begun(): boolean {
    return this.#bytes > 0
  }

  /** Its head has come: asks at once where nobody wants the body, or nobody may have it. One of no known length has some time to end. */
  begin(): void {
    const { claim, framing } = this.#asked
    if (claim.most === 0 || (framing.body === 'length' && framing.length > claim.most)) return this.#ask(undefined)
    if (framing.body === 'chunked' || framing.body === 'until-close')
      this.#timer = setTimeout(() => this.#ask(undefined, true), bodyPatience)
  }

  body(framed: Uint8Array, parts: readonly Uint8Array[]): void {
    if (this.#outlet) return this.#outlet.body(framed, parts)
    const copy = Buffer.from(framed)
    const copied = parts.map(part => {
      const at = part.byteOffset - framed.byteOffset
      return copy.subarray(at, at + part.length)
    })
    this.#pieces.push({ framed: copy, parts: copied })
    for (const part of parts) this.#bytes += part.length
    if (this.#state === 'collecting' && this.#bytes > this.#asked.claim.most) this.#ask(undefined)
  }

  end(trailers: readonly FieldLine[] | undefined): void {
    if (this.#outlet) return this.#outlet.end(trailers)
    this.#ended = true
    this.#trailers = trailers
    if (this.#state === 'collecting') this.#ask(joined(this.#pieces, this.#bytes))
  }

  /** Its sender has ended in its midst: nobody can decide about a part, which goes on as it would without Parley. */
  cutOff(): void {
    if (this.#state !== 'collecting') return
    this.#asked.claim.gone?.()
    this.#settle(undefined)
  }

  /** The connection is over. */
  gone(): void {
    clearTimeout(this.#timer)
    if (this.#state !== 'over') this.#asked.claim.gone?.()
    this.#state = 'over'
  }

  #ask(body: Uint8Array | undefined, late = false): void {
    this.#state = 'asked'
    clearTimeout(this.#timer)
    const verdict = this.#act(body, late)
    if (!(verdict instanceof Promise)) return this.#settle(verdict)
    const { lane } = this.#asked
    lane.hold('claim')
    const settle = (given: Verdict | undefined): void => {
      if (this.#state === 'over') return
      this.#settle(given)
      lane.release('claim')
    }
    verdict.then(settle, () => settle(undefined))
  }

  #act(body: Uint8Array | undefined, late: boolean): Verdict | Promise<Verdict> | undefined {
    try {
      return this.#asked.act(body, late)
    } catch {
      return undefined
    }
  }

  #settle(verdict: Verdict | undefined): void {
    this.#state = 'over'
    clearTimeout(this.#timer)
    const outlet = this.#asked.perform(verdict)
    this.#outlet = outlet
    for (const { framed, parts } of this.#pieces.splice(0)) outlet.body(framed, parts)
    if (this.#ended) outlet.end(this.#trailers)
  }
}

function joined(pieces: readonly Piece[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const { parts } of pieces)
    for (const part of parts) {
      whole.set(part, at)
      at += part.length
    }
  return whole
}
