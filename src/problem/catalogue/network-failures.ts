import type { Failures } from './failure.ts'

/** What can go wrong before and besides TLS: names, TCP, the proxy itself. */
export const networkFailures = {
  'proxy/loop': {
    cause: 'the target is Parley itself, so the request would loop forever',
    blame: 'client',
    remedy:
      'Through the proxy Parley’s own site is http://parley.proxy/; for a server of your own on that port, use another --listen.',
    status: 508,
  },
  'proxy/not-allowed': {
    cause: 'this proxy does not serve the client’s address',
    blame: 'client',
    remedy: 'Start Parley with --allow and the range that the address is in.',
    status: 403,
  },
  'proxy/credentials': {
    cause: 'the proxy asks for a user and a password, and the request has not the right ones',
    blame: 'client',
    remedy: 'Give the client the proxy as http://USER:PASS@HOST:PORT, with what --auth says.',
    status: 407,
  },
  'proxy/local-target': {
    cause: 'the target is local to the machine of the proxy, and the client is on another one',
    blame: 'client',
    remedy: 'If clients elsewhere are to reach it, start Parley with --allow-local-targets.',
    status: 403,
  },
  'dns/not-found': {
    cause: 'the host name does not exist',
    blame: 'client',
    remedy:
      'Check the spelling; if only a private network knows the name, give its address with --resolve HOST:ADDRESS.',
  },
  'dns/no-address': {
    cause: 'the name exists but has no address',
    blame: 'server',
    remedy: 'Check the name’s A and AAAA records.',
  },
  'dns/timeout': {
    cause: 'the DNS lookup timed out',
    blame: 'parley',
    remedy: 'Check the network and the name servers of this machine.',
  },
  'dns/failed': {
    cause: 'the DNS lookup failed',
    blame: 'parley',
    remedy: 'Try again; then check the name servers of this machine.',
  },
  'tcp/refused': {
    cause: 'the server refused the connection',
    blame: 'server',
    remedy: 'Check that the server is running on that port.',
  },
  'tcp/unreachable': {
    cause: 'the server’s address is unreachable',
    blame: 'server',
    remedy: 'Check the route and the VPN; if only IPv6 fails, give the IPv4 address with --resolve.',
  },
  'tcp/timeout': {
    cause: 'the connection attempt timed out',
    blame: 'server',
    remedy:
      'The usual cause is a firewall that drops packets: check the address and port, and try from another network.',
    status: 504,
  },
  'tcp/reset': {
    cause: 'the server reset the connection immediately',
    blame: 'server',
    remedy: 'The usual cause is a firewall, or a server that rejects this machine.',
  },
  'tcp/no-local-address': {
    cause: 'this machine has no address or port left to connect from',
    blame: 'parley',
    remedy: 'Close connections, or check the addresses of this machine.',
    status: 503,
  },
  'tcp/forbidden': {
    cause: 'this machine does not permit the connection',
    blame: 'parley',
    remedy: 'Check the local firewall and this user’s permissions.',
  },
  'tcp/failed': {
    cause: 'Parley could not connect to the server',
    blame: 'parley',
    remedy: 'Check the network of this machine.',
  },
  'proxy/bad-request': {
    cause: 'the proxy cannot serve what the client asks',
    blame: 'client',
    remedy: 'Ask a proxy for a whole URL, http://HOST:PORT/PATH, or with CONNECT.',
    status: 400,
  },
  'proxy/late-head': {
    cause: 'the head of the request did not come in time',
    blame: 'client',
    remedy: 'Look at what the client sent; it has twice the --timeout for a head.',
    status: 408,
  },
  'proxy/bad-connect': {
    cause: 'CONNECT names no host and port',
    blame: 'client',
    remedy: 'Check what the client requests: it should be host:port.',
    status: 400,
  },
  'proxy/bad-socks': {
    cause: 'Parley cannot read what the client asks in SOCKS',
    blame: 'client',
    remedy: 'Let the client speak SOCKS4, SOCKS4a, or SOCKS5 with no login or with user and password.',
  },
  'proxy/socks-command': {
    cause: 'the client asks in SOCKS for something other than a TCP connection',
    blame: 'parley',
    remedy: 'Parley serves CONNECT alone: let the client use this proxy for TCP connections that it opens itself.',
  },
  'proxy/no-original-target': {
    cause: 'the connection was led to Parley, which cannot find out where it was going',
    blame: 'parley',
    remedy: 'Run Parley as root, which alone may read /proc/net/nf_conntrack, or install conntrack.',
  },
  'proxy/no-descriptors': {
    cause: 'Parley may open no more files and sockets',
    blame: 'parley',
    remedy: 'Close some connections, or start Parley with a higher limit (ulimit -n).',
    status: 503,
  },
  'proxy/ended': {
    cause: 'Parley itself ended the connection, before the handshake was done',
    blame: 'parley',
    remedy: 'Nothing is wrong where Parley was stopped.',
  },
  'proxy/internal': {
    cause: 'Parley failed on this connection',
    blame: 'parley',
    remedy: 'This is a bug in Parley: report it with the capture file.',
  },
  'proxy/script-failed': {
    cause: 'a script of --mitm-script failed',
    blame: 'parley',
    remedy: 'Correct the script, or leave it out.',
  },
  'http/no-answer': {
    cause: 'the server closed the connection without answering',
    blame: 'server',
    remedy: 'Look at the last bytes on the upstream leg, and try again without the proxy.',
  },
  'http/upstream-failed': {
    cause: 'the request could not be sent to the server',
    blame: 'server',
    remedy: 'Look at the upstream leg, and try again without the proxy.',
  },
} as const satisfies Failures
