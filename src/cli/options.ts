import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { hostAndPort } from '../model/host-and-port.ts'
import { defaultMinTls, type TlsVersion } from '../proxy/hello/versions.ts'
import { type ClientCertificate, checkPair } from '../proxy/leg/client-certificate.ts'
import { defaultTimeouts, isAddress, isHostPattern, type ProxyOptions } from '../proxy/services.ts'
import { captureFolder, newCapturePath, pruneCaptures } from '../store/capture-files.ts'
import { configOption } from './config-file.ts'
import type { RunOptions } from './run.ts'

export interface ListenAddress {
  readonly host: string
  readonly port: number
}

/** Values of the options that every command takes which runs the proxy. */
export interface ProxyFlags {
  readonly listen: ListenAddress
  readonly caDir: string
  readonly capture?: string
  readonly insecure?: boolean
  /** PEM */
  readonly upstreamCa: readonly string[]
  readonly mirror: boolean
  readonly failAsServer?: boolean
  readonly passThrough: readonly string[]
  readonly insecureHost: readonly string[]
  readonly minTls: TlsVersion
  readonly timeout: number
  readonly clientCert: readonly ClientCertificate[]
  readonly resolve: ReadonlyMap<string, string>
  readonly keylog?: string
  readonly bodyLimit: number
  readonly diskLimit?: number
}

export const defaultListen: ListenAddress = { host: '127.0.0.1', port: 8080 }

/** Where the authority lives unless told: beside the captures. */
export const authorityFolder = (): string => join(captureFolder(), '..', 'ca')

export const caDirOption = (): Option =>
  new Option('--ca-dir <folder>', 'folder of the certificate authority').default(authorityFolder())

/** Adds the options of the proxy, each declared here once. */
export function withProxyOptions(command: Command, listen: ListenAddress = defaultListen): Command {
  return command
    .addOption(
      new Option('-l, --listen <host:port>', 'where to listen')
        .argParser(readListen)
        .default(listen, showListen(listen)),
    )
    .addOption(caDirOption())
    .addOption(configOption())
    .option('--capture <file>', 'capture file to write; default is a new one in the data folder, newest 20 kept')
    .option('-k, --insecure', "go on with servers whose certificate does not verify; the row says what's wrong")
    .addOption(
      new Option('--insecure-host <host>', 'the same for this host alone; *.domain for all below it')
        .argParser(readHosts)
        .default([], 'none'),
    )
    .addOption(
      new Option('--min-tls <version>', 'oldest TLS version on both legs: 1.0, 1.1, 1.2 or 1.3')
        .argParser(readVersion)
        .default(defaultMinTls, '1.2'),
    )
    .addOption(
      new Option('--timeout <seconds>', 'give up a dial or a TLS handshake after this long')
        .argParser(readSeconds)
        .default(defaultTimeouts.dial, '30'),
    )
    .addOption(
      new Option('--client-cert <host=file[,keyfile]>', 'show this certificate (PEM) to servers that ask for one')
        .argParser(readClientCertificate)
        .default([], 'none'),
    )
    .addOption(
      new Option('--upstream-ca <file>', 'trust the roots of this PEM file upstream, besides the system store')
        .argParser(readRoots)
        .default([], 'none'),
    )
    .option('--no-mirror', "send Node's own ClientHello upstream instead of the client's")
    .option('--fail-as-server', 'where upstream fails, close towards the client instead of answering 502')
    .addOption(
      new Option('--pass-through <host>', 'do not open the TLS of this host; *.domain for all below it')
        .argParser(readHosts)
        .default([], 'none'),
    )
    .addOption(
      new Option('--resolve <host:address>', 'use this address for this name')
        .argParser(readResolve)
        .default(new Map(), 'none'),
    )
    .option('--keylog <file>', "append both legs' secrets in NSS key log format; guard that file")
    .addOption(
      new Option('--body-limit <size>', 'keep this much of each body')
        .argParser(readSize)
        .default(256 * 1024 * 1024, '256m'),
    )
    .addOption(new Option('--disk-limit <size>', 'let the capture file grow to this much').argParser(readSize))
}

/** Turns flags into what a run takes. */
export function runOptions(flags: ProxyFlags, more: Partial<ProxyOptions> = {}): RunOptions {
  return {
    proxy: {
      listen: flags.listen,
      authorityFolder: flags.caDir,
      verifyUpstream: !flags.insecure,
      insecureHosts: flags.insecureHost,
      minTls: flags.minTls,
      clientCertificates: flags.clientCert,
      mirror: flags.mirror,
      failAsServer: flags.failAsServer ?? false,
      passThrough: flags.passThrough,
      hosts: flags.resolve,
      timeouts: { dial: flags.timeout, handshake: flags.timeout, hello: 2 * flags.timeout }, // a person may type the hello
      ...more,
    },
    capturePath: flags.capture ?? ownCapture(),
    upstreamRoots: flags.upstreamCa,
    bodyLimit: flags.bodyLimit,
    ...(flags.keylog === undefined ? {} : { keyLogPath: flags.keylog }),
    ...(flags.diskLimit === undefined ? {} : { diskLimit: flags.diskLimit }),
  }
}

/** A new capture among the newest 20 of the data folder; the process number tells those of one second apart. */
function ownCapture(): string {
  const path = newCapturePath().replace(/\.parley$/, `-${process.pid}.parley`)
  pruneCaptures()
  return path
}

function readRoots(path: string, before: readonly string[]): readonly string[] {
  const pem = readPem(path)
  if (!/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/.test(pem))
    throw new InvalidArgumentError(`${path} holds no certificate in PEM.`)
  return [...before, pem]
}

/** Seconds as ms. */
export function readSeconds(text: string): number {
  const seconds = Number(text)
  if (!(seconds > 0 && seconds <= 3600)) throw new InvalidArgumentError('give seconds, at most 3600.')
  return seconds * 1000
}

const versions: Readonly<Record<string, TlsVersion>> = {
  '1.0': 'TLSv1',
  '1.1': 'TLSv1.1',
  '1.2': 'TLSv1.2',
  '1.3': 'TLSv1.3',
}

function readVersion(text: string): TlsVersion {
  const version = Object.hasOwn(versions, text) ? versions[text] : undefined
  if (!version) throw new InvalidArgumentError('give 1.0, 1.1, 1.2 or 1.3.')
  return version
}

/** Reads `host=file[,keyfile]`; without a key file the key is in the first one. */
function readClientCertificate(text: string, before: readonly ClientCertificate[]): readonly ClientCertificate[] {
  const match = /^([^=\s]+)=([^,]+)(?:,(.+))?$/.exec(text)
  if (!match) throw new InvalidArgumentError('give HOST=FILE or HOST=FILE,KEYFILE.')
  const [, host = '', certPath = '', keyPath = certPath] = match
  const [cert, key] = [readPem(certPath), readPem(keyPath)]
  const wrong = checkPair(cert, key)
  if (wrong) throw new InvalidArgumentError(`${[...new Set([certPath, keyPath])].join(' and ')}: ${wrong}.`)
  return [...before, { host: host.toLowerCase(), cert, key }]
}

function readPem(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new InvalidArgumentError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}

function readHosts(text: string, before: readonly string[]): readonly string[] {
  if (!isHostPattern(text)) throw new InvalidArgumentError('give a HOST or *.DOMAIN, without scheme and port.')
  return [...before, text]
}

export function readListen(text: string): ListenAddress {
  const match = /^(?:(?:\[([0-9a-fA-F:]+)\]|([^:[\]]+)):)?(\d{1,5})$/.exec(text)
  const port = Number(match?.[3])
  if (!match || port > 65_535) throw new InvalidArgumentError('give HOST:PORT, [V6]:PORT or PORT.')
  return { host: match[1] ?? match[2] ?? defaultListen.host, port }
}

export const showListen = (address: ListenAddress): string => hostAndPort(address)

function readResolve(text: string, before: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const at = text.indexOf(':')
  const address = text.slice(at + 1).replace(/^\[(.*)\]$/, '$1')
  if (at < 1 || !isAddress(address)) throw new InvalidArgumentError('give HOST:ADDRESS, as example.com:127.0.0.1.')
  return new Map([...before, [text.slice(0, at).toLowerCase(), address]])
}

const units: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }

export function readSize(text: string): number {
  const match = /^(\d+)([kmg]?)b?$/i.exec(text)
  if (!match) throw new InvalidArgumentError('give bytes, or a number with k, m or g.')
  return Number(match[1]) * units[match[2]!.toLowerCase()]!
}
