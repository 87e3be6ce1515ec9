import type { Failures } from './failure.ts'

/** What can go wrong before and besides TLS: names, TCP, the proxy itself. */
export const networkFailures = {
  'proxy/loop': {
    cause: 'the target is Parley itself, so the request would go round for ever',
    blame: 'client',
    remedy:
      'Set Parley as the proxy of a client rather than opening it; for a server of your own on that port, use another --listen.',
    status: 508,
  },
  'dns/not-found': {
    cause: 'there is no host of this name',
    blame: 'client',
    remedy: 'Check the spelling; a name that only some network knows can be given with --resolve HOST:ADDRESS.',
  },
  'dns/no-address': {
    cause: 'the name exists but has no address',
    blame: 'server',
    remedy: 'Check the name’s A and AAAA records.',
  },
  'dns/timeout': {
    cause: 'the name server did not answer in time',
    blame: 'parley',
    remedy: 'Check the network and the name servers of this machine.',
  },
  'dns/failed': {
    cause: 'the name could not be looked up',
    blame: 'parley',
    remedy: 'Try again; then check the name servers of this machine.',
  },
  'tcp/refused': {
    cause: 'the server refused the connection',
    blame: 'server',
    remedy: 'Check that the server runs, and on that port.',
  },
  'tcp/unreachable': {
    cause: 'there is no way to the server’s address',
    blame: 'server',
    remedy: 'Check the route and the VPN; where only IPv6 fails, name the IPv4 address with --resolve.',
  },
  'tcp/timeout': {
    cause: 'the server did not answer the connection attempt in time',
    blame: 'server',
    remedy:
      'A firewall that drops packets is the usual cause: check the address and port, and try from another network.',
    status: 504,
  },
  'tcp/reset': {
    cause: 'the server reset the connection at once',
    blame: 'server',
    remedy: 'A firewall, or a server that turns this machine away, is the usual cause.',
  },
  'tcp/forbidden': {
    cause: 'this system forbids the connection',
    blame: 'server',
    remedy: 'Check the local firewall and what this user may do.',
  },
  'tcp/failed': {
    cause: 'the server could not be dialled',
    blame: 'server',
    remedy: 'Check the network of this machine.',
  },
  'proxy/bad-request': {
    cause: 'the proxy cannot serve what the client asks',
    blame: 'client',
    remedy: 'Ask a proxy for a whole URL, http://HOST:PORT/PATH, or with CONNECT.',
    status: 400,
  },
  'proxy/bad-connect': {
    cause: 'CONNECT names no host and port',
    blame: 'client',
    remedy: 'Check what the client asks for: it should read host:port.',
    status: 400,
  },
  'proxy/tls-to-proxy-port': {
    cause: 'the client speaks TLS to the proxy’s own port',
    blame: 'client',
    remedy: 'Set the proxy as http://HOST:PORT, not https://, in the client’s setting.',
    status: 400,
  },
  'proxy/socks': {
    cause: 'the client speaks SOCKS, and Parley is an HTTP proxy',
    blame: 'client',
    remedy:
      'Set Parley as the proxy for HTTP and HTTPS (http://HOST:PORT) in the client’s setting, not as SOCKS proxy.',
  },
  'proxy/internal': {
    cause: 'Parley failed on this connection',
    blame: 'parley',
    remedy: 'This is a bug in Parley: report it with the capture file.',
  },
  'http/no-answer': {
    cause: 'the server closed without an answer',
    blame: 'server',
    remedy: 'Look at the last bytes on the upstream leg, and try again without the proxy.',
  },
  'http/upstream-failed': {
    cause: 'the request could not be carried to the server',
    blame: 'server',
    remedy: 'Look at the upstream leg, and try again without the proxy.',
  },
} as const satisfies Failures
