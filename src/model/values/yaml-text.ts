import { ciCommand, escaped, noCiCommand, unprintable } from './unprintable.ts';

/** Words and forms that some YAML reader takes for something other than text are quoted. */
const plainInYaml = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[A-Za-z][\w@.+-]*$/i;
const uuidInYaml = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A text as a YAML scalar of one line, bare where that is safe; a parser gets the same text back. */
export function yamlText(text: string): string {
  if (plainInYaml.test(text) || uuidInYaml.test(text)) return text;
  const inYaml = (character: string): string => {
    const point = character.codePointAt(0) ?? 0;
    return point > 0xffff ? `\\U${point.toString(16).padStart(8, '0')}` : escaped(character);
  };
  return JSON.stringify(text).replace(unprintable, inYaml).replace(ciCommand, noCiCommand);
}
