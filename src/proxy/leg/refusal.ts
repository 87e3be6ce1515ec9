import type { Problem } from '../../model/problem.ts'
import { lackOf, type Offer } from '../../wire/tls/narrow-offer.ts'

const noCertificate = 300 // bytes; a record with an alert has 7, a HelloRetryRequest about 100, a certificate more

/**
 * What a server means by a bare handshake_failure (RFC 8446 6.2): after its own messages it is about the client's
 * certificate (RFC 5246 7.2.2), in answer to a hello it is about what the hello lacks. `received` in bytes; `hello` is
 * what was offered, as far as it is known.
 */
export function refusal(problem: Problem, received: number, hello: Offer | undefined): Problem {
  if (problem.code !== 'tls/no-common-suite') return problem
  if (received > noCertificate)
    return {
      code: 'tls/client-certificate-required',
      blame: 'client',
      message: 'the server refused after its own messages (alert handshake_failure): it wants a client certificate',
      remedy: 'give one with --client-cert HOST=FILE',
    }
  const lack = hello && lackOf(hello)
  if (!lack || lack.list === 'cipher-suite') return problem
  const [code, word]: readonly [Problem['code'], string] =
    lack.list === 'group'
      ? ['tls/no-common-group', 'key exchange group']
      : ['tls/no-common-signature-algorithm', 'signature algorithm']
  return {
    code,
    blame: 'server',
    message: `the server accepts no ${word} of the offer, it seems: it answered with alert handshake_failure, and the offer lacks ${lack.missing.join(' and ')}, which nearly every server has (RFC 8446 9.1)`,
  }
}
