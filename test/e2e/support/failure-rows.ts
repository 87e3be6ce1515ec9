import assert from 'node:assert/strict'
import net from 'node:net'
import { failureOf } from '../../../src/problem/codes.ts'
import { openCapture } from '../../../src/store/capture.ts'
import type { ConnectionJson } from '../../../src/view/json/connection-json.ts'
import type { Parley } from './parley.ts'
import type { Owner } from './processes.ts'

/** The connection to `port`, once it has closed and the list says of it what everybody says. */
export async function rowTo(parley: Parley, port: number): Promise<ConnectionJson> {
  const row = await parley.closedTo(port)
  await assertListed(parley, row)
  return row
}

/** What is stored is what `show` worked out for itself as long as nothing was, and what stands in the list. */
async function assertListed({ capturePath }: Parley, shown: ConnectionJson): Promise<void> {
  const { id, problems, legs, exchangeCount } = shown
  const capture = openCapture(capturePath)
  try {
    const hasTls = legs.client.tls ?? legs.upstream?.tls
    for (let tries = 0; hasTls && tries < 250 && !capture.connection(id)?.explained; tries++)
      await new Promise(resolve => setTimeout(resolve, 20))
    assert.deepEqual(capture.connection(id)?.problems, problems)
    const rows = capture.flows({ limit: 1000, order: 'newest' })
    const row = rows.find(({ note, connection }) => note !== undefined && connection === id)
    if (!row && exchangeCount > 0) return // its exchanges stand for it
    assert.deepEqual([row?.code, row?.note], [problems[0]?.code, problems[0]?.message])
  } finally {
    capture.close()
  }
}

type Told = ConnectionJson['problems'][number]

/** Checks that the row names the code, whose fault it is, why, and what to do. */
export function assertProblem({ problems }: ConnectionJson, code: string, blame: string): Told {
  const problem = problems.find(one => one.code === code)
  assert.ok(problem, `${code} is not among ${JSON.stringify(problems)}`)
  assert.equal(problem.blame, blame)
  assert.ok(problem.message.length > 10)
  assert.ok(failureOf(code)?.cause, `${code} is not in the table of failures`)
  assert.ok(problem.remedy ?? failureOf(code)?.remedy, `${code} has no remedy`)
  return problem
}

/** A CONNECT tunnel to `port` of `host`, open for whatever a client may do in it. */
export async function openTunnel(owner: Owner, parley: Parley, port: number, host = 'localhost'): Promise<net.Socket> {
  const socket = net.connect(parley.port, '127.0.0.1')
  socket.on('error', () => {})
  owner.after(() => socket.destroy())
  socket.write(`CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`)
  await new Promise(resolve => socket.once('data', resolve))
  return socket
}
