#!/usr/bin/env node
// Stands for GitHub's gh: keeps the comments of one pull request, or the issues of a repository, in a file, and answers
// the calls of the action and of the examples.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const file = process.env.FAKE_GH;
const things = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
const [command, ...args] = process.argv.slice(2);
const valueOf = (flag) => args[args.indexOf(flag) + 1];

const comments = {
  GET: () => {
    const mine = things.filter(
      ({ user, body }) => user.login === 'github-actions[bot]' && body.startsWith(process.env.marker),
    );
    process.stdout.write(mine.map(({ id }) => `${id}\n`).join(''));
  },
  POST: (body) => things.push({ id: 1000 + things.length, user: { login: 'github-actions[bot]' }, body }),
  PATCH: (body) => {
    const path = args.find((arg) => arg.startsWith('repos/'));
    things.find(({ id }) => id === Number(path.split('/').at(-1))).body = body;
  },
};

const issues = {
  list: () => {
    const title = valueOf('--search').replace('in:title ', '');
    const found = things.find((issue) => issue.state === valueOf('--state') && issue.title === title);
    process.stdout.write(found === undefined ? '' : `${found.number}\n`);
  },
  create: (body) => things.push({ number: things.length + 1, state: 'open', title: valueOf('--title'), body }),
  edit: (body) => (issueOf(args[1]).body = body),
  close: () => (issueOf(args[1]).state = 'closed'),
};
const issueOf = (number) => things.find((issue) => issue.number === Number(number));

const flag = ['--field', '--body-file'].find((each) => args.includes(each));
const body = flag === undefined ? undefined : readFileSync(valueOf(flag).replace(/^body=@/, ''), 'utf8');
if (command === 'api') comments[args.includes('--method') ? valueOf('--method') : 'GET'](body);
else if (command === 'issue') issues[args[0]](body);
else throw new Error(`gh ${command} is not known here`);
writeFileSync(file, JSON.stringify(things));
