/** `host:port`, as an authority writes it: an IPv6 address stands in brackets (RFC 3986 3.2.2). */
export const hostAndPort = ({ host, port }: { readonly host: string; readonly port: number }): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`

/** Where this machine reaches what listens on `host`: an address that stands for every address is none to dial. */
export const reachable = (host: string): string => (host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host)
