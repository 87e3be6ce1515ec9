import type { Target } from '../../../model/connection.ts'
import { BoundedMap } from '../../../wire/bounded-map.ts'
import { ja4 } from '../../../wire/tls/fingerprint.ts'
import type { ClientHello } from '../../../wire/tls/values.ts'
import { now } from '../../ports.ts'
import { ChainJudge } from './chain-judge.ts'
import type { Unfollowed } from './exact-upstream.ts'
import { isTrustworthy } from './self-test.ts'

/** Who speaks TLS with servers: `auto` is Parley's own client where it can, and OpenSSL's where that cannot. */
export type TlsClientName = 'auto' | 'exact' | 'openssl'

const mostServers = 1024
const hour = 3_600_000 // ms

/** What all connections share that send the client's own hello: who judges certificates, and which servers it is not for. */
export class ExactTls {
  readonly wanted: TlsClientName
  readonly #judge = new ChainJudge()
  readonly #isTrustworthy: Promise<boolean>
  /** What a server chose that is not spoken here: of another kind of client it may choose otherwise. */
  readonly #unfollowed = new BoundedMap<string, Obstacle>(mostServers)
  readonly #now: () => number

  /** The self-test begins at once: the first connection need not wait for it. `clock` in ms since the epoch. */
  constructor(wanted: TlsClientName, isSound = isTrustworthy, clock = now) {
    this.wanted = wanted
    this.#isTrustworthy = isSound()
    this.#now = clock
  }

  readonly judge: ChainJudge['judge'] = (chain, question) => this.#judge.judge(chain, question)

  /** Why OpenSSL has to speak with a server for such a client; undefined where it need not. */
  async obstacle(target: Target, hello: ClientHello): Promise<string | undefined> {
    if (!(await this.#isTrustworthy)) return 'certificates cannot be judged otherwise on this Node'
    if (this.wanted === 'exact' || this.#unfollowed.size === 0) return undefined
    const known = this.#unfollowed.get(keyOf(target, hello))
    return known && this.#now() < known.until ? known.why : undefined
  }

  /** For an hour `obstacle` tells it of such clients there. */
  remember(target: Target, hello: ClientHello, unfollowed: Unfollowed): void {
    this.#unfollowed.set(keyOf(target, hello), { why: whyOpenssl(unfollowed), until: this.#now() + hour })
  }
}

interface Obstacle {
  readonly why: string
  /** ms since the epoch */
  readonly until: number
}

/** Why OpenSSL has to speak with a server. */
export const whyOpenssl = ({ choice }: Unfollowed): string =>
  `the server chose ${choice}, which Parley’s own TLS client does not speak`

const keyOf = ({ host, port }: Target, hello: ClientHello): string => `${host}:${port} ${ja4(hello).hash}`
