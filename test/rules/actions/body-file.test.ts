import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { bodyFile } from '../../../src/rules/actions/body-file.ts'
import { requestOf, responseOf } from '../heads.ts'
import { emptyWorld, readBy } from './acting.ts'
import { textOf, throughRequest, throughResponse } from './bodies.ts'

const asked: string[] = []
const world = {
  ...emptyWorld,
  files: {
    ...emptyWorld.files,
    read: (path: string) => {
      asked.push(path)
      return Promise.resolve(Buffer.from('from the file'))
    },
  },
}
const gzipped = responseOf({}, [['Content-Encoding', 'gzip']])

test('the file takes the place of the body', async () => {
  assert.equal(
    textOf(await throughRequest(readBy(bodyFile, 'request a.txt'), 'old', requestOf(), world)),
    'from the file',
  )
  assert.deepEqual(asked, ['a.txt'])
})

test('in the coding that the head names, or in none', async () => {
  const coded = await throughResponse(readBy(bodyFile, 'response a.txt'), undefined, gzipped, { world })
  assert.equal(gunzipSync(coded.body!).toString(), 'from the file')
  const plain = await throughResponse(readBy(bodyFile, 'response --identity a.txt'), undefined, gzipped, { world })
  assert.equal(textOf(plain), 'from the file')
  assert.deepEqual(plain.head.headers, [['Content-Type', 'text/html']])
})

test('a response that can have no body gets none', async () => {
  const request = requestOf({ method: 'HEAD' })
  assert.equal(
    (await throughResponse(readBy(bodyFile, 'response a'), undefined, gzipped, { request, world })).body,
    undefined,
  )
})

test('a file that is not there is told', async () => {
  await assert.rejects(() => throughRequest(readBy(bodyFile, 'request gone'), 'old'), { code: 'ENOENT' })
})

test('a file is wanted', () => {
  assert.throws(() => readBy(bodyFile, 'request'), { name: 'RuleError', position: 7 })
})
