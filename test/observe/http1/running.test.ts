import assert from 'node:assert/strict'
import { test } from 'node:test'
import { knownOnly, missing, unseenRequest } from '../../../src/observe/http1/running.ts'

test('an exchange whose response began and whose request was whole has all but its end', () => {
  const running = { key: 1, method: 'GET', requestEnded: true, responded: true, interim: 0 }
  assert.equal(missing(running), undefined)
  assert.match(missing({ ...running, responded: false })!, /response was not recorded/)
  assert.match(missing({ ...running, requestEnded: false })!, /request was not recorded/)
})

test('of a request that was not seen nobody hears', () => {
  const told: string[] = []
  const sink = knownOnly({
    open: key => void told.push(`open ${key}`),
    event: (key, { type }) => void told.push(`${key} ${type}`),
    problem: ({ code }) => void told.push(code),
    protocol: name => void told.push(name),
  })
  sink.event(unseenRequest().key, { type: 'upgraded', protocol: 'x' })
  sink.event(1, { type: 'upgraded', protocol: 'x' })
  sink.protocol('websocket')
  assert.deepEqual(told, ['1 upgraded', 'websocket'])
})
