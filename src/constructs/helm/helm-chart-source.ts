import type { HelmReleaseSpecChartSpec, HelmReleaseSpecChartSpecVerify } from '../../../imports/helm.toolkit.fluxcd.io';
import type { FieldChecks } from '../../app/field-checks';
import { variablesIn } from '../../app/names';
import { isSemverRange } from '../../flux/semver-range';
import type { ApiData } from '../api-data';
import { sourceReferenceOf, sourceRefFrom, type AnySource } from '../flux/source';

/** A chart by its name in a source. */
export interface HelmChartFromSource {
  /** The chart's name in a HelmRepository, or its path in a GitRepository or Bucket: `./charts/redis`. */
  readonly chart: string;

  /** The HelmRepository, GitRepository or Bucket that has it. */
  readonly source: AnySource;

  /**
   * A version or a range of versions, of a HelmRepository only: `"1.2.3"`, `"1.x"`.
   * @default "*" - the newest
   */
  readonly version?: string;

  /**
   * How often Flux looks for another version.
   * @default the release's interval
   */
  readonly interval?: string;

  /**
   * What counts as a new chart: another version in Chart.yaml, or another commit.
   * @default "ChartVersion"
   */
  readonly reconcileStrategy?: `${NonNullable<HelmReleaseSpecChartSpec['reconcileStrategy']>}`;

  /**
   * Values files inside the chart, later ones over earlier ones; from the root of the source.
   * @default the chart's values.yaml
   */
  readonly valuesFiles?: readonly string[];

  /**
   * Whether a values file that is not there is passed over.
   * @default false
   */
  readonly ignoreMissingValuesFiles?: boolean;

  /**
   * Whose signature the chart must have.
   * @default none
   */
  readonly verify?: ApiData<HelmReleaseSpecChartSpecVerify>;

  /** Labels of the HelmChart that Flux makes. @default none */
  readonly labels?: Readonly<Record<string, string>>;

  /** Annotations of the HelmChart that Flux makes. @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

const CHART_SOURCES: readonly string[] = ['HelmRepository', 'GitRepository', 'Bucket'];
const WHOLE_CHARTS: readonly string[] = ['OCIRepository', 'HelmChart', 'ExternalArtifact'];

export function checkChart(checks: FieldChecks, chart: HelmChartFromSource | undefined, chartRef: AnySource | undefined): void {
  checks.require((chart === undefined) !== (chartRef === undefined), 'value-invalid', chart === undefined ? 'has no chart' : 'has a chart and a chartRef', 'set one of them: chart names one in a source, chartRef an OCIRepository or HelmChart that is one');
  if (chart !== undefined) {
    const { kind, name } = sourceReferenceOf(chart.source);
    const fix = WHOLE_CHARTS.includes(kind) ? 'leave chart out and set chartRef' : `name one of ${CHART_SOURCES.join(', ')}`;
    checks
      .require(CHART_SOURCES.includes(kind), 'reference-invalid', `takes the chart "${chart.chart}" from the ${kind} "${name}", which has no charts by name`, fix)
      .duration('chart.interval', chart.interval)
      .labels(chart.labels, 'chart.labels')
      .annotations(chart.annotations, 'chart.annotations')
      .require(chart.version === undefined || variablesIn(chart.version).length > 0 || isSemverRange(chart.version), 'value-invalid', `has the chart version "${chart.version}"`, 'write a version or a range, such as "1.2.3" or "1.x"');
  }
  if (chartRef !== undefined) {
    const { kind, name } = sourceReferenceOf(chartRef);
    const fix = CHART_SOURCES.includes(kind) ? `set chart: { chart: …, source: … } to name a chart in it` : `name one of ${WHOLE_CHARTS.join(', ')}`;
    checks.require(WHOLE_CHARTS.includes(kind), 'reference-invalid', `has the ${kind} "${name}" as chartRef, which is no chart`, fix);
  }
}

/** `spec.chart` of a HelmRelease in `namespace`. */
export function chartTemplate(namespace: string | undefined, chart: HelmChartFromSource | undefined): unknown {
  if (chart === undefined) return undefined;
  const { source, labels, annotations, chart: name, version, ...rest } = chart;
  const metadata = labels === undefined && annotations === undefined ? undefined : { labels, annotations };
  return { metadata, spec: { chart: name, version, sourceRef: sourceRefFrom(namespace, source), ...rest } };
}
