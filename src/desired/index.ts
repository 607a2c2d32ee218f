export { loadDesired, type Loaded } from './load.ts';
export { readToken } from './read-token.ts';
