import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import fc from 'fast-check'
import { mobileconfig } from '../../../ca/forms/mobileconfig.ts'
import { findProgram, thisMachine } from '../../../ca/trust/surroundings.ts'
import { folderFor } from '../make.ts'
import { rootIn } from '../trust/machine.ts'

const skip = findProgram(thisMachine(), 'python3') === undefined && 'needs python3'

const readByPython = `
import json, plistlib, sys
profiles = [plistlib.loads(each.encode()) for each in json.load(sys.stdin)]
print(json.dumps([[p['PayloadDisplayName'], p['PayloadContent'][0]['PayloadType'], p['PayloadContent'][0]['PayloadContent'].hex()] for p in profiles]))`

test('it is a property list with the root, whatever stands in its name', { skip }, async t => {
  const root = await rootIn(folderFor(t))
  const name = fc.string({ unit: 'binary', maxLength: 30 }).map(text => text.replaceAll(/[\r\n\t]/g, ''))
  const names = ['</string><key>x</key>', `a & b "c" 'd'`, ']]>', '\0\u001b[2J\ud800', 'é 日', ...fc.sample(name, 200)]
  const input = JSON.stringify(names.map(each => mobileconfig(root.der, each)))
  const read = JSON.parse(execFileSync('python3', ['-c', readByPython], { input }).toString()) as string[][]
  for (const [index, [shown, type, der]] of read.entries()) {
    assert.deepEqual([type, der], ['com.apple.security.root', root.der.toString('hex')])
    const kept = names[index]!.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu, '\ufffd')
    assert.equal(shown, kept)
  }
})

test('one root always makes one profile, another root another', async t => {
  const [root, other] = [await rootIn(folderFor(t)), await rootIn(folderFor(t))]
  const uuids = (der: Buffer) =>
    [...mobileconfig(der, 'x').matchAll(/PayloadUUID<\/key><string>([^<]+)/g)].map(([, id]) => id!)
  assert.deepEqual(uuids(root.der), uuids(root.der))
  const all = [...uuids(root.der), ...uuids(other.der)]
  assert.equal(new Set(all).size, 4)
  for (const id of all) assert.match(id, /^[\dA-F]{8}-[\dA-F]{4}-8[\dA-F]{3}-A[\dA-F]{3}-[\dA-F]{12}$/)
})
