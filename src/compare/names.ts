import { cipherSuites } from '../wire/tls/registry/cipher-suites.ts'
import { extensions } from '../wire/tls/registry/extensions.ts'
import { groups } from '../wire/tls/registry/groups.ts'
import { type Names, nameOf } from '../wire/tls/registry/names.ts'
import { signatureSchemes } from '../wire/tls/registry/signature-schemes.ts'
import { versions } from '../wire/tls/registry/versions.ts'

export { alertName } from '../wire/tls/registry/alerts.ts'
export { isGrease } from '../wire/tls/registry/names.ts'

const namer =
  (names: Names) =>
  (value: number): string =>
    nameOf(names, value)

/** Names for sentences; a number without one is `0x1a2b`, GREASE says so. */
export const versionName = namer(versions)
export const cipherSuiteName = namer(cipherSuites)
export const groupName = namer(groups)
export const signatureAlgorithmName = namer(signatureSchemes)
export const extensionName = namer(extensions)

const mostNames = 8

/** Names in a sentence; a hello can hold thousands, so only the first are told. */
export function listNames(values: readonly number[], nameOf: (value: number) => string): string {
  const shown = values.slice(0, mostNames).map(nameOf).join(', ')
  return values.length > mostNames ? `${shown} and ${values.length - mostNames} more` : shown
}
