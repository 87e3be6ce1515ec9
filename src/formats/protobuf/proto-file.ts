import { createRequire } from 'node:module'
import type protobufjs from 'protobufjs'
import {
  emptySchema,
  type ProtoFieldType,
  type ProtoMessageType,
  type ProtoMethod,
  type ProtoSchema,
} from './proto-schema.ts'

export interface ProtoFile {
  readonly schema: ProtoSchema
  /** Why the file cannot be read, with its line; the schema is empty then. */
  readonly problem?: string
}

const longestProblem = 200 // it names the token, which may be the whole file

/** Takes 60 ms to load, so it is loaded when the first file is read. */
const library = (): typeof protobufjs => createRequire(import.meta.url)('protobufjs')

/** Reads messages, enums and services of a .proto file, proto2 or proto3. Imports, options and extensions are passed over. */
export function readProtoFile(text: string): ProtoFile {
  const { parse, Root } = library()
  try {
    return { schema: schemaOf(parse(text, new Root(), { keepCase: true }).root) }
  } catch (error) {
    return { schema: emptySchema, problem: (error as Error).message.slice(0, longestProblem) }
  }
}

function schemaOf(root: protobufjs.NamespaceBase): ProtoSchema {
  const { Enum, Namespace, Service, Type } = library()
  const messages = new Map<string, ProtoMessageType>()
  const enums = new Map<string, ReadonlyMap<number, string>>()
  const methods = new Map<string, ProtoMethod>()
  const collect = (namespace: protobufjs.NamespaceBase): void => {
    for (const each of namespace.nestedArray) {
      const name = nameOf(each)
      if (each instanceof Enum)
        enums.set(name, new Map(Object.entries(each.valuesById).map(([number, value]) => [Number(number), value])))
      else if (each instanceof Service)
        for (const method of each.methodsArray) methods.set(`/${name}/${method.name}`, methodOf(method, namespace))
      else if (each instanceof Type) messages.set(name, { name, fields: fieldsOf(each, messages) })
      if (each instanceof Namespace) collect(each)
    }
  }
  collect(root)
  return { messages, enums, methods }
}

/** protobufjs puts a dot before full names. */
const nameOf = ({ fullName }: protobufjs.ReflectionObject): string => fullName.slice(1)

const methodOf = ({ requestType, responseType }: protobufjs.Method, scope: protobufjs.NamespaceBase): ProtoMethod => ({
  request: requestType,
  response: responseType,
  scope: nameOf(scope),
})

function fieldsOf(
  message: protobufjs.Type,
  messages: Map<string, ProtoMessageType>,
): ReadonlyMap<number, ProtoFieldType> {
  const scope = nameOf(message)
  const own = message.fieldsArray.filter(({ declaringField }) => !declaringField) // not those of an `extend`
  const fields = own.map((field): ProtoFieldType => {
    const { id: number, name, repeated } = field
    if (isMap(field)) return { name, number, type: entryOf(field, scope, messages), repeated: true, scope }
    const { type } = field
    const inner = message.get(type)
    const group = inner && 'group' in inner && inner.group
    return { name: group ? type.toLowerCase() : name, number, type, repeated, scope }
  })
  return new Map(fields.map(field => [field.number, field]))
}

const isMap = (field: protobufjs.FieldBase): field is protobufjs.MapField => field.map

/** A map is a repeated message of key and value. */
function entryOf(
  { keyType, type }: protobufjs.MapField,
  scope: string,
  messages: Map<string, ProtoMessageType>,
): string {
  const entry = `${keyType}_to_${type.replaceAll('.', '_')}_entry`
  const field = (number: number, name: string, type: string): [number, ProtoFieldType] => [
    number,
    { name, number, type, repeated: false, scope },
  ]
  const name = `${scope}.${entry}`
  messages.set(name, { name, fields: new Map([field(1, 'key', keyType), field(2, 'value', type)]) })
  return entry
}
