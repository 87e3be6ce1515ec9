import tls, { type SecureContext } from 'node:tls'
import { problemOf } from '../../../problem/problem.ts'
import type { ServerChain } from '../../../wire/tls/client/tls-client.ts'
import type { PeerCertificate } from '../peer-certificate.ts'
import { identityCode } from '../server-identity.ts'
import { type Fault, faultOf } from '../verification.ts'
import { replay } from './openssl-replay.ts'
import { replayOffer } from './replay-server.ts'
import { questionOf, type Verdict, Verdicts } from './verdicts.ts'

export interface Question {
  /** The name or address that the certificate must be for. */
  readonly host: string
  /** Whether keys and digests below OpenSSL's security level 2 will do, as below TLS 1.2. */
  readonly allowsWeak: boolean
}

type Chain = Pick<ServerChain, 'certificates' | 'ocsp'>

const mostBytes = 102_400 // of a chain, as OpenSSL has it: SSL_MAX_CERT_LIST_DEFAULT
const mostCertificates = 100 // OpenSSL's X509_verify_cert goes no deeper
const badCertificate = 42 // RFC 8446 6.2

/** Judges servers' chains by OpenSSL, with the words, problems and alerts that there are where it is the TLS client. */
export class ChainJudge {
  readonly #roots: readonly string[] | undefined
  readonly #contexts = new Map<boolean, SecureContext>()
  readonly #verdicts = new Verdicts()
  readonly #asked = new Map<string, Promise<Verdict>>()

  /** `roots` in PEM; without them those that the process trusts at the first question. */
  constructor(roots?: readonly string[]) {
    this.#roots = roots
  }

  /** What speaks against a chain, at once where that is known. Never throws or rejects. */
  judge(chain: Chain, question: Question): Fault | undefined | Promise<Fault | undefined> {
    const verdict = this.#verdict(chain.certificates, question)
    return verdict instanceof Promise ? verdict.then(found => faultIn(found, chain)) : faultIn(verdict, chain)
  }

  #verdict(certificates: readonly Uint8Array[], question: Question): Verdict | Promise<Verdict> {
    const bytes = certificates.reduce((sum, { length }) => sum + length, 0)
    if (certificates.length > mostCertificates || bytes > mostBytes) return { unread: 'its chain is too long' }
    const key = questionOf(certificates, question.host, question.allowsWeak)
    const known = this.#verdicts.known(key, Date.now()) ?? this.#asked.get(key)
    if (known) return known
    const asked = this.#ask(certificates, question, key, this.#context(question.allowsWeak))
    this.#asked.set(key, asked)
    return asked
  }

  async #ask(
    certificates: readonly Uint8Array[],
    { host }: Question,
    key: string,
    context: SecureContext,
  ): Promise<Verdict> {
    try {
      const at = Date.now()
      const replayed = await replay(certificates, context)
      if (!replayed) return { unread: 'OpenSSL cannot judge it' }
      const { peer, code = identityCode(host, peer) } = replayed
      const verdict = { peer, code }
      this.#verdicts.keep(key, verdict, at, datesOf(peer))
      return verdict
    } catch {
      return { unread: 'it cannot be read' }
    } finally {
      this.#asked.delete(key)
    }
  }

  #context(allowsWeak: boolean): SecureContext {
    const known = this.#contexts.get(allowsWeak)
    if (known) return known
    const context = tls.createSecureContext({
      ...replayOffer,
      ciphers: `${replayOffer.ciphers}:DEFAULT@SECLEVEL=${allowsWeak ? 0 : 2}`,
      ...(this.#roots && { ca: [...this.#roots] }),
    })
    this.#contexts.set(allowsWeak, context)
    return context
  }
}

/** Whatever a certificate provokes in those who read it: then it is refused. */
function faultIn(verdict: Verdict, { ocsp }: Chain): Fault | undefined {
  if ('unread' in verdict) return unread(verdict.unread)
  try {
    return faultOf({ ...verdict, stapled: ocsp && Buffer.from(ocsp), relaxed: false })
  } catch {
    return unread('it cannot be read')
  }
}

const unread = (detail: string): Fault => ({
  problem: problemOf('tls/certificate-invalid', { detail }),
  alert: badCertificate,
})

/** When the certificates that were sent begin and cease to be valid, in ms since the epoch. */
function datesOf(leaf: PeerCertificate): number[] {
  const dates: number[] = []
  for (let one: PeerCertificate | undefined = leaf; one; one = one.issuerCertificate)
    dates.push(one.validFromDate.getTime(), one.validToDate.getTime())
  return dates
}
