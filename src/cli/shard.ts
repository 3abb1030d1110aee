import { type Shard, WHOLE } from '../sweep';
import { UserError } from '../text';

/** A shard, and where it was read from, for people. */
export interface ChosenShard {
  readonly shard: Shard;
  readonly from?: string;
}

/** `2/3` as a shard; undefined where the text is none. */
export function parseShard(text: string): Shard | undefined {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  if (!match) return undefined;
  const [number, of] = [Number(match[1]), Number(match[2])];
  return number >= 1 && number <= of ? { index: number - 1, of } : undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The share of a sweep that this process is to do: the one given, or its place in an array of Slurm, AWS Batch or Kubernetes,
 * or everything.
 * @param count how many shards there are, where the environment does not say
 * @throws UserError where what is given and the environment say different things, or too little
 */
export function chooseShard(
  given: Shard | undefined,
  count: number | undefined,
  environment: Environment,
): ChosenShard {
  if (given) {
    if (count !== undefined && count !== given.of)
      throw new UserError(`--shards is ${count}, but --shard is one of ${given.of}`, 'leave --shards out');
    return { shard: given };
  }
  const found = slurm(environment) ?? awsBatch(environment) ?? kubernetes(environment, count);
  if (!found) {
    // Everybody would do everything, and into one folder.
    if (count !== undefined && count > 1)
      throw new UserError(
        `--shards is ${count}, but nothing tells which of them is meant: no array has set its index`,
        'give --shard i/n, or leave --shards out',
      );
    return { shard: WHOLE };
  }
  const { index, of } = found.shard;
  if (count !== undefined && count !== of)
    throw new UserError(
      `--shards is ${count}, but ${found.from} belongs to an array of ${of}`,
      'leave --shards out',
    );
  if (!(index < of))
    throw new UserError(
      `${found.from} is ${index}, which is beyond ${of} shards`,
      'give --shards as many as the job has',
    );
  return found;
}

/** https://slurm.schedmd.com/job_array.html: any first index and step, but evenly spaced. */
function slurm(environment: Environment): Required<ChosenShard> | undefined {
  const from = 'SLURM_ARRAY_TASK_ID';
  const id = whole(environment, from);
  if (id === undefined) return undefined;
  const of = required(environment, 'SLURM_ARRAY_TASK_COUNT', from);
  const min = required(environment, 'SLURM_ARRAY_TASK_MIN', from);
  const max = required(environment, 'SLURM_ARRAY_TASK_MAX', from);
  const step = of > 1 ? (max - min) / (of - 1) : 1;
  const index = (id - min) / step;
  if (!Number.isInteger(step) || !Number.isInteger(index))
    throw new UserError(
      `the array's ${of} indices from ${min} to ${max} are not evenly spaced`,
      'submit it as --array=0-N, or give --shard i/n',
    );
  return { shard: { index, of }, from };
}

/** https://docs.aws.amazon.com/batch/latest/userguide/job_env_vars.html */
function awsBatch(environment: Environment): Required<ChosenShard> | undefined {
  const from = 'AWS_BATCH_JOB_ARRAY_INDEX';
  const index = whole(environment, from);
  if (index === undefined) return undefined;
  return { shard: { index, of: required(environment, 'AWS_BATCH_JOB_ARRAY_SIZE', from) }, from };
}

/** https://kubernetes.io/docs/concepts/workloads/controllers/job: a pod knows its index, not how many there are. */
function kubernetes(environment: Environment, count: number | undefined): Required<ChosenShard> | undefined {
  const from = 'JOB_COMPLETION_INDEX';
  const index = whole(environment, from);
  if (index === undefined) return undefined;
  if (count === undefined)
    throw new UserError(
      `${from} is set, but Kubernetes does not tell how many completions the job has`,
      "add --shards N, the job's completions",
    );
  return { shard: { index, of: count }, from };
}

function whole(environment: Environment, name: string): number | undefined {
  const text = environment[name];
  if (text === undefined || text === '') return undefined;
  if (!/^\d+$/.test(text)) throw new UserError(`${name} is '${text}', no whole number`, 'give --shard i/n');
  return Number(text);
}

function required(environment: Environment, name: string, beside: string): number {
  const value = whole(environment, name);
  if (value === undefined) throw new UserError(`${beside} is set, but ${name} is not`, 'give --shard i/n');
  return value;
}
