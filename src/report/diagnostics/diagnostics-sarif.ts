import { diagnosticCodes, type DiagnosticCode } from '../../model/diagnostic-codes.ts';
import { sortedDiagnostics, type Diagnostic } from '../../model/diagnostic.ts';
import { compareText } from '../../model/values/order.ts';
import type { SourceRange } from '../../model/place.ts';
import { plain } from '../text/escape.ts';

/**
 * Diagnostics as SARIF 2.1.0, for GitHub code scanning and editors. Names of files below the working directory
 * are relative to it: the root of the repository, where faceform is run there.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function diagnosticsSarif(diagnostics: readonly Diagnostic[], toolVersion: string): object {
  const codes = [...new Set(diagnostics.map(({ code }) => code))].toSorted(compareText);
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'faceform', semanticVersion: toolVersion, rules: codes.map(ruleOf) },
        },
        columnKind: 'utf16CodeUnits',
        results: sortedDiagnostics(diagnostics).map((diagnostic) => resultOf(diagnostic, codes)),
      },
    ],
  };
}

function ruleOf(code: DiagnosticCode): object {
  return { id: code, shortDescription: { text: diagnosticCodes[code] } };
}

function resultOf({ severity, code, summary, detail, range }: Diagnostic, codes: readonly DiagnosticCode[]): object {
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: severity,
    message: { text: plain(detail === '' ? summary : `${summary}. ${detail}`) },
    // Code scanning shows no result without a location.
    locations: [{ physicalLocation: range === undefined ? { artifactLocation: { uri: '.' } } : locationOf(range) }],
  };
}

function locationOf({ filename, start, end }: SourceRange): object {
  return {
    artifactLocation: { uri: uriOf(filename) },
    region: { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
  };
}

/** A path of any system: a relative reference, or `file:` where it is absolute. What has a meaning in a URI is escaped. */
function uriOf(filename: string): string {
  const path = plain(filename.replaceAll('\\', '/'));
  const root = path.startsWith('/') ? 'file://' : /^[A-Za-z]:\//.test(path) ? 'file:///' : '';
  return root + path.split('/').map(encodeURIComponent).join('/');
}
