import type { MirrorGap } from '../model/connection.ts'
import { cipherSuiteName, extensionName, groupName, signatureAlgorithmName, versionName } from './names.ts'

const namers: Readonly<Record<string, (id: number) => string>> = {
  cipherSuite: cipherSuiteName,
  supportedGroup: groupName,
  signatureAlgorithm: signatureAlgorithmName,
  extension: extensionName,
  version: versionName,
  legacyVersion: id => `legacy_version ${versionName(id)}`,
  keyShare: id => `key share of ${groupName(id)}`,
  sessionId: () => 'session id',
}

/** What differs between two hellos, in words. */
export function gapName({ kind, id }: MirrorGap): string {
  if (Object.hasOwn(namers, kind)) return namers[kind]!(id)
  return kind.endsWith('Order') ? `order of ${wordsOf(kind.slice(0, -'Order'.length))}` : `${wordsOf(kind)} ${id}`
}

const wordsOf = (kind: string): string => kind.replace(/[A-Z]/g, letter => ` ${letter.toLowerCase()}`)
