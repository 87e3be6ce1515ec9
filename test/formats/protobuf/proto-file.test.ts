import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readProtoFile } from '../../../src/formats/protobuf/proto-file.ts'
import { shopProto } from './shop.ts'

test('messages, fields, enums, oneofs, maps and methods', () => {
  const { schema, problem } = readProtoFile(shopProto)
  assert.equal(problem, undefined)
  const order = schema.messages.get('shop.v1.Order')!
  assert.deepEqual(
    [...order.fields.values()].map(
      ({ number, name, type, repeated }) => `${number} ${name} ${type}${repeated ? ' *' : ''}`,
    ),
    [
      ...['1 id int64', '2 state State', '3 lines Line *', '4 card string', '5 token bytes'],
      ...['6 by_name string_to_Line_entry *', '7 numbers int32 *', '8 price double', '9 parent .shop.v1.Order'],
      '10 message Money',
    ],
  )
  assert.deepEqual(
    [...schema.enums.get('shop.v1.Order.State')!],
    [
      [0, 'NEW'],
      [1, 'PAID'],
    ],
  )
  assert.deepEqual([...schema.messages.get('shop.v1.Order.string_to_Line_entry')!.fields.keys()], [1, 2])
  assert.deepEqual([...schema.methods.keys()], ['/shop.v1.Orders/Find', '/shop.v1.Orders/Watch'])
})

test('proto2: labels and groups', () => {
  const { schema, problem } = readProtoFile(
    'message A { required int32 x = 1; repeated group Part = 2 { optional string s = 3; } extensions 100 to max; }',
  )
  assert.equal(problem, undefined)
  assert.equal(schema.messages.get('A')!.fields.get(2)?.type, 'Part')
  assert.equal(schema.messages.get('A.Part')!.fields.get(3)?.name, 's')
})

test('a file that breaks off names the line', () => {
  const { schema, problem } = readProtoFile('message A { optional int32 x = 1; }\nmessage B {\n optional int32 = 2; }')
  assert.equal(schema.messages.size, 0)
  assert.equal(problem, "illegal name '=' (line 3)")
  assert.match(readProtoFile('message A {').problem ?? '', /line 1/)
  assert.match(readProtoFile('message A {'.repeat(1000)).problem ?? '', /max depth exceeded/)
})

test('no text throws', () => {
  const words = fc.constantFrom(
    'message',
    'A',
    '{',
    '}',
    '=',
    '1',
    ';',
    'enum',
    'rpc',
    'service',
    '(',
    'map',
    '<',
    ',',
    '"',
  )
  fc.assert(fc.property(fc.array(words), all => assert.ok(readProtoFile(all.join(' ')).schema)))
  fc.assert(fc.property(fc.string(), text => assert.ok(readProtoFile(text).schema)))
})
