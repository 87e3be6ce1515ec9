import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { go } from '../../../src/view/copy/go.ts'
import { lacking } from '../../lacking.ts'
import { exchangeOf, hostile, noBody } from './make.ts'

test('hostile strings come through exactly', { skip: lacking('go') }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'parley-go-'))
  try {
    const parts = hostile.map((text, i) =>
      go.part(
        exchangeOf({ head: { method: `P${text}` }, headers: [['X', text]] }),
        Buffer.from(`b${text}`, 'latin1'),
        i + 1,
      ),
    )
    // the program with a send that prints what it was given
    const [imports] = go.before.split('func main')
    const main = `package main
import ("fmt"; "io"; "strings")
func main() {
${parts.join('')}}
func send(method, url string, headers [][2]string, body io.Reader) {
	bytes, _ := io.ReadAll(body)
	for _, text := range []string{method, headers[0][1], string(bytes)} { fmt.Printf("%x,", text) }
	_ = strings.NewReader
}`
    assert.match(imports!, /"net\/http"/)
    const file = join(folder, 'main.go')
    writeFileSync(file, main)
    const env = { ...process.env, GOCACHE: join(folder, 'cache'), HOME: folder }
    const said = execFileSync('go', ['run', file], { env }).toString().split(',').slice(0, -1)
    const texts = said.map(hex => Buffer.from(hex, 'hex').toString('latin1'))
    assert.deepEqual(
      texts,
      hostile.flatMap(text => [`P${text}`, text, `b${text}`]),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('the program is plain ASCII, and says where a long body must be', () => {
  assert.match(go.copy(exchangeOf({ headers: [['X', '\xff\x1b']] }), Buffer.from('ö')), /^[\x20-\x7e\t\n]*$/)
  assert.match(go.copy(exchangeOf(), new Uint8Array(70_000)), /file\("request-body\.bin"\) \/\* save 70000 bytes/)
  assert.match(go.copy(exchangeOf(), noBody), /send\("GET", "https:\/\/a\.test\/p", nil, nil\)/)
})
