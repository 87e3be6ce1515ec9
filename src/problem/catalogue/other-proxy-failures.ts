import type { Failures } from './failure.ts'

/** What can go wrong between Parley and the proxy of --upstream-proxy. */
export const otherProxyFailures = {
  'upstream-proxy/unreachable': {
    cause: 'the other proxy cannot be reached',
    blame: 'other-proxy',
    remedy:
      'Check the address in --upstream-proxy, and that the other proxy runs; --upstream-proxy-except goes around it.',
  },
  'upstream-proxy/tls-failed': {
    cause: 'TLS with the other proxy failed',
    blame: 'other-proxy',
    remedy: 'If it speaks no TLS, give it as http://; if its root is a private one, give that with --upstream-ca.',
  },
  'upstream-proxy/credentials': {
    cause: 'the other proxy asks for a user and a password, and has not been given the right ones',
    blame: 'other-proxy',
    remedy: 'Give them in a file with --upstream-proxy-auth, or in the URL of --upstream-proxy.',
  },
  'upstream-proxy/refused': {
    cause: 'the other proxy refuses to lead to the server',
    blame: 'other-proxy',
    remedy: 'Ask who runs it, or go around it with --upstream-proxy-except.',
  },
  'upstream-proxy/no-server': {
    cause: 'the other proxy says that it cannot reach the server',
    blame: 'other-proxy',
    remedy: 'Check the name and the port; a server that only this machine reaches needs --upstream-proxy-except.',
  },
  'upstream-proxy/no-answer': {
    cause: 'the other proxy did not answer',
    blame: 'other-proxy',
    remedy: 'Check that it speaks what --upstream-proxy says: http, https, socks4 or socks5.',
  },
  'upstream-proxy/unreadable': {
    cause: 'what the other proxy answers is not what such a proxy says',
    blame: 'other-proxy',
    remedy: 'Check that it speaks what --upstream-proxy says: http, https, socks4 or socks5.',
  },
  'upstream-proxy/pac-failed': {
    cause: 'the PAC file does not say which way to go',
    blame: 'parley',
    remedy: 'Correct the file, or name the proxy itself with --upstream-proxy.',
  },
} as const satisfies Failures
