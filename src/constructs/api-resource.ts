import { ApiObject, type ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import { Directory } from '../app/directory';
import { FieldChecks } from '../app/field-checks';
import { explicitNull } from '../yaml/comment';
import { mergeData } from './api-data';

/** What every L2 that stands for one Kubernetes object takes. */
export interface ApiResourceProps {
  /**
   * The object's name.
   * @default the construct's id
   */
  readonly name?: string;

  /**
   * The object's namespace, written into it.
   * @default what its directory's kustomization.yaml sets
   */
  readonly namespace?: string;

  /** @default none */
  readonly labels?: Readonly<Record<string, string>>;

  /** @default none */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** One Kubernetes object with typed props: the base of the L2 constructs. */
export abstract class ApiResource extends Construct {
  readonly name: string;
  readonly kind: string;
  readonly apiVersion: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  private readonly ownNamespace: string | undefined;

  /** @throws UserError `name-invalid`, `label-invalid` for metadata that an API server refuses */
  protected constructor(scope: Construct, id: string, apiVersion: string, kind: string, props: ApiResourceProps) {
    super(scope, id);
    this.name = props.name ?? id;
    this.kind = kind;
    this.apiVersion = apiVersion;
    this.labels = props.labels ?? {};
    this.annotations = props.annotations ?? {};
    this.ownNamespace = props.namespace;
    new FieldChecks(this, kind).name(this.name).label(props.namespace, 'metadata.namespace').labels(props.labels).annotations(props.annotations).done();
  }

  /** Where the object lives: its own namespace, or the one that its directory sets. */
  get namespace(): string | undefined {
    return this.ownNamespace ?? Directory.around(this)?.targetNamespace;
  }

  /**
   * Makes the object. Call it once, last in the constructor.
   * @param fields what stands beside apiVersion, kind and metadata: `spec` and the like
   * @param over the escape hatch, merged over `fields`; its nulls and empty maps are written
   */
  protected define(fields: Readonly<Record<string, unknown>>, over: Readonly<Record<string, unknown>> = {}): ApiObject {
    const metadata: ApiObjectMetadata = { name: this.name, namespace: this.ownNamespace, labels: this.labels, annotations: this.annotations };
    return new ApiObject(this, 'Resource', {
      apiVersion: this.apiVersion,
      kind: this.kind,
      metadata,
      ...mergeData(fields, keepNulls(over)),
    });
  }
}

/** cdk8s drops null fields; those that a user wrote are meant. */
export function keepNulls(value: unknown): unknown {
  if (value === null) return explicitNull;
  if (Array.isArray(value)) return value.map((item) => (item === null ? null : keepNulls(item)));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, keepNulls(item)]));
}
