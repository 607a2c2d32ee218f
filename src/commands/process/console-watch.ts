import { placeName } from '../../model/place.ts';
import { liveLine, plain, progressLine } from '../../report/index.ts';
import { paletteFor } from './console.ts';
import type { Io } from './io.ts';
import type { OutputOptions } from './options.ts';
import type { Activity, Progress, Watch, World } from './watch.ts';

const words: Readonly<Record<Activity, string>> = {
  'read-users': 'Reading users',
  'read-settings': 'Reading face settings',
  apply: 'Applying',
  send: 'Sending',
};

const terminalEveryMs = 100;
/** Of many users; the state has them all. */
const mostNamed = 5;
const elsewhereEveryMs = 10_000;
/** Clears the live line, where there is one, before something else is printed. */
export const eraseLine = '\r\u001b[2K';

/** Tells on stderr what goes on. Calls and skipped files are for `--debug`. */
export function worldOf(io: Io, options: OutputOptions): World {
  const { faint } = paletteFor(io.stderr, io, options);
  const tell = (line: string): void => {
    io.stderr.write(`${faint(plain(line))}\n`);
  };
  const isDebugging = options.debug === true;
  const watch: Watch = {
    begin: (activity) => (options.quiet === true ? noProgress : progressOn(activity, io)),
    interrupted: (signal) => {
      io.stderr.write(`\n${signal}: finishing what is in flight; press again to quit immediately.\n`);
    },
    skipped: ({ file, what }) => {
      if (isDebugging) tell(`skipped ${file}: ${what}`);
    },
    filledIn: (file, { users, members }) => {
      if (users.length > 0) tell(`Note: your files name ${newUsers(users)}, now added to ${file}.`);
      if (members.length > 0) tell(`Note: now in the group of the scope in ${file}: ${fewOf(members)}.`);
    },
  };
  if (!isDebugging) return { ...io, watch };
  const called: Watch['called'] = ({ method, path, status, ms, attempt }) => {
    const again = attempt === 1 ? '' : ` (attempt ${attempt})`;
    tell(`${method} ${path} -> ${status ?? 'no answer'} in ${Math.round(ms)} ms${again}`);
  };
  const ordered: Watch['ordered'] = (seed) => {
    tell(`users are applied in the order of seed ${seed}`);
  };
  const ignored: Watch['ignored'] = ({ key, place }) => {
    tell(`ignored ${key} at ${placeName(place)}: the tenant does not have the user`);
  };
  return { ...io, watch: { ...watch, called, ordered, ignored } };
}

function newUsers(logins: readonly string[]): string {
  return `${logins.length} new ${logins.length === 1 ? 'user' : 'users'} (${fewOf(logins)})`;
}

function fewOf(logins: readonly string[]): string {
  const more = logins.length - mostNamed;
  return `${logins.slice(0, mostNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const noProgress: Progress = { update: () => undefined, end: () => undefined };

/** A live line on a terminal, one line every 10 s elsewhere; also while nothing is answered, so that no wait is silent. */
function progressOn(activity: Activity, { stderr, clock, every }: Io): Progress {
  const live = stderr.isTerminal;
  const start = clock.now();
  let shown = live ? -Infinity : start;
  let last: readonly [done: number, total: number] | undefined;
  const show = (leastMs: number): void => {
    const now = clock.now();
    if (now - shown < leastMs) return;
    shown = now;
    const seconds = (now - start) / 1000;
    const verb = words[activity];
    stderr.write(
      live
        ? `${eraseLine}${liveLine(verb, last, { seconds, width: stderr.columns })}`
        : `${progressLine(verb, last, seconds)}\n`,
    );
  };
  const usualMs = live ? terminalEveryMs : elsewhereEveryMs;
  const beatMs = live ? 1000 : elsewhereEveryMs;
  // A timer may be a little early.
  const stop = every?.(beatMs, () => {
    show(0.9 * beatMs);
  });
  return {
    update: (done, total) => {
      last = [done, total];
      show(usualMs);
    },
    end: () => {
      stop?.();
      if (live) stderr.write(eraseLine);
    },
  };
}
