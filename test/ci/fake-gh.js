#!/usr/bin/env node
// Stands for GitHub's gh: keeps the comments of one pull request in a file, and answers the calls of comment.sh.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const file = process.env.FAKE_GH;
const comments = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
const [command, ...args] = process.argv.slice(2);
const valueOf = (flag) => args[args.indexOf(flag) + 1];
const method = args.includes('--method') ? valueOf('--method') : 'GET';
const bodyOf = () => readFileSync(valueOf('--field').replace(/^body=@/, ''), 'utf8');
if (command !== 'api') throw new Error(`gh ${command} is not known here`);

if (method === 'GET') {
  const mine = comments.filter(({ body }) => body.startsWith(process.env.marker));
  process.stdout.write(mine.map(({ id }) => `${id}\n`).join(''));
} else if (method === 'POST') {
  comments.push({ id: 1000 + comments.length, body: bodyOf() });
} else {
  const id = Number(
    args
      .find((arg) => arg.startsWith('repos/'))
      .split('/')
      .at(-1),
  );
  comments.find((comment) => comment.id === id).body = bodyOf();
}
writeFileSync(file, JSON.stringify(comments));
