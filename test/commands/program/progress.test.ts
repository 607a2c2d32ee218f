import { expect, it } from 'vitest';
import { worldOf } from '../../../src/commands/process/console-watch.ts';
import type { Io } from '../../../src/commands/process/io.ts';

interface Beat {
  readonly ms: number;
  readonly tick: () => void;
}

/** A console whose time passes by itself in steps of a timer. */
function console(isTerminal: boolean): { readonly io: Io; readonly pass: (beats: number) => string; timers: Beat[] } {
  let now = 0;
  let written = '';
  const timers: Beat[] = [];
  const output = {
    write: (text: string) => {
      written += text;
    },
    isTerminal,
  };
  const io: Io = {
    stdout: output,
    stderr: output,
    environment: {},
    workingDirectory: '.',
    nodeVersion: '20.18.1',
    readStandardInput: () => Promise.resolve(new Uint8Array()),
    clock: { now: () => now, sleep: () => Promise.resolve() },
    random: () => 0.5,
    onSignal: () => () => undefined,
    every: (ms, tick) => {
      const timer = { ms, tick };
      timers.push(timer);
      return () => void timers.splice(timers.indexOf(timer), 1);
    },
  };
  const pass = (beats: number): string => {
    written = '';
    for (let beat = 0; beat < beats; beat += 1) {
      for (const { ms, tick } of timers) {
        now += ms;
        tick();
      }
    }
    return written;
  };
  return { io, pass, timers };
}

it('a wait in which nothing is answered is told of every 10 s without a terminal', () => {
  const { io, pass, timers } = console(false);
  const progress = worldOf(io, { color: false }).watch.begin('read-users');
  expect(pass(2)).toBe('Reading users: no answer yet, 10 s\nReading users: no answer yet, 20 s\n');
  progress.update(3, 12);
  expect(pass(1)).toBe('Reading users 3/12 (25 %), 30 s, about 90 s left\n');
  progress.end();
  expect(timers).toEqual([]);
});

it('the line on a terminal moves on each second, and --quiet has none', () => {
  const live = console(true);
  worldOf(live.io, { color: false }).watch.begin('apply');
  expect(live.pass(2)).toMatch(/no answer yet, 1 s.*no answer yet, 2 s$/s);
  const quiet = console(false);
  worldOf(quiet.io, { color: false, quiet: true }).watch.begin('apply');
  expect(quiet.timers).toEqual([]);
});
