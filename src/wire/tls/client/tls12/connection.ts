import { connectionKeys } from '../../keys.ts'
import { prf } from '../../prf.ts'
import type { RecordAlgorithm, RecordKeys } from '../../record-algorithm.ts'
import type { CipherSuiteFacts } from '../../registry/cipher-suite-facts.ts'
import type { NewSessionTicket, ServerHello } from '../../values.ts'
import { dataOf } from '../checks/echoes.ts'
import { checkFinished } from '../checks/finished.ts'
import { splits } from '../client-records.ts'
import type { ClientState } from '../client-state.ts'
import { handshake as framed } from '../framing.ts'
import { contentType, extension, handshakeType, type Message, type Steps } from '../protocol.ts'
import { Opener } from '../records/opener.ts'
import { Sealer } from '../records/sealer.ts'
import { fail } from '../tls-error.ts'
import { nextProtocolMessage } from './next-protocol.ts'

/** What the ServerHello chose. */
export interface Chosen {
  readonly hello: ServerHello
  readonly facts: CipherSuiteFacts
  readonly algorithm: RecordAlgorithm
}

const verifyDataLength = 12

/** The end of a handshake up to TLS 1.2 under a master secret, in both directions: RFC 5246 7.1, 7.4.9. */
export class Connection12 {
  readonly #client: ClientState
  readonly #chosen: Chosen
  readonly #master: Uint8Array
  readonly #keys: { readonly client: RecordKeys; readonly server: RecordKeys }
  readonly #encryptThenMac: boolean
  #own: Uint8Array = new Uint8Array(0)
  #far: Uint8Array = new Uint8Array(0)

  constructor(client: ClientState, chosen: Chosen, master: Uint8Array) {
    const { hello, algorithm } = chosen
    const randoms = { client: client.sent.hello.random, server: hello.random }
    this.#client = client
    this.#chosen = chosen
    this.#master = master
    this.#keys = connectionKeys(client.agreed.version, algorithm, master, randoms)
    this.#encryptThenMac = algorithm.kind === 'cbc' && dataOf(hello.extensions, extension.encryptThenMac) !== undefined
    client.log('CLIENT_RANDOM', master)
  }

  /** Our ChangeCipherSpec and Finished, as records; the protocol of NPN between them. */
  finish(nextProtocol: string | undefined): Buffer {
    const { records, agreed } = this.#client
    const { algorithm } = this.#chosen
    const change = records.sealed(contentType.changeCipherSpec, Buffer.of(1))
    records.sealer = new Sealer(agreed.version, algorithm, this.#keys.client, this.#encryptThenMac)
    records.split = splits(agreed.version, algorithm.kind)
    const chosen = nextProtocol === undefined ? [] : [this.#client.said(nextProtocolMessage(nextProtocol))]
    this.#own = this.#verifyData('client finished')
    return Buffer.concat([change, ...chosen, this.#client.said(framed(handshakeType.finished, this.#own))])
  }

  /** The server's: a ticket if it announced one (RFC 5077 3.3), ChangeCipherSpec and Finished. Throws TlsError. */
  *finished(first: Message): Steps<NewSessionTicket | undefined> {
    const client = this.#client
    const { hello, algorithm } = this.#chosen
    let next = first
    let ticket: NewSessionTicket | undefined
    if (dataOf(hello.extensions, extension.sessionTicket)) {
      ticket = client.read(next, 'new_session_ticket', handshakeType.newSessionTicket).ticket
      next = yield
    }
    if (next.type !== handshakeType.changeCipherSpec) fail('unexpected-message', 'no change_cipher_spec')
    client.mayRead = false // of a connection that renegotiates too, until Finished
    client.server.opener = new Opener(client.agreed.version, algorithm, this.#keys.server, this.#encryptThenMac)
    next = yield
    this.#far = this.#verifyData('server finished')
    checkFinished(client, next, this.#far)
    return ticket
  }

  /** What a renegotiation is bound to, once both are done: RFC 5746 3.1. */
  get bound(): { readonly client: Uint8Array; readonly server: Uint8Array } {
    return { client: this.#own, server: this.#far }
  }

  #verifyData(label: string): Uint8Array {
    const { prfHash } = this.#chosen.algorithm
    return prf(prfHash, this.#master, label, this.#client.transcript.hash(prfHash), verifyDataLength)
  }
}
