import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acting, flowRow, press, rowWorld, sampleWorld } from './world.ts'

const world = await sampleWorld()

test('the host of a failed connection is passed through', () => {
  const asked: unknown[] = []
  const passThrough = (host: string): string => {
    asked.push(host)
    return 'done'
  }
  assert.deepEqual(acting(world, 'pass-through', [...'jjjjjj'], { passThrough }).outcome, {
    text: 'done',
    tone: 'good',
  })
  acting(world, 'pass-through', [...'jjjjjj', 'enter'], { passThrough })
  acting(world, 'pass-through', [], { passThrough }, '*.example.org')
  assert.deepEqual(asked, ['pinned.example.com', 'pinned.example.com', '*.example.org'])
})

test('a host that is passed through already is opened again', () => {
  const status = { ...world.status, passedThrough: new Set(['pinned.example.com']) }
  const passThrough = () => assert.fail('passed through twice')
  const { outcome } = acting({ ...world, status }, 'pass-through', [...'jjjjjj'], {
    passThrough,
    observe: host => host,
  })
  assert.deepEqual(outcome, { text: 'pinned.example.com', tone: 'good' })
})

test('a capture that is only looked at passes nothing through', () => {
  assert.equal(acting(world, 'pass-through', []).outcome.tone, 'bad')
})

test('the URL and the curl command of a flow are copied', () => {
  const coded = (text: string): string => Buffer.from(/;c;(.*)\x07/.exec(text)![1]!, 'base64').toString()
  assert.equal(coded(acting(world, 'copy-url', ['enter']).written), 'https://api.example.com/v1/events')
  assert.match(coded(acting(world, 'copy-curl', []).written), /^curl .*--data-raw 'a=1&b=two' --url https:/)
  const copied: string[] = []
  acting(world, 'copy-host', ['j'], {
    copy: async text => {
      copied.push(text)
      return 'xclip'
    },
  })
  assert.deepEqual(copied, ['static.example.com'])
})

test('where there is nothing to copy, it is said', () => {
  assert.equal(acting(world, 'copy-url', [...'jjjjjj']).outcome.tone, 'bad')
  assert.equal(acting(rowWorld([]), 'copy-host', [], {}).outcome.tone, 'bad')
})

test('a mark turns, a comment is put in its place, and both are kept together', () => {
  const rows = rowWorld([flowRow(1, { marked: true, comment: 'old' }), flowRow(2)])
  const kept: unknown[] = []
  const note = (flow: number, each: unknown) => kept.push([flow, each])
  acting(rows, 'mark', [], { note })
  acting(rows, 'comment', [], { note }, ' new ')
  acting(rows, 'mark', ['j'], { note })
  assert.deepEqual(kept, [
    [1, { marked: false, comment: 'old' }],
    [1, { marked: true, comment: 'new' }],
    [2, { marked: true, comment: '' }],
  ])
})

test('a comment is typed as a command that has the old one already', () => {
  const commented = rowWorld([flowRow(1, { comment: 'slow' })])
  assert.equal(press(commented, [';']).prompt?.text, 'comment slow')
  assert.equal(press(rowWorld([]), [';']).prompt, undefined)
})

test('the host is read from what is recorded of the connection, not from its handshakes', () => {
  const source = { ...world.source, connection: () => assert.fail('both legs were dissected') }
  const { outcome } = acting({ ...world, source }, 'pass-through', [...'jjjjjj'], { passThrough: host => host })
  assert.equal(outcome.text, 'pinned.example.com')
})
