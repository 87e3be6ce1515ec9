import { parseIp } from './ip.ts'

interface Names {
  readonly dns: readonly string[]
  readonly ip: readonly string[]
}

/**
 * The subject alternative name that covers `host`, as the certificate writes it; undefined where none does.
 * A wildcard is a whole leftmost label and stands for exactly one; addresses match addresses only; the common name
 * never counts. RFC 9525 6, RFC 6125 6.4
 */
export function matchHost(host: string, san: Names): string | undefined {
  const address = parseIp(host)
  if (address) return san.ip.find(name => equals(parseIp(name), address))
  const labels = labelsOf(host)
  return labels && san.dns.find(name => matchLabels(labels, name))
}

function matchLabels(host: readonly string[], name: string): boolean {
  const pattern = name.toLowerCase().split('.')
  if (pattern.length !== host.length) return false
  const wild = pattern[0] === '*' && pattern.length > 2
  return pattern.every((label, i) => (i === 0 && wild) || (label === host[i] && label !== ''))
}

/** In small letters and A-labels, without the final dot; undefined where it is no name. */
function labelsOf(host: string): string[] | undefined {
  const plain = /^[\x21-\x7e]*$/.test(host) ? host : asciiOf(host)
  return plain === undefined || plain === '' ? undefined : plain.toLowerCase().replace(/\.$/, '').split('.')
}

const asciiOf = (host: string): string | undefined => URL.parse(`http://${host}`)?.hostname

const equals = (a: Uint8Array | undefined, b: Uint8Array): boolean => a !== undefined && Buffer.compare(a, b) === 0
