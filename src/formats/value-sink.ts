/** A value of CBOR or MessagePack that holds no others. */
export type Scalar =
  | { readonly type: 'number' | 'text' | 'time' | 'word'; readonly text: string }
  | { readonly type: 'bytes'; readonly bytes: Uint8Array; readonly extension?: number }

/** Takes the values of a binary format in the order in which their bytes come. */
export interface ValueSink {
  scalar(value: Scalar): void
  /** A map or array begins. One without anything in it is a scalar, `{}` or `[]`. */
  open(bracket: '{' | '['): void
  close(bracket: '}' | ']', count: number): void
  /** Words before the next value, such as a CBOR tag. */
  lead(text: string): void
  /** The next value is an element of an array. */
  element(index: number): void
  /** The next value belongs to this key; without one, to the value read before, which `lead('key')` announced. */
  member(key: Scalar | undefined, index: number): void
  /** The member or element is read. */
  done(): void
}

export const number = (text: string): Scalar => ({ type: 'number', text })
export const word = (text: string): Scalar => ({ type: 'word', text })
export const text = (text: string): Scalar => ({ type: 'text', text })
export const bytes = (bytes: Uint8Array): Scalar => ({ type: 'bytes', bytes })

/** Maps, arrays and tags nest no deeper. */
export const deepest = 100
