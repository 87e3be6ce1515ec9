import type { TestContext } from 'node:test'
import type { Listener } from '../../src/proxy/listener.ts'
import { toProxy } from './running.ts'
import { readAll } from './socket-pair.ts'

/** What the proxy answers to these bytes until it closes. */
export async function sayBytes(t: TestContext, proxy: Listener, bytes: string | Buffer): Promise<Buffer> {
  const client = await toProxy(t, proxy, false)
  const answer = readAll(client)
  client.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)
  const bytesBack = await answer
  client.destroy()
  return bytesBack
}

export const say = async (t: TestContext, proxy: Listener, bytes: string | Buffer): Promise<string> =>
  String(await sayBytes(t, proxy, bytes))

export const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1])
