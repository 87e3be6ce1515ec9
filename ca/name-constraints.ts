import { bytesOf, decode, itemsOf, type Node, sequence, tag, tagList, tagOf } from './der.ts'
import { extension, oids } from './extensions.ts'
import { type HostName, readHostName } from './host-name.ts'

/** Names of two forms: all at and below these domains, and all in these ranges. */
interface Subtrees {
  /** Lower case, punycode; the empty one holds every name. */
  readonly domains: readonly string[]
  /** An address and a mask of the same length. */
  readonly ranges: readonly Buffer[]
}

/** The hosts that a root may speak for (RFC 5280 4.2.1.10): a form of which nothing is permitted is free. */
export interface Constraints {
  readonly permitted: Subtrees
  readonly excluded: Subtrees
}

/** These hosts and what is below them, and nothing else of either form. Throws AuthorityError `ca/host`. */
export function readConstraints(hosts: readonly string[]): Constraints {
  const names = hosts.map(readHostName)
  const domains = names.flatMap(({ text, addresses }) => (addresses.length === 0 ? [text] : []))
  const addresses = names.flatMap(name => name.addresses)
  const ranges = addresses.map(bytes => Buffer.concat([bytes, Buffer.alloc(bytes.length, 0xff)]))
  return {
    permitted: { domains, ranges },
    excluded: {
      domains: domains.length === 0 ? [''] : [],
      ranges: ranges.length === 0 ? [Buffer.alloc(8), Buffer.alloc(32)] : [],
    },
  }
}

/** The critical extension. */
export function nameConstraints({ permitted, excluded }: Constraints): Node {
  const lists = [permitted, excluded].flatMap(({ domains, ranges }, number) => {
    const names = [...domains.map(domain => tag(2, Buffer.from(domain, 'latin1'))), ...ranges.map(each => tag(7, each))]
    return names.length > 0 ? [tagList(number, ...names.map(name => sequence(name)))] : []
  })
  return extension(oids.nameConstraints, true, sequence(...lists))
}

export function readNameConstraints(extnValue: Buffer): Constraints {
  const lists = itemsOf(decode(extnValue))
  const subtrees = (number: number): Subtrees => {
    const names = lists
      .filter(each => tagOf(each) === number)
      .flatMap(itemsOf)
      .flatMap(each => itemsOf(each).slice(0, 1))
    const of = (form: number) => names.filter(name => tagOf(name) === form).map(bytesOf)
    return { domains: of(2).map(bytes => bytes.toString('latin1').toLowerCase().replace(/^\./, '')), ranges: of(7) }
  }
  return { permitted: subtrees(0), excluded: subtrees(1) }
}

/** Whether a DNS name, a wildcard too, may stand in a certificate below the root. */
export function permitsName({ permitted, excluded }: Constraints, name: string): boolean {
  const plain = name.toLowerCase()
  const isWithin = (domain: string) => domain === '' || plain === domain || plain.endsWith(`.${domain}`)
  return !excluded.domains.some(isWithin) && (permitted.domains.length === 0 || permitted.domains.some(isWithin))
}

/** The same for an address of 4 or 16 bytes. */
export function permitsAddress({ permitted, excluded }: Constraints, address: Buffer): boolean {
  const { length } = address
  const isWithin = (range: Buffer) =>
    range.length === 2 * length && address.every((byte, at) => ((byte ^ range[at]!) & range[length + at]!) === 0)
  return !excluded.ranges.some(isWithin) && (permitted.ranges.length === 0 || permitted.ranges.some(isWithin))
}

export const permitsHost = (constraints: Constraints, { dnsNames, addresses }: HostName): boolean =>
  dnsNames.slice(0, 1).every(name => permitsName(constraints, name)) &&
  addresses.every(address => permitsAddress(constraints, address))

/** For a person: `example.com, 127.0.0.1`. */
export const showConstraints = ({ permitted: { domains, ranges } }: Constraints): string =>
  [...domains, ...ranges.map(range => showAddress(range.subarray(0, range.length / 2)))].join(', ')

const showAddress = (bytes: Buffer): string =>
  bytes.length === 4 ? bytes.join('.') : (bytes.toString('hex').match(/.{4}/g) ?? []).join(':')
