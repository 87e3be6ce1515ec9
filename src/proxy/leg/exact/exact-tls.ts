import type { Target } from '../../../model/connection.ts'
import { BoundedMap } from '../../../wire/bounded-map.ts'
import { ja4 } from '../../../wire/tls/fingerprint.ts'
import type { ClientHello } from '../../../wire/tls/values.ts'
import { ChainJudge } from './chain-judge.ts'
import type { Unfollowed } from './exact-upstream.ts'
import { isTrustworthy } from './self-test.ts'

/** Who speaks TLS with servers: `auto` is Parley's own client where it can, and OpenSSL's where that cannot. */
export type TlsClientName = 'auto' | 'exact' | 'openssl'

const mostServers = 1024

/** What all connections share that send the client's own hello: who judges certificates, and which servers it is not for. */
export class ExactTls {
  readonly wanted: TlsClientName
  readonly #judge = new ChainJudge()
  readonly #isTrustworthy: Promise<boolean>
  /** A sentence about what a server chose that is not spoken here: of another kind of client it may choose otherwise. */
  readonly #unfollowed = new BoundedMap<string, string>(mostServers)

  /** The self-test begins at once: the first connection need not wait for it. */
  constructor(wanted: TlsClientName, isSound = isTrustworthy) {
    this.wanted = wanted
    this.#isTrustworthy = isSound()
  }

  readonly judge: ChainJudge['judge'] = (chain, question) => this.#judge.judge(chain, question)

  /** Why OpenSSL has to speak with a server for such a client; undefined where it need not. */
  async obstacle(target: Target, hello: ClientHello): Promise<string | undefined> {
    if (!(await this.#isTrustworthy)) return 'certificates cannot be judged otherwise on this Node'
    return this.wanted === 'exact' ? undefined : this.#unfollowed.get(keyOf(target, hello))
  }

  /** For the rest of the run. Returns why OpenSSL has to speak there, as `obstacle` does from now on. */
  remember(target: Target, hello: ClientHello, { choice }: Unfollowed): string {
    const why = `the server chose ${choice}, which Parley’s own TLS client does not speak`
    this.#unfollowed.set(keyOf(target, hello), why)
    return why
  }
}

const keyOf = ({ host, port }: Target, hello: ClientHello): string => `${host}:${port} ${ja4(hello).hash}`
