import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readProtoFile } from '../../../src/formats/protobuf/proto-file.ts'
import { findType, mergeSchemas, methodType } from '../../../src/formats/protobuf/proto-schema.ts'
import { shopProto } from './shop.ts'

const { schema } = readProtoFile(shopProto)

test('a name is looked for from the innermost scope outwards', () => {
  assert.equal(findType(schema.messages, 'Line', 'shop.v1.Order')?.name, 'shop.v1.Order.Line')
  assert.equal(findType(schema.messages, 'Money', 'shop.v1.Order')?.name, 'shop.v1.Money')
  assert.equal(findType(schema.messages, 'v1.Money', 'shop.v1.Order')?.name, 'shop.v1.Money')
  assert.equal(findType(schema.messages, '.shop.v1.Money', 'elsewhere')?.name, 'shop.v1.Money')
  assert.equal(findType(schema.messages, 'Line', 'shop.v1'), undefined)
})

test('a path tells both types of a method', () => {
  assert.equal(methodType(schema, '/shop.v1.Orders/Find', 'request')?.name, 'shop.v1.Find')
  assert.equal(methodType(schema, '/shop.v1.Orders/Watch?x', 'response')?.name, 'shop.v1.Order')
  assert.equal(methodType(schema, '/shop.v1.Orders/Nothing', 'request'), undefined)
})

test('several files are one', () => {
  const other = readProtoFile('syntax = "proto3"; package shop.v1; message Other { Order order = 1; }').schema
  const both = mergeSchemas([schema, other])
  const field = both.messages.get('shop.v1.Other')!.fields.get(1)!
  assert.equal(findType(both.messages, field.type, field.scope)?.name, 'shop.v1.Order')
})
