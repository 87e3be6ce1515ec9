import { join } from 'node:path'
import { dsaIdentity, fixture } from './identities.ts'
import { ocspResponse } from './ocsp.ts'
import { identityArguments, type Step } from './openssl.ts'

/** A handshake that s_client and s_server have with each other. */
export interface HandshakeKind {
  /** Part of its server name. */
  readonly name: string
  readonly server: readonly string[]
  /** One run of the client each. */
  readonly clients: readonly (readonly string[])[]
  readonly steps?: readonly Step[]
  /** Given to the server on its stdin after the steps. */
  readonly serverCommand?: string
  /** Messages that the last run has to show, or this kind tests nothing. */
  readonly shows: readonly string[]
  /** How the last run ends; 'established' unless told. */
  readonly outcome?: 'failed'
}

/** Every shape of handshake that the openssl program can be made to have. */
export function handshakeKinds(folder: string): HandshakeKind[] {
  const identity = (name: Parameters<typeof fixture>[0]): string[] => identityArguments(fixture(name))
  const rsa = ['-rev', ...identity('rsa')]
  const tls12 = ['-tls1_2']
  const old = (version: string, suite: string): string[] => [version, '-cipher', `${suite}:@SECLEVEL=0`]
  const session = (name: string): string => join(folder, `${name}.session`)
  const twice = (name: string, ...args: string[]): string[][] => [
    [...args, '-sess_out', session(name)],
    [...args, '-sess_in', session(name)],
  ]
  const clientCertificate = identity('ecdsa')
  const psk = ['-psk', '00112233445566778899aabbccddeeff', '-psk_identity', 'somebody']
  const early = join(folder, 'early')
  return [
    ...[
      'TLS_AES_128_GCM_SHA256',
      'TLS_CHACHA20_POLY1305_SHA256',
      'TLS_AES_128_CCM_SHA256',
      'TLS_AES_128_CCM_8_SHA256',
    ].map(suite => ({
      name: suite.toLowerCase().replaceAll('_', '-'),
      server: [...rsa, '-ciphersuites', suite],
      clients: [['-ciphersuites', suite]],
      steps: ['hello'],
      shows: ['< 8', '< 15', '> 20', '< 4'],
    })),
    ...(['rsa', 'ecdsa', 'ed25519', 'ed448', 'rsa-pss', 'chain'] as const).flatMap(name => [
      { name: `${name}-13`, server: ['-rev', ...identity(name)], clients: [['-tls1_3']], shows: ['< 11', '< 15'] },
      { name: `${name}-12`, server: ['-rev', ...identity(name)], clients: [tls12], shows: ['< 11', '< 12'] },
    ]),
    {
      name: 'dsa-12',
      server: ['-rev', ...identityArguments(dsaIdentity(folder)), ...old('-tls1_2', 'ALL')],
      clients: [[...old('-tls1_2', 'DHE-DSS-AES128-SHA256'), '-sigalgs', 'DSA+SHA256']],
      shows: ['< 12'],
    },
    ...['P-256', 'P-384', 'P-521', 'X448', 'ffdhe2048'].map(group => ({
      name: `retry-${group.toLowerCase()}`,
      server: [...rsa, '-groups', group],
      clients: [['-groups', `X25519:${group}`]],
      shows: ['> 1', '< 2', '> 1', '< 2'],
    })),
    ...['P-256', 'P-384', 'P-521', 'X448', 'brainpoolP256r1'].map(group => ({
      name: `group-12-${group.toLowerCase()}`,
      server: [...rsa, '-groups', group],
      clients: [[...tls12, '-groups', group]],
      shows: ['< 12'],
    })),
    {
      name: 'cookie',
      server: ['-stateless', ...identity('rsa')],
      clients: [['-tls1_3']],
      shows: ['> 1', '< 2', '> 1'],
      outcome: 'failed',
    }, // s_server takes the second hello on another connection
    ...['-tls1_3', '-tls1_2'].flatMap(version => [
      {
        name: `client-certificate${version.replace('_', '-')}`,
        server: [...rsa, '-Verify', '1'],
        clients: [[version, ...clientCertificate]],
        shows: ['< 13', '> 11', '> 15'],
      },
      {
        name: `no-client-certificate${version.replace('_', '-')}`,
        server: [...rsa, '-verify', '1'],
        clients: [[version]],
        shows: ['< 13', '> 11'],
      },
      {
        name: `stapled${version.replace('_', '-')}`,
        server: [...rsa, '-status_file', ocspResponse(folder, fixture('rsa'))],
        clients: [[version, '-status']],
        shows: version === '-tls1_2' ? ['< 22'] : ['< 11'],
      },
      {
        name: `small-records${version.replace('_', '-')}`,
        server: ['-rev', ...identity('chain'), '-max_send_frag', '512'],
        clients: [[version, '-max_send_frag', '512', '-split_send_frag', '512']],
        steps: ['hello', `long ${'line '.repeat(300)}`],
        shows: ['< 11'],
      },
      {
        name: `fragment-length${version.replace('_', '-')}`,
        server: [...rsa],
        clients: [[version, '-maxfraglen', '512']],
        shows: ['< 11'],
      },
      {
        name: `alpn${version.replace('_', '-')}`,
        server: [...rsa, '-alpn', 'h2,http/1.1'],
        clients: [[version, '-alpn', 'http/1.1,h2']],
        shows: ['< 2'],
      },
      {
        name: `no-alpn${version.replace('_', '-')}`,
        server: [...rsa, '-alpn', 'h2'],
        clients: [[version, '-alpn', 'spdy/1,imap']],
        shows: ['< alert'],
        outcome: 'failed' as const,
      },
      {
        name: `untrusted${version.replace('_', '-')}`,
        server: rsa,
        clients: [[version, '-verify_return_error']],
        shows: ['> alert'],
        outcome: 'failed' as const,
      },
      {
        name: `no-name${version.replace('_', '-')}`,
        server: rsa,
        clients: [[version, '-noservername', '-no_ticket']],
        steps: ['hello'],
        shows: ['> 1'],
      },
    ]),
    { name: 'ticket-12', server: rsa, clients: twice('ticket-12', ...tls12), steps: ['hello'], shows: ['< 2', '< 20'] },
    {
      name: 'session-id-12',
      server: [...rsa, '-no_ticket'],
      clients: twice('session-id-12', ...tls12, '-no_ticket'),
      steps: ['hello'],
      shows: ['< 2', '< 20'],
    },
    { name: 'psk-13', server: rsa, clients: twice('psk-13', '-tls1_3'), steps: ['hello'], shows: ['< 8', '< 20'] },
    {
      name: 'psk-ke-13',
      server: [...rsa, '-allow_no_dhe_kex'],
      clients: twice('psk-ke-13', '-allow_no_dhe_kex'),
      steps: ['hello'],
      shows: ['< 8'],
    },
    {
      name: 'early-data',
      server: [...rsa.slice(1), '-early_data', '-max_early_data', '1000', '-no_anti_replay'],
      clients: [
        ['-sess_out', session('early')],
        ['-sess_in', session('early'), '-early_data', early],
      ],
      steps: [{ heard: /New Session Ticket arrived/ }, { client: 'hello' }],
      shows: ['> 5'],
    },
    { name: 'no-tickets-13', server: [...rsa, '-num_tickets', '0'], clients: [[]], steps: ['hello'], shows: ['< 20'] },
    {
      name: 'tickets-13',
      server: [...rsa, '-num_tickets', '4'],
      clients: [[]],
      steps: ['hello'],
      shows: ['< 4', '< 4', '< 4', '< 4'],
    },
    {
      name: 'external-psk',
      server: ['-rev', '-nocert', ...psk],
      clients: [['-tls1_3', ...psk.slice(0, 2), '-psk_identity', 'somebody']],
      shows: ['< 8'],
    },
    {
      name: 'psk-hint',
      server: [...rsa, ...psk, '-psk_hint', 'a hint'],
      clients: [[...tls12, '-cipher', 'PSK', '-psk', psk[1]!]],
      shows: ['< 12', '> 16'],
    },
    {
      name: 'renegotiation',
      server: rsa,
      clients: [tls12],
      steps: ['hello', { client: 'R' }, 'again'],
      shows: ['> 1', '> 1', '< 20'],
    },
    {
      name: 'key-update',
      server: rsa,
      clients: [[]],
      steps: ['hello', { client: 'K' }, { client: 'k' }, 'again'],
      shows: ['> 24', '> 24', '< 24'],
    },
    {
      name: 'padding',
      server: [...rsa, '-record_padding', '512'],
      clients: [['-record_padding', '256']],
      steps: ['hello'],
      shows: ['< 11'],
    },
    {
      name: 'no-etm',
      server: rsa,
      clients: [old('-tls1_2', 'AES128-SHA').concat('-no_etm')],
      steps: ['hello'],
      shows: ['> 16'],
    },
    {
      name: 'npn',
      server: [...rsa, '-nextprotoneg', 'http/1.1,spdy/3'],
      clients: [[...tls12, '-nextprotoneg', 'spdy/3']],
      steps: ['hello'],
      shows: ['> 67'],
    },
    { name: 'fallback', server: rsa, clients: [[...tls12, '-fallback_scsv']], shows: ['< alert'], outcome: 'failed' },
    { name: 'version-alert', server: [...rsa, '-tls1_3'], clients: [tls12], shows: ['< alert'], outcome: 'failed' },
    {
      name: 'suite-alert',
      server: [...rsa, '-cipher', 'AES128-SHA', '-tls1_2'],
      clients: [[...tls12, '-cipher', 'ECDHE-RSA-AES256-GCM-SHA384']],
      shows: ['< alert'],
      outcome: 'failed',
    },
    {
      name: 'post-handshake',
      server: identity('rsa'),
      clients: [['-enable_pha', ...clientCertificate]],
      steps: [{ heard: /New Session Ticket arrived/ }, { client: 'hello' }],
      serverCommand: 'c',
      shows: ['< 13', '> 11', '> 15', '> 20'],
    },
    {
      name: 'hello-request',
      server: identity('rsa'),
      clients: [tls12],
      steps: [{ client: 'hello' }],
      serverCommand: 'r',
      shows: ['< 0', '> 1'],
    },
  ]
}
