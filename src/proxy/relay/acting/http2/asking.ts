import type { RequestHead, ResponseHead } from '../../../../model/exchange.ts'
import type { Claim } from '../../../../rules/claims.ts'
import { bodyPatience } from '../../../../rules/endless.ts'
import type { Passes, RequestVerdict, ResponseVerdict } from '../../../../rules/verdict.ts'
import { lengthOf } from './edited.ts'
import type { Half, Held, Stream } from './stream.ts'
import type { Talk } from './talk.ts'

type AnyVerdict = RequestVerdict | ResponseVerdict

const nothing = new Uint8Array(0)

/** RFC 9113 8.5: what follows the heads is no body, but what another protocol says. */
export const isTunnel = ({ request }: Stream): boolean => request.method === 'CONNECT'

/**
 * Asks what becomes of a message, when as much of its body is there as is wanted, and performs that: at once where the
 * answer comes at once, else later, while the half holds. Whoever asks has set `ended` where the message has no body.
 */
export function ask<Head extends RequestHead | ResponseHead, Verdict extends AnyVerdict>(
  talk: Talk,
  half: Half,
  claim: Claim<{ readonly head: Head; readonly body?: Uint8Array; readonly late?: boolean }, Verdict>,
  head: Head,
  perform: (verdict: Verdict) => void,
): void {
  const held: Held = {
    wanted: 0,
    waits: undefined,
    gone: () => {
      clearTimeout(held.waits)
      claim.gone?.()
    },
    whole: (body, late = false) => {
      clearTimeout(held.waits)
      const verdict = judge(() => claim.act(body === undefined ? { head, ...(late && { late }) } : { head, body }))
      if (verdict instanceof Promise) later(talk, half, held, verdict, perform)
      else settle(talk, half, held, verdict, perform)
    },
    release: () => {
      held.gone()
      clearTimeout(half.timer)
      perform(passes as Verdict)
    },
  }
  half.held = held
  if (claim.most === 0) held.whole(undefined)
  else if (half.ended || isOpening(half, head)) held.whole(nothing)
  else if (Number(lengthOf(head.headers) ?? 0) > claim.most) held.whole(undefined)
  else {
    held.wanted = claim.most
    half.mode = 'hold'
    if (lengthOf(head.headers) === undefined) held.waits = setTimeout(() => tooLate(talk, half, held), bodyPatience)
  }
}

/** The body may have no end: whoever wanted it does without. */
function tooLate(talk: Talk, half: Half, held: Held): void {
  if (half.held !== held || held.wanted === 0) return
  held.wanted = 0
  talk.turn(() => held.whole(undefined, true))
}

/** No body follows, but for a refusal. */
const isOpening = ({ stream }: Half, head: RequestHead | ResponseHead): boolean =>
  isTunnel(stream) && !('status' in head && head.status >= 300)

const passes: Passes = { type: 'pass', acts: [] }

/** A claim neither throws nor rejects; if one does, its message passes. */
function judge<Verdict extends AnyVerdict>(act: () => Verdict | Promise<Verdict>): Verdict | Promise<Verdict> {
  try {
    return act()
  } catch {
    return passes as Verdict
  }
}

function later<Verdict extends AnyVerdict>(
  talk: Talk,
  half: Half,
  held: Held,
  verdict: Promise<Verdict>,
  perform: (verdict: Verdict) => void,
): void {
  half.mode = 'hold'
  verdict.then(
    late => talk.turn(() => settle(talk, half, held, late, perform)),
    () => talk.turn(() => settle(talk, half, held, passes as Verdict, perform)),
  )
}

/** Performs it, after its delay; not where the message has gone, or was released. */
function settle<Verdict extends AnyVerdict>(
  talk: Talk,
  half: Half,
  held: Held,
  verdict: Verdict,
  perform: (verdict: Verdict) => void,
): void {
  if (half.held !== held) return
  const now = (): void => {
    half.timer = undefined
    half.held = undefined
    perform(verdict)
  }
  const delay = verdict.pace?.delay ?? 0
  if (delay <= 0) {
    now()
    return
  }
  half.mode = 'hold'
  held.gone = () => {}
  half.timer = setTimeout(() => talk.turn(now), delay)
}
