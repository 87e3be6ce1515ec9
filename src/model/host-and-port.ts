/** `host:port`, as an authority writes it: an IPv6 address stands in brackets (RFC 3986 3.2.2). */
export const hostAndPort = ({ host, port }: { readonly host: string; readonly port: number }): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
