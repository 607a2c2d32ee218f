'use strict';
const packed = document.getElementById('packed');
if (packed !== null) {
  const filter = document.getElementById('filter');
  const shown = document.getElementById('shown');
  const find = document.getElementById('find');
  const more = document.getElementById('more');
  const order = document.getElementById('order');
  const boxes = Array.from(filter.querySelectorAll('[type=checkbox]'));
  const headings = Array.from(order.querySelectorAll('button'));
  const everything = shown.textContent;
  const list = document.createElement('ul');
  list.id = 'rows';
  const collator = new Intl.Collator('en', { numeric: true });
  /** @type {Record<string, string>} */
  const entities = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };
  /** @param {string} html */
  const textOf = (html) =>
    html.replace(/<[^>]*>/g, '').replace(/&[a-z#0-9]+;/g, (entity) => entities[entity] ?? entity);

  // No text from outside has a line break or a tag, so that these are where the lines begin.
  /** @param {string} text */
  const rowsIn = (text) =>
    text
      .split('\n<li data-action="')
      .slice(1)
      .map((html) => ({ html, action: html.slice(0, html.indexOf('"')) }));
  let rows = rowsIn(packed.textContent);
  /** @typedef {(typeof rows)[number]} Row */
  /** @type {Map<Row, string>} */
  const texts = new Map();
  /** @type {Map<Row, HTMLLIElement>} */
  const elements = new Map();
  // What is searched is what the closed line shows.
  /** @param {Row} row */
  const searched = (row) => {
    let text = texts.get(row);
    if (text === undefined) {
      text = textOf(row.html.slice(row.html.indexOf('<summary>'), row.html.indexOf('</summary>'))).toLowerCase();
      texts.set(row, text);
    }
    return text;
  };
  /**
   * @param {Row} row
   * @param {string} name
   */
  const cell = ({ html }, name) => {
    const start = html.indexOf('<span class="' + name + '">');
    return textOf(html.slice(start, html.indexOf('</span>', start)));
  };

  const step = 200;
  let fitting = rows;
  let by = 'action';
  let way = 'ascending';
  // Lines become elements as somebody scrolls to them.
  /** @param {number} most */
  const show = (most) => {
    const next = fitting.slice(list.children.length, most);
    const fresh = next.filter((row) => !elements.has(row));
    const template = document.createElement('template');
    template.innerHTML = fresh.map(({ html }) => '<li data-action="' + html).join('');
    Array.from(template.content.children, (element, at) => {
      const row = fresh[at];
      if (row !== undefined) elements.set(row, /** @type {HTMLLIElement} */ (element));
    });
    list.append(...next.map((row) => elements.get(row) ?? ''));
    const left = fitting.length - list.children.length;
    more.hidden = left === 0;
    more.textContent = 'Show ' + Math.min(step, left) + ' more';
  };
  const showMore = () => {
    show(list.children.length + step);
  };
  const narrow = () => {
    const words = find.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const actions = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    /** @param {Row} row */
    const fits = (row) =>
      (actions.size === 0 || actions.has(row.action)) && words.every((word) => searched(row).includes(word));
    fitting = rows.filter(fits);
    if (by !== 'action') {
      const cells = new Map(fitting.map((row) => [row, cell(row, by)]));
      fitting.sort((left, right) => collator.compare(cells.get(left) ?? '', cells.get(right) ?? ''));
    }
    if (way === 'descending') fitting.reverse();
    for (const { value, parentElement } of headings) {
      parentElement.setAttribute('aria-sort', value === by ? way : 'none');
    }
    const all = actions.size === 0 && words.length === 0;
    const title = by === 'action' ? 'risk' : by === 'key' ? 'key' : by === 'why' ? 'reason' : 'source';
    shown.textContent = (all ? '' : fitting.length + ' of ') + everything + ', sorted by ' + title;
    list.replaceChildren();
    show(step);
  };

  // What is chosen stands in the address, so that it can be sent to somebody.
  const keep = () => {
    const chosen = new URLSearchParams();
    if (find.value !== '') chosen.set('find', find.value);
    for (const { value, checked } of boxes) if (checked) chosen.append('only', value);
    if (by !== 'action' || way !== 'ascending') chosen.set('sort', by + ' ' + way);
    const hash = chosen.toString();
    history.replaceState(null, '', hash === '' ? location.pathname + location.search : '#' + hash);
  };
  const restore = () => {
    const chosen = new URLSearchParams(location.hash.slice(1));
    const only = chosen.getAll('only');
    const [wanted, turned] = (chosen.get('sort') ?? '').split(' ');
    find.value = chosen.get('find') ?? '';
    for (const box of boxes) box.checked = only.includes(box.value);
    by = headings.find(({ value }) => value === wanted)?.value ?? 'action';
    way = turned === 'descending' ? 'descending' : 'ascending';
    narrow();
  };
  const choose = () => {
    narrow();
    keep();
  };
  /** @param {boolean} open */
  const turn = (open) => {
    for (const details of list.getElementsByTagName('details')) details.open = open;
  };

  // The first lines are shown, and all are once they are unpacked, a moment later.
  const unpack = async () => {
    const rest = document.getElementById('rest');
    if (rest === null) return;
    const bytes = Uint8Array.from(atob(rest.textContent), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    rows = rows.concat(rowsIn(await new Response(stream).text()));
    narrow();
  };

  packed.replaceWith(list);
  filter.hidden = false;
  order.hidden = false;
  find.addEventListener('input', choose);
  for (const box of boxes) box.addEventListener('change', choose);
  for (const heading of headings) {
    heading.addEventListener('click', () => {
      way = heading.value === by && way === 'ascending' ? 'descending' : 'ascending';
      by = heading.value;
      choose();
    });
  }
  document.getElementById('open').addEventListener('click', () => {
    turn(true);
  });
  document.getElementById('close').addEventListener('click', () => {
    turn(false);
  });
  more.addEventListener('click', showMore);
  new IntersectionObserver(
    ([entry]) => {
      if (entry?.isIntersecting === true) showMore();
    },
    { rootMargin: '1000px' },
  ).observe(more);
  addEventListener('beforeprint', () => {
    show(fitting.length);
  });
  // Links within the page change it as well.
  addEventListener('hashchange', () => {
    if (location.hash.includes('=')) restore();
  });
  restore();
  void unpack();
}
