import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { TlsClient, type TlsClientOptions } from '../../../../../src/wire/tls/client/tls-client.ts'
import type { TlsError } from '../../../../../src/wire/tls/client/tls-error.ts'
import { type Offer, offer } from '../offer.ts'
import type { RogueServer } from './server.ts'

export interface Encounter {
  readonly offer?: Offer
  readonly hello?: Uint8Array
  readonly client?: Partial<TlsClientOptions>
}

export interface Outcome {
  readonly client: TlsClient
  readonly secured: boolean
  readonly error: TlsError | undefined
  /** How often the client said that it had failed. */
  readonly failures: number
  readonly data: Buffer
}

/** The client in front of a server that does what `act` says; all in one breath, without a socket. */
export function encounter<S extends RogueServer>(
  server: S,
  act: (server: S, client: TlsClient) => unknown,
  told: Encounter,
): Outcome {
  let secured = false
  let error: TlsError | undefined
  let failures = 0
  const data: Buffer[] = []
  const sent = createHash('sha256')
  const passed = createHash('sha256')
  const client = new TlsClient({
    hello: told.hello ?? offer(told.offer),
    verify: () => undefined,
    out: bytes => server.hear(Buffer.from(bytes)),
    passed: bytes => void passed.update(bytes),
    secured: () => (secured = true),
    data: plain => void data.push(Buffer.from(plain)),
    failed: problem => {
      error = problem
      failures++
    },
    ...told.client,
  })
  server.deliver = bytes => {
    sent.update(bytes)
    client.receive(bytes)
  }
  client.start()
  act(server, client)
  passed.update(client.unfinished)
  assert.ok(passed.digest().equals(sent.digest()), 'not every byte was passed on, once and in order')
  return { client, secured, error, failures, data: Buffer.concat(data) }
}

/** The client refused by one of these alerts, which the server has heard, and it was the last word. */
export function assertRefused(server: RogueServer, outcome: Outcome, alerts: readonly number[], secured = false): void {
  const { error } = outcome
  assert.ok(error, `not refused: ${outcome.client.state}`)
  assert.ok(alerts.includes(error.alert), `alert ${error.alert} in place of ${alerts}: ${error.message}`)
  assert.deepEqual(
    { secured: outcome.secured, state: outcome.client.state, failures: outcome.failures, received: error.received },
    { secured, state: 'failed', failures: 1, received: false },
  )
  assert.equal(server.alert, error.alert)
  assert.deepEqual(server.heard.at(-1)?.content[1], error.alert)
}

export type Case<S extends RogueServer> = readonly [
  what: string,
  alerts: number | readonly number[],
  act: (server: S, client: TlsClient) => unknown,
  told?: Encounter,
]

/** A test for each case: the client refuses by that alert, or by one of those that the RFCs leave to it. */
export function refuses<S extends RogueServer>(
  make: () => S,
  always: Encounter,
  cases: readonly Case<S>[],
  secured = false,
): void {
  for (const [what, alerts, act, told] of cases)
    test(what, () => {
      const server = make()
      const outcome = encounter(server, act, { ...always, ...told, offer: { ...always.offer, ...told?.offer } })
      assertRefused(server, outcome, typeof alerts === 'number' ? [alerts] : alerts, secured)
    })
}
