import { imageFacts } from '../../formats/image/facts.ts'
import { guessBoundary } from '../../formats/multipart.ts'
import { renderCss, renderScript } from './code-layout.ts'
import { renderFont } from './font.ts'
import { renderGraphql } from './graphql.ts'
import { renderGrpc } from './grpc.ts'
import { renderImage } from './image.ts'
import { renderJson, renderNdjson } from './json.ts'
import { renderJwt } from './jwt.ts'
import { renderHtml, renderXml } from './markup-layout.ts'
import { renderMedia } from './media.ts'
import { renderMultipart } from './multipart.ts'
import type { Render, RenderInput } from './renderer.ts'
import { renderSse } from './sse.ts'
import { renderForm } from './table-lines.ts'
import { renderCbor, renderMsgpack } from './values.ts'

export interface Kind {
  readonly kind: string
  readonly render: Render
  /** Media types that ask for it. */
  readonly types: RegExp
  /** True where the bytes say that it may fit; `head` is their beginning as Latin-1. Cheap. */
  readonly sniff?: (input: RenderInput, head: string) => boolean
  /** The bytes are surer than the media type. */
  readonly sure?: boolean
}

const grpc = /^application\/grpc(?:-web)?(?:-text)?(?:\+|$)/
const json = /^(?:application|text)\/json$|\+json$/
const beginsJson = (head: string): boolean => /^\s*[{[]/.test(head)
const twoObjects = /^\s*\x1e?\{.*\}[^\S\n]*\n\s*\x1e?\{/

/** In order of preference among those that fit a body equally. Text and hex fit any and are not in the table. */
export const kinds: readonly Kind[] = [
  {
    kind: 'grpc',
    render: renderGrpc,
    types: grpc,
    sniff: ({ mediaType }) => grpc.test(mediaType), // the frame around a message begins like many another thing
    sure: true,
  },
  {
    kind: 'image',
    render: renderImage,
    types: /^image\//,
    sniff: ({ bytes }) => Boolean(imageFacts(bytes)),
    sure: true,
  },
  {
    kind: 'font',
    render: renderFont,
    types: /^font\/|^application\/(?:x-)?font-|^application\/vnd\.ms-(?:opentype|fontobject)$/,
    sniff: (_, head) => /^(?:wOFF|wOF2|OTTO|ttcf|\0\x01\0\0\0)/.test(head),
    sure: true,
  },
  {
    kind: 'media',
    render: renderMedia,
    types: /^(?:audio|video)\/|^application\/ogg$/,
    sniff: (_, head) => /^(?:OggS|fLaC|ID3[\x02-\x04]|RIFF....WAVE|\x1a\x45\xdf\xa3|....ftyp)/s.test(head),
    sure: true,
  },
  {
    kind: 'graphql',
    render: renderGraphql,
    types: /^application\/graphql$/,
    sniff: (_, head) => beginsJson(head) && /"query"\s*:\s*"|"persistedQuery"/.test(head),
    sure: true,
  },
  {
    kind: 'ndjson',
    render: renderNdjson,
    types: /^application\/(?:x-)?(?:ndjson|jsonlines?|json-?lines|json-seq)$/,
    sniff: (_, head) => twoObjects.test(head),
  },
  { kind: 'json', render: renderJson, types: json, sniff: (_, head) => beginsJson(head) || /^\)\]\}'/.test(head) },
  { kind: 'events', render: renderSse, types: /^text\/event-stream$/ },
  { kind: 'form', render: renderForm, types: /^application\/x-www-form-urlencoded$/ },
  {
    kind: 'multipart',
    render: renderMultipart,
    types: /^multipart\//,
    sniff: ({ bytes }) => guessBoundary(bytes) !== undefined,
  },
  { kind: 'msgpack', render: renderMsgpack, types: /^application\/(?:x-|vnd\.)?(?:msgpack|messagepack)$|\+msgpack$/ },
  {
    kind: 'cbor',
    render: renderCbor,
    types: /^application\/(?:cbor|cbor-seq|cose)$|\+cbor(?:-seq)?$/,
    sniff: (_, head) => head.startsWith('\xd9\xd9\xf7'),
  },
  {
    kind: 'html',
    render: renderHtml,
    types: /^text\/html$|^application\/xhtml\+xml$/,
    sniff: (_, head) => /^\s*(?:<!doctype html|<html[\s>])/i.test(head),
  },
  {
    kind: 'xml',
    render: renderXml,
    types: /^(?:application|text)\/xml$|\+xml$/,
    sniff: (_, head) => /^(?:\xef\xbb\xbf)?\s*<\?xml\s/.test(head),
  },
  { kind: 'css', render: renderCss, types: /^text\/css$/ },
  {
    kind: 'script',
    render: renderScript,
    types: /^(?:application|text)\/(?:x-)?(?:java|ecma)script$|^application\/typescript$/,
  },
  {
    kind: 'jwt',
    render: renderJwt,
    types: /^application\/(?:jwt|jose)$|\+jwt$/,
    sniff: (_, head) => head.includes('eyJ'),
  },
]
