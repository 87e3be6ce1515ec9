import { explainer, type Texts } from '../explanation.ts'

/** The English texts for HTTP/2's frames and their fields, by the names that frame-fields and the HPACK views give them. */
const texts: Texts = {
  data: 'RFC 9113 6.1 | A part of a body. It counts against the flow-control windows of its stream and of the connection.',
  headers: 'RFC 9113 6.2 | Opens a stream, or ends one with trailers: the fields of a request or response, compressed.',
  priority: 'RFC 9113 6.3 | How streams depend on each other. Given up since RFC 9113; receivers pass it over.',
  rst_stream: 'RFC 9113 6.4 | Ends one stream at once, with the reason, and leaves the connection as it is.',
  settings:
    'RFC 9113 6.5 | What the sender of this frame wants of its peer. It holds from when the peer acknowledges it with an empty SETTINGS with ACK.',
  push_promise: 'RFC 9113 6.6 | The server announces a response that nobody asked for yet. Browsers have given it up.',
  ping: 'RFC 9113 6.7 | Eight bytes that the other side sends back with ACK: is it alive, and how far away?',
  goaway:
    'RFC 9113 6.8 | The sender takes no more streams. Those above the last stream ID were not looked at, and may be tried again elsewhere.',
  window_update: 'RFC 9113 6.9 | The receiver has room for so many bytes more: of one stream, or of all on stream 0.',
  continuation: 'RFC 9113 6.10 | The next part of a field block that did not fit into its first frame.',
  altsvc: 'RFC 7838 4 | The same service is to be had elsewhere, such as over HTTP/3.',
  origin: 'RFC 8336 2 | Which origins the server answers for on this connection.',
  priority_update: 'RFC 9218 7.1 | The client changes how urgent a response is.',
  'Pad Length': 'RFC 9113 6.1 | How many bytes of padding end the frame.',
  Padding: 'RFC 9113 6.1 | Zeros that hide how long the rest is. They count for flow control.',
  'Stream Dependency': 'RFC 7540 5.3.1 | The stream that this one depends on. Given up since RFC 9113.',
  Weight: 'RFC 7540 5.3.2 | Its share among its siblings, from 1 to 256. Given up since RFC 9113.',
  Setting: 'RFC 9113 6.5.1 | One parameter, by its number, and its value.',
  Identifier: 'RFC 9113 6.5.2 | Which parameter, from IANA’s registry. Unknown ones are ignored.',
  Value: 'RFC 9113 6.5.2 | What it is set to.',
  'Error Code': 'RFC 9113 7 | Why, from a fixed list. NO_ERROR says that nothing went wrong.',
  'Last-Stream-ID': 'RFC 9113 6.8 | The highest stream that the sender has acted on, or still may.',
  'Additional Debug Data': 'RFC 9113 6.8 | Whatever helps a person to find the cause.',
  'Window Size Increment': 'RFC 9113 6.9 | So many bytes more may be sent.',
  'Promised Stream ID': 'RFC 9113 6.6 | The stream on which the response will come.',
  'Opaque Data': 'RFC 9113 6.7 | Any eight bytes; the answer must have the same.',
  'Priority Field Value':
    'RFC 9218 7.1 | Urgency from 0 to 7, and whether parts are useful, as in the Priority header.',
  'Alt-Svc-Field-Value': 'RFC 7838 3 | Protocol, host and port, and for how long.',
  'Field Block Fragment':
    'RFC 7541 1.3 | The header fields, compressed with HPACK: each is an index into a table of fields that both ends know, or a literal, or a mix.',
  'field_block/indexed': 'RFC 7541 6.1 | One number stands for the whole field, name and value, as a table has it.',
  'field_block/incremental':
    'RFC 7541 6.2.1 | A literal value, and a name that is literal or from a table. Both ends add the field to the dynamic table, so that next time an index will do.',
  'field_block/not-indexed':
    'RFC 7541 6.2.2 | A literal that is not added to the table: for values that do not come again, such as most paths.',
  'field_block/never-indexed':
    'RFC 7541 6.2.3 | A literal that nobody on the way may put into a table either: for secrets, which could be guessed by how well they compress (CRIME).',
  'field_block/size-update':
    'RFC 7541 6.3 | The sender says how large its table is from here on, at most what the receiver’s HEADER_TABLE_SIZE allows. Entries that do not fit any more go.',
  dynamic_table:
    'RFC 7541 2.3.2 | The fields that this direction’s sender and receiver both remember after this block, the newest first. Indexes go on from the 61 of the static table. It is the same on both legs as long as Parley only observes: then it relays the blocks as they are.',
  'dynamic_table/entry':
    'RFC 7541 4.1 | An entry counts as its name, its value and 32 octets. What does not fit pushes the oldest out.',
  evicted: 'RFC 7541 4.4 | The oldest entry went, because what was added needed its room.',
}

/** The English text of a key, or undefined. */
export const explain = explainer(texts)
