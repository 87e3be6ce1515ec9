import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markdown } from '../../../src/export/markdown/markdown.ts'
import { connectionOf, exchangeOf } from '../../store/samples.ts'
import { sourceOf, withCapture, written } from '../made-capture.ts'

test('each connection has its finding and a row for each exchange, up to a hundred', () => {
  withCapture(
    writer => {
      writer.connection(connectionOf(1, { target: { host: 'a|b`.test', port: 443 } }))
      for (let id = 1; id <= 130; id++) writer.exchange(exchangeOf(id, { path: '/a|b?<script>@me' }))
    },
    capture => {
      const text = written(markdown, sourceOf(capture))
      assert.match(text, /^# What Parley recorded\n\n## c1 <code>a&#124;b&#96;.test&#58;443<\/code>\n/)
      const rows = text.match(/^\| <code>GET .*\|$/gm)!
      assert.equal(rows.length, 100)
      assert.equal(
        rows[0],
        '| <code>GET https&#58;//api.example.com/a&#124;b?&#60;script&#62;&#64;me</code> | <code>200 OK</code> | 5 B | 20 ms |  |',
      )
      assert.match(text, /\n… and 30 more exchanges\n$/)
    },
  )
})
