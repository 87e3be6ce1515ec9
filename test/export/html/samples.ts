import type { ReportConnection, ReportRow } from '../../../src/export/html/shape.ts'

/** A row of the list as a report has it. */
export const rowOf = (id: number, change: Partial<ReportRow> = {}): ReportRow => ({
  id,
  kind: 'exchange',
  connection: 1,
  startedAt: 1000 + id,
  scheme: 'https',
  host: 'api.example.com',
  method: 'GET',
  path: `/p/${id}`,
  status: 200,
  requestBytes: 0,
  responseBytes: 5,
  duration: 20,
  protocol: 'h2',
  state: 'complete',
  problem: false,
  legs: 'h2 1.3 │ h2 1.2',
  spans: [
    ['send', 0, 5],
    ['wait', 5, 15],
  ],
  ...change,
})

/** A connection whose server chose an older version than Parley did with the client. */
export const reportConnectionOf = (change: Partial<ReportConnection> = {}): ReportConnection => ({
  id: 1,
  where: 'api.example.com:443',
  legs: 'h2 1.3 │ h2 1.2',
  openedAt: '2026-11-29T10:22:07.123Z',
  process: 'curl (pid 7)',
  sniffed: false,
  table: {
    client: 'CLIENT → PARLEY',
    upstream: 'PARLEY → SERVER',
    rows: [
      {
        client: { at: 0.42, arrow: '→', title: 'ClientHello', detail: '517 B', facts: ['versions 1.3 1.2'] },
        upstream: { at: 24.3, arrow: '→', title: 'ClientHello', detail: '517 B', facts: [] },
      },
      { upstream: { at: 36.2, title: 'secure', detail: 'h2', facts: [], tone: 'good' } },
      {
        client: { at: 37.9, arrow: '←', title: 'ServerHello', detail: '122 B', facts: [] },
        mark: '≠',
        why: 'The server has no TLS 1.3.',
      },
    ],
  },
  comparison: [
    {
      aspect: 'version',
      label: 'Version',
      client: 'TLS 1.3',
      upstream: 'TLS 1.2',
      mark: '≠',
      why: 'The server has no TLS 1.3.',
    },
    { aspect: 'alpn', label: 'ALPN', client: 'h2', upstream: 'h2', mark: '=' },
  ],
  verdict: { agreed: 'yes', sentence: 'Yes: the client offers everything the server chose.', reasons: [] },
  problems: [],
  ...change,
})
