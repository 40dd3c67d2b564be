import { SopsRules, type GitopsApp } from 'fluxwright';

/**
 * Who can decrypt what. The original system's rule is GCP KMS; this repository has an age key of its own, made once for
 * the placeholders that its encrypted files hold. Nobody has its private half.
 */
export function sops(app: GitopsApp): void {
  new SopsRules(app, 'sops', { rules: [{ age: ['age1f7kekd035jsk3zhrz7fmpcydvdvm6wv8tkr4xy7jpskqkcaw6phqem2eed'] }] });
}
