import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

const run = promisify(execFile);
const names = ['chromium', 'chromium-browser', 'google-chrome'];

/**
 * Starts the Chromium that is installed, or that `CHROMIUM` names. Where there is none, it is installed from Debian, for
 * which one has to be root.
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? (await findBrowser()) ?? (await installBrowser());
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}

async function findBrowser(): Promise<string | undefined> {
  for (const name of names) {
    const found = await run('which', [name]).catch(() => undefined);
    if (found !== undefined) return found.stdout.trim();
  }
  return undefined;
}

async function installBrowser(): Promise<string> {
  try {
    await run('apt-get', ['update', '--quiet']);
    await run('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', 'chromium']);
  } catch {
    throw new Error('The HTML report is tested in Chromium: run "apt-get install chromium" as root, or set CHROMIUM.');
  }
  return 'chromium';
}
