import { UserError } from '../errors';
import type { PlacedDirectory } from './layout';
import { ownerOf } from './object-metadata';

/** Secrets that everybody could read in Git. */
export function plaintextSecrets(directories: readonly PlacedDirectory[]): UserError[] {
  return directories.flatMap((placed) => [...inObjects(placed), ...inOtherFiles(placed), ...inGenerators(placed)]);
}

function inObjects({ directory, objects }: PlacedDirectory): UserError[] {
  const found = objects.filter(({ object }) => isPlaintextSecret(object));
  return found.map((placed) => plaintext(directory.pathOf(placed.file), placed.object, ownerOf(placed).node.path));
}

/** Patches and the like. */
function inOtherFiles({ directory, otherFiles }: PlacedDirectory): UserError[] {
  return otherFiles.flatMap((file) => (file.type === 'opaque' ? [] : file.documents
    .filter(({ object }) => isPlaintextSecret(object))
    .map(({ object }) => plaintext(file.path, object, file.props.claimedBy ?? directory.node.path))));
}

function inGenerators({ directory, kustomization }: PlacedDirectory): UserError[] {
  const generators = (kustomization.secretGenerator ?? []).filter(({ literals = [] }) => literals.length > 0);
  return generators.map(({ name }) => new UserError(
    'secret-in-plaintext',
    `${directory.pathOf('kustomization.yaml')}: secretGenerator ${JSON.stringify(name)} (${directory.node.path}) has its values as literals, which everybody can read in Git`,
    `write them into a file of KEY=value, encrypt it with sops, and name it: envs: ['${name}.enc.env']`,
  ));
}

function plaintext(file: string, secret: unknown, owner: string): UserError {
  const { metadata } = secret as { metadata?: { name?: string } };
  const subject = `${file}: Secret ${JSON.stringify(metadata?.name ?? '')} (${owner})`;
  return new UserError('secret-in-plaintext', `${subject} has its values in plain text, which everybody can read in Git`, 'encrypt it with sops and use EncryptedFile, or leave the values out here');
}

/** A value that is a variable alone is none: Flux puts it in, from a Secret in the cluster. */
function isPlaintextSecret(object: unknown): boolean {
  const { kind, data, stringData } = (object ?? {}) as { kind?: unknown; data?: unknown; stringData?: unknown };
  if (kind !== 'Secret') return false;
  const values = [data, stringData].flatMap((field) => Object.values(field ?? {}));
  return values.some((value) => value !== null && value !== '' && !(typeof value === 'string' && /^\$\{\w+\}$/.test(value)));
}
