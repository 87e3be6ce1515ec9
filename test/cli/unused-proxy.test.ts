import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unusedProxy } from '../../src/cli/unused-proxy.ts'

const listen = { host: '127.0.0.1', port: 8080 }

const environments = [
  [{}, undefined],
  [{ HTTPS_PROXY: '' }, undefined],
  [{ HTTPS_PROXY: 'http://proxy.example:3128' }, 'HTTPS_PROXY'],
  [{ https_proxy: 'proxy.example:3128' }, 'https_proxy'],
  [{ ALL_PROXY: 'socks5://127.0.0.1:1080' }, 'ALL_PROXY'],
  [{ HTTP_PROXY: 'http://proxy.example:8080', ALL_PROXY: 'http://other.example' }, 'ALL_PROXY'],
  [{ HTTPS_PROXY: 'what is this' }, 'HTTPS_PROXY'],
  [{ HTTPS_PROXY: 'http://proxy.example:3128', NO_PROXY: '*' }, undefined],
  [{ HTTPS_PROXY: 'http://127.0.0.1:8080', http_proxy: 'localhost:8080' }, undefined], // Parley itself
] as const
for (const [environment, found] of environments)
  test(`of ${JSON.stringify(environment)} ${found ?? 'nothing'} is passed by`, () => {
    assert.equal(unusedProxy(environment, listen), found)
  })
