import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratchDirectory, usersFile } from './files.js';
import { factor, median, seconds } from './measure.js';
import { faceform, run, runNode } from './run-program.js';

const most = 3;
const head = 'version: 1\nenrollments:\n';
const entry = '  - user: alice\n    flow: mobile\n';
const linesOf = (count, line) => Array.from({ length: count }, (_, index) => line(index)).join('');

/** Files with so many mistakes. */
const mistakes = {
  'unknown properties of an entry': (count) => `${head}${entry}${linesOf(count, (at) => `    p${at}: some value\n`)}`,
  'unknown properties of a file': (count) => `${linesOf(count, (at) => `p${at}: some value\n`)}${head}${entry}`,
  'annotations of an entry that are no text': (count) =>
    `${head}${entry}    annotations:\n${linesOf(count, (at) => `      a${at}: [some, value]\n`)}`,
  'entries with a mistake': (count) =>
    `${head}${linesOf(count, (at) => `  - user: user${at}\n    flow: mobil\n    annotations:\n      team: blue\n`)}`,
};

/** Turn by turn with a file without mistakes of as many bytes. */
async function measure(text, runs) {
  const path = join(scratchDirectory(), 'invalid.yaml');
  writeFileSync(path, text);
  const bytesOfEntry = 110;
  const valid = usersFile(Math.ceil(text.length / bytesOfEntry));
  const rounds = [];
  for (let round = 0; round < runs; round += 1) {
    const invalid = await runNode([faceform, 'validate', path]);
    if (!invalid.output.includes('Failure: ')) throw new Error(invalid.output.slice(-500));
    rounds.push({ invalid, valid: await run(['validate', valid]) });
  }
  const [long, short] = ['invalid', 'valid'].map((which) => median(rounds.map((round) => round[which].ms)));
  const ratio = long / short;
  return { value: ratio, text: `${factor(ratio)} (${seconds(long)} against ${seconds(short)})`, met: ratio <= most };
}

const counted = (count) => count.toLocaleString('en');
const nameOf = (count, what) => `validate ${counted(count)} ${what}, beside a file without mistakes of as many bytes`;

export const invalidFiles = Object.entries(mistakes).flatMap(([what, textOf]) =>
  (what === 'entries with a mistake' ? [20_000] : [20_000, 1_000_000]).map((count) => ({
    name: nameOf(count, what),
    target: `at most ${most} x`,
    full: count > 20_000,
    run: ({ size, runs }) => measure(textOf(size(count)), count > 20_000 ? 1 : runs),
  })),
);
