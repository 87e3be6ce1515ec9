import { BoundedMap } from '../../../wire/bounded-map.ts'
import { digest } from '../../../wire/tls/prf.ts'
import type { PeerCertificate } from '../peer-certificate.ts'

/** What is known of a chain and its fitness for a host. */
export type Verdict = Read | { readonly unread: string }

/** Of a chain that OpenSSL could read. */
interface Read {
  readonly peer: PeerCertificate
  /** OpenSSL's or Node's word for what is wrong; undefined: nothing. */
  readonly code: string | undefined
}

interface Kept {
  readonly verdict: Read
  /** ms since the epoch */
  readonly from: number
  /** ms since the epoch; the verdict still holds then */
  readonly until: number
}

const most = 256
const hour = 3_600_000 // ms

/** The last verdicts, each for an hour and not past a date at which it may become another one. */
export class Verdicts {
  readonly #kept = new BoundedMap<string, Kept>(most)

  /** `at` in ms since the epoch. A clock that was set back makes a verdict unknown. */
  known(question: string, at: number): Read | undefined {
    const kept = this.#kept.use(question)
    return kept && kept.from <= at && at <= kept.until ? kept.verdict : undefined
  }

  /** `dates`: when certificates of the chain begin and cease to be valid, in ms since the epoch. */
  keep(question: string, verdict: Read, at: number, dates: readonly number[]): void {
    const until = Math.min(at + hour, ...dates.filter(date => date >= at))
    this.#kept.delete(question) // an old one would stay, and in its old place
    this.#kept.set(question, { verdict, from: at, until })
  }
}

/** One text for what is asked about a chain (DER, leaf first), different where anything of it is. */
export function questionOf(chain: readonly Uint8Array[], host: string, allowsWeak: boolean): string {
  const header = JSON.stringify([host, allowsWeak, ...chain.map(({ length }) => length)])
  return Buffer.from(digest('sha256', [Buffer.from(header), ...chain])).toString('latin1')
}
