import { context, type DerReader, tags } from './der.ts'
import type { ExtensionValues, NameConstraints } from './extension-values.ts'
import { type GeneralName, readGeneralName, showGeneralName, showGeneralNames } from './general-name.ts'

/** BasicConstraints. RFC 5280 4.2.1.9 */
export function readBasicConstraints(reader: DerReader): Partial<ExtensionValues> {
  return reader.sequence(
    'constraints',
    inner => {
      const isCa = inner.optional(tags.boolean, r => r.boolean('CA')) ?? false
      const pathLength = inner.optional(tags.integer, r => r.number('path length'))
      return pathLength === undefined ? { isCa } : { isCa, pathLength }
    },
    ({ isCa, pathLength }) =>
      `${isCa ? 'CA' : 'no CA'}${pathLength === undefined ? '' : `, path length ${pathLength}`}`,
  )
}

/** NameConstraints. RFC 5280 4.2.1.10 */
export function readNameConstraints(reader: DerReader): NameConstraints {
  const subtrees = (number: number, name: string, inner: DerReader): GeneralName[] =>
    inner.optional(context(number), r =>
      r.group(context(number), name, trees => trees.list(readSubtree), showGeneralNames),
    ) ?? []
  return reader.sequence(
    'constraints',
    inner => ({ permitted: subtrees(0, 'permitted', inner), excluded: subtrees(1, 'excluded', inner) }),
    ({ permitted, excluded }) =>
      [
        permitted.length && `only ${showGeneralNames(permitted)}`,
        excluded.length && `never ${showGeneralNames(excluded)}`,
      ]
        .filter(Boolean)
        .join('; '),
  )
}

const readSubtree = (reader: DerReader): GeneralName =>
  reader.sequence(
    'subtree',
    inner => {
      const base = readGeneralName(inner)
      inner.optional(context(0, false), r => r.number('minimum', String, context(0, false)))
      inner.optional(context(1, false), r => r.number('maximum', String, context(1, false)))
      return base
    },
    showGeneralName,
  )
