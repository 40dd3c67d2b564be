import type { ApiObject, GroupVersionKind } from 'cdk8s';
import type { Construct } from 'constructs';

/** A class that `cdk8s import` made, or one of `k8s.Kube…`: it knows its apiVersion and kind, and types what is written for it. */
export interface GeneratedClass<Props> {
  readonly GVK: GroupVersionKind;
  new (scope: Construct, id: string, props: Props): ApiObject;
}

/** What an object is: a generated class, or an apiVersion and a kind where there is none. */
export type ObjectType<Props> = GeneratedClass<Props> | GroupVersionKind;

export function versionAndKind(type: ObjectType<never>): GroupVersionKind {
  const { apiVersion, kind } = 'GVK' in type ? type.GVK : type;
  return { apiVersion, kind };
}
