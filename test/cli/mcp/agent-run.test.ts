import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import { AgentSending } from '../../../src/cli/mcp/agent-run.ts'
import { openRun } from '../../../src/cli/run.ts'
import { type Origins, startOrigins } from '../../../src/peers/origins.ts'
import { openCapture } from '../../../src/store/capture.ts'
import { optionsIn, ownFolder } from '../recorded-run.ts'

let origins: Origins
before(async () => {
  origins = await startOrigins({ slowMs: 1 })
})
after(() => origins.close())

function sendingHere(t: TestContext) {
  const options = optionsIn(ownFolder(), { hosts: origins.addresses })
  let starts = 0
  const sending = new AgentSending(() => {
    starts++
    return openRun({ ...options, upstreamRoots: [origins.caPem] })
  }, options.proxy.authorityFolder)
  t.after(() => sending.close())
  return { sending, starts: () => starts }
}

test('requests are traced and replayed through one proxy, which starts with the first', async t => {
  const { sending, starts } = sendingHere(t)
  assert.equal(sending.capturePath, undefined)
  const url = `${origins.named('tls13').url}/json`
  const [first, second] = [await sending.trace({ url }), await sending.trace({ url, headers: [['x-a', 'b']] })]
  assert.deepEqual([first, second, starts()], [{ connection: 1 }, { connection: 2 }, 1])
  const failed = await sending.trace({ url: origins.named('expired').url })
  const capture = openCapture(sending.capturePath!)
  assert.match(capture.connection(failed.connection!)!.problems[0]!.message, /expired/)
  const replayed = (await sending.replay(capture, capture.exchangesOf(1)[0]!, undefined)) as { readonly same: boolean }
  assert.equal(replayed.same, true)
  await assert.rejects(sending.replay(capture, 99, undefined), /99|no/)
  await assert.rejects(sending.replay(capture, 1, 'ftp://a'), /not an http/)
  capture.close()
  await assert.rejects(sending.trace({ url: 'file:///etc/passwd' }), /http or https/)
})

test('rules are set, count, and name no file', async t => {
  const { sending } = sendingHere(t)
  const url = `${origins.named('tls13').url}/json`
  assert.deepEqual(await sending.setRules(['~u /json => block 403']), [{ rule: '~u /json => block 403', hits: 0 }])
  const { connection } = await sending.trace({ url })
  const capture = openCapture(sending.capturePath!)
  assert.equal(capture.exchange(capture.exchangesOf(connection!)[0]!)?.response?.head.status, 403)
  capture.close()
  for (const rule of ['~all => script /tmp/x.ts', '~all => map-local /etc', '~all => body-file response /etc/passwd'])
    await assert.rejects(sending.setRules([rule]), /names a file/, rule)
  await assert.rejects(sending.setRules(['nonsense']))
  const { rules, url: proxy } = await sending.proxy()
  assert.match(proxy, /^http:\/\/127\.0\.0\.1:\d+$/)
  assert.equal(rules.length, 1, 'those before stay')
})
