// Makes the table of docs/face-api.md from the contract of the vendor's face operations.

const marks = ['begin', 'end'].map((end) => `<!-- generated from schemas/face-api.json: ${end} -->`);

/** The page with its table regenerated. */
export function withFaceApiTable(page, contract) {
  const [begin, end] = marks.map((mark) => page.indexOf(mark));
  if (begin < 0 || end < begin) throw new Error('docs/face-api.md has lost the marks of its table');
  return `${page.slice(0, begin)}${marks[0]}\n\n${tableOf(contract)}\n\n${page.slice(end)}`;
}

function tableOf({ operations }) {
  const rows = Object.entries(operations).map(([name, operation]) => {
    const { method, path, permission, parameter, request, response, summary, deprecated } = operation;
    const takes = [parameter.replace('id', 'Id'), ...(request === null ? [] : [`parms: ${request}`])].join(', ');
    const meaning = deprecated ? `${summary} Deprecated by the vendor since 5.40.` : summary;
    return `| \`${name}(${takes})\` | \`${response ?? 'void'}\` | \`${method} ${path}\` | ${permission} | ${meaning} |`;
  });
  return [
    '| method | resolves to | call | permission | what it does |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
