import assert from 'node:assert/strict'
import net from 'node:net'
import { failureOf } from '../../../src/problem/codes.ts'
import type { ConnectionJson } from '../../../src/view/json/connection-json.ts'
import type { Parley } from './parley.ts'
import type { Owner } from './processes.ts'

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
