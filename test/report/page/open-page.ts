import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { Plan, WritingChange } from '../../../src/model/plan.ts';
import { planHtml } from '../../../src/report/page/plan-html.ts';
import { openBrowser } from './browser.ts';
import { calm, context, planOf, writingChanges } from '../samples.ts';

let browser: Browser;
export let directory = '';

/** To be called by each file of tests: those that run in one worker share this module. */
export function usePages(): void {
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'faceform-page-'));
    browser = await openBrowser();
  }, 300_000);
  afterAll(async () => {
    await browser.close();
    await rm(directory, { recursive: true, force: true });
  });
}

export interface Opened {
  readonly page: Page;
  /** What a page that is only read never does: calls, dialogs, errors, messages. */
  readonly deeds: readonly string[];
}

export async function open(plan: Plan, options: BrowserContextOptions = {}, fragment = ''): Promise<Opened> {
  const file = join(directory, 'plan.html');
  await writeFile(file, planHtml(plan, context, 'list'));
  const url = `${pathToFileURL(file).href}${fragment}`;
  const session = await browser.newContext(options);
  onTestFinished(() => session.close());
  const page = await session.newPage();
  const deeds: string[] = [];
  page.on('request', (request) => request.url() !== pathToFileURL(file).href && deeds.push(`request ${request.url()}`));
  page.on('dialog', (dialog) => {
    deeds.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => deeds.push(`error ${error.message}`));
  page.on('console', (message) => deeds.push(`console ${message.text()}`));
  await page.goto(url);
  return { page, deeds };
}

/** So many changes, each of another user and line; every tenth is an update. */
export function many(count: number): Plan {
  const { create, update } = writingChanges(calm);
  const loginOf = (at: number): string => `user${String(at).padStart(5, '0')}`;
  const changes: readonly WritingChange[] = Array.from({ length: count }, (_, at) => ({
    ...(at % 10 === 0 ? update : create),
    key: `${loginOf(at)}/mobile`,
    user: { login: loginOf(at), uuid: `uuid-${at}` },
    place: { file: 'a.yaml', line: count - at, column: 5 },
  }));
  const updates = changes.filter(({ action }) => action === 'update').length;
  return planOf({ changes, summary: { create: count - updates, update: updates } });
}
