import type { Names } from './names.ts'

/** IANA's QUIC Transport Parameters registry; RFC 9000 18.2. */
export const quicParameters: Names = {
  0: 'original_destination_connection_id',
  1: 'max_idle_timeout',
  2: 'stateless_reset_token',
  3: 'max_udp_payload_size',
  4: 'initial_max_data',
  5: 'initial_max_stream_data_bidi_local',
  6: 'initial_max_stream_data_bidi_remote',
  7: 'initial_max_stream_data_uni',
  8: 'initial_max_streams_bidi',
  9: 'initial_max_streams_uni',
  10: 'ack_delay_exponent',
  11: 'max_ack_delay',
  12: 'disable_active_migration',
  13: 'preferred_address',
  14: 'active_connection_id_limit',
  15: 'initial_source_connection_id',
  16: 'retry_source_connection_id',
  17: 'version_information',
  32: 'max_datagram_frame_size',
  5950: 'discard',
  9899: 'google_handshake_message',
  10930: 'grease_quic_bit',
  12583: 'initial_rtt',
  12584: 'google_connection_options',
  12585: 'user_agent',
  18258: 'google_version',
  29016: 'timestamp',
  4278378010: 'min_ack_delay',
}

/** Those whose value is one variable-length integer. */
export const quicIntegers: ReadonlySet<number> = new Set([1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 14, 0x20, 0x3127, 0xff02de1a])

/** RFC 9000 18.1: 31 * N + 27 is reserved, as GREASE is in TLS. */
export const isReservedQuicParameter = (id: bigint): boolean => id % 31n === 27n
