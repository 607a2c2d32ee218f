import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { planHtml } from '../../../src/report/page/plan-html.ts';
import { directory, many, open, usePages } from './open-page.ts';
import { calm, context, fullPlan, planOf } from '../samples.ts';

const shownText = (page: Page): Promise<string> => page.locator('#shown').innerText();

usePages();

describe('the page of a long plan', () => {
  it('opens with 10,000 changes after less than a second of work', async () => {
    const { page } = await open(planOf({}));
    const session = await page.context().newCDPSession(page);
    // The time that the page's thread computes: others may be busy on the same processor.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const working = async (): Promise<number> =>
      (await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
    await writeFile(join(directory, 'plan.html'), planHtml(many(10_000), context, 'list'));
    const before = await working();
    await page.reload();
    await page.fill('#find', 'user00001');
    await expect.poll(() => shownText(page)).toMatch(/^1 of 10000/);
    const after = await working();
    expect(after < before ? after : after - before).toBeLessThan(1);
  }, 60_000);

  it('is ordered by its headings, which say so, also from the keyboard', async () => {
    const { page } = await open(many(30));
    const first = (): Promise<string> => page.locator('#rows .key').first().innerText();
    const sorted = (): Promise<unknown> =>
      page.evaluate('Array.from(document.querySelectorAll("[role=columnheader]"), (each) => each.ariaSort)');
    await expect
      .poll(() => Promise.all([first(), sorted()]))
      .toEqual(['user00000/mobile', ['ascending', 'none', 'none', 'none']]);
    await page.focus('#order button[value=at]');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => Promise.all([first(), sorted()]))
      .toEqual(['user00029/mobile', ['none', 'none', 'none', 'ascending']]);
    await page.keyboard.press('Enter');
    await expect
      .poll(() => Promise.all([first(), sorted()]))
      .toEqual(['user00000/mobile', ['none', 'none', 'none', 'descending']]);
    await expect.poll(() => shownText(page)).toBe('30 changes, sorted by source');
  });

  it('keeps search, filter and order in its address, so that a link shows the same', async () => {
    const { page } = await open(many(30));
    await page.fill('#find', 'user0001 & "x"');
    await page.fill('#find', 'user0001');
    await page.check('input[value=create]');
    await page.click('#order button[value=key]');
    await page.click('#order button[value=key]');
    const fragment = new URL(page.url()).hash;
    expect(fragment).toBe('#find=user0001&only=create&sort=key+descending');
    const { page: other, deeds } = await open(many(30), {}, fragment);
    await expect.poll(() => shownText(other)).toMatch(/^9 of 30 changes, sorted by key/);
    await expect.poll(() => other.locator('#rows .key').first().innerText()).toBe('user00019/mobile');
    expect(deeds).toEqual([]);
    await other.evaluate('location.hash = "#changes"');
    await expect.poll(() => shownText(other)).toMatch(/^9 of 30/);
  });

  it('shows what is refused before anything else', async () => {
    const { page } = await open(fullPlan(calm));
    const text = await page.locator('body').innerText();
    const places = ['Refused', 'shorten\n', 'Attention needed', 'Faces in this plan'].map((part) => text.indexOf(part));
    expect(places).toEqual(places.toSorted((left, right) => left - right));
    expect(places).not.toContain(-1);
  });
});
