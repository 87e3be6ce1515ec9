import assert from 'node:assert/strict'
import { test } from 'node:test'
import { brotliDecompressSync, crc32, gunzipSync } from 'node:zlib'
import { makePages, picture, poem, usersJson } from '../../src/peers/pages.ts'

test('the encoded pages decode to what they say', async () => {
  const pages = await makePages()
  assert.equal(gunzipSync(pages.get('/gzip')!.body).toString(), usersJson)
  assert.equal(brotliDecompressSync(pages.get('/br')!.body).toString(), poem)
})

test('every page has the Content-Length of its body, and is the same each time', async () => {
  const [pages, again] = await Promise.all([makePages(), makePages()])
  for (const [path, { headers, body }] of pages) assert.equal(headers['content-length'], String(body.length), path)
  assert.deepEqual([...pages], [...again])
})

test('the picture is a PNG of 32 by 32 whose header is intact', () => {
  assert.equal(picture.subarray(1, 4).toString(), 'PNG')
  assert.equal(picture.readUInt32BE(16), 32)
  assert.equal(picture.readUInt32BE(20), 32)
  assert.equal(picture.readUInt32BE(29), crc32(picture.subarray(12, 29)))
})
