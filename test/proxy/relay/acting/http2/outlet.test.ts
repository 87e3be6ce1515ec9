import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Outlet } from '../../../../../src/proxy/relay/acting/http2/outlet.ts'
import { ascii } from './peers.ts'

function collected() {
  const written: string[] = []
  const takes = { more: true }
  const outlet = new Outlet(bytes => {
    written.push(Buffer.from(bytes).toString('latin1'))
    return takes.more
  })
  return { outlet, written, takes }
}

test('frames that follow each other are written in one call, Parley’s among them', () => {
  const { outlet, written } = collected()
  const bytes = ascii('abcdef')
  outlet.raw(bytes, 0, 2)
  outlet.raw(bytes, 2, 4)
  outlet.write(ascii('!'))
  outlet.raw(bytes, 4, 6)
  outlet.flush()
  outlet.flush()
  assert.deepEqual(written, ['abcd!ef'])
})

test('nothing stands between the pieces of a frame, nor before the first', () => {
  const { outlet, written } = collected()
  outlet.write(ascii('early'))
  outlet.flush()
  outlet.piece(ascii('pie'), 0, 3, false)
  outlet.write(ascii('!'))
  outlet.flush()
  outlet.piece(ascii('ce'), 0, 2, true)
  outlet.flush()
  assert.deepEqual(written, ['pie', 'ceearly!'])
})

test('where bytes are no frames any more, none is put between them', () => {
  const { outlet, written } = collected()
  outlet.raw(ascii('a'), 0, 1)
  outlet.stopFraming()
  outlet.write(ascii('!'))
  outlet.raw(ascii('b'), 0, 1)
  outlet.flush()
  assert.deepEqual(written, ['ab'])
})

test('a receiver that takes no more is known, until it does', () => {
  const { outlet, takes } = collected()
  takes.more = false
  outlet.raw(ascii('a'), 0, 1)
  assert.equal(outlet.blocked, false)
  outlet.flush()
  assert.equal(outlet.blocked, true)
  outlet.drained()
  assert.equal(outlet.blocked, false)
})
