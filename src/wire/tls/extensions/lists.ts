import type { Show } from '../../reader.ts'
import { groups, showGroup } from '../registry/groups.ts'
import { type Names, namesIn, shower } from '../registry/names.ts'
import {
  certificateCompressions,
  certificateTypes,
  ecPointFormats,
  pskModes,
  showByte,
} from '../registry/parameters.ts'
import { schemeNames, showSignatureScheme } from '../registry/signature-schemes.ts'
import { showVersion, versions } from '../registry/versions.ts'
import { numbers } from '../vector.ts'
import type { Decode, ExtensionFacts } from './decoder.ts'

/** The extensions that are one list of registered numbers, and what a server picks from it. */

const showPointFormat = showByte(ecPointFormats)
const showPskMode = showByte(pskModes)
const showCertificateType = showByte(certificateTypes)
const showCompression = shower(certificateCompressions)

const list =
  (
    width: 1 | 2,
    name: string,
    size: 1 | 2,
    show: Show,
    names: (values: readonly number[]) => string,
    facts?: (values: readonly number[]) => ExtensionFacts,
  ): Decode =>
  r => {
    const values = numbers(r, width, name, size, itemOf(name), show)
    const shown = r.quiet ? '' : names(values)
    return facts ? { shown, facts: facts(values) } : { shown }
  }

const itemOf = (name: string): string => name.replace(/_list$/, '').replace(/s$/, '')
const byteNames = (table: Names) => (values: readonly number[]) => namesIn(table, values, 8, 2)
const wordNames = (table: Names) => (values: readonly number[]) => namesIn(table, values)

/** RFC 8446 4.2.7, RFC 8422 5.1.1 */
export const supportedGroups = list(2, 'named_group_list', 2, showGroup, wordNames(groups), supportedGroups => ({
  supportedGroups,
}))

/** RFC 8422 5.1.2 */
export const ecPointFormatsList = list(
  1,
  'ec_point_format_list',
  1,
  showPointFormat,
  byteNames(ecPointFormats),
  ecPointFormats => ({ ecPointFormats }),
)

const schemes = (facts?: (values: readonly number[]) => ExtensionFacts): Decode =>
  list(2, 'supported_signature_algorithms', 2, showSignatureScheme, schemeNames, facts)

/** RFC 8446 4.2.3, RFC 5246 7.4.1.4.1 */
export const signatureAlgorithms = schemes(signatureAlgorithms => ({ signatureAlgorithms }))

/** RFC 8446 4.2.3 */
export const signatureAlgorithmsCert = schemes(signatureAlgorithmsCert => ({ signatureAlgorithmsCert }))

/** RFC 9345 4.1.1: what the peer accepts in a delegated credential. */
export const delegatedCredentialSchemes = schemes()

const versionList = list(1, 'versions', 2, showVersion, wordNames(versions), supportedVersions => ({
  supportedVersions,
}))

/** RFC 8446 4.2.1: a list from the client, the choice from the server. */
export const supportedVersions: Decode = (r, context, bytes) => {
  if (context === 'client_hello') return versionList(r, context, bytes)
  const selectedVersion = r.u16('selected_version', showVersion)
  return { shown: showVersion(selectedVersion), facts: { selectedVersion } }
}

/** RFC 8446 4.2.9 */
export const pskKeyExchangeModes = list(1, 'ke_modes', 1, showPskMode, byteNames(pskModes), pskModes => ({ pskModes }))

/** RFC 8879 3 */
export const compressCertificate = list(1, 'algorithms', 2, showCompression, wordNames(certificateCompressions))

const certificateTypeList = list(1, 'certificate_types', 1, showCertificateType, byteNames(certificateTypes))

/** RFC 7250 3, RFC 6091 3: a list from the client, the choice from the server. */
export const certificateType: Decode = (r, context, bytes) =>
  context === 'client_hello'
    ? certificateTypeList(r, context, bytes)
    : { shown: showCertificateType(r.u8('certificate_type', showCertificateType)) }

/** RFC 4681 2, RFC 5878 2: lists of one-byte numbers that nobody names any more. */
export const byteList = (name: string): Decode => list(1, name, 1, String, values => values.join(', '))
