import { EXTENSIONS } from 'read-tls-client-hello'
import { decimalShower, isGrease, type Names } from './names.ts'

/** Types that IANA does not list, from stacks that shipped them. */
const unlisted: Names = {
  40: 'extended_random',
  13172: 'next_protocol_negotiation',
  17613: 'application_settings',
  30031: 'channel_id_old',
  30032: 'channel_id',
  51764: 'trust_anchors',
  65445: 'quic_transport_parameters_draft',
  65486: 'encrypted_server_name',
}

export const extensions: Names = { ...unlisted, ...EXTENSIONS }

export const showExtension = decimalShower(extensions)

/** The name of the field of an extension: a registered name, `GREASE` or `unknown_extension`. */
export const extensionFieldName = (type: number): string =>
  extensions[type] ?? (isGrease(type) ? 'GREASE' : 'unknown_extension')

/** ALPS: the draft's first number and its second. */
export const applicationSettings: ReadonlySet<number> = new Set([17513, 17613])
