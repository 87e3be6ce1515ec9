import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shapeOf } from '../../../src/proxy/hello/shape.ts'
import { readClientHello } from '../../../src/wire/tls/messages/client-hello.ts'
import {
  type HelloParts,
  helloMessage,
  keyShareBody,
  list16,
  serverNameBody,
  usualExtensions,
  versionsBody,
} from '../hello-bytes.ts'

const helloShape = (message: Buffer): string => shapeOf(readClientHello(message))
const usual = helloShape(helloMessage())
const grease = [0x0a0a, 0x1a1a, 0x2a2a, 0x7a7a, 0xfafa]

/** The usual hello with the body of one extension replaced. */
const withBody = (type: number, body: Buffer): HelloParts => ({
  extensions: usualExtensions.map(([t, b]) => (t === type ? [t, body] : [t, b])),
})

test('a usual hello has a shape', () => {
  assert.ok(usual)
})

test('random, session id, server name and key share do not change the shape', () => {
  const same: readonly HelloParts[] = [
    { random: 1 },
    { sessionId: 200 },
    withBody(0, serverNameBody('another-and-longer.example')),
    withBody(51, keyShareBody(29, 77)),
  ]
  for (const parts of same) assert.equal(helloShape(helloMessage(parts)), usual, JSON.stringify(parts).slice(0, 80))
})

test('GREASE values may be any of theirs, in suites, extensions, groups and versions', () => {
  const greased = (n: number): HelloParts => ({
    suites: [grease[n]!, 0x1301, 0x1302],
    extensions: [
      [grease[(n + 1) % 5]!, Buffer.alloc(0)],
      ...withBody(10, list16(grease[(n + 2) % 5]!, 29)).extensions!.map(([t, b]): [number, Buffer] =>
        t === 43 ? [t, versionsBody(grease[(n + 3) % 5]!, 0x0304)] : [t, b],
      ),
    ],
  })
  const shapes = new Set([0, 1, 2, 3, 4].map(n => helloShape(helloMessage(greased(n)))))
  assert.equal(shapes.size, 1)
  assert.notEqual([...shapes][0], usual)
})

test('what a client changes on purpose changes the shape', () => {
  const [a, b, ...rest] = usualExtensions
  const different: Readonly<Record<string, HelloParts>> = {
    'another suite': { suites: [0x1301, 0x1302, 0xc02f] },
    'suites in another order': { suites: [0x1302, 0x1301, 0xc02b] },
    'a suite fewer': { suites: [0x1301, 0x1302] },
    'another legacy version': { version: 0x0302 },
    'extensions in another order': { extensions: [b!, a!, ...rest] },
    'an extension fewer': { extensions: usualExtensions.slice(0, -1) },
    'no server name': { extensions: usualExtensions.slice(1) },
    'groups in another order': withBody(10, list16(23, 29)),
    'other signature algorithms': withBody(13, list16(0x0403, 0x0805)),
    'other versions': withBody(43, versionsBody(0x0304)),
  }
  const shapes = new Map(Object.entries(different).map(([name, parts]) => [name, helloShape(helloMessage(parts))]))
  for (const [name, shape] of shapes) assert.notEqual(shape, usual, name)
  assert.equal(new Set(shapes.values()).size, shapes.size)
})

test('a hello without extensions has a shape', () => {
  const whole = helloMessage({ extensions: [] })
  const bare = whole.subarray(0, whole.length - 2)
  bare[3] = bare.length - 4
  assert.ok(helloShape(bare))
})
