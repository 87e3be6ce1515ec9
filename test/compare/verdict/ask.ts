import type { Question } from '../../../src/compare/verdict/check.ts'
import type { Connection } from '../../../src/model/connection.ts'
import type { Negotiated } from '../../../src/wire/tls/handshake.ts'
import type { ClientHello } from '../../../src/wire/tls/values.ts'
import { makeConnection, makeHandshake, makeHello, modern, type Said } from '../make.ts'

/** A question about a client's offer and a server's choice, modern ones where nothing else is said. */
export const ask = (
  hello: Partial<ClientHello> = {},
  agreed: Partial<Negotiated> = {},
  connection: Partial<Connection> = {},
  said: readonly Said[] = [],
): Question => ({
  connection: makeConnection(connection),
  hello: makeHello(hello),
  sent: makeHello(),
  upstream: makeHandshake(said, said.length > 0 ? { outcome: 'failed' } : {}, { ...modern, ...agreed }),
})
