import type { Failures } from './failure.ts'

/** What can go wrong before and besides TLS: names, TCP, the proxy itself. */
export const networkFailures = {
  'proxy/loop': {
    cause: 'The target is Parley itself, so the request would go round for ever.',
    blame: 'client',
    remedy: 'Ask for the real server; take Parley out of its own upstream proxy settings.',
    status: 508,
  },
  'dns/not-found': {
    cause: 'The name does not exist.',
    blame: 'client',
    remedy: 'Check the spelling, and whether the name exists only in another network.',
  },
  'dns/no-address': {
    cause: 'The name exists but has no address.',
    blame: 'server',
    remedy: 'Check the name’s records.',
  },
  'dns/timeout': {
    cause: 'The name server did not answer in time.',
    blame: 'parley',
    remedy: 'Check the network and the name servers of this machine.',
  },
  'dns/failed': {
    cause: 'The name could not be looked up.',
    blame: 'parley',
    remedy: 'Try again; then check the name servers of this machine.',
  },
  'tcp/refused': {
    cause: 'Nothing listens on the server’s port.',
    blame: 'server',
    remedy: 'Check the port, and that the server runs.',
  },
  'tcp/unreachable': {
    cause: 'There is no way to the server’s address.',
    blame: 'server',
    remedy: 'Check the network; where only IPv6 fails, name the IPv4 address with --resolve.',
  },
  'tcp/timeout': {
    cause: 'The server did not answer the connection attempt in time.',
    blame: 'server',
    remedy: 'A firewall that drops packets is the usual cause: check the address and port.',
    status: 504,
  },
  'tcp/reset': {
    cause: 'The connection was reset.',
    blame: 'server',
    remedy: 'Look at the last bytes before the reset.',
  },
  'tcp/forbidden': {
    cause: 'This system forbids the connection.',
    blame: 'server',
    remedy: 'Check the local firewall and what this user may do.',
  },
  'tcp/failed': {
    cause: 'The server could not be dialled.',
    blame: 'server',
    remedy: 'Check the network of this machine.',
  },
  'proxy/bad-request': {
    cause: 'The request to the proxy names no target.',
    blame: 'client',
    remedy: 'Check the client’s proxy setting: it should send CONNECT or absolute URLs.',
    status: 400,
  },
  'proxy/bad-connect': {
    cause: 'CONNECT names no host and port.',
    blame: 'client',
    remedy: 'Check what the client asks for: it should read host:port.',
    status: 400,
  },
  'proxy/tls-to-proxy-port': {
    cause: 'The client speaks TLS to the proxy’s own port.',
    blame: 'client',
    remedy: 'Write the proxy as http:// in the client’s setting.',
    status: 400,
  },
  'proxy/socks': {
    cause: 'The client speaks SOCKS to the proxy’s port.',
    blame: 'client',
    remedy: 'Set Parley as the proxy for HTTP and HTTPS in the client’s setting, not as SOCKS proxy.',
  },
  'proxy/internal': {
    cause: 'Parley failed inside.',
    blame: 'parley',
    remedy: 'This is a bug in Parley: export the connection and report it.',
  },
  'http/no-answer': {
    cause: 'The server closed without an answer.',
    blame: 'server',
    remedy: 'Look at the last bytes on the upstream leg, and try again without the proxy.',
  },
  'http/upstream-failed': {
    cause: 'The request could not be carried to the server.',
    blame: 'server',
    remedy: 'Look at the upstream leg, and try again without the proxy.',
  },
} as const satisfies Failures
