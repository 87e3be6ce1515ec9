import assert from 'node:assert/strict'
import { test } from 'node:test'
import { connectionFlow, exchangeFlow } from '../../src/filter/flow.ts'
import { compileFilter, type Subject } from '../../src/filter/match.ts'
import { parseFilter } from '../../src/filter/parser.ts'
import { connectionOf, exchangeOf } from '../store/samples.ts'

const agreed = { version: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', alpn: 'h2', resumed: false }
const remote = { address: '127.0.0.1', port: 4711 }
const process = { pid: 4711, name: 'curl', command: 'curl -x http://127.0.0.1:8080' }
const subject: Subject = {
  flow: exchangeFlow(exchangeOf(1, { path: '/Users/7', status: 404 })),
  exchange: exchangeOf(1, { path: '/Users/7', status: 404 }),
  connection: connectionOf(1, { serverName: 'api.example.com', client: { agreed, remote }, upstream: {}, process }),
  facts: { clientJa4: 't13d1516h2_8daaf6152771_b186095e22b6', upstreamGroup: 'x25519', differs: true },
  body: side => (side === 'response' ? new TextEncoder().encode('{"a":1}') : undefined),
}
const holds = (text: string, of: Subject = subject) => compileFilter(parseFilter(text))(of)

test('each operator asks its own part of the subject', () => {
  const yes = [
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
    ...['~all', '!~q', '~a | ~c 404', '~all /users/7', '~all "content-type: app"', '~all "\\"a\\":1"', '~all ^host:'],
  ]
  const no = [
    ...[
      '~q',
      '~e',
      '~tcp',
      '~websocket',
      '~a',
      '~failed',
      '~tq json',
      '~bq a',
      '~hq content-type',
      '~dst 1',
      '~c <400',
    ],
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
      '~all nowhere',
      '~all 404',
    ],
  ]
  assert.deepEqual(
    yes.filter(text => !holds(text)),
    [],
  )
  assert.deepEqual(
    no.filter(text => holds(text)),
    [],
  )
})

test('what is absent matches nothing, not even the empty pattern', () => {
  const connection = connectionOf(1)
  const bare: Subject = { flow: connectionFlow(connection, 1), connection }
  for (const name of ['sni', 'alpn', 'tls', 'ja4', 'group', 'src', 'dst', 't', 'h', 'b']) {
    assert.equal(holds(`~${name} ""`, bare), false, name)
  }
  assert.equal(holds('~tcp', bare), true)
  assert.equal(holds('~q', bare), false)
})
