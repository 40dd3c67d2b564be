import { listAt, mappingAt, textAt, textsAt, type Step } from '../../model/fields';
import type { SourceObject } from '../../model/source-object';
import type { Report, Rule } from '../rule';

export const secretInPlaintext: Rule = {
  id: 'secret-in-plaintext',
  severity: 'error',
  why: 'Base64 is no encryption: whoever can read the repository, now or in its history, can read the Secret.',
  example: `kind: Secret
stringData:
  password: hunter2`,
  fix: 'encrypt the file with SOPS (sops --encrypt --in-place FILE), and change the secret where it is used: it was readable',
  link: 'https://fluxcd.io/flux/guides/mozilla-sops/',
  yieldsTo: ['not-encrypted'],
  confidential: true,

  *find({ repository }) {
    for (const object of repository.objects) {
      if (object.kind !== 'Secret' || object.group !== '' || object.encrypted) continue;
      for (const report of plaintextIn(object)) yield { ...report, about: [object.file] };
    }
    for (const { path, data } of repository.kustomizations.values()) {
      for (const [index, generator] of listAt(data, 'secretGenerator').entries()) {
        const literals = textsAt(generator, 'literals').filter((literal) => isSecret(literal.slice(literal.indexOf('=') + 1)));
        if (literals.length === 0) continue;
        yield { at: { file: path, path: ['secretGenerator', index, 'literals'] }, message: `the secretGenerator ${textAt(generator, 'name') ?? ''} has ${literals.map((literal) => literal.split('=')[0]).join(', ')} in plaintext`, fix: 'put the values into a .env file that SOPS encrypts, and name it in envs' };
      }
    }
  },
};

function* plaintextIn(object: SourceObject): Generator<Report> {
  for (const field of ['data', 'stringData']) {
    const readable = Object.entries(mappingAt(object.data, field)).filter(([key, value]) => !PUBLIC.test(key) && isSecret(value));
    if (readable.length === 0) continue;
    const [first] = readable;
    const path: Step[] = [field, first![0]];
    yield { at: { object, path }, message: `${readable.map(([key]) => key).join(', ')} can be read by whoever can read the repository` };
  }
}

/** What a Secret holds beside secrets: certificates, public keys, names of hosts and users. */
const PUBLIC = /^(known_hosts|.*\.(crt|pub)|.*-?ca\.pem|username|url|type)$/;

/** What is empty, filled in later, or plainly says that it is none, is no secret. */
function isSecret(value: unknown): boolean {
  if (typeof value !== 'string') return typeof value === 'number';
  const text = decoded(value).trim();
  return text !== '' && !REFERENCE.test(text) && !/^(changeme|change-me|placeholder|replace[-_ ]?me|todo|xxx+|dummy|example|not-?used|redacted)$/i.test(text);
}

/** Filled in by Flux, by a template, or by a program that looks the value up: 1Password, vals, Vault. */
const REFERENCE = /\$\{|\{\{|^<[^<>]*>$|^ENC\[|^op:\/\/|^ref\+|^vault:|^AVP|^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/;

function decoded(value: string): string {
  if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(value)) return value;
  const bytes = Buffer.from(value, 'base64').toString('utf8');
  return /^[\x20-\x7e\s]+$/.test(bytes) ? bytes : value;
}
