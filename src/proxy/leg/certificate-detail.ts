import type { PeerCertificate } from './peer-certificate.ts'

const mostNames = 6
const longestChain = 10

/** What a chain itself says to an error of OpenSSL's or Node's about it: other names, a day, who issued it. `now` in ms. */
export function certificateDetail(code: string, leaf: PeerCertificate | undefined, now: number): string {
  if (!leaf) return ''
  const chain = chainOf(leaf)
  const last = chain.at(-1) ?? leaf
  switch (code) {
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return namesOf(leaf)
    case 'CERT_HAS_EXPIRED':
      return dated(
        'valid until',
        chain.map(({ validTo }) => Date.parse(validTo)).find(time => time < now),
      )
    case 'CERT_NOT_YET_VALID':
      return dated(
        'valid from',
        chain.map(({ validFrom }) => Date.parse(validFrom)).find(time => time > now),
      )
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return oneLine(last.subject)
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return oneLine(last.issuer)
    default:
      return ''
  }
}

function chainOf(leaf: PeerCertificate): PeerCertificate[] {
  const chain = [leaf]
  for (let next = leaf.issuerCertificate; next && chain.length < longestChain; next = next.issuerCertificate)
    if (chain.push(next) && next.issuer === next.subject) break
  return chain
}

/** The alternative names, which alone count (RFC 9525 6.3). */
function namesOf({ subjectAltName }: PeerCertificate): string {
  const names = subjectAltName?.split(', ').map(name => name.replace(/^[^:]*:/, '')) ?? []
  const more = names.length - mostNames
  if (names.length === 0) return 'it has no subjectAltName'
  return more > 0 ? `${names.slice(0, mostNames).join(', ')} and ${more} more` : names.join(', ')
}

/** Node writes an attribute a line. */
const oneLine = (name: string | undefined): string => name?.split('\n').join(', ') ?? ''

const dated = (what: string, time: number | undefined): string =>
  time === undefined ? '' : `${what} ${new Date(time).toISOString().replace('T', ' ').slice(0, 16)} UTC`
