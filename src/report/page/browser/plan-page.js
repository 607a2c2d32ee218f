'use strict';
const filter = document.getElementById('filter');
if (filter !== null) {
  const shown = document.getElementById('shown');
  const find = document.getElementById('find');
  const boxes = Array.from(filter.querySelectorAll('[type=checkbox]'));
  const everything = shown.textContent;
  // What is searched is what the closed line shows.
  const rows = Array.from(document.querySelectorAll('#rows > li'), (row) => ({
    row,
    action: row.dataset.action,
    text: row.querySelector('summary').textContent.toLowerCase(),
  }));

  const list = document.getElementById('rows');
  const more = document.getElementById('more');
  const step = 500;
  let fitting = rows;
  // Of thousands only the first are in the page at a time, which no browser minds.
  /** @param {number} most */
  const show = (most) => {
    list.replaceChildren(...fitting.slice(0, most).map(({ row }) => row));
    more.hidden = fitting.length <= most;
    more.textContent = 'Show ' + Math.min(step, fitting.length - most) + ' more';
    more.onclick = () => show(most + step);
  };
  const narrow = () => {
    const words = find.value
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const actions = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    /** @param {(typeof rows)[number]} row */
    const fits = ({ action, text }) =>
      (actions.size === 0 || actions.has(action)) && words.every((word) => text.includes(word));
    fitting = rows.filter(fits);
    const all = actions.size === 0 && words.length === 0;
    shown.textContent = all ? everything : fitting.length + ' of ' + everything;
    show(step);
  };
  /** @param {boolean} open */
  const turn = (open) => {
    for (const row of list.children) row.firstElementChild.open = open;
  };

  // Toggle events do not bubble.
  list.addEventListener(
    'toggle',
    ({ target }) => {
      const packed = target.querySelector('noscript');
      if (packed !== null) packed.outerHTML = packed.textContent;
    },
    true,
  );
  addEventListener('beforeprint', () => show(fitting.length));
  filter.hidden = false;
  find.addEventListener('input', narrow);
  for (const box of boxes) box.addEventListener('change', narrow);
  document.getElementById('open').addEventListener('click', () => turn(true));
  document.getElementById('close').addEventListener('click', () => turn(false));
  narrow();
}
