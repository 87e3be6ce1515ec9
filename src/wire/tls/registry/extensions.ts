import { decimalShower, isGrease, type Names, registryOf } from './names.ts'

/** Types that IANA does not list, from stacks that shipped them. */
const unlisted: Names = {
  40: 'extended_random',
  13172: 'next_protocol_negotiation',
  17513: 'application_settings',
  17613: 'application_settings',
  30031: 'channel_id_old',
  30032: 'channel_id',
  51764: 'trust_anchors',
  65445: 'quic_transport_parameters_draft',
  65486: 'encrypted_server_name',
}

/** IANA's TLS ExtensionType Values registry, March 2026. */
const listed = registryOf(`
  0 server_name max_fragment_length client_certificate_url trusted_ca_keys truncated_hmac status_request user_mapping
  7 client_authz server_authz cert_type supported_groups ec_point_formats srp signature_algorithms use_srtp heartbeat
  16 application_layer_protocol_negotiation status_request_v2 signed_certificate_timestamp client_certificate_type
  20 server_certificate_type padding encrypt_then_mac extended_master_secret token_binding cached_info tls_lts
  27 compress_certificate record_size_limit pwd_protect pwd_clear password_salt ticket_pinning
  33 tls_cert_with_extern_psk delegated_credential session_ticket TLMSP TLMSP_proxying TLMSP_delegate
  39 supported_ekt_ciphers
  41 pre_shared_key early_data supported_versions cookie psk_key_exchange_modes
  47 certificate_authorities oid_filters post_handshake_auth signature_algorithms_cert key_share transparency_info
  53 connection_id_deprecated connection_id external_id_hash external_session_id quic_transport_parameters
  58 ticket_request dnssec_chain sequence_number_encryption_algorithms rrc tls_flags
  64768 ech_outer_extensions
  65037 encrypted_client_hello
  65281 renegotiation_info
`)

export const extensions: Names = { ...unlisted, ...listed }

export const showExtension = decimalShower(extensions)

/** The name of the field of an extension: a registered name, `GREASE` or `unknown_extension`. */
export const extensionFieldName = (type: number): string =>
  extensions[type] ?? (isGrease(type) ? 'GREASE' : 'unknown_extension')

/** ALPS: the draft's first number and its second. */
export const applicationSettings: ReadonlySet<number> = new Set([17513, 17613])
