import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import vm from 'node:vm'
import { trustCheck, trustScript } from '../../../src/proxy/site/trust-check.ts'

/** What the script makes the page say, in a browser of which `hostname` and what it reaches are known. */
async function verdict(hostname: string, reached: readonly string[]) {
  const output = { className: '', textContent: '' }
  const asked: string[] = []
  const fetch = async (url: string) => {
    asked.push(url)
    if (!reached.includes(url)) throw new TypeError('Failed to fetch')
    return { ok: true }
  }
  const world = {
    fetch,
    location: { hostname, host: `${hostname}:8080` },
    AbortSignal,
    document: { getElementById: () => output },
    addEventListener() {},
  }
  vm.runInNewContext(trustScript, world)
  await turn()
  return { ...output, asked }
}

const [proxied, trusted] = ['http://parley.proxy/check', 'https://trust.parley.proxy/check']
const direct = 'https://192.0.2.7:8080/check'

test('a browser that reaches Parley over TLS trusts it', async () => {
  assert.equal((await verdict('parley.proxy', [trusted])).textContent, 'Yes: this browser trusts Parley.')
  assert.equal((await verdict('192.0.2.7', [proxied, trusted])).className, 'yes')
})

test('one that reaches it in clear alone does not', async () => {
  assert.match((await verdict('parley.proxy', [direct])).textContent, /^No: .*come back\.$/)
  assert.equal((await verdict('192.0.2.7', [proxied, direct])).className, 'no')
})

test('one that does not come through the proxy is told so, and judged by the address of the page', async () => {
  const { className, textContent, asked } = await verdict('192.0.2.7', [direct])
  assert.deepEqual([className, asked], ['yes', [proxied, direct]])
  assert.match(textContent, /^Yes: .* does not come through Parley yet/)
  assert.match((await verdict('192.0.2.7', [trusted])).textContent, /^No: .* does not come through Parley yet/)
})

test('a browser without scripts is told how to look', () => {
  assert.match(trustCheck.text, /<output id="trust">Open <a href="https:\/\/trust\.parley\.proxy\/">/)
})
