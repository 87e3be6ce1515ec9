import type { Texts } from '../../explanation.ts'

/** What each extension and its fields are for; explain.en.ts says how a key and a text are made. */
export const extensionTexts: Texts = {
  'extension.GREASE':
    'RFC 8701 3 | A made-up entry without meaning. Browsers send it so that servers that choke on unknown values are found and fixed early.',
  'extension.unknown_extension':
    'RFC 8446 4.2 | A type that is in no registry Parley knows. Its number and bytes are kept.',
  'extension.server_name':
    'RFC 6066 3 | The host name the client wants (SNI), in clear. The server chooses the certificate by it; observers read it too, unless Encrypted Client Hello hides it.',
  'extension.server_name.host_name': 'RFC 6066 3 | The DNS name, without a trailing dot and never an IP address.',
  'extension.max_fragment_length':
    'RFC 6066 4 | The client asks for smaller records, for devices with little memory. record_size_limit is its successor.',
  'extension.client_certificate_url':
    'RFC 6066 5 | The client can send the address of its certificate instead of the certificate. Hardly ever used.',
  'extension.trusted_ca_keys':
    'RFC 6066 6 | The roots the client has, so that the server can choose a chain. Replaced by certificate_authorities.',
  'extension.truncated_hmac': 'RFC 6066 7 | Shorter checksums on records. Insecure; do not use.',
  'extension.status_request':
    'RFC 6066 8 | OCSP stapling: the client asks the server to attach proof that its certificate is not revoked. In a certificate it is that proof.',
  'extension.status_request_v2': 'RFC 6961 2.2 | OCSP stapling for every certificate of the chain. TLS 1.3 dropped it.',
  'extension.user_mapping': 'RFC 4681 2 | Asks to send a hint for mapping the client to a user account.',
  'extension.client_authz': 'RFC 5878 2 | Kinds of authorisation data the client can send. Not used in practice.',
  'extension.server_authz': 'RFC 5878 2 | Kinds of authorisation data the server can send. Not used in practice.',
  'extension.cert_type': 'RFC 6091 3 | Whether certificates are X.509 or OpenPGP. Not used in practice.',
  'extension.supported_groups':
    'RFC 8446 4.2.7 | The key exchange groups (curves, Diffie-Hellman groups, post-quantum hybrids) the sender can use, best first.',
  'extension.ec_point_formats':
    'RFC 8422 5.1.2 | How points on curves may be written. Only "uncompressed" is left; TLS 1.3 ignores it, but TLS 1.2 servers may insist.',
  'extension.srp': 'RFC 5054 2.8.1 | The user name for a password-based handshake, in clear.',
  'extension.signature_algorithms':
    'RFC 8446 4.2.3 | The signatures the sender can check, best first. The peer must sign its handshake with one of them, and without signature_algorithms_cert its certificates too.',
  'extension.signature_algorithms_cert':
    'RFC 8446 4.2.3 | The signatures that are acceptable inside certificates, when they differ from those for the handshake.',
  'extension.use_srtp':
    'RFC 5764 4.1.1 | Profiles for encrypted audio and video (WebRTC); the keys come from this handshake.',
  'extension.heartbeat': 'RFC 6520 2 | Allows keep-alive messages. The Heartbleed bug was in an implementation of it.',
  'extension.application_layer_protocol_negotiation':
    'RFC 7301 3.1 | ALPN: the protocols the client can speak on top (h2, http/1.1), best first; the server answers with the one to use. It decides between HTTP/2 and HTTP/1.1.',
  'extension.application_settings':
    'draft-vvv-tls-alps | ALPS: settings of the application protocol, such as HTTP/2 SETTINGS, sent within the handshake. Used by Chromium and Google.',
  'extension.signed_certificate_timestamp':
    'RFC 6962 3.3.1 | Receipts from public logs (Certificate Transparency) that the certificate was made known. Empty from the client: it would like to see them.',
  'extension.signed_certificate_timestamp.log_id': 'RFC 6962 3.2 | Which log signed: the hash of its public key.',
  'extension.signed_certificate_timestamp.timestamp': 'RFC 6962 3.2 | When the log took the certificate in.',
  'extension.client_certificate_type':
    'RFC 7250 3 | Whether the client may show a bare public key instead of a certificate.',
  'extension.server_certificate_type':
    'RFC 7250 3 | Whether the server may show a bare public key instead of a certificate.',
  'extension.padding':
    'RFC 7685 3 | Zeros that make the ClientHello longer, because some old load balancers hang on hellos of 256 to 511 bytes.',
  'extension.encrypt_then_mac':
    'RFC 7366 2 | CBC suites encrypt first and authenticate afterwards, which stops padding attacks. TLS 1.2 and before; no effect on AEAD suites.',
  'extension.extended_master_secret':
    'RFC 7627 5 | Ties the master secret to the whole handshake, so that two connections cannot be given the same keys (the triple handshake attack). TLS 1.3 always does this.',
  'extension.token_binding': 'RFC 8472 2 | Binds cookies and tokens to the connection. Abandoned by browsers.',
  'extension.cached_info':
    'RFC 7924 3 | The client still has the certificate from last time; the server need not send it again.',
  'extension.tls_lts': 'draft-gutmann-tls-lts | A hardened profile of TLS 1.2 for devices that live long.',
  'extension.compress_certificate':
    'RFC 8879 3 | How a certificate chain may be packed. Chromium offers brotli; the answer is a CompressedCertificate message.',
  'extension.record_size_limit':
    'RFC 8449 4 | The largest record the sender is willing to take, in bytes of plaintext.',
  'extension.pwd_protect': 'RFC 8492 4 | The encrypted user name of a password-based handshake.',
  'extension.pwd_clear': 'RFC 8492 4 | The user name of a password-based handshake, in clear.',
  'extension.password_salt': 'RFC 8492 4 | The salt of the password for a password-based handshake.',
  'extension.ticket_pinning':
    'RFC 8672 3 | The client remembers the server by a secret instead of its certificate. Experimental.',
  'extension.tls_cert_with_extern_psk':
    'RFC 8773 4 | Uses a certificate and an external shared key together, against quantum computers.',
  'extension.delegated_credential':
    'RFC 9345 4 | A short-lived key that the holder of a certificate has signed for a server, for instance of a CDN. From the client: the signatures it accepts on one.',
  'extension.session_ticket':
    'RFC 5077 3.2 | Up to TLS 1.2: a ticket to resume an earlier session, or empty to ask for one. From the server: a new ticket will follow.',
  'extension.extended_random':
    'draft-rescorla-tls-extended-random | Extra random bytes; with the Dual_EC generator they helped a backdoor. Only some old RSA BSAFE devices send it.',
  'extension.pre_shared_key':
    'RFC 8446 4.2.11 | Resumption in TLS 1.3: the tickets the client shows, and for each a proof (binder) that it knows its key. The server answers with the number of the one it takes. Always the last extension.',
  'extension.pre_shared_key.identity':
    'RFC 8446 4.2.11 | The ticket from a NewSessionTicket message, or the name of a shared key.',
  'extension.pre_shared_key.obfuscated_ticket_age':
    'RFC 8446 4.2.11.1 | How old the ticket is in milliseconds, plus its ticket_age_add. The server uses it to spot replays.',
  'extension.pre_shared_key.binder':
    'RFC 8446 4.2.11.2 | A checksum of the hello up to here, made with the key of the ticket: proof that the client has it. Parley recomputes it where it knows that key.',
  'extension.pre_shared_key.selected_identity':
    'RFC 8446 4.2.11 | Which of the offered tickets the server takes, counted from 0.',
  'extension.early_data':
    'RFC 8446 4.2.10 | 0-RTT: the client sends data at once with the key of its ticket. In the answer: accepted. In a ticket: how much is allowed. Such data can be replayed, so it should only be GETs.',
  'extension.supported_versions':
    'RFC 8446 4.2.1 | The versions the client speaks, best first, and from the server the one that is used. This, not legacy_version, decides.',
  'extension.cookie':
    'RFC 8446 4.2.2 | A value of a HelloRetryRequest that the client must send back, so that the server need not remember it. Common in DTLS and QUIC.',
  'extension.psk_key_exchange_modes':
    'RFC 8446 4.2.9 | How the client will use tickets: psk_dhe_ke adds a fresh key exchange (forward secrecy), psk_ke does not. Without it the server may not send tickets.',
  'extension.certificate_authorities':
    'RFC 8446 4.2.4 | The names of authorities the sender accepts, so that the peer can choose a fitting certificate.',
  'extension.oid_filters': 'RFC 8446 4.2.5 | Values that certain fields of the client certificate must have.',
  'extension.post_handshake_auth':
    'RFC 8446 4.2.6 | The client allows the server to ask for a certificate later, after the handshake.',
  'extension.key_share':
    'RFC 8446 4.2.8 | One-time public keys for the key exchange. The client guesses which groups the server likes; a wrong guess costs a HelloRetryRequest. In a HelloRetryRequest: the group that is wanted.',
  'extension.key_share.group': 'RFC 8446 4.2.7 | The group this public key belongs to.',
  'extension.key_share.key_exchange':
    'RFC 8446 4.2.8 | The public key. In a hybrid group it is two joined: a post-quantum one (ML-KEM) and a classic one; both would have to be broken.',
  'extension.transparency_info': 'RFC 9162 6.5 | Certificate Transparency 2.0 proofs. Hardly deployed.',
  'extension.connection_id_deprecated': 'RFC 9146 3 | An early number of connection_id.',
  'extension.connection_id': 'RFC 9146 3 | DTLS: a label that lets the connection survive a change of address.',
  'extension.external_id_hash': 'RFC 8844 3.2 | Ties a WebRTC connection to the identity in its signalling.',
  'extension.external_session_id': 'RFC 8844 4.2 | Ties a WebRTC connection to its signalling session.',
  'extension.quic_transport_parameters':
    'RFC 9000 18 | Limits and options of a QUIC connection, which uses this handshake inside.',
  'extension.quic_transport_parameters_draft':
    'RFC 9001 8.2 | The number quic_transport_parameters had before the RFC.',
  'extension.ticket_request': 'RFC 9149 2 | How many tickets the client would like to get.',
  'extension.dnssec_chain':
    'RFC 9102 2 | DNSSEC records (DANE) with which the client can check the certificate without any authority.',
  'extension.supported_ekt_ciphers': 'RFC 8870 5.2 | Key transport for encrypted group calls.',
  'extension.sequence_number_encryption_algorithms': 'IANA | DTLS: how record numbers are hidden.',
  'extension.rrc': "RFC 9853 3 | DTLS: the peers can check each other's new address (return routability).",
  'extension.tls_flags': 'draft-ietf-tls-tlsflags | A bit field for extensions that only say yes.',
  'extension.TLMSP': 'ETSI TS 103 523-2 | Lets named middleboxes take part in the connection.',
  'extension.TLMSP_proxying': 'ETSI TS 103 523-2 | Lets named middleboxes take part in the connection.',
  'extension.TLMSP_delegate': 'ETSI TS 103 523-2 | Lets named middleboxes take part in the connection.',
  'extension.next_protocol_negotiation':
    'draft-agl-tls-nextprotoneg | NPN, the predecessor of ALPN from the days of SPDY.',
  'extension.channel_id': 'draft-balfanz-tls-channelid | A browser key that cookies could be bound to. Abandoned.',
  'extension.channel_id_old': 'draft-balfanz-tls-channelid | A browser key that cookies could be bound to. Abandoned.',
  'extension.trust_anchors':
    'draft-ietf-tls-trust-anchor-ids | Short ids of roots the client trusts, so that a server with several chains can pick one that works.',
  'extension.ech_outer_extensions':
    'RFC 9849 5.1 | In the hidden hello: extensions to copy from the visible one, to save space.',
  'extension.encrypted_client_hello':
    'RFC 9849 5 | ECH: the real ClientHello, with the real host name, encrypted to a key from DNS. The visible server_name is then only a cover. Clients without a key send random bytes (GREASE), and nobody can tell which it is.',
  'extension.encrypted_client_hello.type':
    'RFC 9849 5 | outer: the visible hello that carries the hidden one; inner: the hidden one.',
  'extension.encrypted_client_hello.config_id':
    "RFC 9849 4 | Which of the server's keys was used, by its number in the DNS record.",
  'extension.encrypted_client_hello.enc':
    "RFC 9849 5 | The client's one-time key, with which the server derives the key of the payload.",
  'extension.encrypted_client_hello.payload': 'RFC 9849 5 | The encrypted inner ClientHello.',
  'extension.encrypted_client_hello.public_name': 'RFC 9849 4 | The cover name that goes into the visible server_name.',
  'extension.encrypted_client_hello.confirmation':
    'RFC 9849 7.2.1 | Eight bytes that tell the client, and only it, that the server read the hidden hello.',
  'extension.encrypted_client_hello.retry_configs':
    'RFC 9849 7.1 | The server could not decrypt; these keys will work. The client must connect anew with one of them.',
  'extension.encrypted_server_name':
    'draft-ietf-tls-esni | ESNI, the predecessor of Encrypted Client Hello. Abandoned.',
  'extension.renegotiation_info':
    'RFC 5746 3.2 | Ties a renegotiation to the handshake before it, so that an attacker cannot put his own data in front. Empty in a first handshake: "I know about the attack".',
}
