import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ClientProcesses } from '../../../src/cli/threads/client-processes.ts'
import type { ConnectionFacts, Rulings } from '../../../src/rules/rulings.ts'

const curl = { pid: 7, name: 'curl', command: 'curl http://a' }
const facts = (id: number, address = '127.0.0.1'): ConnectionFacts => ({
  id,
  host: 'a',
  port: 80,
  scheme: 'http',
  client: { address, port: 5000 },
})

function asking(patience?: number) {
  const asked: number[] = []
  const seen: ConnectionFacts[] = []
  const rulings: Rulings = {
    connection: () => undefined,
    claims: known => {
      seen.push(known)
      return undefined
    },
  }
  const processes = new ClientProcesses(id => asked.push(id), patience)
  const processOf = (known: ConnectionFacts) => {
    processes.under(rulings).claims(known)
    return seen.at(-1)!.process
  }
  return { asked, processes, processOf }
}

test('nobody is asked until somebody wants to know, and then once a connection', async () => {
  const { asked, processes, processOf } = asking()
  const one = processOf(facts(1))!
  processOf(facts(2))
  assert.deepEqual(asked, [])
  assert.equal(one.now, undefined)
  const known = one.known()
  assert.ok(known)
  assert.deepEqual(asked, [1])
  processes.answer(1, curl)
  await known
  assert.deepEqual([one.now, one.known(), processOf(facts(1))?.now], [curl, undefined, curl])
  assert.deepEqual(asked, [1])
})

test('what is not found in time is not known, and is waited for no more; late it counts all the same', async () => {
  const { processes, processOf } = asking(20)
  const process = processOf(facts(1))!
  const began = performance.now()
  await process.known()
  assert.ok(performance.now() - began >= 18)
  assert.deepEqual([process.now, process.known()], [undefined, undefined])
  processes.answer(1, curl)
  assert.equal(process.now, curl)
})

test('programs of other machines are not asked for', () => {
  const { processOf } = asking()
  assert.equal(processOf(facts(1, '192.0.2.1')), undefined)
})
