import type { Arguments } from '../arguments.ts'
import { Bucket } from '../bucket.ts'
import type { Pace } from '../verdict.ts'
import type { ActionKind, RequestDraft, ResponseDraft, WebSocketDraft } from './action.ts'
import { withDelay } from './delay.ts'

/** How fast a line is. */
export interface Line {
  /** bits per second from the server to the client, and from the client to the server */
  readonly down: number
  readonly up: number
  /** ms there and back */
  readonly roundTrip: number
}

/**
 * As WebPageTest has them (github.com/catchpoint/WebPageTest, www/settings/connectivity.ini.sample: `2G`, `3G`, `4G` and `DSL`),
 * whose latency is that of the way there and back.
 */
export const profiles: Readonly<Record<string, Line>> = {
  '2g': { down: 280_000, up: 256_000, roundTrip: 800 },
  '3g': { down: 1_600_000, up: 768_000, roundTrip: 300 },
  '4g': { down: 9_000_000, up: 9_000_000, roundTrip: 170 },
  dsl: { down: 1_500_000, up: 384_000, roundTrip: 50 },
}

const expected = `${Object.keys(profiles).join(', ')}, or bits per second with k, m or g, such as 500k`

export const throttle: ActionKind = {
  name: 'throttle',
  usage: '2g|3g|4g|dsl | DOWN [UP [ROUND-TRIP-MS]]',
  says: 'slow down what matches, together, to a line’s bits per second and latency; loss of packets is not simulated',
  example: '~d cdn.example => throttle 500k 100k 200',
  read(args) {
    const { did, line } = readLine(args)
    const [down, up] = [new Bucket(line.down), new Bucket(line.up)] // for all messages of the rule
    const late = line.roundTrip / 2
    const request = slowed(up, late)
    const response = slowed(down, late)
    return {
      did,
      request,
      response,
      webSocket: draft => (draft.message.direction === 'to-server' ? request(draft) : response(draft)),
    }
  },
}

type AnyDraft = RequestDraft | ResponseDraft | WebSocketDraft

function slowed(shared: Bucket, latency: number): <Draft extends AnyDraft>(draft: Draft) => Draft {
  const pace = (before: Pace | undefined): Pace => ({ ...withDelay(before, latency), latency, shared })
  return draft => ({ ...draft, pace: pace(draft.pace) })
}

function readLine(args: Arguments): { readonly did: string; readonly line: Line } {
  const word = args.word(expected)
  const profile = Object.hasOwn(profiles, word) ? profiles[word] : undefined
  if (profile) return { did: `throttle to ${word}`, line: profile }
  const down = readRate(args, word)
  const up = args.left > 0 ? readRate(args, args.word(expected)) : down
  const roundTrip = args.left > 0 ? args.number('milliseconds there and back, up to 60000', 0, 60_000) : 0
  return { did: `throttle to ${word}`, line: { down, up, roundTrip } }
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1e3, m: 1e6, g: 1e9 }

function readRate(args: Arguments, word: string): number {
  const [, digits, unit] = /^(\d{1,12}(?:\.\d{1,6})?)([kmg]?)$/i.exec(word) ?? args.refuse(expected)
  const rate = Number(digits) * units[unit!.toLowerCase()]!
  return rate >= 1 && rate <= 1e12 ? rate : args.refuse(expected)
}
