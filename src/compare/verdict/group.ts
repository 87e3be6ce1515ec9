import { tls13 } from '../../wire/tls/registry/versions.ts'
import { groupName, listNames } from '../names.ts'
import { type Check, mismatch, withoutGrease } from './check.ts'

export const checkGroup: Check = ({ hello, upstream }) => {
  const { group: chosen, version = 0 } = upstream.negotiated
  // RFC 8422 4: without supported_groups a server may take any curve.
  if (chosen === undefined || !hello.supportedGroups) return undefined
  const aspect = 'group'
  const name = groupName(chosen)
  const offered = withoutGrease(hello.supportedGroups)
  if (!offered.includes(chosen)) {
    const failure = { aspect, asBrowser: mismatch, asOpenssl: 'no suitable key share' }
    if (offered.length === 0)
      return { ...failure, standing: 'fails', sentence: 'The client offers no key exchange group.' }
    const names = listNames(offered, groupName)
    const sentence = `The client does not offer ${name}, which the server chose; the server might accept ${names}.`
    return { ...failure, standing: 'may-fail', sentence }
  }
  const hasShare = hello.keyShares?.some(share => share.group === chosen) ?? false
  const retry =
    version >= tls13 && !hasShare
      ? ' It sent no key share for it, so the server would ask for one first (HelloRetryRequest).'
      : ''
  return { aspect, standing: 'fits', sentence: `The client offers ${name}, which the server chose.${retry}` }
}
