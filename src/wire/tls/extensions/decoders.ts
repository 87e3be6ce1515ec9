import {
  cachedInfo,
  certificateAuthorities,
  delegatedCredential,
  oidFilters,
  trustAnchors,
  trustedCaKeys,
} from './certificates.ts'
import { type Decode, flag } from './decoder.ts'
import { echOuterExtensions, encryptedClientHello } from './encrypted-client-hello.ts'
import { draftKeyShare, keyShare } from './key-share.ts'
import { maxFragmentLength, padding, recordSizeLimit } from './limits.ts'
import {
  byteList,
  certificateType,
  compressCertificate,
  ecPointFormatsList,
  pskKeyExchangeModes,
  signatureAlgorithms,
  signatureAlgorithmsCert,
  supportedGroups,
  supportedVersions,
} from './lists.ts'
import { alpn, applicationSettings, nextProtocolNegotiation, serverName } from './names.ts'
import * as bytes from './opaque.ts'
import { earlyData, preSharedKey, sessionTicket, ticketRequest } from './pre-shared-key.ts'
import { quicTransportParameters } from './quic.ts'
import { statusRequest, statusRequestV2 } from './status.ts'
import { signedCertificateTimestamp } from './transparency.ts'

/** Extension type to decoder; one that is not here is shown as bytes. */
export const decoders: Readonly<Record<number, Decode | undefined>> = {
  0: serverName,
  1: maxFragmentLength,
  2: flag(),
  3: trustedCaKeys,
  4: flag(),
  5: statusRequest,
  6: byteList('user_mapping_types'),
  7: byteList('authz_formats'),
  8: byteList('authz_formats'),
  9: certificateType,
  10: supportedGroups,
  11: ecPointFormatsList,
  12: bytes.srp,
  13: signatureAlgorithms,
  14: bytes.useSrtp,
  15: bytes.heartbeat,
  16: alpn,
  17: statusRequestV2,
  18: signedCertificateTimestamp,
  19: certificateType,
  20: certificateType,
  21: padding,
  22: flag(),
  23: flag(),
  24: bytes.tokenBinding,
  25: cachedInfo,
  27: compressCertificate,
  28: recordSizeLimit,
  33: flag(),
  34: delegatedCredential,
  35: sessionTicket,
  40: draftKeyShare(bytes.extendedRandom),
  41: preSharedKey,
  42: earlyData,
  43: supportedVersions,
  44: bytes.cookie,
  45: pskKeyExchangeModes,
  47: certificateAuthorities,
  48: oidFilters,
  49: flag(),
  50: signatureAlgorithmsCert,
  51: keyShare,
  54: bytes.connectionId,
  55: bytes.externalIdHash,
  56: bytes.externalSessionId,
  57: quicTransportParameters,
  58: ticketRequest,
  59: bytes.dnssecChain,
  61: flag(),
  62: bytes.tlsFlags,
  13172: nextProtocolNegotiation,
  17513: applicationSettings,
  17613: applicationSettings,
  30031: flag(),
  30032: flag(),
  51764: trustAnchors,
  64768: echOuterExtensions,
  65037: encryptedClientHello,
  65281: bytes.renegotiationInfo,
  65445: quicTransportParameters,
}

/** The types whose decoders give facts: all that a quiet reader reads. */
export const factual = new Set([0, 5, 10, 11, 13, 16, 35, 40, 41, 42, 43, 45, 47, 50, 51])
