/** What .proto files say of the messages on the wire. Names are full: `shop.v1.Order.Line`. */
export interface ProtoSchema {
  readonly messages: ReadonlyMap<string, ProtoMessageType>
  readonly enums: ReadonlyMap<string, ReadonlyMap<number, string>>
  /** By request path: `/shop.v1.Orders/Find`. */
  readonly methods: ReadonlyMap<string, ProtoMethod>
}

export interface ProtoMessageType {
  readonly name: string
  readonly fields: ReadonlyMap<number, ProtoFieldType>
}

export interface ProtoFieldType {
  readonly name: string
  readonly number: number
  /** A scalar's name, or a type's as it stands in the file. */
  readonly type: string
  readonly repeated: boolean
  /** The message that the field stands in: where the search for its type begins. */
  readonly scope: string
}

export interface ProtoMethod {
  /** As they stand in the file. */
  readonly request: string
  readonly response: string
  /** The package: where the search for them begins. */
  readonly scope: string
}

export const emptySchema: ProtoSchema = { messages: new Map(), enums: new Map(), methods: new Map() }

/** Several files as one; a later one wins. */
export const mergeSchemas = (schemas: readonly ProtoSchema[]): ProtoSchema => ({
  messages: new Map(schemas.flatMap(({ messages }) => [...messages])),
  enums: new Map(schemas.flatMap(({ enums }) => [...enums])),
  methods: new Map(schemas.flatMap(({ methods }) => [...methods])),
})

/** Finds a type by a name as it stands in a scope: from the innermost outwards; a leading dot means a full name. */
export function findType<Type>(types: ReadonlyMap<string, Type>, name: string, scope: string): Type | undefined {
  if (name.startsWith('.')) return types.get(name.slice(1))
  for (let around = scope; ; around = around.slice(0, Math.max(0, around.lastIndexOf('.')))) {
    const found = types.get(around === '' ? name : `${around}.${name}`)
    if (found !== undefined || around === '') return found
  }
}

/** The type of a gRPC message by the path of its request. */
export function methodType(
  schema: ProtoSchema,
  path: string,
  side: 'request' | 'response',
): ProtoMessageType | undefined {
  const method = schema.methods.get(path.split('?')[0]!)
  return method && findType(schema.messages, method[side], method.scope)
}
