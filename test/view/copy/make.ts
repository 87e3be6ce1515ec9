import assert from 'node:assert/strict'
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

/**
 * The words that bash reads in each command, with their bytes as latin1: `curl` and `http` are functions here that print
 * how many words they are and which. One bash reads all of them, and no `.bashrc`, as it would behind a socket.
 */
export function bashWordsOfEach(commands: readonly string[]): readonly (readonly string[])[] {
  const functions = ['curl', 'http'].map(name => `${name}() { printf '%s\\0' $(($# + 1)) ${name} "$@"; }`)
  const env = { LC_ALL: 'C', PATH: process.env.PATH }
  const out = execFileSync('bash', ['--norc', '-c', [...functions, ...commands].join('\n')], { env })
  const printed = out.toString('latin1').split('\0').slice(0, -1)
  const each: string[][] = []
  while (printed.length > 0) each.push(printed.splice(0, Number(printed.shift())))
  assert.equal(each.length, commands.length, 'each command is one call')
  return each
}

export const bashWords = (command: string): readonly string[] => bashWordsOfEach([command])[0]!
