import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { planHtml } from '../../../src/report/page/plan-html.ts';
import { many, open, usePages } from './open-page.ts';
import { calm, context, fullPlan, planOf, writingChanges, type Words } from '../samples.ts';

const visibleRows = (page: Page): Promise<number> => page.locator('#rows > li:visible').count();
const shownText = (page: Page): Promise<string> => page.locator('#shown').innerText();

/** Opens all rows. Each is filled only once the browser says that it is open, a moment after the click. */
async function openRows(page: Page): Promise<void> {
  await page.click('#open');
  await page.waitForFunction(
    'Array.from(document.querySelectorAll("#rows > li")).every((row) => row.querySelector("dt") !== null)',
  );
}

usePages();

describe('the page of a plan', () => {
  it('has everything that the plan has to say, and does nothing but be read', async () => {
    const { page, deeds } = await open(fullPlan(calm));
    const text = await page.locator('body').innerText();
    for (const part of ['Plan for', 'to create', 'Attention', 'Waiting', 'Faces by status', 'enroll/a.yaml:3:5']) {
      expect(text).toContain(part);
    }
    await openRows(page);
    expect(await page.locator('body').innerText()).toContain('(sensitive)');
    expect(deeds).toEqual([]);
  });

  it.each([0, 1, 10])('is whole with %i changes', async (count) => {
    const { page, deeds } = await open(many(count));
    expect(await visibleRows(page)).toBe(count);
    expect(deeds).toEqual([]);
  });

  it('has the changes in the order in which people read: by risk, then by name', async () => {
    const { create, update, remove } = writingChanges(calm);
    const changes = [create, update, remove].flatMap((change) =>
      ['user10', 'user2'].map((user) => ({ ...change, key: `${user}/mobile` })),
    );
    const { page } = await open(planOf({ changes }));
    const rows = await page.locator('#rows > li').allInnerTexts();
    expect(rows.map((row) => /([a-z]+)\s+(user\d+)/.exec(row)?.slice(1).join(' '))).toEqual(
      ['delete', 'update', 'create'].flatMap((action) => [`${action} user2`, `${action} user10`]),
    );
  });

  it('says so where there is nothing to do', async () => {
    const { page } = await open(planOf({}));
    expect(await page.locator('.verdict').innerText()).toContain('No changes.');
  });

  it('is narrowed down by words and by actions, and tells how many are left', async () => {
    const { page } = await open(many(30));
    await page.fill('#find', 'user0000');
    expect([await visibleRows(page), await shownText(page)]).toEqual([10, expect.stringMatching(/^10 of 30/)]);
    await page.check('input[value=update]');
    expect([await visibleRows(page), await shownText(page)]).toEqual([1, expect.stringMatching(/^1 of 30/)]);
    await page.fill('#find', 'nobody');
    expect(await visibleRows(page)).toBe(0);
    await page.fill('#find', '');
    await page.uncheck('input[value=update]');
    expect([await visibleRows(page), await shownText(page)]).toEqual([30, expect.stringMatching(/^30 changes/)]);
  });

  it('is used with 10,000 changes as with ten', async () => {
    const plan = many(10_000);
    expect(planHtml(plan, context, 'list').length).toBeLessThan(3_000_000);
    const { page, deeds } = await open(plan);
    expect(await page.locator('#rows > li').count()).toBe(200);
    await page.locator('#rows > li').last().scrollIntoViewIfNeeded();
    await expect.poll(() => page.locator('#rows > li').count()).toBeGreaterThan(200);
    await page.fill('#find', 'user09990');
    await expect.poll(() => shownText(page)).toMatch(/^1 of 10000/);
    await page.click('#open');
    await expect.poll(() => page.locator('#rows > li:visible').innerText()).toContain('expiry');
    expect(deeds).toEqual([]);
  }, 60_000);

  it('says without scripts how many lines need them', async () => {
    const { page } = await open(many(600), { javaScriptEnabled: false });
    expect(await page.locator('#rows > li').count()).toBe(500);
    expect(await page.locator('#changes').innerText()).toContain('100 more changes need scripts to be shown.');
  });

  it('is used from the keyboard', async () => {
    const { page } = await open(many(3));
    await page.focus('#rows summary');
    await page.keyboard.press('Enter');
    await expect.poll(() => page.locator('#rows > li').first().innerText()).toContain('expiry');
  });

  it('is read without scripts as well, where nothing is offered that needs them', async () => {
    const { page } = await open(fullPlan(calm), { javaScriptEnabled: false });
    expect(await page.locator('#filter').isVisible()).toBe(false);
    await page.locator('#rows summary').first().click();
    expect(await page.locator('#rows > li').first().innerText()).toContain('serialNumber');
  });
});

describe('text from outside', () => {
  const attack = [
    '<script>alert(1)</script>',
    '</noscript><img src=x onerror=alert(1)>',
    '</summary></span><li data-action="x">',
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '</style><style>*{display:none}</style>',
    '<!--',
    '<a href="javascript:alert(1)">click</a>',
    '\u001b[2J\u202egnp.exe\n# big',
    '&lt;b&gt;',
  ].join(' ');
  const words: Words = { user: attack, serial: attack, file: attack, message: attack };

  it('runs nothing and changes nothing about the page', async () => {
    const { page, deeds } = await open(fullPlan(words));
    await openRows(page);
    await page.locator('#rows > li').first().hover();
    expect(deeds).toEqual([]);
    const shapeOf = (of: Page): Promise<readonly string[]> =>
      of.evaluate(
        'Array.from(document.querySelectorAll("script,style,img,svg,a,noscript,li,dt,td,th"), (e) => e.tagName)',
      );
    const hostile = await shapeOf(page);
    const calmPage = await open(fullPlan(calm));
    await openRows(calmPage.page);
    const tags = (all: readonly string[]): object =>
      Object.fromEntries([...new Set(all)].toSorted().map((tag) => [tag, all.filter((each) => each === tag).length]));
    expect(tags(hostile)).toEqual(tags(await shapeOf(calmPage.page)));
  });

  it('stands there as it was written, but for what cannot be seen', async () => {
    const { page } = await open(fullPlan(words));
    const text = await page.locator('body').innerText();
    expect(text).toContain('<script>alert(1)</script>');
    expect(text).toContain('&lt;b&gt;');
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\u202e');
  });
});

describe('colours', () => {
  /** The lowest contrast of any text to what is behind it, as WCAG 2.2 counts. */
  const lowestContrast = `(() => {
    const parse = (color) => color.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => {
      const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
      return 0.2126 * x + 0.7152 * y + 0.0722 * z;
    };
    const behind = (element) => {
      for (let at = element; at !== null; at = at.parentElement) {
        const color = parse(getComputedStyle(at).backgroundColor);
        if (color.length < 4 || color[3] > 0.99) return color;
      }
      return matchMedia('(prefers-color-scheme: dark)').matches ? [0, 0, 0] : [255, 255, 255];
    };
    const texts = [];
    for (const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); walker.nextNode(); ) {
      const { parentElement, data } = walker.currentNode;
      if (data.trim() === '' || !parentElement.checkVisibility()) continue;
      const style = getComputedStyle(parentElement);
      const isSvg = parentElement.namespaceURI !== 'http://www.w3.org/1999/xhtml';
      const pair = [light(parse(isSvg ? style.fill : style.color)), light(behind(parentElement))].sort((a, b) => b - a);
      texts.push((pair[0] + 0.05) / (pair[1] + 0.05));
    }
    return Math.min(...texts);
  })()`;

  it.each(['light', 'dark'] as const)('can be read: %s', async (colorScheme) => {
    const { page } = await open(fullPlan(calm), { colorScheme });
    await openRows(page);
    expect(Number(await page.evaluate(lowestContrast))).toBeGreaterThanOrEqual(4.5);
    const background = await page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const body = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    expect([background, body]).not.toEqual(['rgba(0, 0, 0, 0)', 'rgba(0, 0, 0, 0)']);
  });

  it('nothing has to be scrolled sideways on a small screen', async () => {
    const { page } = await open(fullPlan(calm), { viewport: { width: 400, height: 800 } });
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
  });
});
