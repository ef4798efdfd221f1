import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  isOpenToOthers,
  type RedisAddress,
  readRedisAddress,
  sayAddress,
} from '../../queue/redis-address.ts';
import { nameRule } from '../../queue/stage-flow.ts';
import { isPrinted } from '../answer.ts';
import { type CompileTarget, compileTargets } from '../compile-targets.ts';
import type { Io } from '../io.ts';
import { lines, warningLines } from '../layout.ts';
import { namedDocuments, otherNames } from '../named-documents.ts';
import { type OutputFlags, withOutputFlags } from '../output.ts';
import { type PlanFlags, withPlanFlags } from '../plan-flags.ts';
import { withSetup } from '../with-setup.ts';

/** How `stageplan submit` was asked. */
export type SubmitFlags = PlanFlags &
  OutputFlags & {
    readonly to: CompileTarget;
    readonly redis: RedisAddress;
    readonly ndjson?: boolean;
    readonly fanOut?: boolean;
    readonly names?: string;
    readonly prefix?: string;
  };

type GivenFlags = Omit<SubmitFlags, 'redis'> & { readonly redis: string };

/** The flags of a stream that hands nothing out, each with what to do instead. */
const streamFlags = {
  '--jobs <count>': 'leave it out: plans are handed in batch by batch, as fast as Redis takes them',
  '--resume-after <count>': 'hand all of it in again: what the queues have already runs once all the same',
  '--fields <names>': 'leave it out: what is printed is how many plans are in the queues',
};

/** `stageplan submit`: plans into the queues of many boxes. */
export function addSubmit(program: Command, io: Io, exit: (code: number) => void): void {
  const command: Command = program
    .command('submit')
    .description('hand plans in to the queues of many boxes, by BullMQ')
    .argument('[files...]', `RunConfig or plan files, ${otherNames}`)
    .addOption(
      new Option('--to <target>', 'the backend of the boxes').choices(compileTargets).makeOptionMandatory(),
    )
    .requiredOption('--redis <url>', 'redis://user:password@host:6379/0, or rediss:// with TLS')
    .option('--ndjson', 'read one RunConfig, plan or line of a sweep per line of each file')
    .option('--fan-out', 'ask a WebUI once for each of several images')
    .option('--names <file>', 'JSON with the detectors, upscalers and loras of the backend by our names')
    .addOption(
      new Option('--prefix <text>', 'what every key in Redis begins with (default: "stageplan")').argParser(
        prefixOf,
      ),
    );
  for (const [flag, advice] of Object.entries(streamFlags))
    command.addOption(new Option(flag).hideHelp().argParser(() => refuseFlag(advice)));
  withOutputFlags(withPlanFlags(command)).action(
    async (named: readonly string[], { redis: url, ...others }: GivenFlags) => {
      const redis = readRedisAddress(url);
      // Commander would repeat a wrong address, any part of which may be a password.
      if (redis === undefined)
        command.error('error: --redis must be redis://user:password@host:6379/0, or rediss:// with TLS');
      const flags: SubmitFlags = { ...others, redis };
      if (isOpenToOthers(flags.redis))
        await io.err(
          lines(
            warningLines(
              [
                `Take rediss:// for ${sayAddress(flags.redis)}: without TLS, prompts and the password can be read on the way.`,
              ],
              io.looks.err,
            ),
          ),
        );
      const files = await namedDocuments(io, command, named);
      const { submitFiles } = await import('../submit-answers.ts');
      const answer = await withSetup(io, () => submitFiles(io, files, flags));
      await isPrinted(io, answer, flags);
      exit(answer.code);
    },
  );
}

function refuseFlag(advice: string): never {
  throw new InvalidArgumentError(`submit does not take it; ${advice}.`);
}

function prefixOf(text: string): string {
  if (nameRule.takes(text)) return text;
  throw new InvalidArgumentError(`It must be ${nameRule.must}.`);
}
