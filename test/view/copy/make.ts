import { execFileSync } from 'node:child_process'
import type { Exchange, Header, RequestHead } from '../../../src/model/exchange.ts'

export interface Made {
  readonly head?: Partial<RequestHead>
  readonly headers?: readonly Header[]
}

export const exchangeOf = ({ head, headers = [] }: Made = {}): Exchange => ({
  id: 1,
  connection: 1,
  request: {
    head: {
      method: 'GET',
      target: '/p',
      scheme: 'https',
      authority: 'a.test',
      path: '/p',
      version: 'HTTP/1.1',
      headers,
      ...head,
    },
    headAt: 0,
    bodyBytes: 0,
    bodyDropped: 0,
  },
  informational: [],
  response: {
    head: { status: 200, reason: 'OK', version: 'HTTP/1.1', headers: [['Content-Type', 'text/plain']] },
    headAt: 1,
    bodyBytes: 0,
    bodyDropped: 0,
  },
  problems: [],
})

export const noBody = new Uint8Array(0)

/** Bytes, one character each, that have broken a shell somewhere. */
export const hostile: readonly string[] = [
  '',
  ' ',
  "'",
  "''\"'",
  '"$HOME"',
  '`id`',
  '$(id)',
  '!!',
  "!a'\n",
  'a\nb\r\n\tc',
  '\\',
  "\\'",
  '\\n\\x41',
  '\x01\x1b[2J\x7f',
  '\x80\xff\xc3\xb6',
  '\xe2\x80\xae',
  '\x1b1',
  '\x011234',
  '~/*?[a-z]{b,c}',
  '#x',
  '-n',
  '--help',
  '=ls',
  '%1',
  'a;b&c|d>e<f(g)',
  '@/etc/passwd',
]

/** The words that bash reads in a command, each with its bytes as latin1: `curl` and `http` are functions here. */
export function bashWords(command: string): readonly string[] {
  const functions = 'curl() { printf "%s\\0" curl "$@"; }; http() { printf "%s\\0" http "$@"; }; '
  const out = execFileSync('bash', ['-c', functions + command], { env: { LC_ALL: 'C', PATH: process.env.PATH } })
  return out.toString('latin1').split('\0').slice(0, -1)
}
