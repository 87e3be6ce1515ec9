import { domainToASCII } from 'node:url'
import { AuthorityError } from './authority-error.ts'

/** A host as a certificate can carry it. */
export interface HostName {
  /** Lower case, punycode, no trailing dot, no brackets. */
  readonly text: string
  readonly dnsNames: readonly string[]
  readonly addresses: readonly Buffer[]
}

/**
 * Reads a host as CONNECT or SNI gives it: a DNS name (IDN too) or an IP literal, with or without brackets. Throws
 * AuthorityError `ca/host` where no certificate can name it.
 */
export function readHostName(host: string): HostName {
  const address = readAddress(host)
  if (address) return { text: address.text, dnsNames: [], addresses: [address.bytes] }
  const bare = host.endsWith('.') ? host.slice(0, -1) : host
  // domainToASCII also turns 127.1 into 127.0.0.1, so a name that is ASCII already does not go through it
  // and it leaves out tabs and line ends, which would make another name
  const text = /^[\x21-\x7e]*$/.test(bare) ? bare.toLowerCase() : hasControls(bare) ? '' : domainToASCII(bare)
  if (text === '' || text.length > 253 || /[:/@?#\\[\]*]/.test(bare) || text.split('.').includes('')) {
    const shown = JSON.stringify(host.length > 80 ? `${host.slice(0, 80)}…` : host)
    throw new AuthorityError('ca/host', `no certificate can name the host ${shown}`, 'ask for a DNS name or an address')
  }
  return { text, dnsNames: [text, ...wildcardFor(text)], addresses: [] }
}

const hasControls = (name: string): boolean => /[\x00-\x20\x7f-\x9f]/.test(name)

/** Some clients take no underscore in a certificate's name, but match it against a wildcard. */
function wildcardFor(name: string): string[] {
  const [first = '', ...rest] = name.split('.')
  return first.includes('_') && rest.length > 1 && !rest.some(label => label.includes('_'))
    ? [`*.${rest.join('.')}`]
    : []
}

function readAddress(host: string): { text: string; bytes: Buffer } | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host)?.slice(1)
  if (parts?.every(part => String(Number(part)) === part && Number(part) < 256)) {
    return { text: host, bytes: Buffer.from(parts.map(Number)) }
  }
  const bare = host.replace(/^\[(.*)\]$/, '$1').replace(/%.*$/, '') // a zone means nothing to anybody but its machine
  if (!/^[\da-f:.]*:[\da-f:.]*$/i.test(bare) || !URL.canParse(`http://[${bare}]/`)) return undefined
  const text = new URL(`http://[${bare}]/`).hostname.slice(1, -1)
  return { text, bytes: bytesOfIpv6(text) }
}

/** `text` in RFC 5952 form, as URL writes it: hexadecimal groups and at most one `::`. */
function bytesOfIpv6(text: string): Buffer {
  const [head = [], tail = []] = text.split('::').map(half => (half === '' ? [] : half.split(':')))
  const groups = [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail]
  return Buffer.from(groups.map(group => group.padStart(4, '0')).join(''), 'hex')
}
