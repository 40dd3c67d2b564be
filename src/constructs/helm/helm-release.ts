import { Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { FieldChecks } from '../../app/field-checks';
import { addModelCheck } from '../../app/model-check';
import { UserError } from '../../errors';
import { mergeData } from '../api-data';
import { cycleThrough } from '../depends-on-cycle';
import { dependencyFrom, type NamedDependency } from '../flux/dependency';
import { FluxResource } from '../flux/flux-resource';
import { sourceRefFrom } from '../flux/source';
import { chartTemplate, checkChart } from './helm-chart-source';
import type { HelmReleaseDependency, HelmReleaseProps } from './helm-release-props';

/**
 * A HelmRelease: a chart that Flux installs and keeps as it is here. It is a file of its directory and lives in the directory's
 * namespace, unlike its source.
 *
 * @example
 * const charts = new HelmRepository(directory, 'bitnami', { url: 'https://charts.bitnami.com/bitnami' });
 * new HelmRelease(directory, 'redis', { chart: { chart: 'redis', version: '20.x', source: charts }, values: { replica: { replicaCount: 1 } } });
 * @see https://fluxcd.io/flux/components/helm/helmreleases/
 */
export class HelmRelease extends FluxResource {
  private readonly dependencies: HelmReleaseDependency[] = [];

  /** @throws UserError `value-invalid`, `reference-invalid` for a chart that is none, `field-unknown-to-release` */
  constructor(scope: Construct, id: string, props: HelmReleaseProps) {
    super(scope, id, 'HelmRelease', props);
    this.checkProps(props);
    const { name, namespace, labels, annotations, dependsOn = [], chart, chartRef, spec, interval = '10m', waitStrategy, values, valuesFrom, ...rest } = props;
    void [name, namespace, labels, annotations];
    this.addDependency(...dependsOn);
    addModelCheck(this, () => this.findCycle());
    this.define(
      {
        spec: {
          interval,
          chart: chartTemplate(this.namespace, chart),
          chartRef: chartRef && sourceRefFrom(this.namespace, chartRef),
          dependsOn: Lazy.any({ produce: () => this.dependsOn() }),
          ...rest,
          waitStrategy: waitStrategy && { name: waitStrategy },
          valuesFrom,
        },
      },
      // a null in values takes out a default of the chart, so it is kept
      { spec: mergeData({ values }, spec ?? {}) },
    );
  }

  /** Has it wait for others: for where they are only known later. */
  addDependency(...dependencies: readonly HelmReleaseDependency[]): void {
    this.dependencies.push(...dependencies);
    this.checkFields({ dependsOn: dependencies });
  }

  private checkProps(props: HelmReleaseProps): void {
    const { kubeConfig, releaseName, install, upgrade, rollback, uninstall, test } = props;
    const checks = new FieldChecks(this, 'HelmRelease')
      .duration('interval', props.interval)
      .duration('timeout', props.timeout)
      .duration('install.timeout', install?.timeout)
      .duration('upgrade.timeout', upgrade?.timeout)
      .duration('rollback.timeout', rollback?.timeout)
      .duration('uninstall.timeout', uninstall?.timeout)
      .duration('test.timeout', test?.timeout)
      .label(props.targetNamespace, 'targetNamespace')
      .label(props.storageNamespace, 'storageNamespace')
      .require(releaseName === undefined || releaseName.length <= 53, 'name-invalid', `has releaseName "${releaseName}", ${releaseName?.length} characters long`, 'use at most 53 characters: Helm takes no more')
      .require(kubeConfig === undefined || (kubeConfig.secretRef === undefined) !== (kubeConfig.configMapRef === undefined), 'value-invalid', `has the kubeConfig ${JSON.stringify(kubeConfig)}`, 'set exactly one of secretRef and configMapRef');
    checkChart(checks, props.chart, props.chartRef);
    checks.done();
  }

  private dependsOn(): readonly NamedDependency[] | undefined {
    return this.dependencies.length === 0 ? undefined : this.dependencies.map((dependency) => dependencyFrom(this.namespace, dependency));
  }

  private findCycle(): UserError[] {
    const cycle = cycleThrough<HelmRelease>(this, ({ dependencies }) => dependencies.filter((dependency): dependency is HelmRelease => 'node' in dependency));
    if (cycle === undefined) return [];
    return [new UserError('depends-on-cycle', `HelmRelease "${this.node.path}" depends on itself: ${cycle.map(({ name }) => name).join(' → ')}`, 'drop one of these dependsOn')];
  }
}
