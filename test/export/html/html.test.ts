import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { html } from '../../../src/export/html/html.ts'
import { ReportData } from '../../../src/export/html/page/blocks.ts'
import { parseFilter } from '../../../src/filter/parser.ts'
import { openCapture } from '../../../src/store/capture.ts'
import type { CaptureWriter } from '../../../src/store/capture-writer.ts'
import { openCaptureWriter } from '../../../src/store/writer.ts'
import { writeHostileCapture } from '../../e2e/support/hostile-capture.ts'
import { writeScriptCapture } from '../../e2e/support/report-captures.ts'
import { anyConnection, anyExchange, connectionOf, exchangeOf, inFolder } from '../../store/samples.ts'
import { sourceOf, withCapture, written } from '../made-capture.ts'
import { openFakePage } from './page/fake-page.ts'
import { blocksIn } from './written-blocks.ts'

const fill = (writer: CaptureWriter): void => {
  for (const id of [1, 2]) writer.connection(connectionOf(id))
  for (let id = 1; id <= 600; id++) {
    const flow = exchangeOf(id, { connection: 1 + (id % 2), status: id % 100 ? 200 : 404 })
    writer.exchange(flow, undefined, Buffer.from('hello'))
  }
}

async function readBack(text: string): Promise<ReportData> {
  openFakePage(...blocksIn(text))
  return ReportData.read()
}

test('a capture comes back from its report: rows, bodies, and each connection once', async () => {
  const text = withCapture(fill, capture => written(html, sourceOf(capture)))
  assert.match(text, /^<!DOCTYPE html>\n/)
  assert.match(text, /<\/html>\n$/)
  const data = await readBack(text)
  assert.deepEqual([data.rows.length, data.connectionCount], [600, 2])
  assert.equal((await data.flow(41)).exchange?.response?.body?.text, 'hello')
  assert.equal((await data.connection(2))?.id, 2)
})

test('of a filter those that fit are there, and only their connections', async () => {
  const data = await readBack(
    withCapture(fill, capture => written(html, sourceOf(capture, { filter: parseFilter('~c 404') }))),
  )
  assert.deepEqual([data.rows.map(({ id }) => id), data.connectionCount], [[100, 200, 300, 400, 500, 600], 1])
})

test('a capture of nothing has a report too', async () => {
  const data = await readBack(
    withCapture(
      () => {},
      capture => written(html, sourceOf(capture)),
    ),
  )
  assert.deepEqual(data.rows, [])
})

/** The file without its data: what a browser takes for markup, script and style. */
const frame = (text: string): string =>
  text.replace(
    /^<script type="text\/plain" class="\w+" data-count="\d+"(?: data-ids="[\d ]+")?>[\w+/=]*<\/script>\n/gm,
    '',
  )

test('whatever a capture holds, the page around its data is the same', () => {
  const of = (write: (path: string) => void) =>
    inFolder(folder => {
      const path = join(folder, 'a.parley')
      write(path)
      const capture = openCapture(path)
      const text = written(html, sourceOf(capture))
      capture.close()
      return frame(text).replace(/<p class="about".*/, '')
    })
  const empty = of(path => openCaptureWriter(path).close())
  assert.equal(of(writeHostileCapture), empty)
  assert.equal(of(writeScriptCapture), empty)
  fc.assert(
    fc.property(fc.array(anyExchange, { minLength: 1, maxLength: 3 }), anyConnection, (list, connection) => {
      const made = of(path => {
        const writer = openCaptureWriter(path)
        writer.connection({ ...connection, id: 1 })
        for (const [i, exchange] of list.entries()) writer.exchange({ ...exchange, id: i + 1, connection: 1 })
        writer.close()
      })
      assert.equal(made, empty)
    }),
    { numRuns: 30 },
  )
})
