import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { resolve } from 'node:path';
import { errorCode } from '../../files/error-code.ts';
import { readRegular } from '../../files/read-regular.ts';
import { checkSignature, signedPlan, type SignatureCheck } from '../../report/plan-json/signature.ts';
import type { PlanFile } from '../../report/generated/plan-file.generated.ts';
import { CommandError } from '../process/command-error.ts';
import { exitCode } from '../process/exit-code.ts';
import type { Surroundings } from '../process/io.ts';
import type { SigningOptions } from '../process/options.ts';
import { readVariable } from '../process/read-variable.ts';

/** What a plan is given before it is saved or printed as JSON. */
export type Finish = (plan: PlanFile) => PlanFile;

const keyVariable = 'FACEFORM_SIGNING_KEY';
const fileVariable = 'FACEFORM_SIGNING_KEY_FILE';
const mostKeyBytes = 65_536;
const howToMake =
  'Make a pair: openssl genpkey -algorithm ed25519 -out plan.key; openssl pkey -in plan.key -pubout -out plan.pub';

/**
 * What signs plans; undefined where `--sign` does not ask for it.
 *
 * @throws CommandError where there is no key, or nothing that could be signed.
 */
export async function signerOf({ sign, out, format }: SigningOptions, io: Surroundings): Promise<Finish | undefined> {
  if (sign !== true) return undefined;
  if (out === undefined && format !== 'json') {
    throw new CommandError('--sign needs --out or --format json', 'Otherwise no plan is saved that could be signed.');
  }
  const key = await signingKey(io);
  return (plan) => signedPlan(plan, key);
}

async function signingKey(io: Surroundings): Promise<KeyObject> {
  const text = io.environment[keyVariable];
  const file = readVariable(fileVariable, io);
  if (text?.trim() === '') throw new CommandError(`${keyVariable} is set but empty`, 'Set it to a key, or unset it.');
  if (text !== undefined && file !== undefined) {
    throw new CommandError(`both ${keyVariable} and ${fileVariable} are set`, 'Set one of them.');
  }
  if (file !== undefined) return ed25519(await keyText(file, io), file, 'private');
  if (text !== undefined) return ed25519(text, keyVariable, 'private');
  throw new CommandError(
    '--sign is given, and there is no key to sign with',
    `Set ${keyVariable} to an Ed25519 private key in PEM, or ${fileVariable} to its file. ${howToMake}`,
  );
}

/**
 * Demands that one of the keys has signed the text of a plan.
 *
 * @param wanted files of public keys, or such keys in PEM; undefined where no signature is required.
 * @throws CommandError
 */
export async function demandSignature(
  { text, name }: { readonly text: string; readonly name: string },
  wanted: readonly string[] | undefined,
  io: Surroundings,
): Promise<void> {
  if (wanted === undefined) return;
  const keys: KeyObject[] = [];
  for (const each of wanted) keys.push(await publicKey(each, io));
  const check = checkSignature(jsonOf(text), keys);
  if (check !== 'fits') throw unsigned(check, name);
}

function unsigned(check: Exclude<SignatureCheck, 'fits'>, name: string): CommandError {
  const [summary, detail] =
    check === 'missing'
      ? [`${name} has no signature`, 'Plan again with --sign, where the key is.']
      : [`the signature of ${name} does not fit`, 'Another key made it, or the plan was changed since. Plan again.'];
  return new CommandError(summary, `${detail} Nothing was applied.`, exitCode.error, { reason: 'UNSIGNED_PLAN' });
}

async function publicKey(wanted: string, io: Surroundings): Promise<KeyObject> {
  // A key in the wrong half must not be shown as if it were a path.
  return wanted.includes('-----BEGIN') || /\p{Cc}/u.test(wanted)
    ? ed25519(wanted, 'the value of --require-signature', 'public')
    : ed25519(await keyText(wanted, io), wanted, 'public');
}

async function keyText(file: string, { workingDirectory }: Surroundings): Promise<string> {
  const bytes = await readRegular(resolve(workingDirectory, file), mostKeyBytes).catch((error: unknown) => {
    throw new CommandError(`the key ${file} cannot be read (${errorCode(error) ?? 'unknown'})`, 'Correct the path.');
  });
  if (typeof bytes === 'string') throw new CommandError(`the key ${file} is ${bytes}`, howToMake);
  return Buffer.from(bytes).toString('utf8');
}

/** OpenSSL's own words may repeat the key. */
function ed25519(text: string, source: string, half: 'private' | 'public'): KeyObject {
  const isOfHalf = half === 'private' || !text.includes('PRIVATE KEY');
  try {
    const key = half === 'private' ? createPrivateKey(text) : createPublicKey(text);
    if (key.asymmetricKeyType === 'ed25519' && isOfHalf) return key;
  } catch {
    // Told below.
  }
  if (isOfHalf) throw new CommandError(`${source} holds no Ed25519 ${half} key in PEM`, howToMake);
  throw new CommandError(
    `${source} holds a private key`,
    'Only the public half is needed: openssl pkey -in plan.key -pubout -out plan.pub',
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
