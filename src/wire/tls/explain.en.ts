import { explainer, type Texts } from '../explanation.ts'
import { extensionTexts } from './extensions/texts.en.ts'
import { alertTexts } from './registry/alert-texts.en.ts'

/**
 * The English texts: what a message, field, extension or alert is for, in words for an engineer who is no
 * TLS expert. Each entry is `source | text`. Another language is another file of the same keys.
 * Keys: `client_hello`, `client_hello.random`, `extension.key_share`, `extension.key_share.group`,
 * `alert.unknown_ca`, and `field.length` for what is the same everywhere.
 */
const texts: Texts = {
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

  ...extensionTexts,
  ...alertTexts,
}

/** The English text of a key, or undefined. */
export const explain = explainer(texts)

/** Every key that has a text. */
export const explained: readonly string[] = Object.keys(texts)
