/** Whether a text is JSON, or JSON lines. */
export function isJson(text: string): boolean {
  return parses(text) || text.split('\n').every((line) => line.trim() === '' || parses(line));
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const comment = /("(?:\\.|[^"\\\n])*")|\/\/[^\n]*|\/\*[^]*?\*\//g;
const lastComma = /("(?:\\.|[^"\\\n])*")|,(?=\s*[}\]])/g;

/** JSON from JSON with comments, which may end lists with a comma. */
export function withoutComments(text: string): string {
  const keepString = (_: string, string: string | undefined): string => string ?? ' ';
  return text.replaceAll(comment, keepString).replaceAll(lastComma, keepString);
}
