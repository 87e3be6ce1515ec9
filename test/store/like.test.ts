import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import fc from 'fast-check'
import { likeOf, likeParts } from '../../src/store/like.ts'

test('anchors, dots and escapes have their LIKE form', () => {
  assert.equal(likeOf('a.b'), '%a_b%')
  assert.equal(likeOf('^a\\.b$'), 'a.b')
  assert.equal(likeOf('50%_\\\\'), '%50\\%\\_\\\\%')
  assert.equal(likeOf('a\\$'), '%a$%')
})

test('what LIKE cannot say has none', () => {
  for (const pattern of ['a*', '(a)', 'a|b', '[ab]', '\\d', 'a^', '$a', 'é', 'a\\', '\\b', 'a\nb']) {
    assert.equal(likeParts(pattern), undefined, pattern)
  }
})

test('LIKE and the regular expression agree where both can say it', () => {
  const database = new DatabaseSync(':memory:')
  const like = database.prepare("SELECT ? LIKE ? ESCAPE '\\' AS matches")
  const piece = fc.constantFrom('a', 'B', '.', '\\.', '%', '_', '\\\\', '/', '^', '$', '\\$', ' ', '1')
  const character = fc.constantFrom('a', 'A', 'b', '.', '%', '_', '\\', '/', '$', '^', ' ', 'é', '1', 'ſ')
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 5 }), fc.array(character, { maxLength: 6 }), (pieces, characters) => {
      const [pattern, text] = [pieces.join(''), characters.join('')]
      const sql = likeOf(pattern)
      fc.pre(sql !== undefined)
      assert.equal(like.get(text, sql!)?.matches === 1, new RegExp(pattern, 'i').test(text), `${pattern} on ${text}`)
    }),
    { numRuns: 1000 },
  )
})
