import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { before, test } from 'node:test'
import { listen } from '../../../src/peers/origin.ts'
import { openCapture } from '../../../src/store/capture.ts'
import { ownFolder, recordVisits } from '../recorded-run.ts'
import { runCli } from '../run-cli.ts'

const folder = ownFolder()
let path = ''
before(async () => {
  ;({ path } = await recordVisits(folder))
})

test('requests go to another server with the method, fields and body that they had; what differs is told', async t => {
  const seen: string[] = []
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.host}`)
    response.statusCode = 418
    response.end('tea')
  })
  const { port, close } = await listen(server)
  t.after(close)
  const target = `http://127.0.0.1:${port}`
  const sent = `${folder}/sent.parley`
  const { code, stdout, stderr } = await runCli(folder, 'replay', path, '~d plain', '--to', target, '--capture', sent)
  assert.equal(code, 1, stderr)
  assert.deepEqual(seen, [`GET /json 127.0.0.1:${port}`])
  assert.match(stdout, /^≠ #\d+ {2}GET http:\/\/127\.0\.0\.1:\d+\/json {2}200 → 418 .*\n {4}status: 200 → 418\n/)
  assert.match(stdout, /1 flow repeated, 1 answered otherwise\n$/)
  const capture = openCapture(sent)
  const exchange = capture.exchange(1)!
  const connection = capture.connection(exchange.connection)!
  capture.close()
  assert.equal(exchange.response?.head.status, 418)
  assert.equal(connection.entrance, 'replay')
  const again = await runCli(folder, 'replay', path, '~d', 'plain', '--to', target, '-n', '3', '-c', '2', '--json')
  const told = JSON.parse(again.stdout)
  assert.deepEqual([told.same, told.recorded, told.answers.length, told.answers[0].status], [false, 200, 3, 418])
})

test('nothing that fits, a filter that is none, a URL with a path: each is said, with its exit code', async () => {
  for (const [flags, code, said] of [
    [['~d nowhere.example'], 1, /no request in .* fits/],
    [['~d ('], 2, /./],
    [['--to', 'http://a/b'], 2, /scheme, host and port alone/],
    [['-n', '0'], 2, /whole number/],
  ] as const) {
    const ran = await runCli(folder, 'replay', path, ...flags)
    assert.deepEqual([ran.code, ran.stdout], [code, ''], ran.stderr)
    assert.match(ran.stderr, said)
  }
})
