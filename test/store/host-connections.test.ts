import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { connectionOf, exchangeOf, inFolder } from './samples.ts'

test('a host has the connections to it, those that name it, and those over which something of it was asked', () =>
  inFolder(folder => {
    const path = join(folder, 'a.parley')
    const writer = openCaptureWriter(path)
    const to = (host: string, port = 443) => ({ target: { host, port } })
    const problem = { code: 'tcp/refused', blame: 'server', message: 'refused' } as const
    writer.connection(connectionOf(1, to('a.example')))
    writer.connection(connectionOf(2, { ...to('A.example', 8443), problems: [problem], closed: { at: 5000 } }))
    writer.connection(connectionOf(3, { ...to('192.0.2.1'), serverName: 'a.example' }))
    writer.connection(connectionOf(4, to('b.example')))
    writer.connection(connectionOf(5, to('c.example')))
    const head = { ...exchangeOf(1).request.head, authority: 'a.example:80' }
    for (const [id, connection] of [
      [1, 1],
      [2, 1],
      [3, 4],
    ] as const)
      writer.exchange({
        ...exchangeOf(id, { connection }),
        request: { ...exchangeOf(id).request, head },
      })
    writer.facts(1, { differs: true })
    writer.close()
    const capture = openCapture(path)
    const rows = capture.hostConnections('a.example', 10)
    assert.deepEqual(
      rows.map(({ id, port, exchanges, problem: told, differs }) => [id, port, exchanges, told, differs]),
      [
        [4, 443, 1, undefined, undefined],
        [3, 443, 0, undefined, undefined],
        [2, 8443, 0, 'refused', undefined],
        [1, 443, 2, undefined, true],
      ],
    )
    assert.deepEqual(
      capture.hostConnections('a.example', 2).map(({ id }) => id),
      [4, 3],
    )
    assert.deepEqual(capture.hostConnections('nowhere.example', 9), [])
    capture.close()
  }))
