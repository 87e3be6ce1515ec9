import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { importCapture, UnknownFile } from '../../src/import/import-capture.ts'
import { openCapture } from '../../src/store/capture.ts'
import { inFolder } from '../store/samples.ts'
import { pcapFile, pcapngFile } from './sample-file.ts'

const limits = { body: 1000, behind: Number.POSITIVE_INFINITY }

function listening() {
  const said: string[] = []
  const flows = new Set<number>()
  const sink = {
    opened: () => void said.push('opened'),
    changed: (changes: { readonly flows: readonly number[] }) => {
      for (const flow of changes.flows) flows.add(flow)
    },
    progress: () => {},
    said: (sentence: string) => void said.push(sentence),
  }
  return { said, flows, sink }
}

test('files of both formats become one capture, whose connections were seen from outside', async () => {
  await inFolder(async folder => {
    const [first, second, to] = ['a.pcap', 'b.pcapng', 'out.parley'].map(name => join(folder, name)) as [
      string,
      string,
      string,
    ]
    writeFileSync(first, pcapFile)
    writeFileSync(second, pcapngFile.subarray(0, -1))
    const { said, flows, sink } = listening()
    await importCapture({ files: [first, second], keyLogs: [], to, limits }, sink)
    const place = pcapngFile.length - 1
    assert.equal(said[0], 'opened')
    assert.match(said[1]!, /b.pcapng can be read up to byte \d+: the file is cut after \d+ of \d+ bytes of a block/)
    assert.ok(place > 0 && flows.size === 2)
    const capture = openCapture(to)
    try {
      for (const id of [1, 2]) {
        const { connection: from, request, response } = capture.exchange(id)!
        assert.deepEqual(
          [from, request.head.authority, request.head.path, response?.head.status],
          [id, 'a.example', '/hello', 200],
        )
        assert.equal(Buffer.from(capture.body(id, 'response', 0, 10)).toString(), 'hello')
        const connection = capture.connection(id)!
        assert.deepEqual(
          [connection.sniffed, connection.client.closed?.by, connection.openedAt],
          [true, 'server', 1_700_000_000_000],
        )
        assert.deepEqual(connection.target, { host: '10.0.0.2', port: 80 })
      }
    } finally {
      capture.close()
    }
  })
})

test('what nothing here reads is refused before anything is made', async () => {
  await inFolder(async folder => {
    const path = join(folder, 'a.txt')
    writeFileSync(path, 'text')
    const { said, sink } = listening()
    await assert.rejects(
      importCapture({ files: [path], keyLogs: [], to: join(folder, 'out'), limits }, sink),
      UnknownFile,
    )
    assert.deepEqual(said, [])
  })
})
