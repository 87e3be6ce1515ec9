import { readFileSync } from 'node:fs'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { readProtoFile } from '../formats/protobuf/proto-file.ts'
import { emptySchema, mergeSchemas, type ProtoSchema } from '../formats/protobuf/proto-schema.ts'
import type { ThemeName } from '../tui/theme.ts'

/** Values of the options that every command takes which may open the screen. */
export interface ScreenFlags {
  readonly tui: boolean
  readonly proto: ProtoSchema
  readonly theme?: ThemeName
}

/** Whether there is a terminal to show it on, and it was not forgone. */
export const opensScreen = ({ tui }: ScreenFlags): boolean => tui && process.stdout.isTTY && process.stdin.isTTY

const themeNames: readonly ThemeName[] = ['dark', 'light', 'none']

/** Adds the options of the screen, each declared here once. `instead` says what comes without it. */
export function withScreenOptions(command: Command, instead: string): Command {
  return command
    .option('--no-tui', instead)
    .addOption(
      new Option('--proto <file>', 'names for gRPC and protobuf messages, from this .proto file; may be repeated')
        .argParser(readProto)
        .default(emptySchema, 'none'),
    )
    .addOption(new Option('--theme <name>', 'colours of the screen; default is by the terminal').choices(themeNames))
}

function readProto(path: string, before: ProtoSchema): ProtoSchema {
  const { schema, problem } = readProtoFile(readText(path))
  if (problem) throw new InvalidArgumentError(`${path}: ${problem}.`)
  return mergeSchemas([before, schema])
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new InvalidArgumentError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`)
  }
}
