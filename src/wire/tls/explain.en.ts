import { explainer, type Texts } from '../explanation.ts'

/**
 * The English texts: what a message, field, extension, record or alert is for, in words for an engineer who is no
 * TLS expert. Each entry is `source | text`. Another language is another file of the same keys.
 * Keys: `client_hello`, `client_hello.random`, `extension.key_share`, `extension.key_share.group`, `record.alert`,
 * `alert.unknown_ca`, and `field.length` for what is the same everywhere.
 */
const texts: Texts = {
  // Records
  'record.handshake':
    'RFC 8446 5.1 | A record that carries handshake messages. A message may span several records, and one record may hold several messages.',
  'record.alert':
    'RFC 8446 5.1 | A record that carries an alert: either the orderly end of the connection or the reason why it failed.',
  'record.change_cipher_spec':
    'RFC 5246 7.1 | Up to TLS 1.2 it says "from here on I encrypt". In TLS 1.3 it means nothing and is sent only so that middleboxes see the traffic they are used to.',
  'record.application_data':
    'RFC 8446 5.2 | A record of encrypted data: HTTP once the handshake is over. In TLS 1.3 every encrypted record looks like this from outside, handshake messages and alerts included.',
  'record.heartbeat':
    'RFC 6520 4 | A keep-alive message of the heartbeat extension, known for the Heartbleed bug. Hardly anything sends it today.',
  'record.tls12_cid':
    'RFC 9146 4 | A DTLS record with a connection ID, so that the connection survives a change of address.',
  'record.length':
    'RFC 8446 5.1 | How many bytes of payload follow the five header bytes: at most 16384, and a little more when they are encrypted.',
  'record.version':
    'RFC 8446 5.1 | A frozen number kept for old middleboxes: 0x0301 in the first ClientHello, 0x0303 afterwards. It does not say which version is spoken.',

  // What Parley found
  'check.verify_data': 'RFC 8446 4.4.4 | Parley computed it again from the messages and the keys.',
  'check.signature': 'RFC 8446 4.4.3 | Parley checked it with the public key of the certificate.',
  'check.binder': 'RFC 8446 4.2.11.2 | Parley computed it again with the key of the ticket, where that was recorded.',
  'check.OCSP signature': 'RFC 6960 4.2.2.2 | Parley checked who signed the stapled response, and whether they may.',
  malformed: 'RFC 8446 6.2 | These bytes do not follow the format; what was read before is above.',

  // Fields that mean the same everywhere
  'field.msg_type': 'RFC 8446 4 | Which handshake message this is.',
  'field.length': 'RFC 8446 4 | How many bytes of the message follow these four header bytes.',
  'field.extensions':
    'RFC 8446 4.2 | Optional parts, each with a type, a length and its data. A peer ignores the types that it does not know, which is how TLS grows without breaking.',
  'field.extension_type': 'RFC 8446 4.2 | The number of the extension in the IANA registry.',
  'field.extension_length': "RFC 8446 4.2 | How many bytes of this extension's own data follow.",
  'field.of_length': 'RFC 8446 3.4 | How many bytes the next field takes.',
  'field.data': 'RFC 8446 3.4 | Bytes that Parley does not take apart, because their format is unknown or private.',
  'field.undecoded':
    'RFC 8446 6.2 | The bytes that were left after the error in this extension. A strict peer would answer with decode_error.',

  // client_hello
  client_hello:
    'RFC 8446 4.1.2 | The first message: the client lists what it can do (versions, cipher suites, key exchange groups, signatures) and names the host it wants. The server picks from these lists, so what is missing here cannot be used later.',
  'client_hello.legacy_version':
    'RFC 8446 4.1.2 | Once the highest version the client spoke. TLS 1.3 clients freeze it at TLS 1.2 and list the real versions in supported_versions, because many servers failed on numbers they did not know.',
  'client_hello.random':
    'RFC 8446 4.1.2 | 32 fresh random bytes. They go into every key, so that a recorded handshake cannot be replayed, and they are what a key log file uses to find the connection.',
  'client_hello.legacy_session_id':
    'RFC 8446 4.1.2 | Up to TLS 1.2 the name of an earlier session to resume. In TLS 1.3 a random value that the server must echo, so that the exchange looks like a TLS 1.2 resumption to middleboxes.',
  'client_hello.cipher_suites':
    'RFC 8446 4.1.2 | The combinations of algorithms the client accepts, best first. The server must choose one of them or give up with handshake_failure.',
  'client_hello.cipher_suite':
    'RFC 8446 B.4 | One acceptable combination. TLS 1.3 suites name only cipher and hash; older ones name the key exchange and the certificate type too.',
  'client_hello.legacy_compression_methods':
    'RFC 8446 4.1.2 | Must be just "null". Compression inside TLS leaked secrets through message lengths (the CRIME attack) and is gone.',
  'client_hello.compression_method':
    'RFC 8446 4.1.2 | One compression method; anything but null is refused in TLS 1.3.',
  'client_hello.extensions':
    'RFC 8446 4.2 | The optional parts of the offer. Since TLS 1.3 everything of interest is here. Chromium shuffles their order and adds made-up GREASE entries to keep servers tolerant.',
  // The SSL 2.0 form
  'client_hello.msg_length':
    'RFC 5246 E.2 | Length of an SSL 2.0 form hello; its first bit marks the old two-byte header.',
  'client_hello.version':
    'RFC 5246 E.2 | The highest version the client speaks; the SSL 2.0 form is only the envelope.',
  'client_hello.cipher_specs':
    'RFC 5246 E.2 | The suites in three-byte form: SSL 2.0 suites and, with a leading zero, those of TLS.',
  'client_hello.cipher_spec': 'RFC 5246 E.2 | One suite in three-byte form.',
  'client_hello.cipher_spec_length': 'RFC 5246 E.2 | How many bytes the list of cipher specs takes; three for each.',
  'client_hello.session_id_length':
    'RFC 5246 E.2 | Length of the session ID, which is empty in a hello that may become TLS.',
  'client_hello.challenge_length': 'RFC 5246 E.2 | Length of the challenge, 16 to 32 bytes.',
  'client_hello.session_id': 'RFC 5246 E.2 | A session to resume; empty in a hello that may become TLS.',
  'client_hello.challenge':
    'RFC 5246 E.2 | The random bytes of the client; padded in front with zeros they are its TLS random.',

  // server_hello, hello_retry_request
  server_hello:
    "RFC 8446 4.1.3 | The server's answer: version, cipher suite and, in TLS 1.3, its key share. After it TLS 1.3 encrypts everything, the certificate included.",
  'server_hello.legacy_version':
    'RFC 8446 4.1.3 | The chosen version up to TLS 1.2. TLS 1.3 keeps TLS 1.2 here and says the truth in supported_versions.',
  'server_hello.random':
    'RFC 8446 4.1.3 | 32 fresh random bytes of the server. A fixed value turns the message into a HelloRetryRequest, and a fixed ending (DOWNGRD) warns the client that somebody may have talked both sides into an older version.',
  'server_hello.legacy_session_id_echo':
    "RFC 8446 4.1.3 | TLS 1.3: a copy of what the client sent. Before: the session's name; equal to the client's, it means that an old session is resumed.",
  'server_hello.cipher_suite': "RFC 8446 4.1.3 | The one suite that will be used, taken from the client's list.",
  'server_hello.legacy_compression_method': 'RFC 8446 4.1.3 | Always null.',
  'server_hello.extensions':
    'RFC 8446 4.1.3 | Answers to extensions of the client. In TLS 1.3 only those needed to set up the keys; the others follow encrypted in EncryptedExtensions.',
  hello_retry_request:
    'RFC 8446 4.1.4 | "Try again": the server likes the offer but needs a key share for another group, or wants a cookie back. It costs one round trip. It is a ServerHello with a fixed random.',
  'hello_retry_request.legacy_version': 'RFC 8446 4.1.4 | Frozen at TLS 1.2, as in a ServerHello.',
  'hello_retry_request.random':
    'RFC 8446 4.1.3 | Not random: the SHA-256 hash of the words "HelloRetryRequest", by which the client recognises the message.',
  'hello_retry_request.legacy_session_id_echo': "RFC 8446 4.1.4 | A copy of the client's value.",
  'hello_retry_request.cipher_suite':
    'RFC 8446 4.1.4 | The suite that the server will use; its ServerHello must repeat it.',
  'hello_retry_request.legacy_compression_method': 'RFC 8446 4.1.4 | Always null.',
  'hello_retry_request.extensions':
    'RFC 8446 4.1.4 | What the client has to change: the wanted group in key_share, or a cookie to send back.',

  // encrypted_extensions
  encrypted_extensions:
    'RFC 8446 4.3.1 | The first encrypted message of TLS 1.3: answers to extensions that are not needed for the keys, such as the chosen application protocol.',
  'encrypted_extensions.extensions': 'RFC 8446 4.3.1 | Each answers one that the client sent. Empty is common.',

  // certificate
  certificate:
    'RFC 8446 4.4.2 | The certificate chain that proves who the sender is, its own certificate first. A client that was asked and has none sends an empty list.',
  'certificate.certificate_request_context':
    'RFC 8446 4.4.2 | Repeats the context of the request being answered; empty in the main handshake.',
  'certificate.certificate_list':
    'RFC 8446 4.4.2 | The leaf certificate, then each issuer. The root is usually left out: the peer must have it already.',
  'certificate.certificate_entry':
    'RFC 8446 4.4.2 | One certificate with its extensions, such as a stapled OCSP response.',
  'certificate.cert_data': 'RFC 5280 4.1 | The X.509 certificate in DER.',
  'certificate.certificate': 'RFC 5246 7.4.2 | The X.509 certificate in DER.',
  'certificate.extensions':
    'RFC 8446 4.4.2.1 | Extra proof about this one certificate: OCSP status, certificate transparency timestamps.',
  compressed_certificate:
    'RFC 8879 4 | A Certificate message packed with zlib, brotli or zstd, sent only to a peer that offered compress_certificate. Chains shrink by about a third.',
  'compressed_certificate.algorithm': 'RFC 8879 7.3 | How it was packed.',
  'compressed_certificate.uncompressed_length':
    'RFC 8879 4 | What it must measure once unpacked; a difference is fatal.',
  'compressed_certificate.compressed_certificate_message':
    'RFC 8879 4 | The packed bytes. The fields below are those of the Certificate message inside and have no bytes of their own on the wire.',
  certificate_status:
    'RFC 6066 8 | TLS 1.2 only: the OCSP response the server fetched beforehand, so that the client need not ask the authority whether the certificate was revoked. TLS 1.3 puts it into the Certificate message.',
  'certificate_status.status_type':
    'RFC 6066 8 | What kind of proof follows: one OCSP response or one per certificate.',
  'certificate_status.ocsp_response':
    'RFC 6960 4.2.1 | The signed OCSP answer in DER: good, revoked or unknown, with its dates. It counts when the issuer signed it, or a responder whom the issuer lets sign (4.2.2.2); Parley checks that.',
  'certificate_status.ocsp_response_list':
    'RFC 6961 2.2 | One response per certificate of the chain, in its order; an empty one means none was at hand.',
  'certificate_status.response': 'RFC 6066 8 | A response of a type that Parley does not know.',

  certificate_request:
    'RFC 8446 4.3.2 | The server asks for a client certificate (mutual TLS). The client may answer with an empty list; whether that is accepted is up to the server.',
  'certificate_request.certificate_request_context':
    'RFC 8446 4.3.2 | A label for the answer to repeat; empty in the main handshake.',
  'certificate_request.certificate_types':
    'RFC 5246 7.4.4 | The kinds of key the server accepts. TLS 1.3 dropped it for signature_algorithms.',
  'certificate_request.certificate_type': 'RFC 5246 7.4.4 | One kind of key that is accepted.',
  'certificate_request.supported_signature_algorithms':
    'RFC 5246 7.4.4 | The signatures the server can check, best first.',
  'certificate_request.signature_algorithm': 'RFC 5246 7.4.4 | One acceptable signature algorithm.',
  'certificate_request.certificate_authorities':
    'RFC 5246 7.4.4 | Names of the authorities whose certificates are accepted. Clients use it to choose among their certificates; empty means any.',
  'certificate_request.distinguished_name': 'RFC 5246 7.4.4 | The name of one authority in DER.',
  'certificate_request.extensions':
    'RFC 8446 4.3.2 | What the certificate must be like; signature_algorithms is mandatory.',
  certificate_verify:
    'RFC 8446 4.4.3 | A signature over the whole handshake so far. It proves that the sender holds the private key of its certificate, and that nobody changed what was said.',
  'certificate_verify.algorithm': 'RFC 8446 4.2.3 | How it was signed; one of those that the peer listed.',
  'certificate_verify.signature':
    'RFC 8446 4.4.3 | The signature. Parley checks it with the public key of the certificate.',

  // key exchange of TLS 1.2 and before
  server_key_exchange:
    "RFC 5246 7.4.3 | The server's half of a Diffie-Hellman exchange, up to TLS 1.2, signed with the key of the certificate. With it the keys cannot be computed later from a stolen server key (forward secrecy).",
  'server_key_exchange.curve_type': 'RFC 8422 5.4 | How the curve is given; only named curves are allowed today.',
  'server_key_exchange.named_curve':
    'RFC 8422 5.1.1 | The elliptic curve both sides compute on, from the list of the client.',
  'server_key_exchange.public': "RFC 8422 5.4 | The server's one-time public key, a point on the curve.",
  'server_key_exchange.prime_p':
    'RFC 4492 5.4 | An explicit curve, spelled out number by number. Nobody should accept one.',
  'server_key_exchange.dh_p':
    'RFC 5246 7.4.3 | The prime both sides calculate with. Below 2048 bits it is weak, and modern clients refuse it.',
  'server_key_exchange.dh_g': 'RFC 5246 7.4.3 | The generator that goes with the prime, usually 2.',
  'server_key_exchange.dh_Ys': "RFC 5246 7.4.3 | The server's one-time public key.",
  'server_key_exchange.algorithm':
    'RFC 5246 7.4.3 | How the parameters were signed (TLS 1.2; before, it followed from the key).',
  'server_key_exchange.signature':
    'RFC 5246 7.4.3 | Signs both randoms and the parameters above, so that nobody can put in parameters of their own.',
  'server_key_exchange.psk_identity_hint':
    'RFC 4279 2 | A hint that helps the client to choose which shared key to use.',
  'server_key_exchange.rsa_modulus':
    'RFC 2246 7.4.3 | A short one-time RSA key of the export suites of the 1990s (the FREAK attack). Never acceptable today.',
  'server_key_exchange.rsa_exponent': 'RFC 2246 7.4.3 | The exponent of the export RSA key.',
  'server_key_exchange.srp_N': 'RFC 5054 2.5.3 | The group of a password-based (SRP) exchange.',
  'server_key_exchange.srp_g': 'RFC 5054 2.5.3 | The generator of the SRP group.',
  'server_key_exchange.srp_s': "RFC 5054 2.5.3 | The salt of the user's password.",
  'server_key_exchange.srp_B': "RFC 5054 2.5.3 | The server's public value of the SRP exchange.",
  'server_key_exchange.data': 'RFC 5246 7.4.3 | Parameters whose form the cipher suite does not tell.',
  server_hello_done: 'RFC 5246 7.4.5 | "Your turn": the server has said all of its part. Up to TLS 1.2.',
  client_key_exchange:
    "RFC 5246 7.4.7 | The client's half of the key exchange, up to TLS 1.2. From here on both sides know the pre-master secret.",
  'client_key_exchange.encrypted_pre_master_secret':
    "RFC 5246 7.4.7.1 | The secret itself, encrypted to the server's RSA key. Whoever gets that key can read this recording later: no forward secrecy, and why TLS 1.3 dropped it.",
  'client_key_exchange.dh_Yc': "RFC 5246 7.4.7.2 | The client's one-time Diffie-Hellman public key.",
  'client_key_exchange.ecdh_Yc':
    "RFC 8422 5.7 | The client's one-time public key, a point on the curve that the server named.",
  'client_key_exchange.psk_identity': 'RFC 4279 2 | Which shared key the client uses.',
  'client_key_exchange.srp_A': "RFC 5054 2.5.4 | The client's public value of the SRP exchange.",
  'client_key_exchange.data': 'RFC 5246 7.4.7 | A key exchange whose form the cipher suite does not tell.',

  finished:
    'RFC 8446 4.4.4 | A checksum, made with the new keys, of every message so far. When both are right, both sides have the same keys and nobody has tampered with the handshake.',
  'finished.verify_data': 'RFC 8446 4.4.4 | The checksum. Parley computes it from the keys and compares.',
  new_session_ticket:
    'RFC 8446 4.6.1 | A ticket the client may show next time to skip the certificate part of the handshake. In TLS 1.3 it comes after the handshake, often twice, and serves once.',
  'new_session_ticket.ticket_lifetime':
    'RFC 8446 4.6.1 | How long the ticket may be used, in seconds: at most seven days.',
  'new_session_ticket.ticket_lifetime_hint':
    'RFC 5077 3.3 | How long the server expects to accept the ticket, in seconds.',
  'new_session_ticket.ticket_age_add':
    "RFC 8446 4.6.1 | A random number that the client adds to the ticket's age when it shows it, so that an observer cannot link the two connections.",
  'new_session_ticket.ticket_nonce':
    'RFC 8446 4.6.1 | Makes the key of this ticket differ from those of the other tickets of the connection.',
  'new_session_ticket.ticket':
    'RFC 8446 4.6.1 | What the client sends back. Only the server can read it: mostly the session state, encrypted with a key of its own.',
  'new_session_ticket.extensions': 'RFC 8446 4.6.1 | Whether and how much early data the ticket allows.',
  key_update:
    'RFC 8446 4.6.3 | The sender changes to fresh keys from its next record on. Done after very much data, or by policy.',
  'key_update.request_update': 'RFC 8446 4.6.3 | Whether the peer should change its keys as well.',
  hello_request:
    'RFC 5246 7.4.1.1 | The server asks for a new handshake on the same connection (renegotiation, up to TLS 1.2). Clients may ignore it; most do.',
  end_of_early_data:
    'RFC 8446 4.5 | The end of the data that the client sent before the handshake was done (0-RTT); the handshake keys take over.',
  change_cipher_spec:
    'RFC 5246 7.1 | Up to TLS 1.2: what the sender sends next is encrypted with the new keys. In TLS 1.3 it is only for show, and ignored.',
  'change_cipher_spec.type': 'RFC 5246 7.1 | Always 1.',
  alert:
    'RFC 8446 6 | A notice to the peer: the orderly end of the connection, or the reason why it is given up. After a fatal alert nothing more follows.',
  'alert.level':
    'RFC 8446 6 | Warning or fatal. TLS 1.3 ignores it: there every alert but close_notify and user_canceled is fatal.',
  'alert.description': 'RFC 8446 6 | What happened.',
  unknown: 'RFC 8446 4 | A message type that Parley does not know. It is part of the transcript all the same.',
  'unknown.selected_protocol':
    'draft-agl-tls-nextprotoneg | The protocol the client chose from the list of the server (NPN, the predecessor of ALPN).',
  'unknown.padding': 'draft-agl-tls-nextprotoneg | Hides how long the name of the protocol is.',
  'unknown.chain_type': 'RFC 6066 5 | Whether each address gives one certificate or the whole chain.',
  'unknown.url_and_hash_list': 'RFC 6066 5 | Where the certificates of the client can be fetched, with their hashes.',
  'unknown.supp_data': 'RFC 4680 2 | Extra data that applications send within the handshake.',

  // Extensions
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

  // Alerts
  'alert.close_notify':
    'RFC 8446 6.1 | The sender has no more to send: the orderly end of the connection. Without it, missing data and an attacker cutting the connection look the same. Nothing to do.',
  'alert.unexpected_message':
    'RFC 8446 6.2 | A message came out of turn. A bug on one side, or something in between that is not TLS. Compare the order of messages with a working connection.',
  'alert.bad_record_mac':
    'RFC 8446 6.2 | A record could not be decrypted: wrong keys, changed bytes, or a broken middlebox. Sent by the receiver of that record. Look for devices that alter traffic, or mismatched shared keys.',
  'alert.decryption_failed':
    'RFC 5246 7.2.2 | Up to TLS 1.0: a record did not decrypt. No longer sent, because it helped attackers.',
  'alert.record_overflow':
    'RFC 8446 6.2 | A record was longer than allowed. Often the peer does not speak TLS at all, such as plain HTTP on this port.',
  'alert.decompression_failure':
    'RFC 5246 7.2.2 | Compressed data could not be unpacked. Compression is no longer used.',
  'alert.handshake_failure':
    'RFC 8446 6.2 | No common ground, mostly sent by the server: no shared cipher suite, group or signature, or a client certificate is missing. Compare the lists in the ClientHello with what the server supports.',
  'alert.no_certificate':
    'RFC 6101 5.4.2 | SSL 3.0: the client has no certificate. Later versions send an empty Certificate.',
  'alert.bad_certificate':
    'RFC 8446 6.2 | The certificate is damaged or its signature is wrong. Some clients send it for any certificate that they dislike, pinning included. Look at the chain that was sent.',
  'alert.unsupported_certificate':
    'RFC 8446 6.2 | The certificate is of a kind the receiver cannot use, for instance its key type or purpose (server certificate used by a client). Issue one of the right kind.',
  'alert.certificate_revoked':
    'RFC 8446 6.2 | The issuer has withdrawn the certificate. Get a new one, and find out why.',
  'alert.certificate_expired':
    'RFC 8446 6.2 | The certificate is out of date or not valid yet. Renew it, or check the clock of the side that complains.',
  'alert.certificate_unknown':
    'RFC 8446 6.2 | The certificate was refused for some other reason. Java, Chromium and iOS send it for an untrusted issuer or name mismatch: behind a proxy, install its CA where this client looks.',
  'alert.illegal_parameter':
    'RFC 8446 6.2 | A value was out of range or did not fit with another. Mostly a bug in one of the two stacks.',
  'alert.unknown_ca':
    'RFC 8446 6.2 | The receiver does not know the issuer of the certificate. From a client behind a proxy it means that the CA of the proxy is not in its trust store, or that it pins certificates. From a server: its list of client CAs lacks this one.',
  'alert.access_denied':
    'RFC 8446 6.2 | The certificate is fine, but its holder may not come in. Ask whoever runs the server.',
  'alert.decode_error':
    'RFC 8446 6.2 | A message could not be read: a wrong length or a missing part. A bug, or bytes lost on the way. OpenSSL sends it too when the peer is gone without close_notify.',
  'alert.decrypt_error':
    'RFC 8446 6.2 | A signature, a Finished or a binder did not check out. The handshake was changed on the way, or key and certificate do not belong together.',
  'alert.too_many_cids_requested': 'RFC 9147 9 | DTLS 1.3: the peer asked for too many connection IDs.',
  'alert.export_restriction': 'RFC 2246 7.2.2 | A leftover of the export rules of the 1990s. No longer sent.',
  'alert.protocol_version':
    'RFC 8446 6.2 | The versions do not overlap: one side is too old, or has old ones switched off. Sent by the server mostly. Raise the older side or allow a common version.',
  'alert.insufficient_security':
    'RFC 8446 6.2 | As handshake_failure, because the server wants stronger algorithms than the client has. Update the client.',
  'alert.internal_error':
    'RFC 8446 6.2 | Something failed inside the sender that has nothing to do with the peer, such as memory or a missing key. Read its log.',
  'alert.inappropriate_fallback':
    'RFC 7507 4 | The client came back with an older version after a failure, and the server can do better: somebody may be forcing a downgrade. Find out why the first attempt failed.',
  'alert.user_canceled':
    'RFC 8446 6.1 | The handshake was broken off for a reason that is no fault, such as a person pressing cancel. A close_notify follows.',
  'alert.no_renegotiation':
    'RFC 5246 7.2.2 | The sender does not want a new handshake on this connection. Usually harmless.',
  'alert.missing_extension':
    'RFC 8446 6.2 | A mandatory extension is missing, such as key_share or signature_algorithms in TLS 1.3. A bug in the other side.',
  'alert.unsupported_extension':
    'RFC 8446 6.2 | The peer answered with an extension nobody asked for, or in a message where it may not be. A bug in the other side.',
  'alert.certificate_unobtainable':
    'RFC 6066 9 | The certificate could not be fetched from the address the client gave.',
  'alert.unrecognized_name':
    'RFC 6066 3 | The server does not serve the host name in server_name. As a warning it can be ignored. Check the name, or the virtual hosts of the server.',
  'alert.bad_certificate_status_response':
    'RFC 6066 8 | The stapled OCSP response is invalid or too old. The server has to refresh it.',
  'alert.bad_certificate_hash_value':
    'RFC 6066 9 | A certificate fetched from an address does not have the hash that was announced.',
  'alert.unknown_psk_identity':
    'RFC 4279 2 | The server does not know the shared key that the client named. Compare the identities configured on both sides.',
  'alert.certificate_required':
    'RFC 8446 6.2 | The server insists on a client certificate and got none (TLS 1.3). It comes after the client believed the handshake done. Configure a client certificate.',
  'alert.general_error': 'IANA | An error for which there is no other alert.',
  'alert.no_application_protocol':
    'RFC 7301 3.2 | None of the protocols in the ALPN list of the client is served here. Compare the two lists, such as h2 against http/1.1.',
  'alert.ech_required':
    'RFC 9849 11.2 | The client insists on Encrypted Client Hello and the server could not read it. The client will retry with fresh keys.',
}

/** The English text of a key, or undefined. */
export const explain = explainer(texts)

/** Every key that has a text. */
export const explained: readonly string[] = Object.keys(texts)
