// Measures the program beside others in the same run. `npm run bench -- --help` says how.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem, type } from 'node:os';
import { parseArgs } from 'node:util';
import { isInstalled } from './measure.js';
import { rows } from './rows.js';

const help = `Usage: npm run bench -- [options]

  --only WORD     rows whose name holds the word
  --runs N        rounds of each row, of which the median counts (3)
  --full          with the rows that take minutes
  --quick         a tenth of the size: tries the bench, and measures nothing
  --json FILE     writes the figures there too
  --compare A B   prints two such files side by side, and runs nothing
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    runs: { type: 'string', default: '3' },
    full: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    json: { type: 'string' },
    compare: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const machine = () => {
  const [first] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} x ${first?.model ?? 'unknown'}, ${gigabytes} GB, ${type()}, Node ${process.version}`;
};

function line({ name, text, target, met }) {
  const verdict = met === undefined ? '-' : met ? 'yes' : 'NO';
  return `| ${name} | ${text} | ${target} | ${verdict} |`;
}

async function measure(row) {
  const { name, target, needs = [] } = row;
  const missing = needs.filter((command) => !isInstalled(command));
  if (missing.length > 0) return { name, target, text: `${missing.join(', ')} not installed` };
  const size = (count) => (values.quick ? Math.ceil(count / 10) : count);
  const runs = values.quick ? 1 : Number(values.runs);
  return { name, target, ...(await row.run({ size, runs, starts: values.quick ? 3 : 15 })) };
}

async function bench() {
  console.log(`${machine()}\n\n| what | measured | target | met |\n| --- | --- | --- | --- |`);
  const figures = [];
  for (const row of rows) {
    if ((row.full === true && !values.full) || !row.name.includes(values.only)) continue;
    const figure = await measure(row);
    figures.push(figure);
    console.log(line(figure));
  }
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const report = { faceform: version, machine: machine(), quick: values.quick, figures };
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
}

function compare([before, after]) {
  const [old, now] = [before, after].map((path) => JSON.parse(readFileSync(path, 'utf8')).figures);
  console.log('| what | before | after |\n| --- | --- | --- |');
  for (const { name, text } of now) {
    console.log(`| ${name} | ${old.find((figure) => figure.name === name)?.text ?? 'not measured'} | ${text} |`);
  }
}

if (values.help) console.log(help);
else if (values.compare) compare(positionals);
else await bench();
