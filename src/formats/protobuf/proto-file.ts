import { emptySchema, type ProtoFieldType, type ProtoMethod, type ProtoSchema } from './proto-schema.ts'
import { type ProtoToken, protoTokens } from './proto-tokens.ts'

export interface ProtoFile {
  readonly schema: ProtoSchema
  /** What stopped the reading, with its line; the schema has what stands before it. */
  readonly problem?: string
}

/** Reads messages, enums and services of a .proto file, proto2 or proto3. Imports, options and extensions are passed over. */
export function readProtoFile(text: string): ProtoFile {
  const parser = new Parser(protoTokens(text))
  try {
    parser.file()
    return { schema: parser.schema }
  } catch (error) {
    if (error instanceof ProtoError) return { schema: parser.schema, problem: error.message }
    throw error
  }
}

class ProtoError extends Error {}

const deepest = 64

class Parser {
  readonly #messages = new Map<string, { name: string; fields: Map<number, ProtoFieldType> }>()
  readonly #enums = new Map<string, Map<number, string>>()
  readonly #methods = new Map<string, ProtoMethod>()
  readonly #tokens: readonly ProtoToken[]
  #at = 0
  #package = ''
  #depth = 0

  constructor(tokens: readonly ProtoToken[]) {
    this.#tokens = tokens
  }

  get schema(): ProtoSchema {
    return { ...emptySchema, messages: this.#messages, enums: this.#enums, methods: this.#methods }
  }

  file(): void {
    while (this.#at < this.#tokens.length) {
      const word = this.#next()
      if (word === 'package') this.#package = this.#until(';')
      else if (word === 'message') this.#message(this.#package)
      else if (word === 'enum') this.#enum(this.#package)
      else if (word === 'service') this.#service()
      else if (word === 'extend') this.#passBlock()
      else if (word !== ';') this.#passStatement()
    }
  }

  #message(scope: string): void {
    const name = joined(scope, this.#next())
    const message = { name, fields: new Map<number, ProtoFieldType>() }
    this.#messages.set(name, message)
    this.#expect('{')
    this.#members(message)
  }

  #members(message: { name: string; fields: Map<number, ProtoFieldType> }): void {
    if (++this.#depth > deepest) throw this.#error('messages are nested too deep')
    for (let word = this.#next(); word !== '}'; word = this.#next()) {
      if (word === ';') continue
      const plain = this.#peek(1) !== '=' // a field may be of a type called `message`
      if (word === 'message' && plain) this.#message(message.name)
      else if (word === 'enum' && plain) this.#enum(message.name)
      else if (word === 'extend' && plain) this.#passBlock()
      else if (word === 'oneof' && plain) {
        this.#next()
        this.#expect('{')
        this.#members(message)
      } else if (word === 'option' || word === 'reserved' || word === 'extensions') this.#passStatement()
      else this.#field(word, message)
    }
    this.#depth--
  }

  #field(first: string, message: { name: string; fields: Map<number, ProtoFieldType> }): void {
    const labelled = first === 'repeated' || first === 'optional' || first === 'required'
    let type = labelled ? this.#next() : first
    let repeated = first === 'repeated'
    if (type === 'map' && this.#peek() === '<') {
      type = this.#map(message.name)
      repeated = true
    }
    const name = this.#next()
    this.#expect('=')
    const number = this.#number()
    message.fields.set(number, {
      name: type === 'group' ? name.toLowerCase() : name,
      number,
      type: type === 'group' ? name : type,
      repeated,
      scope: message.name,
    })
    if (type !== 'group') return this.#passStatement()
    while (this.#peek() !== '{') this.#next()
    this.#expect('{')
    this.#groupMembers(name, message.name)
  }

  #groupMembers(name: string, scope: string): void {
    const group = { name: joined(scope, name), fields: new Map<number, ProtoFieldType>() }
    this.#messages.set(group.name, group)
    this.#members(group)
  }

  /** A map is a repeated message of key and value. */
  #map(scope: string): string {
    this.#expect('<')
    const key = this.#next()
    this.#expect(',')
    const value = this.#next()
    this.#expect('>')
    const entry = `${key}_to_${value.replaceAll('.', '_')}_entry`
    const name = joined(scope, entry)
    const field = (number: number, named: string, type: string): [number, ProtoFieldType] => [
      number,
      { name: named, number, type, repeated: false, scope },
    ]
    this.#messages.set(name, { name, fields: new Map([field(1, 'key', key), field(2, 'value', value)]) })
    return entry
  }

  #enum(scope: string): void {
    const values = new Map<number, string>()
    this.#enums.set(joined(scope, this.#next()), values)
    this.#expect('{')
    for (let word = this.#next(); word !== '}'; word = this.#next()) {
      if (word === 'option' || word === 'reserved') this.#passStatement()
      else if (word !== ';') {
        this.#expect('=')
        const number = this.#number()
        if (!values.has(number)) values.set(number, word)
        this.#passStatement()
      }
    }
  }

  #service(): void {
    const service = joined(this.#package, this.#next())
    this.#expect('{')
    for (let word = this.#next(); word !== '}'; word = this.#next()) {
      if (word === 'option') this.#passStatement()
      else if (word === 'rpc') this.#method(service)
      else if (word !== ';') throw this.#error(`\`${word}\` in a service`)
    }
  }

  #method(service: string): void {
    const name = this.#next()
    const request = this.#messageName()
    if (this.#next() !== 'returns') throw this.#error('no `returns`')
    this.#methods.set(`/${service}/${name}`, { request, response: this.#messageName(), scope: this.#package })
    if (this.#peek() === '{') this.#passBlock()
  }

  #messageName(): string {
    this.#expect('(')
    const first = this.#next()
    const name = first === 'stream' && this.#peek() !== ')' ? this.#next() : first
    this.#expect(')')
    return name
  }

  #number(): number {
    const number = Number(this.#next())
    if (!Number.isInteger(number)) throw this.#error('no number')
    return number
  }

  #until(end: string): string {
    let text = ''
    for (let word = this.#next(); word !== end; word = this.#next()) text += word
    return text
  }

  /** Up to the `;` that ends it, over what stands in brackets. */
  #passStatement(): void {
    for (let open = 0; ; ) {
      const { text, quoted } = this.#token()
      if (quoted) continue
      if (text === '{' || text === '[') open++
      else if (text === '}' || text === ']') open--
      else if (text === ';' && open <= 0) return
    }
  }

  /** Up to the end of the next block. */
  #passBlock(): void {
    for (let open = 0; ; ) {
      const { text, quoted } = this.#token()
      if (!quoted && text === '{') open++
      else if (!quoted && text === '}' && --open <= 0) return
    }
  }

  #expect(text: string): void {
    const found = this.#next()
    if (found !== text) throw this.#error(`\`${found}\` where \`${text}\` belongs`)
  }

  #peek(ahead = 0): string | undefined {
    return this.#tokens[this.#at + ahead]?.text
  }

  #next(): string {
    return this.#token().text
  }

  #token(): ProtoToken {
    const token = this.#tokens[this.#at++]
    if (!token) throw this.#error('the file ends too early')
    return token
  }

  #error(what: string): ProtoError {
    return new ProtoError(`line ${this.#tokens[Math.min(this.#at, this.#tokens.length) - 1]?.line ?? 1}: ${what}`)
  }
}

const joined = (scope: string, name: string): string => (scope === '' ? name : `${scope}.${name}`)
