import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Encounter, encounter } from './encounter.ts'
import type { RogueServer } from './server.ts'
import { Server12, suite } from './server12.ts'
import { Server13 } from './server13.ts'

/** Moves of a server by a letter, and by state which of them leads where: RFC 8446 A.1 and RFC 5246 7.3. The rest is refused. */
interface Model<S extends RogueServer> {
  readonly make: () => S
  readonly told: Encounter
  readonly moves: Readonly<Record<string, (server: S) => void>>
  /** Handshakes as they should be. */
  readonly right: readonly string[]
  readonly next: Readonly<Record<string, Readonly<Record<string, string>>>>
}

const warning = Buffer.of(1, 90) // user_canceled

const tls13: Model<Server13> = {
  make: () => new Server13(),
  told: { offer: { suites: [0x1301], groups: [29, 23] } },
  moves: {
    r: s => s.retry(),
    h: s => s.serverHello(),
    e: s => s.encryptedExtensions(),
    q: s => s.certificateRequest(),
    c: s => s.certificate(),
    v: s => s.certificateVerify(),
    f: s => s.finished(),
    t: s => s.ticket(),
    k: s => s.keyUpdate(),
    d: s => s.send(23, Buffer.from('data')),
    s: s => s.changeCipherSpec(),
    w: s => s.send(21, warning),
  },
  right: ['hecvf', 'rhecvf', 'rshescvf', 'heqcvf', 'hsecvftdkd'],
  next: {
    start: { r: 'retried', h: 'hello', w: 'start' },
    retried: { h: 'hello', s: 'retried', w: 'retried' },
    hello: { e: 'extensions', s: 'hello', w: 'hello' },
    extensions: { q: 'requested', c: 'certificate', s: 'extensions', w: 'extensions' },
    requested: { c: 'certificate', s: 'requested', w: 'requested' },
    certificate: { v: 'verified', s: 'certificate', w: 'certificate' },
    verified: { f: 'open', s: 'verified', w: 'verified' },
    open: { t: 'open', k: 'open', d: 'open', w: 'open' },
  },
}

const tls12: Model<Server12> = {
  make: () => new Server12(),
  told: { offer: { suites: [suite.ecdheEcdsa], groups: [23], versions: [0x0303] } },
  moves: {
    h: s => s.serverHello(),
    c: s => s.certificate(),
    x: s => s.keyExchange(),
    q: s => s.certificateRequest(),
    d: s => s.done(),
    s: s => s.change(),
    f: s => s.finished(),
    t: s => s.send(22, Buffer.from('040000060000000a0000', 'hex')),
    p: s => s.send(23, Buffer.from('data')),
    w: s => s.send(21, warning),
  },
  right: ['hcxdsf', 'hcxqdsf', 'hcxdsfpp'],
  next: {
    start: { h: 'hello', w: 'start' },
    hello: { c: 'certificate', w: 'hello' },
    certificate: { x: 'exchanged', w: 'certificate' },
    exchanged: { q: 'requested', d: 'done', w: 'exchanged' },
    requested: { d: 'done', w: 'requested' },
    done: { s: 'changed', w: 'done' },
    changed: { f: 'open', w: 'changed' },
    open: { p: 'open', w: 'open' },
  },
}

/** A right sequence with up to three moves dropped, doubled, put in, replaced or swapped. */
function sequences<S extends RogueServer>({ moves, right }: Model<S>): fc.Arbitrary<string> {
  const letter = fc.constantFrom(...Object.keys(moves))
  const edit = fc.record({ how: fc.nat(4), at: fc.nat(), to: fc.nat(), letter })
  return fc.tuple(fc.constantFrom(...right), fc.array(edit, { maxLength: 3 })).map(([from, edits]) => {
    const all = [...from]
    for (const { how, at, to, letter } of edits) {
      const here = at % all.length
      const there = to % all.length
      if (how === 0 && all.length > 1) all.splice(here, 1)
      else if (how === 1) all.splice(here, 0, all[here]!)
      else if (how === 2) all.splice(here, 0, letter)
      else if (how === 3) all[here] = letter
      else [all[here], all[there]] = [all[there]!, all[here]!]
    }
    return all.join('')
  })
}

function judged<S extends RogueServer>({ make, told, moves, next }: Model<S>, sequence: string): void {
  let state = 'start'
  let secured = false
  for (const letter of sequence) {
    state = next[state]?.[letter] ?? 'failed'
    secured ||= state === 'open'
  }
  const server = make()
  const outcome = encounter(server, s => [...sequence].forEach(letter => void moves[letter]!(s)), told)
  assert.equal(outcome.secured, secured, `${sequence} secured`)
  assert.equal(outcome.client.state, state === 'open' || state === 'failed' ? state : 'handshake', sequence)
  assert.ok(!secured || server.clientFinished)
  if (state !== 'failed') return
  assert.equal(outcome.failures, 1)
  assert.ok([10, 20, 47].includes(outcome.error!.alert), `${sequence}: ${outcome.error!.message}`)
}

for (const [name, model] of [
  ['1.3', tls13],
  ['1.2', tls12],
] as const)
  test(`the messages of TLS ${name} in any order but the right one are refused`, () => {
    const check = judged as (model: unknown, sequence: string) => void
    fc.assert(
      fc.property(sequences(model as Model<Server13>), sequence => check(model, sequence)),
      { numRuns: 1500, seed: 17 },
    )
  })
