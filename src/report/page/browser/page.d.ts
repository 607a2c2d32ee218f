/** Elements that are in the page wherever the packed lines are, as html-changes.ts writes them. */
interface Document {
  getElementById(id: 'find'): HTMLInputElement;
  getElementById(id: 'shown' | 'filter' | 'order'): HTMLElement;
  getElementById(id: 'more' | 'open' | 'close'): HTMLButtonElement;
}

interface HTMLElement {
  querySelectorAll(selectors: '[type=checkbox]'): NodeListOf<HTMLInputElement>;
  querySelectorAll(selectors: 'button'): NodeListOf<Heading>;
}

interface Heading extends HTMLButtonElement {
  readonly parentElement: HTMLElement;
}
