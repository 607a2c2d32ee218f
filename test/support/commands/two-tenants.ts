import { onTestFinished } from 'vitest';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { openWorkspace, testNow, type Workspace } from './workspace.ts';

export interface Two extends Workspace {
  readonly staging: Sandbox;
  readonly prod: Sandbox;
}

export const secretOf = (name: string): string => `CANARY secret of ${name}!`;

async function sandboxFor(name: string): Promise<Sandbox> {
  const credentials = { applicationId: `app-${name}`, sharedSecret: secretOf(name) };
  const users = [
    { login: 'ann', email: 'ann@mail.example' },
    { login: 'bob', faces: [{}] },
  ];
  const sandbox = await startSandbox({ clock: () => testNow, credentials, seed: { users } });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

const entries = [
  '{ user: ann, flow: mobile, in: [prod] }',
  '{ user: bob, flow: mobile, enabled: { staging: true, prod: false } }',
];

/** A tree for two tenants, and credentials for both. */
export async function openTwo(more: { readonly prod?: string } = {}): Promise<Two> {
  const [staging, prod] = [await sandboxFor('staging'), await sandboxFor('prod')];
  const file = [
    'version: 1',
    'environments:',
    `  staging: { tenant: { url: '${staging.url}' } }`,
    `  prod: { tenant: { url: '${prod.url}' }${more.prod ?? ''} }`,
    'enrollments:',
    ...entries.map((entry) => `  - ${entry}`),
    '',
  ].join('\n');
  const environment = {
    FACEFORM_STAGING_APPLICATION_ID: 'app-staging',
    FACEFORM_STAGING_SHARED_SECRET: secretOf('staging'),
    FACEFORM_PROD_APPLICATION_ID: 'app-prod',
    FACEFORM_PROD_SHARED_SECRET: secretOf('prod'),
  };
  const secrets = () => [secretOf('staging'), secretOf('prod')];
  return { ...(await openWorkspace({ files: { 'faces.yaml': file }, environment, secrets })), staging, prod };
}

export const callsOf = ({ tenant }: Sandbox): number => tenant.requests.length;
