import assert from 'node:assert/strict'
import { test } from 'node:test'
import tls from 'node:tls'
import type { Target } from '../../../src/model/connection.ts'
import { openDoor } from '../../../src/proxy/door.ts'
import type { Ends } from '../../../src/proxy/entrance/arrival.ts'
import { receiveRedirected } from '../../../src/proxy/entrance/front.ts'
import { Hall } from '../../../src/proxy/entrance/hall.ts'
import { servicesFor } from '../../../src/proxy/listener.ts'
import { MemoryTape } from '../memory-tape.ts'
import { identityFor, optionsIn, rawOrigin, share, toProxy } from '../running.ts'
import { readAll } from '../socket-pair.ts'

const host = 'origin.localhost'

async function redirectedTo(t: Parameters<typeof toProxy>[0], target: Target | undefined) {
  const { folder, authority } = await share()
  const tape = new MemoryTape()
  const own = {
    passThrough: new Set<string>(),
    isOurs: () => false,
    scripts: undefined,
    listens: () => ({ host: '127.0.0.1', port: 1 }),
    since: 0,
  }
  const hall = new Hall(servicesFor(optionsIn(folder), tape, authority, own), {})
  const asked: Ends[] = []
  const enter = receiveRedirected(ends => {
    asked.push(ends)
    return target
  })
  const accept = (socket: Parameters<Hall['accept']>[0]): void => hall.accept(socket, enter)
  const door = await openDoor({ at: { host: '127.0.0.1', port: 0 }, mayBeOpen: () => true, accept, trouble: () => {} })
  t.after(() => {
    hall.clear()
    return door.close()
  })
  return { tape, asked, ca: authority.certificatePem, client: await toProxy(t, door) }
}

test('TLS and what is in clear go on to where they were going', async t => {
  for (const secure of [true, false]) {
    const origin = await rawOrigin(t, {
      ...(secure ? { tls: await identityFor(host) } : {}),
      answer: (_, socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\npong'),
    })
    const { tape, client, ca, asked } = await redirectedTo(t, { host: '127.0.0.1', port: origin.port })
    const port = client.localPort
    const speaking = secure ? tls.connect({ socket: client, servername: host, ca }) : client
    const answer = readAll(speaking)
    speaking.write('GET / HTTP/1.1\r\n\r\n')
    assert.match(String(await answer), /pong$/)
    speaking.end()
    await tape.closed()
    assert.deepEqual([tape.codes(), tape.told('targeted')[0]?.entrance], [[], 'transparent'])
    assert.deepEqual(
      tape.told('secured').map(({ leg }) => leg),
      secure ? ['upstream', 'client'] : [],
    )
    assert.equal(asked[0]?.remote.port, port)
  }
})

test('a connection of which nobody knows where it was going ends, and is named', async t => {
  const { tape } = await redirectedTo(t, undefined)
  await tape.closed()
  assert.deepEqual(tape.codes(), ['proxy/no-original-target'])
})
