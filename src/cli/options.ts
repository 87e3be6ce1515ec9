import { join } from 'node:path'
import { type Command, Option } from 'commander'
import { emptySchema } from '../formats/protobuf/proto-schema.ts'
import { defaultMinTls } from '../proxy/hello/versions.ts'
import { defaultHoldLimits } from '../proxy/holds.ts'
import type { ClientCertificate } from '../proxy/leg/client-certificate.ts'
import { defaultTimeouts, type ReverseOptions } from '../proxy/services.ts'
import { captureFolder } from '../store/data-folder.ts'
import {
  readClientCertificate,
  readCollector,
  readCount,
  readCredentials,
  readHosts,
  readListen,
  readMinTls,
  readPatience,
  readProto,
  readRanges,
  readResolve,
  readReverse,
  readRoots,
  readScript,
  readSeconds,
  readSize,
  readTargets,
  readTheme,
  readThrottle,
  readTlsClient,
  showVersion,
} from './option-values.ts'
import { readProxyAuth, readUpstreamProxy } from './upstream-proxy.ts'

/**
 * One option, declared here once: the flag, its key in the config file (the long flag without `--` and `no-`), the help
 * and the README's table come from its row. Its value is found under the row's name, the long flag in camel case.
 */
export interface OptionRow<T> {
  /** As commander has it: `-l, --listen <host:port>`. */
  readonly flag: string
  readonly says: string
  /** Reads a value; a repeatable option adds to what came `before`. Absent: the option takes no value. */
  read?(text: string, before: T): T
  /** What holds without the option, and how the help shows it. */
  readonly initial?: T
  readonly default?: string
}
export type OptionRows = Readonly<Record<string, OptionRow<unknown>>>

/** The values of a table's options. */
export type FlagsOf<Rows extends OptionRows> = {
  readonly [Name in keyof Rows]: Rows[Name] extends OptionRow<infer T> ? T : never
}

type Read<T> = (text: string) => T
export const toggle = (flag: string, says: string): OptionRow<boolean | undefined> => ({ flag, says })
export const onUnless = (flag: string, says: string): OptionRow<boolean> => ({ flag, says, initial: true })
export function optional<T>(flag: string, says: string, read: Read<T>, instead?: string): OptionRow<T | undefined> {
  return { flag, says, read, ...(instead !== undefined && { default: instead }) }
}
export function gathered<T>(flag: string, says: string, read: (text: string, before: T) => T, none: T): OptionRow<T> {
  return { flag, says: `${says}; may be repeated`, read, initial: none }
}
/** `value`, the default, is given as a person would type it. */
export function single<T>(flag: string, says: string, read: Read<T>, value: string): OptionRow<T> {
  return { flag, says, read, initial: read(value), default: value }
}

const noHosts: readonly string[] = []

/** Where the authority lives by default: beside the captures. */
export const authorityFolder = (): string => join(captureFolder(), '..', 'ca')

/** Every command that runs the proxy takes these. */
export const proxyOptions = {
  listen: single('-l, --listen <host:port>', 'listen on this address', readListen, '127.0.0.1:8080'),
  reverse: gathered(
    '--reverse <[listen=]url>',
    'listen in the place of this server, for clients that know of no proxy (default: on a free port of loopback)',
    readReverse,
    [] as readonly ReverseOptions[],
  ),
  transparent: optional(
    '--transparent <[host:]port>',
    'listen here for connections that the firewall leads here; its rules are printed (Linux, root)',
    readListen,
  ),
  setup: toggle('--setup', 'set the rules of --transparent, and take them away at the end'),
  allow: gathered(
    '--allow <cidr>',
    'serve clients in this range of addresses: needed, or --auth, to listen on other than loopback',
    readRanges,
    [] as readonly string[],
  ),
  auth: optional(
    '--auth <user:pass>',
    'serve only clients that give the proxy this user and password',
    readCredentials,
  ),
  allowLocalTargets: toggle(
    '--allow-local-targets',
    'let clients on other machines reach loopback and link-local addresses of this one',
  ),
  caDir: {
    flag: '--ca-dir <folder>',
    says: 'keep the root certificate and its key in this folder',
    read: String,
    initial: authorityFolder(),
    default: 'ca in the data folder',
  },
  config: optional(
    '--config <file>',
    'read options and keys from this file',
    String,
    'config.json in the config folder',
  ),
  capture: optional('--capture <file>', 'write the capture to this file', String, 'a new one in the data folder'),
  insecure: toggle('-k, --insecure', 'accept server certificates that fail verification; the flow says why'),
  insecureHost: gathered('--insecure-host <host>', 'the same, for this host or *.domain only', readHosts, noHosts),
  minTls: single(
    '--min-tls <[host=]version>',
    'oldest TLS version on both legs, or for a host or *.domain: 1.0, 1.1, 1.2 or 1.3; may be repeated',
    readMinTls,
    showVersion(defaultMinTls),
  ),
  timeout: single(
    '--timeout <seconds>',
    'give up on a dial or a TLS handshake after this long',
    readSeconds,
    String(defaultTimeouts.dial / 1000),
  ),
  clientCert: gathered(
    '--client-cert <host=file[,keyfile]>',
    'present this certificate (PEM) to a host that asks for one',
    readClientCertificate,
    [] as readonly ClientCertificate[],
  ),
  upstreamCa: gathered(
    '--upstream-ca <file>',
    "trust the roots in this PEM file as well as the system's",
    readRoots,
    [] as readonly string[],
  ),
  mirror: onUnless('--no-mirror', "send Node's own ClientHello upstream instead of the client's"),
  tlsClient: single('--tls-client <name>', 'who speaks TLS with servers: auto, exact, openssl', readTlsClient, 'auto'),
  mirrorChoice: onUnless(
    '--no-mirror-choice',
    'choose version, cipher suite, group and signature for the client as OpenSSL does, instead of as the server did',
  ),
  httpsRecords: onUnless(
    '--no-https-records',
    "do not ask the resolver for servers' HTTPS records, which may offer HTTP/3 or ECH",
  ),
  starttls: toggle(
    '--starttls',
    'open what begins in clear and goes on in TLS, as mail and databases do; its clients must trust Parley',
  ),
  failAsServer: toggle('--fail-as-server', 'if upstream fails, close the connection instead of answering 502'),
  passThrough: gathered(
    '--pass-through <target>',
    'relay without decrypting it: a host, *.domain, address or CIDR, with :port or without',
    readTargets,
    noHosts,
  ),
  only: gathered(
    '--only <target>',
    'decrypt this alone, in the same words, and relay the rest without decrypting it',
    readTargets,
    noHosts,
  ),
  rule: gathered(
    '--rule <rule>',
    "do something to traffic: 'FILTER => ACTION ARGUMENTS'; parley rules lists the actions",
    (text: string, before: readonly string[]) => [...before, text],
    noHosts,
  ),
  rules: optional('--rules <file>', 'the same from this file, read again when it changes', String),
  block: gathered('--block <host>', 'answer 403 in the place of this host or *.domain', readHosts, noHosts),
  stripAltSvc: toggle('--strip-alt-svc', 'take Alt-Svc out of responses, which would lead clients around Parley'),
  cache: onUnless('--no-cache', 'have nothing cached: no conditions in requests, no-store in responses'),
  cors: toggle('--cors', 'let pages of every origin read every response'),
  throttle: optional(
    '--throttle <line>',
    'slow all down: 2g 3g 4g dsl, or DOWN [UP [MS]]; loses no packets',
    readThrottle,
  ),
  scriptTimeout: single('--script-timeout <seconds>', 'give up on a call of a script after this', readSeconds, '10'),
  mitmScript: gathered(
    '--mitm-script <file>',
    "run this module of http-mitm-proxy's plugin interface on HTTP/1.1 requests and responses",
    readScript,
    [] as readonly string[],
  ),
  upstreamProxy: optional(
    '--upstream-proxy <url>',
    'reach servers through this proxy: http, https, socks4, socks4a, socks5 or socks5h; pac+URL of a PAC file; or env, to go by HTTPS_PROXY and the like',
    readUpstreamProxy,
  ),
  upstreamProxyAuth: optional(
    '--upstream-proxy-auth <file>',
    'give that proxy the USER:PASS in this file',
    readProxyAuth,
  ),
  upstreamProxyExcept: gathered(
    '--upstream-proxy-except <target>',
    'go around that proxy to a host, *.domain, address or CIDR, with :port or without',
    readTargets,
    noHosts,
  ),
  resolve: gathered(
    '--resolve <host[:port]:address>',
    'use this address for this host, or for one port of it, instead of asking DNS',
    readResolve,
    new Map() as ReadonlyMap<string, string>,
  ),
  keylog: optional('--keylog <file>', "append both legs' secrets to this file in NSS key log format; guard it", String),
  otlp: optional(
    '--otlp <url>',
    'tell every flow to this OpenTelemetry collector, as traces and metrics by OTLP over HTTP',
    readCollector,
  ),
  appKeylog: optional(
    '--app-keylog <file>',
    'follow this key log, which an app writes itself (SSLKEYLOGFILE): opens what passes through undecrypted',
    String,
  ),
  pcap: toggle('--pcap', 'keep all ciphertext too, so that an export as pcapng has every byte as it came'),
  bodyLimit: single('--body-limit <size>', 'keep at most this much of each body', readSize, '256m'),
  holdLimit: single(
    '--hold-limit <messages>',
    'let messages go on that come while this many wait for you',
    readCount,
    String(defaultHoldLimits.messages),
  ),
  holdTimeout: single(
    '--hold-timeout <seconds>',
    'let a message go on that has waited for you this long; 0: never',
    readPatience,
    String(defaultHoldLimits.patience / 1000),
  ),
  diskLimit: optional('--disk-limit <size>', 'stop recording when the capture is this large', readSize),
}
export type ProxyFlags = FlagsOf<typeof proxyOptions>

/** The commands that are the proxy, and run until they are told to end, take these as well. */
export const systemOptions = {
  systemProxy: toggle('--system-proxy', 'make this the proxy of the system for as long as it runs'),
}
export type SystemFlags = FlagsOf<typeof systemOptions>

/** For a command that runs beside the proxy: it listens on any free port. */
export const besideProxy = {
  ...proxyOptions,
  listen: single(proxyOptions.listen.flag, proxyOptions.listen.says, readListen, '127.0.0.1:0'),
}

/** Every command that may open the screen takes these. */
export const screenOptions = {
  tui: onUnless('--no-tui', 'print one line per flow instead of opening the screen'),
  proto: gathered('--proto <file>', 'name gRPC and protobuf fields as in this .proto file', readProto, emptySchema),
  theme: optional('--theme <name>', 'colours: dark, light or none', readTheme, 'what suits the terminal'),
}
export type ScreenFlags = FlagsOf<typeof screenOptions>

/** Whether to open the screen: there is a terminal that can draw one, and it was not declined. */
export const opensScreen = ({ tui }: ScreenFlags): boolean =>
  tui && process.stdout.isTTY && process.stdin.isTTY && canDraw(process.env.TERM)

/** Whether a terminal of this name can be drawn on; a Unix whose terminal has no name has one that cannot. */
export const canDraw = (name: string | undefined, platform: NodeJS.Platform = process.platform): boolean =>
  name !== 'dumb' && (Boolean(name) || platform === 'win32')

/** The headings of the help, and what stands under each. */
const groups: Readonly<Record<string, readonly string[]>> = {
  'Options of the screen:': ['tui', 'proto', 'theme', 'holdLimit', 'holdTimeout'],
  'Options of TLS:':
    'insecure insecureHost starttls minTls clientCert upstreamCa mirror tlsClient mirrorChoice passThrough only'.split(
      ' ',
    ),
  'Options of rules:': ['rule', 'rules', 'block', 'stripAltSvc', 'cache', 'cors', 'throttle', 'scriptTimeout'],
  'Options of recording:': ['capture', 'keylog', 'appKeylog', 'pcap', 'otlp', 'bodyLimit', 'diskLimit'],
}

const groupOf = (name: string): string =>
  Object.entries(groups).find(([, names]) => names.includes(name))?.[0] ?? 'Options:'

/** Adds a table of options to a command. */
export function addOptions(command: Command, rows: OptionRows): Command {
  for (const [name, row] of Object.entries(rows)) {
    const option = new Option(row.flag, meaning(row)).helpGroup(groupOf(name))
    if (row.read) option.argParser(row.read)
    command.addOption(row.initial === undefined ? option : option.default(row.initial))
  }
  return command
}

/** What the help and the README say of an option. */
export const meaning = ({ says, default: value }: OptionRow<unknown>): string =>
  value === undefined ? says : `${says} (default: ${value})`
