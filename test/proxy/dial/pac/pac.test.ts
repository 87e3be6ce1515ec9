import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPac } from '../../../../src/proxy/dial/pac/pac.ts'

const withBody = (body: string) => openPac(`function FindProxyForURL(url, host) { ${body} }`)
const ask = async (body: string, host = 'a.example', port = 443, clear = false): Promise<string> =>
  (await (await withBody(body)).find({ host, port }, clear))
    .map(way => (way === 'direct' ? way : `${way.host}:${way.port}`))
    .join(' ')

test('it is asked with the URL of the host, without a path', async () => {
  const body = `return 'PROXY ' + url.replace(/\\W/g, '-') + host.length + ':1'`
  assert.equal(await ask(body), 'https---a-example-9:1')
  assert.equal(await ask(body, 'a.example', 8080, true), 'http---a-example-8080-9:1')
})

test('names are looked up outside, as many as it needs, and no more than sixteen', async () => {
  assert.equal(
    await ask(`return isInNet(host, '127.0.0.0', '255.0.0.0') ? 'DIRECT' : 'PROXY a:1'`, 'localhost'),
    'direct',
  )
  assert.equal(
    await ask(`try { dnsResolve('localhost') } catch {} return isResolvable('127.0.0.1') ? 'DIRECT' : ''`),
    'direct',
  )
  const many = await withBody(`for (let i = 0; i < 99; i++) dnsResolve('127.0.0.' + i); return 'DIRECT'`)
  await assert.rejects(many.find({ host: 'a', port: 1 }, false), /more than 16 names/)
})

test('what it throws, and what it returns that is no way, is told', async () => {
  await assert.rejects(ask(`throw new Error('my mistake')`), /my mistake/)
  await assert.rejects(ask('return 7'), /it returns "7"/)
  await assert.rejects(openPac('function ('), /./)
  await assert.rejects(ask('return process.env.HOME'), /process/)
})
