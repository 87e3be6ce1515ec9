import assert from 'node:assert/strict'
import { test } from 'node:test'
import { watchFor } from '../../../../src/proxy/tunnel/starttls/go-on.ts'

const saying = (text: string) => ({ unread: Buffer.from(text) }) as never

test('the first to speak shows by what both may agree on TLS', () => {
  const silent = { kind: 'silent', bytes: 0 } as const
  const spoken = { kind: 'not-tls', bytes: 8 } as const
  assert.ok(watchFor(silent as never, saying(''), saying('220 mail.test ESMTP ready\r\n')))
  assert.equal(watchFor(silent as never, saying(''), saying('SSH-2.0-x\r\n')), undefined)
  const postgres = Uint8Array.of(0, 0, 0, 8, 4, 210, 22, 47)
  assert.ok(watchFor(spoken as never, { unread: Buffer.from(postgres) } as never, saying('')))
  assert.equal(watchFor(spoken as never, saying('GET / HTTP/1.1\r\n'), saying('')), undefined)
})
