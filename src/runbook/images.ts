import { findImageAutomation, policyKey } from '../model/image-automation';
import { textAt } from '../model/fields';
import { findPins, stateOf } from '../pins/find-pins';
import { shellWord } from '../publish/shell-word';
import { code, codes, section, shell, table } from './markdown';
import type { Platform } from './platform';

/** What Flux's image automation sets, without the values: those change by themselves. */
export function images({ context: { repository, clusters } }: Platform): string[] {
  const { automations, policies } = findImageAutomation(repository, clusters);
  const pins = findPins(repository.tree).pins.filter((pin) => stateOf(pin) !== 'held in code');
  const running = automations.filter(({ cluster }) => cluster !== undefined);
  if (running.length === 0 && pins.length === 0) return [];
  const byPolicy = [...new Set(pins.map(({ setter }) => setter!.policy))].sort();
  const known = new Map(policies.map((policy) => [policyKey(policy), policy]));
  const [first] = byPolicy;
  return section('Images that Flux updates',
    ...table(['automation', 'commits to', 'below'], running.map(({ object, namespace, path }) => [code(`${namespace}/${object.name}`), code(textAt(object.data, 'spec.git.push.branch') ?? textAt(object.data, 'spec.git.checkout.ref.branch') ?? 'the branch of its source'), path === undefined ? 'another repository' : code(path === '' ? '.' : path)])),
    ...table(['policy', 'chooses among tags like', 'sets'], byPolicy.map((policy) => [code(policy), pattern(known.get(policy)?.object.data), codes(pins.filter(({ setter }) => setter!.policy === policy).map(({ file }) => file))])),
    ...(first === undefined ? [] : [
      'The committed tree is the home of each value. To roll back, and have it stay there:',
      shell('fluxwright pins list', `fluxwright pins hold ${shellWord(first)} --value TAG   # then commit and push`, `fluxwright pins release ${shellWord(first)}            # when the next release is to go out`),
    ]),
    ...(running.length === 0 ? [] : ['To stop all of it at once:', shell(...running.map(({ object, namespace }) => `flux suspend image update ${shellWord(object.name)} -n ${shellWord(namespace)}`))]),
  );
}

function pattern(policy: unknown): string {
  const tags = textAt(policy, 'spec.filterTags.pattern') ?? textAt(policy, 'spec.policy.semver.range');
  return tags === undefined ? '' : code(tags);
}
