/** A proxy that acts on what it relays, and the capture of it. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { ExchangeSide } from '../../../src/model/exchange.ts'
import { type Listener, listen } from '../../../src/proxy/listener.ts'
import { Recorder } from '../../../src/recorder/recorder.ts'
import type { Claims } from '../../../src/rules/claims.ts'
import type { RequestVerdict, ResponseVerdict } from '../../../src/rules/verdict.ts'
import { type Capture, openCapture } from '../../../src/store/capture.ts'
import { openCaptureWriter } from '../../../src/store/writer.ts'
import type { Slab } from '../../../src/tape/entry.ts'
import { SlabWriter } from '../../../src/tape/slab-writer.ts'
import { inTime } from '../../in-time.ts'
import { optionsIn, share } from '../../proxy/running.ts'
import { inFolder } from '../../store/samples.ts'

export const host = 'a.example'
const patience = 20_000 // ms
export const actsOf = (did: string, side?: 'request' | 'response') => [{ by: 'the rule', did, ...(side && { side }) }]

const requests: Readonly<Record<string, RequestVerdict | undefined>> = {
  '/mock': {
    type: 'answer',
    acts: actsOf('answered 418', 'request'),
    answer: { status: 418, headers: [], body: Buffer.from('tea') },
  },
}

/** Changes the body and a field of what is sent to `/change`, and of each answer to it. */
const claims: Claims = {
  request(_exchange, head) {
    const verdict = requests[head.path]
    if (verdict) return { most: 0, act: () => verdict }
    if (head.path !== '/change') return undefined
    return {
      most: 1000,
      act: ({ head: asked, body }): RequestVerdict => ({
        type: 'change',
        acts: actsOf('changed the body', 'request'),
        head: { ...asked, headers: [...asked.headers, ['x-rule', 'yes']] },
        body: Buffer.from(Buffer.from(body!).toString().toUpperCase()),
      }),
    }
  },
  response(_exchange, request, _head) {
    if (request.path !== '/change') return undefined
    return {
      most: 1000,
      act: ({ body }): ResponseVerdict => ({
        type: 'change',
        acts: actsOf('changed the answer', 'response'),
        body: Buffer.from(`<${Buffer.from(body!)}>`),
      }),
    }
  },
  webSocket: () => ({
    act({ bytes }) {
      const text = Buffer.from(bytes).toString()
      if (text.includes('secret')) return { type: 'drop', acts: actsOf('dropped it') }
      if (!text.includes('cat')) return { type: 'pass', acts: [] }
      return { type: 'change', acts: actsOf('replaced cat'), bytes: Buffer.from(text.replace('cat', 'dog')) }
    },
  }),
}

export type Drive = (ca: string, proxy: Listener) => Promise<void>

/** What the capture says of a conversation through a proxy that acts. */
export async function recorded(t: TestContext, drive: Drive, look: (capture: Capture) => void): Promise<void> {
  const { folder, authority } = await share()
  const slabs: Slab[] = []
  const tape = new SlabWriter(slab => slabs.push(slab))
  const options = { ...optionsIn(folder), hosts: new Map([[host, '127.0.0.1']]) }
  const rulings = { connection: () => undefined, claims: () => claims }
  const proxy = await listen(options, tape, authority, {}, [], rulings)
  t.after(() => proxy.close())
  await inTime('the conversation', drive(authority.certificatePem, proxy), patience)
  await proxy.close()
  tape.flush()
  inFolder(place => {
    const writer = openCaptureWriter(join(place, 'a.parley'))
    const recorder = new Recorder(writer, { body: 1e6, behind: 48 })
    for (const slab of slabs) recorder.read(slab)
    recorder.flush(true)
    writer.close()
    const capture = openCapture(writer.path)
    try {
      look(capture)
    } finally {
      capture.close()
    }
  })
}

export const serverOf = (capture: Capture, id: number): ExchangeSide => {
  const server = capture.exchange(id)?.server
  assert.ok(typeof server === 'object', `exchange ${id}: ${String(server)}`)
  return server
}
export const bodyOf = (capture: Capture, id: number, side: Parameters<Capture['body']>[1]): string =>
  Buffer.from(capture.body(id, side, 0, 1000)).toString()
