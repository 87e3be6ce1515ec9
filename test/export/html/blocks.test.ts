import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inflateSync } from 'node:zlib'
import { Blocks } from '../../../src/export/html/blocks.ts'

const read = (block: string): unknown[] =>
  JSON.parse(inflateSync(Buffer.from(/>([^<]*)<\/script>\n$/.exec(block)![1]!, 'base64')).toString())

test('values come back as they were, whatever is in them', () => {
  const blocks = new Blocks('rows')
  const values = [{ a: '</script><script>x()</script>' }, { a: '<!--\u2028\ud800"' }]
  assert.deepEqual(
    values.flatMap((value, id) => [...blocks.add(id, value)]),
    [],
  )
  const [block, ...more] = blocks.rest()
  assert.deepEqual([read(block!), more], [values, []])
  assert.match(block!, /^<script type="text\/plain" class="rows" data-count="2">[\w+/=]+<\/script>\n$/)
  assert.deepEqual([...blocks.rest()], [])
})

test('a block that is full is given away, and those of connections name them', () => {
  const blocks = new Blocks('connections')
  const given = [5, 3, 9].flatMap(id => [...blocks.add(id, 'x'.repeat(150_000))])
  assert.deepEqual(
    given.map(block => /data-ids="([^"]*)"/.exec(block)![1]),
    ['5 3'],
  )
  assert.equal(read([...blocks.rest()][0]!).length, 1)
})
