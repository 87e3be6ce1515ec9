import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mapLocal, namesOf } from '../../../src/rules/actions/map-local.ts'
import type { FoundFile, World } from '../../../src/rules/world.ts'
import { requestOf } from '../heads.ts'
import { draftRequest, emptyWorld, readBy } from './acting.ts'

const fileOf = (text: string): FoundFile => ({
  size: text.length,
  modifiedAt: 0,
  async *read(start, end) {
    yield Buffer.from(text.slice(start, end))
  },
})

const tree: Readonly<Record<string, FoundFile | 'folder'>> = {
  site: 'folder',
  'site/index.html': fileOf('index'),
  'site/a b.js': fileOf('script'),
  'site/é.txt': fileOf('utf'),
  'site/docs': 'folder',
  'site/docs/index.html': fileOf('docs'),
  'site/empty': 'folder',
  'one.json': fileOf('{}'),
}
const world: World = {
  ...emptyWorld,
  files: { ...emptyWorld.files, find: async (root, names) => tree[[root, ...names].join('/')] },
}

async function ask(text: string, path: string) {
  const result = await draftRequest(readBy(mapLocal, text), requestOf({ path }), undefined, world)
  if (result.type !== 'answer') return result.type
  const { status, headers, body } = result.answer
  const parts: Uint8Array[] = []
  if (body instanceof Uint8Array) parts.push(body)
  else for await (const part of body) parts.push(part)
  const [name, value] = headers[0] ?? []
  return `${status} ${name}=${value} ${Buffer.concat(parts)}`
}

test('what lies in the folder is the answer, by its name', async () => {
  assert.equal(await ask('site', '/a%20b.js?v=1'), '200 content-type=text/javascript; charset=utf-8 script')
  assert.equal(await ask('site', '/%C3%A9.txt'), '200 content-type=text/plain; charset=utf-8 utf')
  assert.equal(await ask('site', '/\xc3\xa9.txt'), '200 content-type=text/plain; charset=utf-8 utf')
  assert.equal(
    await ask('site strip /static', '/static/a%20b.js'),
    '200 content-type=text/javascript; charset=utf-8 script',
  )
  assert.equal(await ask('one.json', '/whatever'), '200 content-type=application/json {}')
})

test('a folder answers with its index, under a path with a slash at its end', async () => {
  assert.equal(await ask('site', '/'), '200 content-type=text/html; charset=utf-8 index')
  assert.equal(await ask('site', '/docs/?a'), '200 content-type=text/html; charset=utf-8 docs')
  assert.equal(await ask('site', '/docs?a'), '301 location=/docs/?a ')
  assert.equal(await ask('site', '//docs'), '301 location=/docs/ ')
})

test('what is not there is 404, or the server’s', async () => {
  for (const path of ['/none', '/empty/', '/a%20b.js/', '/../one.json', '/%2e%2e/one.json', '/..%2fone.json', '/%zz']) {
    assert.match(String(await ask('site', path)), /^404 /, path)
    assert.equal(await ask('site or-server', path), 'request', path)
  }
})

test('a folder that is missing itself is a failure of the rule', async () => {
  await assert.rejects(ask('nowhere', '/'), { code: 'ENOENT', path: 'nowhere' })
})

test('no path has a name that leads out', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('..', '.', '%2e', '%2E%2e', '/', '%2f', '\\', '%5c', 'a', '%00', ':', '%'), {
        maxLength: 12,
      }),
      parts => {
        const names = namesOf(parts.join(''))
        assert.ok(!names?.some(name => name === '' || name === '.' || name === '..' || /[/\\\0:]/.test(name)))
      },
    ),
  )
})
