import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command } from 'commander'
import { argumentValues, namesFile, optionValues } from '../../../src/cli/completion/value-kinds.ts'
import { commandLine } from '../../../src/cli/program.ts'

const all = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(all)]
const commands = all(commandLine())
const options = commands.flatMap(command => command.options)

test('there is an option, which takes a value, and an argument for every name', () => {
  const taking = new Set(options.filter(({ required }) => required).map(({ long }) => long))
  assert.deepEqual(
    Object.keys(optionValues).filter(name => !taking.has(name)),
    [],
  )
  const names = new Set(commands.flatMap(command => command.registeredArguments.map(argument => argument.name())))
  assert.deepEqual(
    Object.keys(argumentValues).filter(name => !names.has(name)),
    [],
  )
})

test('words that are offered for an option are such that it takes', () => {
  for (const option of options) {
    const values = optionValues[option.long ?? '']
    if (!Array.isArray(values)) continue
    for (const value of values)
      if (!value.endsWith('://')) option.parseArg?.(value as string, option.defaultValue as never)
  }
})

test('a value that is a path is known by its name', () => {
  for (const flag of ['<file>', '<folder>', '<path>', '<host=file[,keyfile]>']) assert.ok(namesFile.test(flag), flag)
  for (const flag of ['<profile>', '<filter>', '<host>', '<name>']) assert.ok(!namesFile.test(flag), flag)
})
