/**
 * Whether a value that a capture file held is what its type says. A file is somebody else's word: what was read from it is
 * looked at once, here, and is trusted from then on.
 */
export type Shape<T> = (value: unknown) => value is T

/** What a capture file holds and no Parley writes. */
export class ShapeError extends Error {}

/** The value, where it has the shape. Throws ShapeError; `what` says where it stood. */
export function checked<T>(value: unknown, holds: Shape<T>, what: string): T {
  if (holds(value)) return value
  throw new ShapeError(`${what} is not what Parley writes`)
}

const shape = <T>(holds: (value: unknown) => boolean): Shape<T> => holds as Shape<T>

export const text: Shape<string> = shape(value => typeof value === 'string')
export const flag: Shape<boolean> = shape(value => typeof value === 'boolean')
export const bytes: Shape<Uint8Array> = shape(value => value instanceof Uint8Array)

/** A number that is one: no NaN, nothing infinite. */
export const number: Shape<number> = shape(Number.isFinite)

/** A count, length or id. */
export const whole: Shape<number> = shape(value => Number.isSafeInteger(value) && (value as number) >= 0)

const mostTime = 8.64e15 // what a Date can hold

/** ms since the epoch. */
export const time: Shape<number> = shape(value => Number.isFinite(value) && Math.abs(value as number) <= mostTime)

export const oneOf = <T extends string | number | boolean>(...values: readonly T[]): Shape<T> =>
  shape(value => (values as readonly unknown[]).includes(value))

/** A member that may be left out. */
export const optional = <T>(inner: Shape<T>): Shape<T> => shape(value => value === undefined || inner(value))

export const either = <A, B>(one: Shape<A>, other: Shape<B>): Shape<A | B> => shape(value => one(value) || other(value))

export const list = <T>(inner: Shape<T>): Shape<readonly T[]> =>
  shape(value => Array.isArray(value) && value.every(each => inner(each)))

export const pair = <First, Second>(first: Shape<First>, second: Shape<Second>): Shape<readonly [First, Second]> =>
  shape(value => Array.isArray(value) && value.length === 2 && first(value[0]) && second(value[1]))

/** An object with these members; it may have others, which nobody reads. */
export function record<T extends object>(members: { readonly [Name in keyof T]-?: Shape<T[Name]> }): Shape<T> {
  const all = Object.entries(members) as [string, Shape<unknown>][]
  return shape(
    value =>
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      all.every(([name, inner]) => inner((value as Record<string, unknown>)[name])),
  )
}
