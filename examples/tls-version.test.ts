/**
 * A test that asserts on negotiated TLS: `node --test examples/tls-version.test.ts`. The program under test is any that
 * heeds HTTPS_PROXY; here it is Node's fetch. ORIGIN is where it goes, ORIGIN_CA a PEM file of a root that signs it.
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { startParley } from 'parley-proxy'

const { ORIGIN: origin = 'https://example.com/', ORIGIN_CA: ca } = process.env
const program = ['-e', `fetch(${JSON.stringify(origin)}).then(answer => answer.text())`]

test('the program speaks TLS 1.3 with its server, and agrees on what its server would', async () => {
  await using parley = await startParley({ trust: ca === undefined ? [] : [readFileSync(ca, 'utf8')] })
  const env = { ...process.env, ...(await parley.environment()) }
  await promisify(execFile)(process.execPath, program, { env })

  const flow = await parley.flow(`~d ${new URL(origin).hostname}`)
  const { legs, problems } = parley.capture.connection(flow.connection)!
  assert.deepEqual(problems, [])
  assert.equal(legs.client.tls?.negotiated.version?.name, 'TLS 1.3')
  assert.equal(legs.upstream?.tls?.negotiated.version?.name, 'TLS 1.3')
  assert.deepEqual(legs.client.tls?.negotiated.cipherSuite, legs.upstream?.tls?.negotiated.cipherSuite)
})
