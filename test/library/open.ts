import { onTestFinished } from 'vitest';
import { seedUsers } from '../../src/sandbox/index.ts';
import { openTenant, type TenantWorkspace } from '../support/commands/workspace.ts';

export interface OpenLibrary extends TenantWorkspace {
  /** What each call of the library is given. */
  readonly around: {
    readonly workingDirectory: string;
    readonly environment: Readonly<Record<string, string>>;
    readonly requestsPerSecond: number;
    /** The embedded tenant shows each write at once. */
    readonly settle: 0;
  };
}

/** A directory with `users.yaml`, which asks for a mobile face of so many users, and a tenant that has them. */
export async function openLibrary(users = 3): Promise<OpenLibrary> {
  const entries = Array.from({ length: users }, (_, index) => `  - { user: user${index}, flow: mobile }\n`);
  const files = { 'users.yaml': `version: 1\nenrollments:\n${entries.join('')}` };
  const workspace = await openTenant({ seed: seedUsers(users), clock: Date.now }, { files });
  const { url, applicationId, sharedSecret } = workspace.sandbox;
  const environment = {
    FACEFORM_TENANT_URL: url,
    FACEFORM_APPLICATION_ID: applicationId,
    FACEFORM_SHARED_SECRET: sharedSecret,
  };
  const around = { workingDirectory: workspace.directory, environment, requestsPerSecond: 1000, settle: 0 } as const;
  return { ...workspace, around };
}

/** What the process writes while a test runs. */
export function watchOutputs(): { readonly written: () => string } {
  const texts: string[] = [];
  const streams = [process.stdout, process.stderr];
  const originals = streams.map((stream) => stream.write.bind(stream));
  for (const stream of streams) {
    stream.write = (text: string | Uint8Array) => {
      texts.push(String(text));
      return true;
    };
  }
  onTestFinished(() => {
    streams.forEach((stream, index) => {
      const original = originals[index];
      if (original !== undefined) stream.write = original;
    });
  });
  return { written: () => texts.join('') };
}
