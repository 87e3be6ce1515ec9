import assert from 'node:assert/strict'
import { test } from 'node:test'
import { imap, pop3, smtp } from '../../../../src/proxy/tunnel/starttls/mail.ts'

const text = (line: string): Buffer => Buffer.from(line, 'latin1')

test('each begins with its own greeting', () => {
  for (const [greeting, begins] of [
    ['220 mail.example\r\n', smtp],
    ['220-mail.example\r\n', smtp],
    ['+OK hi\r\n', pop3],
    ['* OK hi\r\n', imap],
    ['* PREAUTH hi\r\n', imap],
  ] as const)
    assert.deepEqual(
      [smtp, pop3, imap].filter(protocol => protocol.begins(text(greeting))),
      [begins],
    )
  for (const other of ['221 bye\r\n', '-ERR no\r\n', '* BYE\r\n'])
    assert.ok(![smtp, pop3, imap].some(one => one.begins(text(other))))
})

test('a line that asks stands alone', () => {
  assert.equal(smtp.asks(text('starttls\r\n')), 10)
  assert.equal(smtp.asks(text('STARTTLS\r\nEHLO x\r\n')), undefined, 'what follows was never in TLS')
  assert.equal(pop3.asks(text('STLS\n')), 5)
  assert.equal(imap.asks(text('a1 STARTTLS\r\n')), 13)
  assert.equal(imap.asks(text('STARTTLS\r\n')), undefined)
})

test('a tag of IMAP is no pattern', () => {
  const asked = text('a.1[x STARTTLS\r\n')
  assert.ok(imap.agrees!(text('a.1[x OK go\r\n'), asked))
  for (const other of ['ab1[x OK go\r\n', 'a.1[x NO\r\n', 'a.1[x OK'])
    assert.ok(!imap.agrees!(text(other), asked), other)
})
