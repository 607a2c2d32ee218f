import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { startCoverage } from './block-coverage.ts';
import { search, type Failure, type SearchRequest } from './search.ts';
import type { Target } from './target.ts';
import { wordsOf } from './mutate/words.ts';

/** Seconds after which an input counts as one that does not end. */
const longest = 60;
const largestShared = 1024 * 1024;
const failures = 'coverage/fuzz';

const targets: Readonly<Record<string, () => Promise<Target>>> = {
  files: async () => (await import('./files-target.ts')).filesTarget,
  plan: async () => (await import('./plan-target.ts')).planTarget,
  answers: async () => (await import('./answers-target.ts')).answersTarget,
  planted: async () => (await import('./planted-target.ts')).plantedTarget,
};

const flags = {
  target: { type: 'string', default: 'files' },
  seed: { type: 'string', default: '1' },
  runs: { type: 'string', default: 'Infinity' },
  minutes: { type: 'string', default: 'Infinity' },
  input: { type: 'string' },
  blind: { type: 'boolean', default: false },
  keep: { type: 'boolean', default: false },
  distil: { type: 'boolean', default: false },
} as const;

const options = parseArgs({ options: flags }).values;
const name = options.target;

/** Where the thread that searches shows what it runs to the one that watches. */
interface Shared {
  readonly counts: Int32Array;
  readonly bytes: Uint8Array;
}

function sharedIn(buffer: SharedArrayBuffer): Shared {
  return { counts: new Int32Array(buffer, 0, 2), bytes: new Uint8Array(buffer, 8) };
}

/** Starts the search in a thread of its own, so that an input that does not end can be told. */
function watch(): void {
  const buffer = new SharedArrayBuffer(8 + largestShared);
  const { counts, bytes } = sharedIn(buffer);
  const worker = new Worker(new URL(import.meta.url), { workerData: buffer, argv: process.argv.slice(2) });
  let last = { runs: 0, at: Date.now() };
  const timer = setInterval(() => {
    const runs = counts[0] ?? 0;
    if (runs !== last.runs) last = { runs, at: Date.now() };
    else if (Date.now() - last.at > longest * 1000) {
      const input = Uint8Array.from(bytes.subarray(0, counts[1]));
      report({ input, error: new Error(`an input does not end within ${longest} s`) });
      process.exit(1);
    }
  }, 1000);
  worker.on('message', (code: number) => {
    process.exitCode = code;
  });
  worker.on('error', (error) => {
    console.error(error);
    process.exitCode = 1;
  });
  worker.on('exit', () => {
    clearInterval(timer);
  });
}

async function searchAndReport(buffer: SharedArrayBuffer): Promise<number> {
  const target = await targets[name]?.();
  if (target === undefined) throw new Error(`there is no target ${name}; there are ${Object.keys(targets).join(', ')}`);
  if (options.input !== undefined) {
    await target.run(readFileSync(options.input));
    console.log(`${options.input} breaks no law of ${name}`);
    return 0;
  }
  const { counts, bytes } = sharedIn(buffer);
  const request = requestFor(target, (input, runs) => {
    bytes.set(input.subarray(0, largestShared));
    counts[1] = Math.min(input.length, largestShared);
    counts[0] = runs;
  });
  const { runs, useful, kept, failure } = await search(request);
  request.coverage?.stop();
  console.log(`${name}: ${runs} runs, ${kept.length} inputs reached something new, seed ${request.seed}`);
  if (options.keep) for (const input of kept) writeInput(corpusOf(name), input);
  if (options.distil) keepOnly(useful);
  if (failure === undefined) return 0;
  report(failure);
  return 1;
}

function requestFor(target: Target, onRun: SearchRequest['onRun']): SearchRequest {
  const until = Date.now() + Number(options.minutes) * 60_000;
  const most = Number(options.runs);
  const coverage = options.blind ? undefined : startCoverage(isWatched);
  return {
    target,
    corpus: corpusFiles().map(({ bytes }) => bytes),
    words: wordsOf(
      ['enrollments', 'plan'].map((schema): unknown =>
        JSON.parse(readFileSync(`schemas/${schema}.schema.json`, 'utf8')),
      ),
    ),
    seed: Number(options.seed),
    coverage,
    isOver: (runs) => runs >= most || Date.now() >= until,
    onRun,
  };
}

function hex(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function corpusOf(target: string): string {
  return `test/fuzz/corpus/${target}`;
}

/** What makes inputs is in this script, and what they are made for in others; checks of schemas are not watched. */
function isWatched(url: string): boolean {
  return url.startsWith('file:') && url !== import.meta.url && !/\/node_modules\/yaml\/|\/generated\.js$/.test(url);
}

/** The smallest first, so that it stands for the larger ones that reach no more. */
function corpusFiles(): readonly { readonly file: string; readonly bytes: Uint8Array }[] {
  const files = readdirSync(corpusOf(name)).toSorted();
  return files
    .map((file) => ({ file: join(corpusOf(name), file), bytes: readFileSync(join(corpusOf(name), file)) }))
    .toSorted((left, right) => left.bytes.length - right.bytes.length);
}

function keepOnly(useful: readonly Uint8Array[]): void {
  for (const { file, bytes } of corpusFiles())
    if (!useful.some((one) => Buffer.compare(one, bytes) === 0)) rmSync(file);
}

function writeInput(directory: string, input: Uint8Array): string {
  mkdirSync(directory, { recursive: true });
  const file = join(directory, createHash('sha256').update(input).digest('hex').slice(0, 12));
  writeFileSync(file, input);
  return file;
}

function report({ input, error }: Failure): void {
  const file = writeInput(`${failures}-${name}`, input);
  console.error(`${name} breaks a law (seed ${options.seed}), on an input of ${input.length} bytes:`);
  console.error(
    JSON.stringify(Buffer.from(input).toString('latin1'))
      .replace(/[^ -~]/g, hex)
      .slice(0, 2000),
  );
  console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  console.error(`Again: npm run fuzz -- --target ${name} --input ${file}`);
}

if (isMainThread) watch();
else {
  const buffer: unknown = workerData;
  if (!(buffer instanceof SharedArrayBuffer)) throw new Error('a thread that searches needs a buffer');
  parentPort?.postMessage(await searchAndReport(buffer));
}
