import type { Failure, Failures } from './failure.ts'

/** Whoever sent the message is to blame. */
const sent = (cause: string): Failure => ({ cause })

/** Parley’s own record has a hole, or its reading a limit, whoever sent the bytes. */
const unrecorded = (cause: string): Failure => ({ cause, blame: 'parley' })

const http1 = {
  'http1/bad-chunk-end': sent('a chunk holds more data than its size says'),
  'http1/bad-chunk-extension': sent('something other than an extension follows the size of a chunk (RFC 9112 7.1.1)'),
  'http1/bad-chunk-size': sent('the size of a chunk is not a hexadecimal number (RFC 9112 7.1)'),
  'http1/bad-field-name': sent('a field name is empty, or contains a character that is not allowed (RFC 9110 5.1)'),
  'http1/bad-reason': sent('the reason phrase contains control characters (RFC 9112 4)'),
  'http1/bad-request-line': sent(
    'the request target contains white space, control characters or bytes above 127 (RFC 9112 3.2)',
  ),
  'http1/bad-target': sent('the request target has none of the four forms of RFC 9112 3.2'),
  'http1/bare-cr': sent('a line contains a carriage return without a line feed (RFC 9112 2.2)'),
  'http1/bare-lf': sent('a line ends with a line feed alone (RFC 9112 2.2)'),
  'http1/bare-lf-in-chunk': sent(
    'a line of the chunked coding ends with a line feed alone, which parsers read differently (RFC 9112 7.1)',
  ),
  'http1/bytes-after-close': sent('bytes came after the last message (RFC 9112 9.6)'),
  'http1/duplicate-content-length': sent('Content-Length appears more than once (RFC 9112 6.3)'),
  'http1/duplicate-host': sent('the request has more than one Host field (RFC 9112 3.2)'),
  'http1/early-upgrade': sent('the protocol changed inside a message'),
  'http1/gap': unrecorded('some bytes were not recorded, so their meaning is unknown'),
  'http1/head-too-large': unrecorded('a head or a trailer section is longer than Parley reads'),
  'http1/held-too-much': unrecorded('more was sent before an Upgrade or CONNECT was answered than Parley keeps'),
  'http1/chunk-too-large': unrecorded('a chunk is longer than 2^53 bytes, which Parley does not follow'),
  'http1/incomplete-message': sent('the connection ended inside a message'),
  'http1/invalid-content-length': sent('Content-Length is not a number (RFC 9112 6.3)'),
  'http1/missing-host': sent('an HTTP/1.1 request has no Host field (RFC 9112 3.2)'),
  'http1/no-colon': sent('a field line has no colon'),
  'http1/not-http': sent('what came is not HTTP/1'),
  'http1/nul': sent('a field value contains NUL'),
  'http1/obs-fold': sent('a field value is folded over several lines, which RFC 9112 5.2 deprecates'),
  'http1/response-without-request': sent('a response came without a request'),
  'http1/space-before-colon': sent('there is white space between a field name and its colon (RFC 9112 5.1)'),
  'http1/space-before-first-field': sent('there is white space before the first field line (RFC 9112 2.2)'),
  'http1/te-chunked-twice': sent('the chunked coding is applied twice (RFC 9112 6.1)'),
  'http1/te-empty-element': sent(
    'Transfer-Encoding has an empty element, which some skip and others refuse (RFC 9110 5.6.1.2)',
  ),
  'http1/te-in-http10': sent('an HTTP/1.0 message has Transfer-Encoding (RFC 9112 6.1)'),
  'http1/te-not-final-chunked': sent('chunked is not the last transfer coding (RFC 9112 6.3)'),
  'http1/te-with-cl': sent('a message has both Content-Length and Transfer-Encoding, which counts (RFC 9112 6.3)'),
  'http1/too-many-waiting': unrecorded('more requests wait for an answer than Parley follows'),
} as const satisfies Failures

const http2 = {
  'http2/bad-field-name': sent('a field name contains a character that is not allowed (RFC 9113 8.2.1)'),
  'http2/bad-field-value': sent('a field value contains a character that is not allowed (RFC 9113 8.2.1)'),
  'http2/bad-padding': sent('a frame has more padding than it is long (RFC 9113 6.1)'),
  'http2/bad-preface': sent('the connection does not begin with the preface of HTTP/2 (RFC 9113 3.4)'),
  'http2/bad-priority-update': sent('a PRIORITY_UPDATE breaks the rules of RFC 9218 7.1'),
  'http2/bad-push': sent('a PUSH_PROMISE came from a client (RFC 9113 8.4)'),
  'http2/bad-setting': sent('a setting has a value that is not allowed (RFC 9113 6.5.2)'),
  'http2/bad-stream-id': sent('a stream has an ID it must not have (RFC 9113 5.1.1)'),
  'http2/bad-window-update': sent('a WINDOW_UPDATE has an increment of 0 (RFC 9113 6.9)'),
  'http2/connection-field': sent('a connection-specific field came in HTTP/2 (RFC 9113 8.2.2)'),
  'http2/content-length': sent('the content is not as long as Content-Length says (RFC 9113 8.1.1)'),
  'http2/continuation-expected': sent('another frame came inside a header block (RFC 9113 6.10)'),
  'http2/duplicate-pseudo-header': sent('a pseudo-header field appears twice (RFC 9113 8.3)'),
  'http2/fields-unknown': sent(
    'header fields could not be decoded, because an earlier header block could not (RFC 7541 2.2)',
  ),
  'http2/frame-off-stream-0': sent('a frame about the connection came on a stream'),
  'http2/frame-on-stream-0': sent('a frame about a stream came on stream 0'),
  'http2/frame-size': sent('a frame does not have the length its type requires (RFC 9113 4.2)'),
  'http2/frame-too-large': sent('a frame is larger than the other side allows (RFC 9113 4.2)'),
  'http2/gap': unrecorded('some bytes were not recorded, so their meaning is unknown'),
  'http2/goaway': sent('GOAWAY ended the connection with an error (RFC 9113 6.8)'),
  'http2/header-list-too-large': unrecorded('a header list is larger than Parley reads'),
  'http2/hpack': sent('a header block cannot be decoded, and so none after it in its direction (RFC 7541 2.2)'),
  'http2/header-block-too-large': unrecorded(
    'a header block is larger than Parley keeps, and those after it in its direction cannot be decoded',
  ),
  'http2/idle-stream': sent('a frame came on a stream that nobody opened (RFC 9113 5.1)'),
  'http2/incomplete-frame': sent('the connection ended inside a frame or a header block'),
  'http2/missing-pseudo-header': sent('a pseudo-header field is missing or malformed (RFC 9113 8.3)'),
  'http2/not-http2': sent('what came is not HTTP/2'),
  'http2/pseudo-after-field': sent('a pseudo-header field comes after an ordinary one (RFC 9113 8.3)'),
  'http2/stream-closed': sent('a frame came that the state of its stream does not allow (RFC 9113 5.1)'),
  'http2/too-many-streams': unrecorded('more streams are open than Parley follows'),
  'http2/trailers-without-end': sent('trailers do not end their stream (RFC 9113 8.1)'),
  'http2/unexpected-continuation': sent('a CONTINUATION came outside a header block (RFC 9113 6.10)'),
  'http2/unknown-pseudo-header': sent('a pseudo-header field is unknown (RFC 9113 8.3)'),
  'http2/uppercase-field': sent('a field name has capital letters (RFC 9113 8.2)'),
} as const satisfies Failures

const websocket = {
  'websocket/bad-control-frame': sent('a control frame is fragmented or longer than 125 bytes (RFC 6455 5.5)'),
  'websocket/bad-length': unrecorded('a frame is longer than 2^53 bytes, which Parley does not follow'),
  'websocket/bad-masking': sent('a frame is masked, or not masked, against the rules (RFC 6455 5.1)'),
  'websocket/gap': unrecorded('some bytes were not recorded, so their meaning is unknown'),
  'websocket/incomplete-frame': sent('the connection ended inside a frame'),
  'websocket/reserved-opcode': sent('a frame has a reserved opcode (RFC 6455 5.2)'),
} as const satisfies Failures

/** What can be wrong with messages and frames; an observer says more, such as the stream and the number. */
export const messageFailures = {
  'http/too-many-interim': unrecorded('one request got more interim responses than Parley shows'),
  ...http1,
  ...http2,
  ...websocket,
} as const satisfies Failures
