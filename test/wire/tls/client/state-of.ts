/** The state of a client at some point of a handshake, for what is tested alone. */
import { ClientState } from '../../../../src/wire/tls/client/client-state.ts'
import { ownShares } from '../../../../src/wire/tls/client/hello/own-hello.ts'
import type { TlsClientOptions } from '../../../../src/wire/tls/client/options.ts'
import type { Extension } from '../../../../src/wire/tls/values.ts'
import { type Offer, offer, type Part } from './offer.ts'

export function stateOf(told: Offer = {}, options: Partial<TlsClientOptions> = {}): ClientState {
  const hello = offer(told)
  const all = { hello, verify: () => undefined, out: () => {}, data: () => {}, failed: () => {}, ...options }
  const state = new ClientState(all, ownShares(hello))
  state.agreed.version = Math.max(...(told.versions ?? [0x0304]))
  return state
}

export const extensionsOf = (...parts: readonly Part[]): Extension[] =>
  parts.map(([type, data]) => ({ type, data, start: 0 }))
