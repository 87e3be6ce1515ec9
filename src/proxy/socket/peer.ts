import type { Endpoint } from '../../model/connection.ts'

/** The other end of a socket. */
export interface Peer {
  readonly remoteAddress?: string | undefined
  readonly remotePort?: number | undefined
}

/** Where a party is, under its name; nothing where that is not known. */
export function peerOf<Party extends 'client' | 'server'>(
  party: Party,
  { remoteAddress: address, remotePort: port }: Peer = {},
): { readonly [name in Party]?: Endpoint } {
  return address === undefined || port === undefined ? {} : ({ [party]: { address, port } } as never)
}
