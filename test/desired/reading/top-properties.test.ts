import { describe, expect, it } from 'vitest';
import { topProperties } from '../../../src/desired/source/top-properties.ts';

describe('the properties at the top of a JSON text', () => {
  it.each([
    ['no others', '{ "a": { "b": 1 }, "c": [{ "d": 1 }] }', { a: undefined, c: undefined }],
    ['their text', '{"a":"x","b" : "y\\u0021" }', { a: 'x', b: 'y!' }],
    ['those of each line', '{"a":1}\n{"b":2}\n', { a: undefined, b: undefined }],
    ['none in a list', '[{ "a": 1 }, "b"]', {}],
    ['names that JSON does not allow, as they are written', '{ "a\\q": 1 }', { 'a\\q"': undefined }],
    ['what comes before a text without an end', '{ "a": 1, "b', { a: undefined }],
    ['what comes after a quote that is not closed in its line', '{ // "\n "a": 1 }', { a: undefined }],
  ])('are found: %s', (_, text, found) => {
    expect(Object.fromEntries(topProperties(text))).toEqual(found);
  });
});
