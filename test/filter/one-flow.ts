// One exchange as values, and filters that find it or do not: SQL and the matcher are asked the same.
import { exchangeFlow } from '../../src/filter/flow.ts'
import type { FlowFacts } from '../../src/filter/match.ts'
import { connectionOf, exchangeOf } from '../store/samples.ts'

const agreed = { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', alpn: 'h2', resumed: false }
const remote = { address: '127.0.0.1', port: 4711 }
const process = { pid: 4711, name: 'curl', command: 'curl -x http://127.0.0.1:8080' }

const connection = connectionOf(1, { serverName: 'api.example.com', client: { agreed, remote }, upstream: {} })
const acts = [
  { by: '~u /Users => set-header response x-rule yes', did: 'set header x-rule', side: 'response' },
] as const
const exchange = exchangeOf(1, { path: '/Users/7', status: 404, acts })
export const oneFlow = {
  flow: exchangeFlow(exchange),
  exchange,
  connection: { ...connection, process },
  handshakes: { clientJa4: 't13d1516h2_8daaf6152771_b186095e22b6', upstreamGroup: 'x25519', differs: true },
  bodies: { response: Buffer.from('{"a":1}') },
} satisfies FlowFacts

/** Filters that find it. */
export const findingFilters = [
  ...[
    'users',
    '~u api.example.com/users',
    '~d ^api',
    '~c 404',
    '~c 4xx',
    '~m get',
    '~t json',
    '~ts json',
    '~s',
    '~http',
  ],
  ...[
    '~hs "content-type: app"',
    '~h "^host: api"',
    '~hq host',
    '~b a',
    '~bs "\\"a\\""',
    '~sni api',
    '~alpn h2',
    '~tls 1.3',
  ],
  ...[
    '~cipher aes_128',
    '~ja4 t13d',
    '~group x25519',
    '~process CURL',
    '~process "^curl -x"',
    '~differs',
    '~src :4711',
    '~proto http/1',
    '~size 5',
    '~dur 20ms',
  ],
  ...['~acted', '~rule set-header', '~rule "^~u"'],
  ...['~all', '!~q', '~a | ~c 404', '~all /users/7', '~all "content-type: app"', '~all "\\"a\\":1"', '~all ^host:'],
]

/** Filters that do not. */
export const otherFilters = [
  ...['~q', '~e', '~tcp', '~websocket', '~a', '~failed', '~tq json', '~bq a', '~hq content-type', '~dst 1', '~c <400'],
  ...[
    '!users',
    '~c 404 & ~m POST',
    '~size >5',
    '~dur <20ms',
    '~alpn http',
    '~process wget',
    '~process 4711',
    '~group secp',
    '~proto h2',
    '~d users',
    '~rule breakpoint',
    '~all nowhere',
    '~all 404',
  ],
]
