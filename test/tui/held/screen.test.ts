import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heldData, heldJson, heldResponse, heldSession } from '../held-message/held.ts'

test('held messages stand with their age, side, method, size and URL, oldest first', () => {
  const messages = [heldJson(1), heldResponse(2, 404, [], Buffer.from('gone')), heldData(3, 'hi')]
  const { keys, page } = heldSession(messages)
  keys('I')
  const [title, head, ...rows] = page().split('\n')
  assert.match(title!, / Held {2}3 messages {2}nothing more is held/)
  assert.match(head!, /age +side +method +size +URL/)
  assert.match(rows[0]!, /3\.2\d s +request +POST +7 +https:\/\/api\.example\/pay/)
  assert.match(rows[1]!, /response +GET +4 +404 https:\/\/api\.example\/pay/)
  assert.match(rows[2]!, /ws → +GET +2 +https:\/\/api\.example\/chat/)
})

test('where nothing is held it says how to begin, and the cursor stays within', () => {
  const { keys, page, holds, session } = heldSession([heldJson(1), heldJson(2)])
  keys('I', 'j')
  holds.messages = [heldJson(1)]
  session.refresh()
  keys('enter')
  assert.match(page(), /Held request/)
  keys('q')
  holds.messages = []
  session.refresh()
  assert.match(page(), /Nothing is held\. i asks what to hold/)
  keys('enter', 'j', '/')
  assert.match(page(), /Nothing is held/)
})
