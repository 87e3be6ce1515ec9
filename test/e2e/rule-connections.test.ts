/** Rules whose filters ask about the connection: which program opened it, its TLS, its ends. With curl and Node. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createSecureServer } from 'node:http2'
import { runCurl } from './support/curl.ts'
import { makeIdentities } from './support/identities.ts'
import { listenFor } from './support/origin.ts'
import { startParley } from './support/parley.ts'
import { e2e } from './support/programs.ts'

const needs = ['curl']
const host = 'origin.localhost'
const isLinux = process.platform === 'linux'

/** Says which of the fields that rules set have come. */
const serve = (request: IncomingMessage, answer: ServerResponse): void => {
  const set = Object.keys(request.headers).filter(name => name.startsWith('x-'))
  answer.end(set.sort().join(' '))
}

const filters: Readonly<Record<string, string>> = {
  'x-curl': '~process curl',
  'x-not-curl': '!~process curl',
  'x-wget': '~process wget',
  'x-dst': '~dst ^127',
  'x-dst-other': '~dst ^192',
  'x-src': '~src ^127',
  'x-tls12': '~tls 1.2',
  'x-tls13': '~tls 1.3',
  'x-cipher': '~cipher aes',
  'x-no-tls': '!~tls 1',
  'x-alpn': '~alpn h2',
}
const rules = Object.entries(filters).flatMap(([name, when]) => ['--rule', `${when} => set-header request ${name} yes`])

for (const way of ['in clear', 'inside TLS', 'over HTTP/2'] as const)
  e2e(`filters about connections are answered by what is known of them ${way}`, { needs }, async t => {
    const secure = way !== 'in clear'
    const { caPath, leaf } = await makeIdentities(t)
    const { cert, key } = leaf('origin', { host })
    const files = { cert: readFileSync(cert), key: readFileSync(key), allowHTTP1: true }
    const port = await listenFor(t, secure ? createSecureServer(files, serve as never) : createServer(serve))
    const parley = await startParley(t, '--upstream-ca', caPath, ...rules)
    const args = [
      way === 'over HTTP/2' ? '--http2' : '--http1.1',
      '--ciphers',
      'AES128',
      `http${secure ? 's' : ''}://${host}:${port}/`,
    ]
    const { stdout, stderr } = await runCurl(parley, args)
    const expected = [
      ...(isLinux ? ['x-curl'] : []),
      ...['x-dst', 'x-src', ...(secure ? ['x-cipher', 'x-tls13'] : ['x-no-tls'])],
      ...(way === 'over HTTP/2' ? ['x-alpn'] : []),
    ]
    assert.equal(stdout, expected.sort().join(' '), stderr)
  })
