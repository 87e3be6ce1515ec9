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
    location: { hostname },
    AbortSignal,
    document: { getElementById: () => output },
    addEventListener() {},
  }
  vm.runInNewContext(trustScript, world)
  await turn()
  return { ...output, asked }
}

const [proxied, trusted] = ['http://parley.proxy/check', 'https://trust.parley.proxy/check']

test('a browser that reaches Parley over TLS trusts it', async () => {
  assert.equal((await verdict('parley.proxy', [trusted])).className, 'yes')
  assert.equal((await verdict('127.0.0.1', [proxied, trusted])).className, 'yes')
})

test('one that reaches it in clear alone does not', async () => {
  assert.match((await verdict('parley.proxy', [])).textContent, /^No: /)
  assert.equal((await verdict('127.0.0.1', [proxied])).className, 'no')
})

test('one that does not come through the proxy is not judged', async () => {
  const { className, textContent, asked } = await verdict('192.0.2.7', [trusted])
  assert.deepEqual([className, asked], ['unknown', [proxied]])
  assert.match(textContent, /^Unknown: /)
})

test('a browser without scripts is told how to look', () => {
  assert.match(trustCheck.text, /<output id="trust">Open <a href="https:\/\/trust\.parley\.proxy\/">/)
})
