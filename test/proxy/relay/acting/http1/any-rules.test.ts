import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { actions } from '../../../../../src/rules/actions/table.ts'
import type { RequestClaim } from '../../../../../src/rules/claims.ts'
import { type RuleSource, readRule } from '../../../../../src/rules/rule.ts'
import type { ConnectionFacts } from '../../../../../src/rules/rulings.ts'
import { rulingsOf } from '../../../../../src/rules/rulings-of.ts'
import type { World } from '../../../../../src/rules/world.ts'
import { acting } from './acting-http1.ts'

const facts: ConnectionFacts = { id: 1, host: 'a.test', port: 443, scheme: 'https', serverName: 'a.test' }

/** What may stand where the usage of an action says so. */
const vocabulary: Readonly<Record<string, readonly string[]>> = {
  NAME: ['x-a', 'host', 'content-length', 'transfer-encoding', 'connection', 'q'],
  'NEW-NAME': ['x-b', 'content-encoding'],
  VALUE: ['y', '""', '5', 'chunked', 'close', 'gzip', '{"a":1}'],
  STATUS: ['200', '204', '304', '404', '599', '101'],
  BODY: ['tea', '{body}', '{header.x-a}'],
  METHOD: ['PUT', 'HEAD', 'CONNECT', 'get'],
  REASON: ['Fine', '""'],
  PATH: ['/new', '/?', '$.a', '$..b', '*'],
  TEXT: ['e', 'hello'],
  '/EXPRESSION/': ['/(.)/', '/^.*$/s'],
  '/REGEXP/': ['/(.)/', '/\\d+/i'],
  REPLACEMENT: ['$1$1', '""', 'long '],
  BYTES: ['0', '3', '100000'],
  'PERCENT%': ['0%', '50%', '100%'],
  MS: ['0', '1'],
  JITTER: ['1'],
  SIZE: ['1', '10k'],
  FILE: ['/no/file', './some'],
  FOLDER: ['.'],
  PREFIX: ['/hit'],
  URL: ['http://b.test/x', 'https://b.test:9', 'http://127.0.0.1:1'],
  DOWN: ['100m'],
  UP: ['50m'],
  'ROUND-TRIP-MS': ['1'],
}

/** Actions as the table says that they are written; some are mistakes all the same. */
const action: fc.Arbitrary<string> = fc.constantFrom(...actions).chain(({ name, usage, example }) => {
  const places = usage
    .replace(/[[\]'.…]/g, '')
    .split(/ (?!\|)(?<!\| )/)
    .map(place => place.split('|').flatMap(word => vocabulary[word.trim()] ?? [word.trim()]))
  const words = fc.tuple(...places.map(choices => fc.constantFrom(...choices)))
  const written = fc.tuple(words, fc.nat(places.length)).map(([all, left]) => [name, ...all.slice(0, left)].join(' '))
  return fc.oneof(written, fc.constant(example.slice(example.indexOf(' => ') + 4)))
})

const when = fc.constantFrom(
  '/hit',
  '/hit ~m POST',
  '/hit ~bq hello',
  '/hit ~c 200',
  '/hit ~bs ok',
  '/hit !~hq x-a',
  '/hit ~t json',
)

const isRule = (source: RuleSource): boolean => {
  try {
    return readRule(source).actions.every(({ did }) => !/delay .* \d{3}/.test(did))
  } catch {
    return false
  }
}
const rule = fc
  .record({ when, do: fc.array(action, { minLength: 1, maxLength: 3 }), stop: fc.boolean() })
  .filter(isRule)

const bodies = ['', 'hello', '{"a":{"b":1}}', 'x'.repeat(3000)]
const framed = (head: string, body: string, chunked: boolean): string =>
  chunked
    ? `${head}Transfer-Encoding: chunked\r\n\r\n${body && `${body.length.toString(16)}\r\n${body}\r\n`}0\r\n\r\n`
    : `${head}Content-Length: ${body.length}\r\n\r\n${body}`

const exchange = fc.record({
  hit: fc.boolean(),
  method: fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS'),
  body: fc.constantFrom(...bodies),
  answer: fc.constantFrom(...bodies),
  chunked: fc.boolean(),
  odd: fc.constantFrom('', 'X-A:  1 \r\n', 'x-fold: a\r\n b\r\n', 'Content-Type: application/json\r\n'),
})

const world: World = {
  files: {
    read: path =>
      path.includes('no/') ? Promise.reject(new Error('none')) : Promise.resolve(Buffer.from('of a file')),
    find: () => Promise.resolve(undefined),
  },
  scripts: {
    call: (_file, hook) => {
      if (hook === 'response') return Promise.reject(new Error('the script failed'))
      return Promise.resolve(hook === 'request' ? { headers: [['x-script', 'yes']] } : 'drop')
    },
  },
  isOurs: (_host, port) => port === 1,
}

test('whatever rules there are, nothing throws, and what none of them claims stays byte for byte', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(rule, { minLength: 1, maxLength: 4 }),
      fc.array(exchange, { minLength: 1, maxLength: 5 }),
      fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 8 }),
      fc.option(fc.tuple(fc.nat(2000), fc.nat(255)), { freq: 4 }),
      play,
    ),
    { numRuns: 400 },
  )
})

type Exchange = typeof exchange extends fc.Arbitrary<infer Value> ? Value : never

const requestOf = ({ hit, method, body, chunked, odd }: Exchange, place: number): string =>
  framed(
    `${method} /${hit ? 'hit' : 'miss'}/${place} HTTP/1.1\r\nhOST: a.test\r\n${odd}`,
    method === 'POST' ? body : '',
    chunked,
  )

const answerOf = ({ method, answer, chunked, odd }: Exchange, place: number): string => {
  const whole = framed(`HTTP/1.1 200 OK\r\nX-Place: ${place}\r\n${odd}`, answer, chunked)
  return method === 'HEAD' ? whole.slice(0, whole.indexOf('\r\n\r\n') + 4) : whole
}

/** `spoilt`: a byte of the requests that is another. */
async function play(
  rules: readonly RuleSource[],
  exchanges: readonly Exchange[],
  sizes: readonly number[],
  spoilt: readonly [number, number] | null,
): Promise<void> {
  const rulings = rulingsOf(rules.map(readRule), { world, onHit: () => {} })
  rulings.connection(facts)
  const claims = rulings.claims(facts)
  const claimed = new Set<number>()
  const script = acting(
    {
      ...(claims ?? {}),
      request(place, head): RequestClaim | undefined {
        const claim = claims?.request(place, head)
        if (claim) claimed.add(place)
        return claim
      },
      response(place, request, head) {
        const claim = claims?.response(place, request, head)
        if (claim) claimed.add(place)
        return claim
      },
    },
    () => Promise.reject(new Error('nobody is there')),
  )
  const requests = exchanges.map(requestOf)
  const said = Buffer.from(requests.join(''), 'latin1')
  if (spoilt) said[spoilt[0] % said.length] = spoilt[1]
  let turn = 0
  let at = 0
  while (at < said.length) {
    const size = sizes[turn++ % sizes.length]!
    script.say('to-server', said.subarray(at, at + size))
    at += size
    if (turn % 3 === 0) await script.settled()
  }
  await script.settled()
  for (const [place, one] of exchanges.entries())
    if (script.outcome.server.includes(`/${place} HTTP/1.1`) || script.outcome.server.includes('\r\n\r\n'))
      script.say('to-client', answerOf(one, place))
  await script.settled()
  if (!spoilt) judge(exchanges, claimed, script.outcome)
  script.say('to-server', 'end')
  script.say('to-client', 'end')
  await script.settled()
  script.core.close()
}

function judge(
  exchanges: readonly Exchange[],
  claimed: ReadonlySet<number>,
  { server, ends }: { readonly server: string; readonly ends: readonly string[] },
): void {
  let from = 0
  for (const [place, one] of exchanges.entries()) {
    if (one.hit) continue
    assert.ok(!claimed.has(place + 1), 'rules about others claim nothing here')
    const raw = requestOf(one, place)
    const found = server.indexOf(raw, from)
    if (found >= 0) from = found + raw.length
    else assert.ok(!server.includes(`/miss/${place} `) || ends.length > 0, `exchange ${place} is not as it was`)
  }
}
