import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { powershell } from '../../../src/view/copy/powershell.ts'
import { lacking } from '../../lacking.ts'
import { exchangeOf, hostile, noBody } from './make.ts'

/** A value of PowerShell as it is written here: strings in single quotes and numbers of characters, joined by +. */
function readValue(written: string): string {
  const inner = written.startsWith('(') ? written.slice(1, -1) : written
  const pieces = inner.match(/'(?:[^']|'')*'|\[char\]0x[0-9a-f]+| \+ /g) ?? []
  assert.equal(pieces.join(''), inner, 'nothing else is there')
  return pieces
    .filter(piece => piece !== ' + ')
    .map(piece =>
      piece.startsWith("'") ? piece.slice(1, -1).replaceAll("''", "'") : String.fromCharCode(Number(piece.slice(6))),
    )
    .join('')
}

test('hostile strings are quoted so that nothing of them counts', () => {
  for (const text of hostile) {
    const command = powershell.copy(exchangeOf({ headers: [['X', text]] }), noBody)
    const written = / -Headers @\{ 'X' = (.*) \} /.exec(command.replaceAll('`\n ', ''))?.[1]
    assert.equal(readValue(written!), text)
    assert.match(command, /^[\x20-\x7e\n]*$/)
  }
})

test('PowerShell itself reads them so', { skip: lacking('pwsh') }, () => {
  const script = hostile
    .map(text => / = (.*) \} /.exec(powershell.copy(exchangeOf({ headers: [['X', text]] }), noBody))![1])
    .map(written => `[Convert]::ToHexString([Text.Encoding]::Latin1.GetBytes(${written}))`)
    .join('\n')
  const said = execFileSync('pwsh', ['-NoProfile', '-Command', script]).toString().split(/\r?\n/).slice(0, -1)
  assert.deepEqual(
    said.map(hex => Buffer.from(hex, 'hex').toString('latin1')),
    hostile,
  )
})

test('type and agent are options, other methods are custom ones, and bodies that are no ASCII are base64', () => {
  const headers = [
    ['Content-Type', 'a/b'],
    ['User-Agent', 'me'],
  ] as const
  const command = powershell.copy(
    exchangeOf({ head: { method: 'PURGE', version: 'HTTP/2' }, headers }),
    Buffer.from('ö'),
  )
  for (const part of [
    "-CustomMethod 'PURGE'",
    '-HttpVersion 2.0',
    "-ContentType 'a/b'",
    "-UserAgent 'me'",
    "FromBase64String('w7Y=')",
  ])
    assert.ok(command.includes(part), part)
  assert.match(powershell.copy(exchangeOf(), Buffer.from("it's")), /-Body 'it''s' `\n +-ContentType '' /)
  assert.match(powershell.copy(exchangeOf(), new Uint8Array(70_000)), /^# save the body \(70000 bytes\)/)
})
