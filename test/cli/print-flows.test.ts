import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { printFlows } from '../../src/cli/print-flows.ts'
import { openCapture } from '../../src/store/capture.ts'
import { openCaptureWriter } from '../../src/store/writer.ts'
import { exchangeOf, inFolder } from '../store/samples.ts'

test('every flow of a capture is one line, oldest first, over as many pages as it takes', () => {
  inFolder(folder => {
    const path = join(folder, 'c.parley')
    const writer = openCaptureWriter(path)
    const count = 1203
    writer.connection({ id: 1, openedAt: 0, client: {}, problems: [] })
    for (let i = 0; i < count; i++) writer.exchange(exchangeOf(writer.nextFlowId()))
    writer.close()
    const capture = openCapture(path)
    const lines: string[] = []
    printFlows(capture, line => lines.push(line))
    capture.close()
    assert.equal(lines.length, count)
    const paths = lines.map(line => Number(/\/p\/(\d+)/.exec(line)?.[1]))
    assert.deepEqual(
      paths,
      Array.from({ length: count }, (_, index) => index + 1),
    )
  })
})

test('a connection that failed has its line between the exchanges', () => {
  inFolder(folder => {
    const path = join(folder, 'c.parley')
    const writer = openCaptureWriter(path)
    const problem = { code: 'tcp/refused', blame: 'server', message: 'b.example:443 refused the connection' } as const
    const failed = { id: 2, openedAt: 0, target: { host: 'b.example', port: 443 }, client: {}, problems: [problem] }
    writer.connection({ id: 1, openedAt: 0, client: {}, problems: [] })
    writer.exchange(exchangeOf(writer.nextFlowId()))
    writer.connection(failed)
    writer.connectionFlow(failed, writer.nextFlowId())
    writer.close()
    const capture = openCapture(path)
    const lines: string[] = []
    printFlows(capture, line => lines.push(line))
    capture.close()
    assert.equal(lines.length, 2)
    assert.ok(lines[1]!.includes('b.example'))
  })
})
