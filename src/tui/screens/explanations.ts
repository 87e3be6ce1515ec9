/** What a field is for, in plain words, and where that is said. */
export interface Explanation {
  readonly words: string
  readonly source: string
}

const tls13 = (section: string): string => `RFC 8446 ${section}`
const tls12 = (section: string): string => `RFC 5246 ${section}`
const hpack = (section: string): string => `RFC 7541 ${section}`
const x509 = (section: string): string => `RFC 5280 ${section}`

/** By the last names of a field's path; the longest that fits speaks. */
const table: Readonly<Record<string, readonly [words: string, source: string]>> = {
  client_hello: [
    'The client opens the handshake: what it can do, in its order of preference, and a fresh random number. In TLS 1.3 also its guess of a key share.',
    tls13('4.1.2'),
  ],
  server_hello: [
    'The server chooses one of what the client offered: version, cipher suite and, in TLS 1.3, the key share. From here on both can compute keys.',
    tls13('4.1.3'),
  ],
  hello_retry_request: [
    'The server can go on, but not with the key share that it got: it names the group that it wants, and the client says hello once more.',
    tls13('4.1.4'),
  ],
  encrypted_extensions: [
    'The first message under encryption: answers to extensions that the key exchange does not need, such as ALPN.',
    tls13('4.3.1'),
  ],
  certificate: [
    'The sender’s certificate and those that lead from it to a root that the other side trusts, leaf first.',
    tls13('4.4.2'),
  ],
  compressed_certificate: ['A Certificate message, compressed to save a round trip.', 'RFC 8879 4'],
  certificate_request: ['The server asks the client for a certificate, and says which kinds it takes.', tls13('4.3.2')],
  certificate_verify: [
    'A signature over everything said so far: proof that the sender holds the key of its certificate.',
    tls13('4.4.3'),
  ],
  certificate_status: [
    'An OCSP response that the server fetched from its CA: the certificate is not revoked.',
    'RFC 6066 8',
  ],
  server_key_exchange: [
    'TLS 1.2: the server’s fresh public key, signed with the key of its certificate.',
    tls12('7.4.3'),
  ],
  server_hello_done: ['TLS 1.2: the server has said its part and waits.', tls12('7.4.5')],
  client_key_exchange: [
    'TLS 1.2: the client’s fresh public key, or with RSA the encrypted pre-master secret.',
    tls12('7.4.7'),
  ],
  change_cipher_spec: [
    'From here on this side encrypts. In TLS 1.3 it means nothing and is sent for the sake of old middleboxes.',
    `${tls12('7.1')}, ${tls13('D.4')}`,
  ],
  finished: [
    'A MAC over the whole handshake with the new keys: if anybody changed a byte of it, the two sides would not agree here.',
    tls13('4.4.4'),
  ],
  new_session_ticket: [
    'The server hands out a ticket with which the client can come back without a full handshake.',
    tls13('4.6.1'),
  ],
  key_update: ['The sender goes on with new keys from its next record.', tls13('4.6.3')],
  end_of_early_data: ['The client’s 0-RTT data ends here.', tls13('4.5')],
  alert: ['A side says that something went wrong, or that it closes.', tls13('6')],
  msg_type: ['Which handshake message this is.', tls13('4')],
  length: ['How many bytes of the message follow.', tls13('4')],
  legacy_version: [
    'In TLS 1.3 always that of TLS 1.2, because old servers and middleboxes fail on anything newer; the real offer is in supported_versions.',
    tls13('4.1.2'),
  ],
  random: [
    '32 fresh random bytes that make every handshake’s keys different. A server that could do better than it chose writes a sign into the last eight.',
    tls13('4.1.2, 4.1.3'),
  ],
  legacy_session_id: [
    'TLS 1.2 resumes a session by this id. A TLS 1.3 client fills it so that the handshake looks like a resumption to middleboxes.',
    tls13('D.4'),
  ],
  legacy_session_id_echo: ['The client’s session id, sent back.', tls13('4.1.3')],
  session_id: ['The name under which this session could be resumed.', tls12('7.4.1.2')],
  cipher_suites: [
    'The combinations of cipher and hash that the client can do, best first. In TLS 1.2 they name the key exchange and signature as well.',
    tls13('B.4'),
  ],
  cipher_suite: [
    'A combination of AEAD cipher and hash; in TLS 1.2 of key exchange and signature as well.',
    tls13('B.4'),
  ],
  legacy_compression_methods: ['Only null: compressing before encrypting gave secrets away (CRIME).', tls13('4.1.2')],
  legacy_compression_method: ['Always null.', tls13('4.1.3')],
  extensions: [
    'Everything that came after the first design: each has a number, a length and bytes of its own. Unknown ones are ignored.',
    tls13('4.2'),
  ],
  extension_type: ['Which extension this is, from IANA’s registry.', tls13('4.2')],
  server_name: [
    'The host name that the client wants (SNI), in clear, so that a server of many names can pick its certificate.',
    'RFC 6066 3',
  ],
  host_name: ['The name itself, without a port and never an address.', 'RFC 6066 3'],
  supported_groups: ['The curves and groups for the key exchange that the client can do, best first.', tls13('4.2.7')],
  named_group: ['A group for the key exchange.', tls13('4.2.7')],
  key_share: [
    'A public key for the key exchange. The client sends some in advance, for groups that it thinks the server will take.',
    tls13('4.2.8'),
  ],
  'key_share/group': ['The group of this public key.', tls13('4.2.8')],
  key_exchange: [
    'The public key itself. Both sides’ public keys make the shared secret, which is never sent.',
    tls13('4.2.8'),
  ],
  ml_kem_768: [
    'The post-quantum half of the hybrid key exchange: the client’s ML-KEM key, or the server’s ciphertext.',
    'RFC 9794, draft-ietf-tls-ecdhe-mlkem',
  ],
  x25519: ['The elliptic-curve half of the key exchange.', 'RFC 7748 6.1'],
  supported_versions: [
    'The versions that the client can do, best first; in ServerHello the one that was chosen. This is where TLS 1.3 is agreed.',
    tls13('4.2.1'),
  ],
  selected_version: ['The version that the server chose.', tls13('4.2.1')],
  signature_algorithms: [
    'Which signatures the client can check, in CertificateVerify and in certificates.',
    tls13('4.2.3'),
  ],
  signature_algorithms_cert: ['Which signatures it can check in certificates, where that differs.', tls13('4.2.3')],
  application_layer_protocol_negotiation: [
    'The protocols that the client would speak inside TLS, best first; the server answers with one. This is where HTTP/2 is agreed.',
    'RFC 7301 3',
  ],
  protocol_name: ['Such as h2 or http/1.1.', 'RFC 7301 3.1'],
  psk_key_exchange_modes: [
    'Whether a resumed handshake also makes a fresh key exchange, which keeps forward secrecy.',
    tls13('4.2.9'),
  ],
  pre_shared_key: [
    'Tickets of earlier sessions, each with proof that the client knows its key. Always the last extension.',
    tls13('4.2.11'),
  ],
  binder: ['Proof that the client knows the key of the ticket: a MAC over the hello up to here.', tls13('4.2.11.2')],
  obfuscated_ticket_age: [
    'How old the ticket is, with a number added so that onlookers cannot link sessions.',
    tls13('4.2.11.1'),
  ],
  early_data: [
    'The client sends data at once, before the server answered (0-RTT). It can be replayed by an attacker.',
    tls13('4.2.10'),
  ],
  cookie: ['Bytes that the server wants back in the second hello.', tls13('4.2.2')],
  session_ticket: ['TLS 1.2: a ticket of an earlier session, or the wish for one.', 'RFC 5077 3.2'],
  status_request: ['The client asks for an OCSP response with the certificate (stapling).', 'RFC 6066 8'],
  signed_certificate_timestamp: [
    'Proof that the certificate is in a public log (Certificate Transparency).',
    'RFC 6962 3.3',
  ],
  extended_master_secret: [
    'TLS 1.2: binds the master secret to the whole handshake, against the triple-handshake attack.',
    'RFC 7627 4',
  ],
  encrypt_then_mac: ['For CBC suites: the MAC is computed over the ciphertext, against padding oracles.', 'RFC 7366 2'],
  renegotiation_info: ['Binds a renegotiation to the first handshake; empty in the first.', 'RFC 5746 3.2'],
  ec_point_formats: ['How points on curves may be written. Only uncompressed is used.', 'RFC 8422 5.1.2'],
  compress_certificate: ['Compressions of the Certificate message that the client can undo.', 'RFC 8879 3'],
  record_size_limit: ['The largest record that this side wants to get.', 'RFC 8449 4'],
  padding: ['Zeros to bring the hello to a length that some servers do not choke on.', 'RFC 7685 3'],
  encrypted_client_hello: [
    'A second hello, encrypted for the server, so that onlookers do not see its name; or random bytes that look like one.',
    'RFC 9849 5',
  ],
  application_settings: [
    'Settings of the protocol inside, sent in the handshake already (Chrome).',
    'draft-vvv-tls-alps',
  ],
  quic_transport_parameters: ['QUIC’s own settings.', 'RFC 9000 18'],
  post_handshake_auth: ['The client can be asked for a certificate later.', tls13('4.2.6')],
  certificate_authorities: ['Which CAs this side trusts.', tls13('4.2.4')],
  certificate_list: ['The certificates, leaf first, each issued by the next.', tls13('4.4.2')],
  certificate_request_context: [
    'Empty in a handshake; ties an answer to its question when asked for later.',
    tls13('4.4.2'),
  ],
  'cert_data/certificate': ['An X.509 certificate: what is signed, the algorithm, the signature.', x509('4.1')],
  cert_data: ['One certificate, in DER.', x509('4.1')],
  'to be signed': ['The part of the certificate that the issuer’s signature covers.', x509('4.1.1.1')],
  'serial number': ['The issuer’s number for this certificate.', x509('4.1.2.2')],
  issuer: ['Who signed the certificate.', x509('4.1.2.4')],
  validity: ['From when until when it holds.', x509('4.1.2.5')],
  'not before': ['Not valid before this.', x509('4.1.2.5')],
  'not after': ['Not valid after this.', x509('4.1.2.5')],
  subject: ['Whom the certificate is for. Browsers look at the subject alternative names alone.', x509('4.1.2.6')],
  'subject public key info': ['The public key that the certificate vouches for.', x509('4.1.2.7')],
  algorithm: ['The algorithm of the signature.', tls13('4.2.3')],
  signature: ['The signature itself.', tls13('4.4.3')],
  verify_data: [
    'HMAC over the hash of all messages so far, with a key that only the two sides can derive.',
    tls13('4.4.4'),
  ],
  ticket_lifetime: ['For how many seconds the ticket can be used; seven days at most.', tls13('4.6.1')],
  ticket_lifetime_hint: ['For how many seconds the server thinks to honour the ticket.', 'RFC 5077 3.3'],
  ticket_age_add: [
    'A random number to add to the ticket’s age, so that onlookers cannot link sessions.',
    tls13('4.6.1'),
  ],
  ticket_nonce: ['Tells the tickets of one connection apart when their keys are derived.', tls13('4.6.1')],
  ticket: ['Opaque to the client: often the session’s state, encrypted with a key of the server.', tls13('4.6.1')],
  named_curve: ['The curve of the server’s public key.', 'RFC 8422 5.4'],
  curve_type: ['A named curve; the other forms are not used.', 'RFC 8422 5.4'],
  public_key: ['A fresh public key, made for this connection alone.', 'RFC 8422 5.4'],
  encrypted_pre_master_secret: [
    'The secret from which all keys follow, encrypted for the key of the server’s certificate. Whoever gets that key later can read everything: there is no forward secrecy.',
    tls12('7.4.7.1'),
  ],
  request_update: ['Whether the other side shall change its keys too.', tls13('4.6.3')],
  level: ['warning or fatal. In TLS 1.3 it says nothing: all but closing alerts end the connection.', tls13('6')],
  description: ['What went wrong, from a fixed list; close_notify says that nothing did.', tls13('6')],
  'check/verify_data': ['Parley computed it again from the messages and the keys.', tls13('4.4.4')],
  'check/signature': ['Parley checked it with the public key of the certificate.', tls13('4.4.3')],
  'Field Block Fragment': [
    'The header fields, compressed with HPACK: each is an index into a table of fields that both ends know, or a literal, or a mix. A block that is too long goes on in CONTINUATION frames.',
    `${hpack('1.3')}, RFC 9113 4.3`,
  ],
  'field_block/indexed': ['One number stands for the whole field, name and value, as a table has it.', hpack('6.1')],
  'field_block/incremental': [
    'A literal value, and a name that is literal or from a table. Both ends add the field to the dynamic table, so that next time an index will do.',
    hpack('6.2.1'),
  ],
  'field_block/not-indexed': [
    'A literal that is not added to the table: for values that do not come again, such as most paths.',
    hpack('6.2.2'),
  ],
  'field_block/never-indexed': [
    'A literal that nobody on the way may put into a table either: for secrets, which could be guessed by how well they compress (CRIME).',
    `${hpack('6.2.3')}, 7.1.3`,
  ],
  'field_block/size-update': [
    'The sender says how large its table is from here on, at most what the receiver’s HEADER_TABLE_SIZE allows. Entries that do not fit any more go.',
    hpack('6.3'),
  ],
  dynamic_table: [
    'The fields that this direction’s sender and receiver both remember after this block, the newest first. Indexes go on from the 61 of the static table. It is the same on both legs: Parley relays the blocks as they are.',
    hpack('2.3.2'),
  ],
  'dynamic_table/entry': [
    'An entry counts as its name, its value and 32 octets. What does not fit pushes the oldest out.',
    hpack('4.1, 4.4'),
  ],
  evicted: ['The oldest entry went, because what was added needed its room.', hpack('4.4')],
  malformed: ['These bytes do not follow the format; what was read before is above.', tls13('6.2')],
}

/** What is known of the field with that path, `client_hello/extensions/key_share`; a `…_length` explains itself. */
export function explain(path: string): Explanation | undefined {
  const names = path.split('/')
  for (let from = 0; from < names.length; from++) {
    const key = names.slice(from).join('/')
    const found = Object.hasOwn(table, key) ? table[key] : undefined
    if (found) return { words: found[0], source: found[1] }
  }
  const counted = /^(.+)_length$/.exec(names.at(-1) ?? '')?.[1]
  if (counted) return { words: `How many bytes ${counted} takes.`, source: tls13('3.4') }
  return /^(0x|GREASE|unknown)/i.test(names.at(-1) ?? '')
    ? {
        words:
          'Not known to Parley. GREASE values are sent on purpose, so that servers keep ignoring what they do not know.',
        source: 'RFC 8701',
      }
    : undefined
}
