export { loadDesired, type Loaded, type LoadRequest } from './load.ts';
export { readToken } from './read-token.ts';
export { refuseSource, type TokenBounds } from './token-source.ts';
