import { at, mappingAt, textAt, type Data, type Step } from '../../model/fields';
import { identityTitle } from '../../model/source-object';
import type { Consequence, Rule } from './consequence';
import { factOf, isAppliedOnBoth, type Edit, type World } from './world';

const ADDRESS: Rule = { text: 'who may write to a source decides what Flux applies from it', link: 'https://fluxcd.io/flux/components/source/' };
const CHART: Rule = { text: 'Helm upgrades to the other chart in place: what only the former had is deleted', link: 'https://fluxcd.io/flux/components/helm/helmreleases/#chart-template' };
const VERIFY: Rule = { text: 'with spec.verify Flux takes nothing that is not signed by those whom it trusts', link: 'https://fluxcd.io/flux/components/source/ocirepositories/#verification' };

interface Told {
  readonly text: string;
  readonly field: string;
  readonly rule: Rule;
}

/** Sources and charts that come from elsewhere than before, or that nobody verifies any more. */
export function changedSources({ edits }: World): Consequence[] {
  return edits.flatMap((edit) => {
    const { object, change, before, after, appliers, fields } = edit;
    if (before === undefined || after === undefined || !isAppliedOnBoth(change)) return [];
    return told(edit.object, before, after).map(({ text, field, rule }): Consequence => ({
      class: 'source-changed', severity: 'warning', title: `${identityTitle(object)} ${text}`, affected: [],
      evidence: { changes: [change], facts: fields.filter(({ path }) => path.startsWith(field)).map((one) => factOf(change, one)), rule },
      appliers, advice: [],
    }));
  });
}

function told({ group, kind }: Edit['object'], before: Data, after: Data): Told[] {
  if (group === 'source.toolkit.fluxcd.io') return [...ADDRESSES.flatMap((field) => moved('is fetched from', field, before, after, ADDRESS)), ...moved('follows', 'spec.ref.branch', before, after, ADDRESS), ...unguarded(before, after)];
  if (group === 'helm.toolkit.fluxcd.io' && kind === 'HelmRelease') {
    return [...moved('installs', 'spec.chart.spec.chart', before, after, CHART), ...['spec.chart.spec.sourceRef', 'spec.chartRef'].flatMap((field) => moved('takes its chart from', field, before, after, ADDRESS))];
  }
  return [];
}

const ADDRESSES = ['spec.url', 'spec.endpoint', 'spec.bucketName'];

/** Nothing where a side does not say it: then it was said in another way. */
function moved(verb: string, field: string, before: Data, after: Data, rule: Rule): Told[] {
  const [was, is] = [before, after].map((data) => textOf(data, field));
  return was === undefined || is === undefined || was === is ? [] : [{ text: `${verb} ${is} in place of ${was}`, field, rule }];
}

function textOf(data: Data, field: string): string | undefined {
  const steps: Step[] = field.split('.');
  const [kind, name, namespace] = ['kind', 'name', 'namespace'].map((key) => textAt(data, [...steps, key]));
  return textAt(data, steps) ?? (name === undefined ? undefined : `${kind ?? ''} ${namespace === undefined ? '' : `${namespace}/`}${name}`.trim());
}

function unguarded(before: Data, after: Data): Told[] {
  const isVerified = (data: Data): boolean => Object.keys(mappingAt(data, 'spec.verify')).length > 0;
  const isInsecure = (data: Data): boolean => at(data, 'spec.insecure') === true;
  return [
    ...(isVerified(before) && !isVerified(after) ? [{ text: 'is no longer verified', field: 'spec.verify', rule: VERIFY }] : []),
    ...(isInsecure(after) && !isInsecure(before) ? [{ text: 'is fetched over a connection that anybody may change', field: 'spec.insecure', rule: ADDRESS }] : []),
  ];
}
