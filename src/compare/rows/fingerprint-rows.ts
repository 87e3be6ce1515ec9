import { type Fingerprint, ja3, ja4 } from '../../wire/tls/fingerprint.ts'
import type { Handshake } from '../../wire/tls/handshake.ts'
import type { ClientHello } from '../../wire/tls/values.ts'
import { type CompareAspects, type Difference, rowOf } from '../comparison.ts'

/** What a server that tells clients apart by their ClientHello sees on each leg. */
export const fingerprintRows: CompareAspects = ({ connection, client, upstream }) => {
  const differ = (): Difference => explain(connection.upstream?.mirrorGaps !== undefined)
  return [
    ...rowOf('ja3', 'JA3', of(ja3, firstHello(client)), of(ja3, firstHello(upstream)), differ),
    ...rowOf('ja4', 'JA4', of(ja4, firstHello(client)), of(ja4, firstHello(upstream)), differ),
  ]
}

/** The first, which is what is fingerprinted; a second one answers a HelloRetryRequest. */
export function firstHello(leg: Handshake | undefined): ClientHello | undefined {
  for (const { value } of leg?.messages ?? []) if (value.name === 'client_hello') return value.hello
  return leg?.clientHello
}

const of = (fingerprint: (hello: ClientHello) => Fingerprint, hello: ClientHello | undefined): string | undefined =>
  hello && fingerprint(hello).hash

const explain = (mirrored: boolean): Difference =>
  mirrored
    ? { mark: '~', why: 'The server sees a different fingerprint, because parts of the hello could not be mirrored.' }
    : { mark: '≠', why: 'The hello was not mirrored: the server sees Parley’s fingerprint, not the client’s.' }
