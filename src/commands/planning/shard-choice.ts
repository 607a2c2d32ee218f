import { parseShard, type Shard } from '../../model/shard.ts';
import { CommandError } from '../process/command-error.ts';
import type { Surroundings } from '../process/io.ts';
import type { PlanningOptions } from '../process/options.ts';

/** Kubernetes counts the pods of an Indexed Job from 0, and tells each its number by this. */
const podIndex = 'JOB_COMPLETION_INDEX';

/** The part of the users that the run is about; undefined for all. @throws CommandError where `--shard` names none. */
export function shardOf(
  { shard: given }: Pick<PlanningOptions, 'shard'>,
  { environment }: Surroundings,
): Shard | undefined {
  if (given === undefined) return undefined;
  const pod = environment[podIndex] ?? '';
  if (given.startsWith('/') && !/^\d{1,4}$/.test(pod)) {
    throw new CommandError(
      `--shard ${given} has no index, and ${podIndex} ${pod === '' ? 'is not set' : 'is no whole number'}`,
      'Give both numbers, such as --shard 1/8, or run as an Indexed Job.',
    );
  }
  const text = given.startsWith('/') ? `${Number(pod) + 1}${given}` : given;
  const shard = parseShard(text);
  if (shard !== undefined) return shard;
  throw new CommandError(`--shard is ${text}`, 'Give which part of how many, from 1/8 to 8/8; there may be 9999.');
}
