import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { RunningScript } from '../../../../src/cli/threads/rule-scripts/running-script.ts'
import { scriptOf } from './scripts.ts'

function run(t: TestContext, text: string, patience = 5000, name?: string) {
  const lines: string[] = []
  const script = new RunningScript(scriptOf(t, text, name), { patience, log: line => lines.push(line) })
  t.after(() => script.end('the test is over'))
  return { lines, call: (message: object) => script.call('request', message), script }
}

test('types are stripped, messages are cloned, and what it gives back comes', async t => {
  const { call } = run(
    t,
    'export const request = async (m: { n: number, body: Uint8Array }): Promise<object> => ({ n: m.n + 1, body: m.body })',
  )
  assert.deepEqual(await call({ n: 1, body: Buffer.from('hi') }), { n: 2, body: new Uint8Array([104, 105]) })
})

test('JavaScript runs as well, and what is not exported gives nothing', async t => {
  const { call, script } = run(t, 'export const request = () => 7', 5000, 'script.mjs')
  assert.equal(await call({}), 7)
  assert.equal(await script.call('response', {}), undefined)
})

test('an exception and a rejected promise say where; the script goes on with what it remembers', async t => {
  const { call } = run(
    t,
    'let n = 0\nexport function request(m: any) {\n  n++\n  if (m.fail) throw new TypeError("no\\nway")\n  return m.reject ? Promise.reject("never") : n\n}',
  )
  await assert.rejects(call({ fail: true }), /script\.ts:4: TypeError: no way \(request\)$/)
  await assert.rejects(call({ reject: true }), /script\.ts: never \(request\)$/)
  assert.equal(await call({}), 3)
})

test('what cannot be given back is an exception', async t => {
  const { call } = run(t, 'export const request = () => ({ headers: () => [] })')
  await assert.rejects(call({}), /DataCloneError/)
})

test('a module that cannot be loaded says why, to every call', async t => {
  for (const [text, why] of [
    ['throw new Error("at the start")', /script\.ts:1: Error: at the start/],
    ['export const = 1', /Syntax|Transform/],
    ['import "./not-there.ts"', /ERR_MODULE_NOT_FOUND|Cannot find module/],
    ['process.exit(3)', /ended with code 3/],
    ['for (;;) {}', /not loaded in 1 s/],
  ] as const) {
    const { call } = run(t, text, 1000)
    await assert.rejects(call({}), why, text)
  }
})

test('an endless loop is ended, and calls that waited behind it are made in a new thread', async t => {
  const { call } = run(t, 'export const request = ({ loops }: any) => { while (loops); return "done" }', 700)
  const [looped, waited] = await Promise.allSettled([call({ loops: true }), call({})])
  assert.match(String((looped as PromiseRejectedResult).reason), /took longer than 0\.7 s/)
  assert.deepEqual(waited, { status: 'fulfilled', value: 'done' })
  assert.equal(await call({}), 'done')
})

test('a promise that never settles is given up', async t => {
  const { call } = run(t, 'export const request = () => new Promise(() => {})', 2000)
  await assert.rejects(call({}), /took longer than 2 s/)
})

for (const [what, text, why] of [
  ['process.exit', 'process.exit(1)', /ended with code 1/],
  [
    'an error that nobody catches',
    'setTimeout(() => { throw new Error("later") }); await new Promise(() => {})',
    /Error: later/,
  ],
  ['too much memory', 'const all = []; for (;;) all.push(new Array(4_000_000).fill(1.5))', /memory|OUT_OF_MEMORY/i],
] as const)
  test(`${what} ends the thread alone, and the next call starts another`, { timeout: 60_000 }, async t => {
    const { call } = run(
      t,
      `export const request = async ({ dies }: any) => { if (dies) { ${text} } return "alive" }`,
      20_000,
    )
    await assert.rejects(call({ dies: true }), why)
    assert.equal(await call({}), 'alive')
  })

test('what it prints goes to the log, line by line', async t => {
  const { call, lines } = run(t, 'export const request = () => { console.log("one\\ntwo"); console.error("three") }')
  await call({})
  for (let tries = 0; lines.length < 3 && tries < 100; tries++) await new Promise(resolve => setTimeout(resolve, 10))
  assert.deepEqual(lines.toSorted(), ['one', 'three', 'two'])
})
