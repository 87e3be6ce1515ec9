import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { hasComments, RuleFileError, readRuleFile } from '../../src/rules/rule-file.ts'

const mistake = (text: string): string => {
  try {
    readRuleFile(text)
    return 'none'
  } catch (error) {
    assert.ok(error instanceof RuleFileError)
    return error.message
  }
}

test('rules are read with comments and trailing commas', () => {
  const text = `\ufeff// mine
[
  { "when": "~u /api", "do": "set-header response x yes" /* one */ },
  { "when": "", "do": ["no-cache", "strip-alt-svc",], "name": "fresh", "enabled": false, "stop": true, },
]
`
  assert.deepEqual(readRuleFile(text, '/rules'), [
    { when: '~u /api', do: ['set-header response x yes'], folder: '/rules' },
    { when: '', do: ['no-cache', 'strip-alt-svc'], name: 'fresh', enabled: false, stop: true, folder: '/rules' },
  ])
  assert.deepEqual(readRuleFile('[]'), [])
})

test('a mistake of JSON has its line and column', () => {
  assert.equal(mistake(''), 'line 1, column 1: expected a value, found the end')
  assert.equal(mistake('{}'), 'line 1, column 1: expected a list of rules: [, found {}')
  assert.equal(mistake('[\n  {"when" "a"}]'), 'line 2, column 11: expected ":", found "a"')
  assert.match(mistake('[\r\n\r\n  {"when": "a\n'), /^line 3, column 12: expected the closing " of a string/)
  assert.match(mistake('[] x'), /^line 1, column 4: expected JSON: .*, found x/)
  assert.match(mistake('['.repeat(100_000)), /^line 1, column 101: expected a rule, found too many brackets/)
})

test('a mistake of a rule has the place inside its string, escapes counted', () => {
  assert.equal(
    mistake('[\n  {"when": "~d", "do": "no-cache"}\n]'),
    'line 2, column 15: expected host after ~d, found the end',
  )
  assert.equal(
    mistake('[{"when": "", "do": ["no-cache", "set-header \\"x\\" \\u0062"]}]'),
    'line 1, column 46: expected request or response, found ""x""',
  )
  assert.equal(
    mistake('[{"when": "\\"\\u0061\\" ~", "do": []}]'),
    'line 1, column 23: expected an operator such as ~d, found "~"',
  )
})

test('a mistake of the shape has the place of what is wrong', () => {
  for (const [text, expected] of [
    ['[3]', /^line 1, column 2: expected a rule: .*, found 3/],
    ['[{"do": "no-cache"}]', /column 2: expected "when" in the rule/],
    ['[{"when": ""}]', /column 2: expected "do" in the rule/],
    ['[{"when": 1, "do": "no-cache"}]', /column 11: expected a filter as a string, found 1/],
    ['[{"when": "", "do": 7}]', /column 21: expected an action as a string, or a list/],
    ['[{"when": "", "do": [7]}]', /column 22: expected an action as a string, found 7/],
    ['[{"when": "", "do": [], "stop": "yes"}]', /column 33: expected true or false, found "yes"/],
    ['[{"when": "", "do": [], "name": 1}]', /column 33: expected a name/],
    [
      '[{"when": "", "do": [], "then": 1}]',
      /column 25: expected one each of when, do, name, enabled, stop, found "then"/,
    ],
    ['[{"when": "", "when": "", "do": []}]', /column 15: expected one each/],
  ] as const)
    assert.match(mistake(text), expected, text)
})

test('whatever the text, rules or a mistake inside it', () => {
  const parts = fc.constantFrom(
    '[',
    ']',
    '{',
    '}',
    '"when"',
    ':',
    '"~d a"',
    ',',
    '"do"',
    '"no-cache"',
    '//',
    '\n',
    '/*',
    '\\',
    '"',
    'é',
    '1',
  )
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 20 }), fc.string(), (some, rest) => {
      const text = some.join('') + rest
      try {
        readRuleFile(text)
      } catch (error) {
        assert.ok(error instanceof RuleFileError, String(error))
        const lines = text.split(/\r\n|\r|\n/)
        assert.ok(error.line <= lines.length && error.column <= lines[error.line - 1]!.length + 1)
      }
    }),
  )
})

test('comments are seen, and // in a string is none', () => {
  assert.equal(hasComments('[] // mine'), true)
  assert.equal(hasComments('[/* mine */]'), true)
  assert.equal(hasComments('[{"when": "~u http://a", "do": []}]'), false)
})
