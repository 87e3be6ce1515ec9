import assert from 'node:assert/strict'
import { test } from 'node:test'
import { coreFor } from '../../../../src/proxy/relay/acting/core-for.ts'
import { ActingScript } from './acting-script.ts'

test('a connection that agreed on nothing, or on HTTP/1.1, is read as HTTP/1', () => {
  for (const alpn of [undefined, 'http/1.1']) {
    const asked: string[] = []
    const script = new ActingScript(
      (claims, ports) => coreFor(alpn, claims, { scheme: 'https', authority: 'a.test:1' })!(ports),
      {
        request: (_exchange, { scheme, authority, path }) => {
          asked.push(`${scheme}://${authority}${path}`)
          return undefined
        },
      },
    )
    script.say('to-server', 'GET /x HTTP/1.0\r\n\r\n')
    assert.deepEqual(asked, ['https://a.test:1/x'])
  }
})
