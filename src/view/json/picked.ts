import { isStream, streamOf } from './json-pieces.ts'

/** The members of a value that paths such as `legs.client.tls.ja4` name, where they stood; in a list, of each of its values. */
export const picked = (value: unknown, paths: readonly string[]): unknown =>
  pick(
    value,
    paths.map(path => path.split('.')),
  )

function pick(value: unknown, paths: readonly (readonly string[])[]): unknown {
  if (Array.isArray(value)) return value.map(each => pick(each, paths))
  if (isStream(value)) return streamOf(value, each => pick(each, paths))
  if (typeof value !== 'object' || value === null || paths.some(path => path.length === 0)) return value
  const below = Map.groupBy(paths, ([name]) => name!)
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const wanted = below.get(name)
      return wanted
        ? [
            [
              name,
              pick(
                member,
                wanted.map(path => path.slice(1)),
              ),
            ],
          ]
        : []
    }),
  )
}
