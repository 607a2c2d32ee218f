/** Elements that are in the page wherever the filter is, as html-changes.ts writes them. */
interface Document {
  getElementById(id: 'find'): HTMLInputElement;
  getElementById(id: 'shown'): HTMLElement;
  getElementById(id: 'rows'): ChangeList;
  getElementById(id: 'more' | 'open' | 'close'): HTMLButtonElement;
  querySelectorAll(selectors: '#rows > li'): NodeListOf<ChangeRow>;
}

interface HTMLElement {
  querySelectorAll(selectors: '[type=checkbox]'): NodeListOf<HTMLInputElement>;
}

type ChangeList = HTMLElement & {
  readonly children: Iterable<ChangeRow>;
  addEventListener(type: 'toggle', listener: (event: ChangeToggled) => void, capture: true): void;
};

interface ChangeRow extends HTMLLIElement {
  readonly dataset: { readonly action: string };
  readonly firstElementChild: HTMLDetailsElement;
  querySelector(selectors: 'summary'): HTMLElement;
}

interface ChangeToggled {
  readonly target: HTMLDetailsElement;
}
