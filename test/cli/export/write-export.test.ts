import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { writeExport } from '../../../src/cli/export/write-export.ts'
import type { CliError } from '../../../src/cli/fail.ts'
import type { Exporter } from '../../../src/export/exporter.ts'
import { sourceOf, withCapture } from '../../export/made-capture.ts'

const exporter: Exporter = {
  ...{ key: 'x', text: false },
  *pieces({ passed }) {
    passed?.(1)
    yield 'written'
  },
}

test('a file is written; why it cannot be is said in words', () =>
  withCapture(
    () => {},
    async (capture, folder) => {
      const to = join(folder, 'a.x')
      await writeExport(exporter, sourceOf(capture), to)
      assert.equal(readFileSync(to, 'utf8'), 'written')
      for (const [path, why] of [
        [join(folder, 'none/a.x'), /none\/a\.x: there is no such folder/],
        [folder, /it is a folder/],
        ['/dev/full', /the disk is full/],
      ] as const) {
        if (path === '/dev/full' && !existsSync(path)) continue
        await assert.rejects(writeExport(exporter, sourceOf(capture), path), why)
      }
    },
  ))

test('the capture that is exported is not written over', () =>
  withCapture(
    () => {},
    async (capture, folder) => {
      const { path } = capture.info()
      const before = readFileSync(path)
      await assert.rejects(writeExport(exporter, sourceOf(capture), path), (error: CliError) => error.exitCode === 2)
      assert.deepEqual(readFileSync(path), before)
      assert.deepEqual(
        readdirSync(folder).filter(name => name.endsWith('.part')),
        [],
      )
    },
  ))

test('what is no text needs a file', () =>
  withCapture(
    () => {},
    capture =>
      assert.rejects(writeExport(exporter, sourceOf(capture), undefined), (error: CliError) => error.exitCode === 2),
  ))

test('what an exporter throws comes through, and the old file stays', () =>
  withCapture(
    () => {},
    async (capture, folder) => {
      const to = join(folder, 'a.x')
      writeFileSync(to, 'old')
      const failing: Exporter = {
        ...exporter,
        // biome-ignore lint/correctness/useYield: it fails before its first piece
        *pieces() {
          throw new Error('the capture is damaged')
        },
      }
      await assert.rejects(writeExport(failing, sourceOf(capture), to), /the capture is damaged/)
      assert.equal(readFileSync(to, 'utf8'), 'old')
    },
  ))
